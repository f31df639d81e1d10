"""What every page and dialog is given by the window: there are no globals."""

from dataclasses import dataclass

from wenlv_desk.gui.errors import Faults
from wenlv_desk.gui.jobs import Jobs
from wenlv_desk.gui.look.looks import Looks
from wenlv_desk.gui.memory import Memory
from wenlv_desk.gui.widgets.notices import Notices


@dataclass(frozen=True)
class Kit:
    """Made once by the shell, lives as long as it does."""

    memory: Memory
    looks: Looks
    faults: Faults
    jobs: Jobs
    notices: Notices
