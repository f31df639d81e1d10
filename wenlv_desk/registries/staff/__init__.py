"""人员: staff of the bureau and their roles."""
