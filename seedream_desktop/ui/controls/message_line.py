"""A sentence beside the control it is about, with a sign before it and at most one button that mends the matter."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon

_SIGNS = {"bad": "circle-alert", "care": "triangle-alert", "good": "circle-check", "muted": "info"}


class MessageLine(QWidget):
    """Shows one sentence in a tone: ``"bad"``, ``"care"``, ``"good"`` or ``"muted"``; screen readers hear it.

    `repair_requested`: the button under the sentence was pressed.
    """

    repair_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "bad"
        self._sign = Label()
        self._sign.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = Label()
        self._words.setFont(theme.label_font())
        self._words.setWordWrap(True)
        # Laid out higher than its lines, it begins where the sign does.
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._repair = self._make_repair()
        self._compose()
        theme.notifier.changed.connect(self._draw_sign)
        self.hide()

    def text(self) -> str:
        """Return the sentence shown, or "" while there is none."""
        return self._words.text()

    def say(self, text: str, tone: str = "bad", repair: str = "") -> None:
        """Show *text*, over a button named *repair* where one helps; an empty text hides the line."""
        is_new = text != self._words.text()
        self._tone = tone
        self._words.setText(text)
        self._words.set_tone(tone)
        self._draw_sign()
        self._offer(repair)
        self.setVisible(bool(text))
        if is_new and text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _make_repair(self) -> QPushButton:
        button = QPushButton()
        button.setProperty("look", "link")
        button.setFont(theme.label_font())
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(self.repair_requested)
        button.hide()
        return button

    def _compose(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._words)
        column.addWidget(self._repair, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(column, 1)

    def _offer(self, repair: str) -> None:
        self._repair.setText(repair.replace("&", "&&"))
        set_name(self._repair, "repair", repair)
        self._repair.setAccessibleDescription(self._words.text())
        self._repair.setVisible(bool(repair))

    def _draw_sign(self) -> None:
        sign = icon(_SIGNS[self._tone], self._tone)
        self._sign.setPixmap(sign.pixmap(QSize(14, 14), self.devicePixelRatioF()))
