"""The parts of the draw page (随机抽取): stepper, facts, lists, one panel an act, the rehearsal."""
