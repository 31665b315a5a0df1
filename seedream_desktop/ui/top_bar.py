"""The line at the top of the window: its name, what is special about this run, and two buttons."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon

_HEIGHT_PX: Final = 44
_BADGE_PX: Final = 24
_BADGE_FILL: Final = 0.18
_BUTTON_PX: Final = 32


class Badge(Label):
    """A few words on a rounded patch in the colour that asks for care."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, tone="care")
        self.setFont(theme.label_font())
        self.setFixedHeight(_BADGE_PX)
        self.setContentsMargins(theme.SPACE_2, 0, theme.SPACE_2, 0)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.notifier.changed.connect(self.update)
        self.hide()

    def say(self, text: str) -> None:
        """Show *text*; an empty one hides the badge."""
        self.setText(text)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the patch behind the words."""
        fill = QColor(theme.tokens().care)
        fill.setAlphaF(_BADGE_FILL)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(self.rect(), _BADGE_PX / 2, _BADGE_PX / 2)
        painter.end()
        super().paintEvent(event)


class TopBar(QWidget):
    """Title, badge, ``Save as`` and ``Settings``."""

    save_requested = Signal()
    settings_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_HEIGHT_PX)
        self._badge = Badge(self)
        self._save = QPushButton(self.tr("Save as"), self)
        self._settings = QPushButton(self.tr("Settings"), self)
        self._prepare(self._save, "download", "save_as")
        self._prepare(self._settings, "settings", "settings")
        self._save.clicked.connect(self.save_requested)
        self._settings.clicked.connect(self.settings_requested)
        self._save.setToolTip(self.tr("Save the chosen picture (Ctrl+S)"))
        self.set_can_save(False)
        self._lay_out()

    def show_demo(self) -> None:
        """Say that this run uses the simulator."""
        self._badge.say(self.tr("Demo: simulator, nothing is billed"))

    def show_foreign_service(self, host: str) -> None:
        """Say that orders go to *host* and not to the official service."""
        self._badge.say(self.tr("Not the official service: {host}").format(host=host))

    def badge_text(self) -> str:
        """Return what the badge says, or ""."""
        return self._badge.text()

    def set_can_save(self, can_save: bool) -> None:  # noqa: FBT001 - named like a setter of Qt
        """Let ``Save as`` be pressed only while a picture is chosen."""
        self._save.setEnabled(can_save)

    def set_viewing(self, is_viewing: bool) -> None:  # noqa: FBT001 - named like a setter of Qt
        """Leave ``Save as`` to the viewer's own bar while that is shown."""
        self._save.setHidden(is_viewing)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line below."""
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.tokens().line)
        painter.end()

    def _prepare(self, button: QPushButton, sign: str, name: str) -> None:
        set_name(button, name, button.text())
        button.setText(f" {button.text()}")  # Fusion sets icon and text closer than they can be read
        button.setIcon(icon(sign))
        button.setIconSize(QSize(16, 16))
        button.setProperty("look", "quiet")
        button.setFixedHeight(_BUTTON_PX)

    def _lay_out(self) -> None:
        title = Label(self.tr("Seedream Desktop"), self)
        font = theme.body_font()
        font.setWeight(QFont.Weight.DemiBold)
        title.setFont(font)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_3, 1)
        row.setSpacing(theme.SPACE_2)
        row.addWidget(title)
        row.addSpacing(theme.SPACE)
        row.addWidget(self._badge)
        row.addStretch(1)
        row.addWidget(self._save)
        row.addWidget(self._settings)
