"""Filing signed scans: handing one in, its pages beside their pictures, assigning by hand what waits."""
