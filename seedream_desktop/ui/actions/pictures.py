"""Finished pictures: looking at all their pixels, and saving them where the user wants."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.recipe import Recipe
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError, UndecodableError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.rendering import rendered
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.save_dialog import SaveDialog


class PictureActions(QObject):
    """Acts on pictures that are on this disk."""

    def __init__(self, window: MainWindow, backend: Backend) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._last_folder: Path | None = None
        self._loading: set[str] = set()
        window.save_requested.connect(self._ask_where)
        window.centre.pixels_requested.connect(self._load_pixels)
        window.gallery.thumbnail_missing.connect(self._rebuild_thumbnails)

    def _ask_where(self, task: Task, picture: Picture) -> None:
        if picture.path is not None:
            self._backend.start(self._open_dialog(task, picture, Path(picture.path)), "save as")

    async def _open_dialog(self, task: Task, picture: Picture, original: Path) -> None:
        settings = await asyncio.to_thread(self._backend.settings.load)
        folder = self._last_folder or await asyncio.to_thread(_pictures_folder)
        dialog = SaveDialog(task, picture, carries_recipe=settings.copies_carry_recipe, parent=self._window)
        dialog.setDirectory(str(folder))
        dialog.chosen.connect(
            lambda target, recipe: self._backend.start(self._save(original, target, recipe), "save as")
        )
        dialog.open()

    async def _save(self, original: Path, chosen: Path, recipe: Recipe | None) -> None:
        self._last_folder = chosen.parent
        target = _with_true_ending(chosen, original)
        try:
            await self._write(original, target, recipe)
        except StorageError as error:
            self._window.dock.set_notice(failure_sentence(error.failure), "bad")
        except UndecodableError:
            self._window.dock.set_notice(self.tr("This picture cannot carry its prompt; nothing was saved."), "bad")
        else:
            words = self.tr("Saved as {name}") if recipe is None else self.tr("Saved with its prompt as {name}")
            self._window.dock.set_notice(words.format(name=target.name), "good")

    async def _write(self, original: Path, target: Path, recipe: Recipe | None) -> None:
        """Write the picture to *target*, whole or not at all; raises StorageError, UndecodableError."""
        if recipe is None:
            await self._backend.save_copy(original, target)
            return
        part = self._backend.working_dir / "pixels" / f"{uuid.uuid4().hex}{original.suffix}"
        try:
            await self._backend.traces.inscribe(original, part, recipe)
            await self._backend.save_copy(part, target)
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)

    def _load_pixels(self, picture: Picture) -> None:
        """Have a picture decoded; two that ask for the same one at a time are both answered by the first."""
        if picture.path is not None and picture.sha256 is not None and picture.sha256 not in self._loading:
            self._loading.add(picture.sha256)
            self._backend.start(self._show_pixels(picture, picture.sha256), "all pixels")

    async def _show_pixels(self, picture: Picture, sha256: str) -> None:
        try:
            image = await rendered(self._backend, picture)
        except (UndecodableError, StorageError, OSError):
            words = self.tr("This picture's file cannot be opened any more.")
            self._window.centre.show_trouble(sha256, words)
        else:
            self._window.centre.show_pixels(sha256, image)
        finally:
            self._loading.discard(sha256)

    def _rebuild_thumbnails(self, task: Task, picture: Picture) -> None:
        self._backend.start(self._rebuild(task, picture), "thumbnails")

    async def _rebuild(self, task: Task, picture: Picture) -> None:
        made = await self._backend.engine.rebuild_thumbnails(task, picture.position)
        if made and picture.sha256 is not None:
            self._window.gallery.thumbnail_made(picture.sha256)


def _pictures_folder() -> Path:
    """Return the system's folder for pictures, or the user's own where there is none."""
    folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
    return folder if folder.is_dir() else Path.home()


def _with_true_ending(chosen: Path, original: Path) -> Path:
    """Return the name with the ending of what is really in the file: a JPEG is not saved as a PNG."""
    ending = chosen.suffix.lower().replace(".jpeg", ".jpg")
    return chosen if ending == original.suffix else chosen.with_suffix(original.suffix)
