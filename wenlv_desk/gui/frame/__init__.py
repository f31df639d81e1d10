"""The frame of the window: bars and rail, opening the office, one search over everything, undo, backup."""
