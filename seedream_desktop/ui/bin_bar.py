"""The bar above the gallery while the trash is looked into."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name

_GAP_PX: Final = theme.SPACE_3


class BinBar(QWidget):
    """Says how much is in the trash and what becomes of it; hidden until it is shown."""

    restore_requested = Signal()
    empty_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "bin_bar", self.tr("Trash"))
        self._count = Label("")
        self._count.setObjectName("bin_count")
        self._hint = Label(self.tr("Kept for 30 days"), tone="muted")
        self._hint.setToolTip(self.tr("After 30 days the files are moved to the trash of this computer."))
        self._restore = self._button("restore", self.tr("Restore"), self.restore_requested.emit)
        self._empty = self._button("empty_trash", self.tr("Empty the trash"), self.empty_requested.emit)
        self._compose()
        self.show_count(0)
        theme.notifier.changed.connect(self.update)
        self.hide()

    def show_count(self, pictures: int) -> None:
        """Say how many pictures are in the trash."""
        words = self.tr("Pictures in the trash: {count}").format(count=pictures)
        self._count.setText(words if pictures else self.tr("The trash is empty"))
        self._hint.setVisible(bool(pictures))
        self._restore.setEnabled(bool(pictures))
        self._empty.setEnabled(bool(pictures))

    def text(self) -> str:
        """Return the words about the count."""
        return self._count.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the panel and the line beneath it; what is left belongs to the pictures, which begin without a gap."""
        tokens, width, bottom = theme.tokens(), self.width(), self.height() - _GAP_PX
        painter = QPainter(self)
        painter.fillRect(0, 0, width, bottom, tokens.panel)
        painter.fillRect(0, bottom - 1, width, 1, tokens.line)
        painter.fillRect(0, bottom, width, _GAP_PX, tokens.ground)
        painter.end()

    def _button(self, object_name: str, text: str, action: object) -> QPushButton:
        button = push_button(object_name, text, takes_enter=True)
        button.clicked.connect(action)
        return button

    def _compose(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, theme.SPACE_2, theme.SPACE_4, theme.SPACE_2 + _GAP_PX)
        row.setSpacing(theme.SPACE_3)
        row.addWidget(self._count)
        row.addWidget(self._hint)
        row.addStretch(1)
        row.addWidget(self._restore)
        row.addWidget(self._empty)
