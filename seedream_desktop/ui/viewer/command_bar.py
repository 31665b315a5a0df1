"""What the bars above large pictures have in common: buttons that stand for commands, and the zoom."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.keys import CommandId, KeyHint, KeyMap
from seedream_desktop.ui.viewer.framing import MAX_SCALE

_BAR_PX: Final = 44
_ICON_PX: Final = 18


class CommandBar(QWidget):
    """``pressed`` carries the CommandId of the button."""

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(_BAR_PX)
        self.zoom = Label("", self, tone="muted")
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._buttons: dict[QPushButton, CommandId] = {}
        self._spared: tuple[QWidget, ...] = ()

    def show_keys(self, key_map: KeyMap) -> None:
        """Say at each button which key does the same."""
        for button, command in self._buttons.items():
            KeyHint(button, command, key_map)

    def spare(self, *parts: QWidget) -> None:
        """Leave these out where there is no room for everything, the first one first: keys and the menu do the same."""
        self._spared = parts

    def fit(self) -> None:
        """Show as much as there is room for."""
        layout = self.layout()
        # Always as wide as it can get: nothing beside it moves while somebody zooms.
        self.zoom.setMinimumWidth(self.zoom.fontMetrics().horizontalAdvance(self._scale_text(MAX_SCALE)))
        for part in self._spared:
            part.setVisible(self.wants(part))
        if layout is None:
            return
        for part in self._spared:
            if layout.minimumSize().width() <= self.width():
                break
            part.hide()
        layout.activate()

    def wants(self, _part: QWidget) -> bool:
        """Whether a part that can be spared is to be shown when there is room."""
        return True

    def minimumSizeHint(self) -> QSize:
        """Return no width of its own: the bar takes what the picture below it has."""
        return QSize(0, _BAR_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what there is no room for."""
        super().resizeEvent(event)
        self.fit()

    def set_scale(self, scale: float) -> None:
        """Show how many screen pixels a pixel of the picture has, in per cent."""
        self.zoom.setText(self._scale_text(scale))

    def _scale_text(self, scale: float) -> str:
        return self.tr("{percent} %").format(percent=round(scale * 100))

    def sign(self, sign: str, object_name: str, spoken: str, command: CommandId) -> QPushButton:
        """Return a button with an icon alone, called *spoken* aloud."""
        button = self.button(object_name, "", command)
        button.setProperty("look", "quiet")
        button.setIcon(icon(sign))
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        button.setAccessibleName(spoken)
        return button

    def button(self, object_name: str, text: str, command: CommandId) -> QPushButton:
        """Return a button with *text* that stands for *command*."""
        button = QPushButton(text, self)
        set_name(button, object_name, text)
        button.clicked.connect(lambda: self.pressed.emit(command))
        self._buttons[button] = command
        return button
