"""Database, journal, number series, search index, attachments, archive, backup."""
