"""The business, one folder a capability."""
