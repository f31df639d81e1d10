"""专项整治: special campaigns with self-checks."""
