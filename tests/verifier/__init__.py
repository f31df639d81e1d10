"""The page that checks a draw without the program."""
