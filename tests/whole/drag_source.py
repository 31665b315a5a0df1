"""A second program beside the one under test: lets something be dragged out of it, or holds it on the clipboard.

Started as ``python -m tests.whole.drag_source drag|clipboard FILE``; FILE holds the forms as JSON, base64 by name.
It writes a line as soon as it is ready.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.recorded_mime import mime_of

# In the way of nothing: the top bar has no targets there.
PLACE: Final = QRect(620, 4, 48, 32)


class DragSource(QWidget):
    """A patch above all windows; whoever pulls at it drags the forms out."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        super().__init__(None, Qt.WindowType.X11BypassWindowManagerHint | Qt.WindowType.WindowStaysOnTopHint)
        self._contents = contents
        self.setGeometry(PLACE)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.raise_()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        drag = QDrag(self)
        drag.setMimeData(mime_of(self._contents))
        # Browsers and file managers offer all three.
        offered = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction | Qt.DropAction.LinkAction
        drag.exec(offered)  # Qt has no other way to drag out


def main(job: str, file: str) -> int:
    """Offer what is in *file* until we are ended."""
    app = QApplication([])
    contents = {name: base64.b64decode(content) for name, content in json.loads(Path(file).read_text()).items()}
    source = DragSource(contents)
    if job == "drag":
        source.show()
    else:
        QGuiApplication.clipboard().setMimeData(mime_of(contents))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    return app.exec()  # the one loop of this program, which knows no asyncio


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
