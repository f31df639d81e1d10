"""`python -m wenlv_desk`: the same as the command `wenlv-desk`."""

import sys

from wenlv_desk.cli.main import main

sys.exit(main())
