"""Every job from the shell."""
