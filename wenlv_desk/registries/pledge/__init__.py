"""责任状: pledges drawn up in batches, signed on paper, filed from scans, and counted."""
