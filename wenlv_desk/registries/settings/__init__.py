"""设置: what differs between places, and the list of categories."""
