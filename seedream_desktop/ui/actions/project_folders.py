"""The dialog of a project: its name and where its pictures are saved."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject

from seedream_desktop.domain.collections import Project
from seedream_desktop.domain.failure import Failure
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.arranging import Arranging
from seedream_desktop.ui.actions.undoing import Step, Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Item, Kind
from seedream_desktop.ui.rail.project_dialog import ProjectDialog

_READ_ONLY: Final = "FOLDER_READ_ONLY"


class ProjectFolders(QObject):
    """Opens the dialog from the menu of a project."""

    def __init__(self, window: MainWindow, backend: Backend, undoing: Undoing, arranging: Arranging) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._undoing = undoing
        self._arranging = arranging
        window.rail.folder_requested.connect(self._ask)

    def _ask(self, item: Item) -> None:
        self._backend.start(self._open(item.id), "project")

    async def _open(self, project_id: str) -> None:
        try:
            project = await self._project(project_id)
        except StorageError as error:
            self._window.dock.set_notice(failure_sentence(error.failure), "bad")
            return
        if project is None:
            return
        dialog = ProjectDialog(project, self._backend.library_folder(), self._window)
        dialog.kept.connect(
            lambda name, folder: self._backend.start(self._keep(dialog, project_id, name, folder), "project")
        )
        dialog.open()

    async def _project(self, project_id: str) -> Project | None:
        projects = await self._backend.sorting.projects()
        return next((project for project in projects if project.id == project_id), None)

    async def _keep(self, dialog: ProjectDialog, project_id: str, name: str, folder: str) -> None:
        """Keep what was given, the name first; the dialog stays open with the reason for what cannot be."""
        try:
            project = await self._project(project_id)
            if project is not None and not await self._is_named(dialog, project, name):
                return
            if project is not None and (folder != project.folder or dialog.is_chosen):
                await self._move(project, " ".join(name.split()), folder)
        except StorageError as error:
            dialog.refuse_folder(self._reason(error.failure))
        else:
            dialog.accept()

    def _reason(self, failure: Failure) -> str:
        if failure.code == _READ_ONLY:
            return self.tr("{folder} is read-only. Choose another folder.").format(folder=failure.message)
        return failure_sentence(failure)

    async def _is_named(self, dialog: ProjectDialog, project: Project, name: str) -> bool:
        if " ".join(name.split()) == project.name:
            return True
        return await self._arranging.rename(Item(Kind.PROJECT, project.id, project.name), name, dialog.refuse_name)

    async def _move(self, project: Project, name: str, folder: str) -> None:
        """Save the project's pictures to *folder* from now on: made and marked now, never again by itself."""
        async with self._undoing.turn:
            if folder:
                await self._backend.prepare_folder(Path(folder))
            await self._backend.sorting.set_folder(project.id, folder)
            if folder != project.folder:
                self._undoing.keep(self._moved(project, name, project.folder, folder))
        words = self.tr("From now on pictures of {name} are saved in {folder}.")
        shown = folder or self._backend.library_folder()
        self._window.dock.set_notice(words.format(name=name, folder=shown), "good")

    def _moved(self, project: Project, name: str, old: str, new: str) -> Step:
        async def reverse() -> Step:
            await self._backend.sorting.set_folder(project.id, old)
            return self._moved(project, name, new, old)

        return Step(self.tr("Folder of {name} changed").format(name=name), reverse)
