"""放假安排: the State Council's yearly tables as the bureau keeps them, beside those that came with the program (domain 9)."""
