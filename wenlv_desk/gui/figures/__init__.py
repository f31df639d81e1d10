"""Figures on the screen: what they are counted over, the table, and the rows behind one."""
