"""Speed as ratios within one run: each module's `run()` measures our work against a floor or a rival."""
