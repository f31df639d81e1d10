"""限期整改: what must be mended, by when, and whether it was."""
