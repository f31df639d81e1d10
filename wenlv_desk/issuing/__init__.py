"""Issuing papers: number, archive, reprint, void."""
