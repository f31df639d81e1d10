"""National standards as pure functions."""
