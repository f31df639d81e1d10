"""The parts of the counter page (窗口): search and firm at the left, materials in the middle, the paper at the right."""
