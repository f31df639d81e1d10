"""网格: who answers for which firm, on every day."""
