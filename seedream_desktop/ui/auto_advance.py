"""Whether a mark goes on to the next picture, for every place in which pictures are judged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QSettings, Signal

_SETTING: Final = "judging/auto_advance"


class AutoAdvance(QObject):
    """On unless the user turned it off; ``changed`` carries whether it is on now."""

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_on = True

    @property
    def is_on(self) -> bool:
        """Whether a verdict on one picture goes on to the next."""
        return self._is_on

    def turn(self, *, is_on: bool) -> None:
        """Go on after a mark from now on, or stay."""
        self._is_on = is_on
        self.changed.emit(is_on)

    def toggle(self) -> None:
        """Change between the two."""
        self.turn(is_on=not self._is_on)

    def load(self, settings: QSettings) -> None:
        """Take what was chosen last time."""
        self.turn(is_on=bool(settings.value(_SETTING, defaultValue=True, type=bool)))

    def save(self, settings: QSettings) -> None:
        """Keep it for the next time."""
        settings.setValue(_SETTING, self._is_on)
