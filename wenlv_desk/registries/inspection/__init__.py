"""双随机、一公开: random inspections."""
