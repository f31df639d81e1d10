"""经营单位: the operators under supervision, the hub of one-firm-one-file (一企一档)."""
