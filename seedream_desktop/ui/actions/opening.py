"""A picture's file in other programs and in the file manager."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ui.actions.gathering import is_there
from seedream_desktop.ui.actions.meant import Meant
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.drag_out import Outgoing, file_of
from seedream_desktop.ui.file_manager import show_in_folder
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.open_with import OpenWithMenu

Show = Callable[[Path, Callable[[], None]], None]
# More windows of another program at once are hardly meant.
_MOST_OPENED = 20


class Opening(QObject):
    """Answers the keys and the menu; *show* has the file manager show a file, or calls what it is given with it."""

    def __init__(self, window: MainWindow, backend: Backend, show: Show = show_in_folder) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._show = show
        self._outgoing = Outgoing(backend.working_dir / "outgoing")
        window.action_requested.connect(self._act)

    def _act(self, _task: Task, action: str) -> None:
        meant = Meant.now(self._window)
        if action in ("folder", "open_with") and meant is not None:
            self._backend.start(self._open(meant, action), action)

    async def _open(self, meant: Meant, action: str) -> None:
        try:
            pictures = await Meant(meant.one, meant.many[:_MOST_OPENED]).pictures(self._backend.gallery)
        except StorageError:
            return
        if action == "folder":
            for _, picture in pictures[:1]:
                await self._show_in_folder(picture)
            return
        # Programs write into what they are given: an original is never among it.
        ready = await asyncio.to_thread(lambda: [self._outgoing.file(*shown) for shown in pictures])
        if files := [each.path for each in ready if each is not None]:
            self._offer_programs(files)
        else:
            self._tell_gone()

    async def _show_in_folder(self, picture: Picture) -> None:
        """Show the user's copy, or ours and why; only the disk knows which of them is there."""
        found = await asyncio.to_thread(file_of, picture)
        copy = Path(picture.saved_path) if picture.saved_path else None
        if found is None or not await is_there(str(found)):
            self._tell_gone()
            return
        self._show(found, partial(self._tell_no_file_manager, found))
        if copy is not None and copy != found:
            words = self.tr("{name} is not in {folder} any more. The program's own file is shown.")
            self._window.dock.set_notice(words.format(name=copy.name, folder=copy.parent), "care")

    def _offer_programs(self, files: list[Path]) -> None:
        menu = OpenWithMenu(files, self._window.programs, self._window)
        menu.failed.connect(self._tell_failed)
        menu.aboutToHide.connect(menu.deleteLater)
        gallery = self._window.gallery
        is_over = self._window.frameGeometry().contains(QCursor.pos())
        menu.popup(QCursor.pos() if is_over else gallery.mapToGlobal(gallery.rect().center()))

    def _tell_no_file_manager(self, file: Path) -> None:
        words = self.tr("No file manager could be opened. The file is {path}")
        self._window.dock.set_notice(words.format(path=file), "bad")

    def _tell_gone(self) -> None:
        self._window.dock.set_notice(self.tr("The file is gone, and so is the program's own."), "bad")

    def _tell_failed(self, name: str) -> None:
        self._window.dock.set_notice(self.tr("{name} could not be opened").format(name=name), "bad")
