"""A second program beside the one under test: says what is dropped on it, having read the files.

Started as ``python -m tests.whole.drop_target copy|move``; *move* asks for the files to be moved, as some file managers
do. It writes a line as soon as it is ready, and one of JSON: for what comes over it (*move*), or for each drop.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

# Beside the source of the other tests, and over nothing that is dragged out.
PLACE: Final = QRect(700, 4, 60, 36)


class DropTarget(QWidget):
    """A patch above all windows that takes everything."""

    def __init__(self, wanted: Qt.DropAction) -> None:
        super().__init__(None, Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint)
        self._wanted = wanted
        self.setAcceptDrops(True)
        self.setGeometry(PLACE)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.raise_()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        self._take(event)
        if self._wanted is Qt.DropAction.MoveAction:
            say(json.dumps(allowed(event)))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802 - Qt's name
        self._take(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._take(event)
        say(json.dumps(told(event)))

    def _take(self, event: QDropEvent) -> None:
        event.setDropAction(self._wanted)
        event.accept()


def told(event: QDropEvent) -> dict[str, Any]:
    """Return what came: the files' names and contents, the pixels' size."""
    mime = event.mimeData()
    paths = [Path(url.toLocalFile()) for url in mime.urls()]
    image = mime.imageData()
    return {
        "names": [path.name for path in paths],
        "contents": [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths],
        "image": None if image is None else [image.width(), image.height()],
    }


def allowed(event: QDropEvent) -> dict[str, bool]:
    """Return what the source lets a target do."""
    actions = event.possibleActions()
    return {
        "may_copy": bool(actions & Qt.DropAction.CopyAction),
        "may_move": bool(actions & Qt.DropAction.MoveAction),
    }


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(job: str) -> int:
    """Take drops until we are ended."""
    app = QApplication([])
    target = DropTarget(Qt.DropAction.MoveAction if job == "move" else Qt.DropAction.CopyAction)
    target.show()
    say("ready")
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
