"""A part of the panel under a title that folds it."""

from __future__ import annotations

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon


class Section(QWidget):
    """Open at first, unless *is_open* is False; *beside* stands at the right of the title while it is open."""

    def __init__(
        self, title: str, object_name: str, content: QWidget, *, is_open: bool = True, beside: QWidget | None = None
    ) -> None:
        super().__init__()
        self._key = f"inspector/{object_name}_open"
        self._content, self._beside = content, beside
        self._button = QPushButton(title, self)
        set_name(self._button, f"{object_name}_section", title)
        self._button.setProperty("look", "fold")
        self._button.setIconSize(QSize(14, 14))
        self._button.clicked.connect(lambda: self.turn(is_open=not self.is_open()))
        self._lay_out()
        self.turn(is_open=is_open)

    def is_open(self) -> bool:
        """Whether the content is shown."""
        return not self._content.isHidden()

    def turn(self, *, is_open: bool) -> None:
        """Show the content or hide it."""
        self._content.setVisible(is_open)
        if self._beside is not None:
            self._beside.setVisible(is_open)
        self._button.setIcon(icon("chevron-down" if is_open else "chevron-right", "muted"))
        self._button.setAccessibleDescription(self.tr("open") if is_open else self.tr("closed"))

    def take_keyboard(self) -> None:
        """Show the content and put the keyboard into it."""
        self.turn(is_open=True)
        self._content.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_title(self, title: str) -> None:
        """Show another title, with a count in it say."""
        self._button.setText(title)
        self._button.setAccessibleName(title)

    def save(self, settings: QSettings) -> None:
        """Keep whether it is open."""
        settings.setValue(self._key, self.is_open())

    def load(self, settings: QSettings) -> None:
        """Be as it was."""
        self.turn(is_open=bool(settings.value(self._key, self.is_open(), type=bool)))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE)
        head.addWidget(self._button)
        head.addStretch(1)
        if self._beside is not None:
            head.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_2)
        column.addWidget(rule())
        column.addLayout(head)
        column.addWidget(self._content)


def rule() -> QFrame:
    """Return a line that parts what is above from what is below."""
    line = QFrame()
    line.setProperty("look", "rule")
    line.setFixedHeight(1)
    return line
