"""The trash of the system by way of Qt, which says where a file lies then and never deletes one instead."""

from __future__ import annotations

import sys
from pathlib import Path

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.ports.trash import NoTrashError

NO_SYSTEM_TRASH = "NO_SYSTEM_TRASH"


def throw_away(path: Path) -> str:
    """Move an existing file into the trash of the system and return where it lies now, "" when that is not told.

    Raises:
        NoTrashError: when the system has no trash for it.
        OSError: when the folder of the user's own trash cannot be made.
    """
    # Loaded when the first file is thrown away: most commands never do.
    from PySide6.QtCore import QFile, QStandardPaths

    if sys.platform not in ("win32", "darwin"):
        # Qt makes the trash, but not the folder it belongs in.
        home = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation))
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = QFile(str(path))
    if not file.moveToTrash():
        raise NoTrashError(Failure(FailureKind.DISK_TROUBLE, NO_SYSTEM_TRASH, str(path.parent)))
    lies_at = file.fileName()
    return str(Path(lies_at)) if lies_at and Path(lies_at) != path else ""
