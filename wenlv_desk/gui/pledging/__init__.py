"""Batches of pledges in the window: who would get one, printing all of them, how far the signing has come."""
