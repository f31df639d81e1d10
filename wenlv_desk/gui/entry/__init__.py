"""Entering: forms from declarations, checks while typing, drafts, duplicates, overtaken writes."""
