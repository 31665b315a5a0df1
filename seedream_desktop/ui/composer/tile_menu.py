"""What can be done with one reference, as a menu; whoever opens it does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from seedream_desktop.domain.reference import Reference
from seedream_desktop.ui.composer.role_menu import RoleMenu


class TileMenu(QMenu):
    """Names the keys, too. `move_chosen` brings -1 or 1."""

    role_chosen = Signal(object)
    crop_chosen = Signal()
    replace_chosen = Signal()
    move_chosen = Signal(int)
    folder_chosen = Signal()
    remove_chosen = Signal()

    def __init__(self, reference: Reference, number: int, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roles = RoleMenu(reference.role, self)
        self._roles.chosen.connect(self.role_chosen)
        self.addMenu(self._roles)
        self._add(self.tr("Crop…"), self.crop_chosen, "Return")
        self._add(self.tr("Replace…"), self.replace_chosen)
        self.addSeparator()
        self._add(self.tr("Move earlier"), lambda: self.move_chosen.emit(-1), "Alt+Left", is_possible=number > 1)
        self._add(self.tr("Move later"), lambda: self.move_chosen.emit(1), "Alt+Right", is_possible=number < count)
        self.addSeparator()
        self._add_source(reference)
        self._add(self.tr("Remove"), self.remove_chosen, "Del")

    def _add_source(self, reference: Reference) -> None:
        if reference.is_link:
            self._add(self.tr("Copy link"), lambda: QGuiApplication.clipboard().setText(reference.source))
        else:
            self._add(self.tr("Show in folder"), self.folder_chosen)

    def _add(
        self, text: str, act: Callable[[], object] | SignalInstance, keys: str = "", *, is_possible: bool = True
    ) -> None:
        action = self.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.setEnabled(is_possible)
        action.triggered.connect(act)
