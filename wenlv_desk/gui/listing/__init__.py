"""A register's list: where its rows come from, its filters and views, its export."""
