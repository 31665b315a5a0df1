"""Asks where a picture is to be saved, and whether the copy tells how it was made."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from seedream_desktop.domain.naming import picture_name
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.recipes import recipe_of


class SaveDialog(QFileDialog):
    """``chosen`` carries the Path and the Recipe to write, or None.

    The choice stands among the formats: the systems' own dialogs have no other place for it.
    """

    chosen = Signal(object, object)

    def __init__(self, task: Task, picture: Picture, *, carries_recipe: bool, parent: QWidget) -> None:
        super().__init__(parent, self.tr("Save picture"))
        self._task = task
        extension = Path(picture.path or "").suffix.lstrip(".")
        self.setObjectName("save_picture")
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setDefaultSuffix(extension)
        plain = self.tr("Picture as it came (*.{ending})").format(ending=extension)
        self._with_recipe = self.tr("Picture with its prompt and settings (*.{ending})").format(ending=extension)
        self.setNameFilters([plain, self._with_recipe])
        self.selectNameFilter(self._with_recipe if carries_recipe else plain)
        name = picture_name(task.created_at, task.request.prompt, task.id, picture.position, extension)
        self.selectFile(name)
        self.fileSelected.connect(self._choose)
        self.finished.connect(self.deleteLater)

    def _choose(self, target: str) -> None:
        has_recipe = self.selectedNameFilter() == self._with_recipe
        self.chosen.emit(Path(target), recipe_of(self._task) if has_recipe else None)
