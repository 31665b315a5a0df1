"""The gallery's context menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task


class PictureMenu(QObject):
    """What can be done with a picture or its task."""

    open_chosen = Signal(object, object)
    save_chosen = Signal(object, object)
    action_chosen = Signal(object, str)

    def menu(self, parent: QWidget, task: Task, picture: Picture | None) -> QMenu:
        """Return the menu, to be popped up; without a stored picture only what concerns the task is enabled."""
        menu = QMenu(parent)
        self._add_picture_actions(menu, task, picture)
        menu.addSeparator()
        self._add(menu, self.tr("Copy prompt"), lambda: self.action_chosen.emit(task, "copy_prompt"), "Ctrl+Shift+C")
        self._add(menu, self.tr("Use this prompt and settings"), lambda: self.action_chosen.emit(task, "reuse"))
        return menu

    def _add_picture_actions(self, menu: QMenu, task: Task, picture: Picture | None) -> None:
        wanted = (
            (self.tr("Open"), lambda: self.open_chosen.emit(task, picture), "Return"),
            (self.tr("Save as"), lambda: self.save_chosen.emit(task, picture), "Ctrl+S"),
            (self.tr("Use as reference"), lambda: self.action_chosen.emit(task, "reference"), "E"),
            (self.tr("Copy picture"), lambda: self.action_chosen.emit(task, "copy_picture"), "Ctrl+C"),
            (self.tr("Show in folder"), lambda: self.action_chosen.emit(task, "folder"), ""),
        )
        for text, chosen, keys in wanted:
            action = self._add(menu, text, chosen, keys)
            action.setEnabled(picture is not None)

    def _add(self, menu: QMenu, text: str, chosen: object, keys: str = "") -> QAction:
        action = menu.addAction(text)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(chosen)
        return action
