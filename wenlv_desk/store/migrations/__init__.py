"""Generated steps from each schema to the next, applied by Alembic."""
