"""Every key of the program as data: what it does, where, and whether it can be changed."""

from __future__ import annotations

from typing import Final

from seedream_desktop.ui.keys.tables.compare import COMPARE
from seedream_desktop.ui.keys.tables.dialogs import DIALOGS
from seedream_desktop.ui.keys.tables.general import GENERAL
from seedream_desktop.ui.keys.tables.judging import JUDGING
from seedream_desktop.ui.keys.tables.order import ORDER
from seedream_desktop.ui.keys.tables.panels import PANELS
from seedream_desktop.ui.keys.tables.pictures import ALL_PICTURES
from seedream_desktop.ui.keys.tables.set import SET
from seedream_desktop.ui.keys.tables.sorting import SORTING
from seedream_desktop.ui.keys.tables.viewer import VIEWER

COMMANDS: Final = (*GENERAL, *PANELS, *ORDER, *ALL_PICTURES, *JUDGING, *SORTING, *SET, *VIEWER, *COMPARE, *DIALOGS)
BY_ID: Final = {command.id: command for command in COMMANDS}
