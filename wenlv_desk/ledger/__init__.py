"""Excel and CSV in and out for any register."""
