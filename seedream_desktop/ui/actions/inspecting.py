"""Brings to the inspector what has to be looked up, and goes where it points: family, references, several pictures."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.errors import StorageError, UndecodableError
from seedream_desktop.ports.family import Kin, UsedReference
from seedream_desktop.ui.actions.annotating import Annotating
from seedream_desktop.ui.actions.meant import Meant, Shown
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.inspector.common import Common, Summary
from seedream_desktop.ui.main_window import MainWindow

log = logging.getLogger(__name__)

# A key held down goes through thirty pictures a second; only where it stops is looked up.
_PAUSE_MS: Final = 60
_MOST_LOOKED_AT: Final = 2_000
_THUMBNAIL_PX: Final = 256


class Inspecting(QObject):
    """Looks up what belongs to the picture that is shown; only the newest answer is shown."""

    def __init__(self, window: MainWindow, backend: Backend, annotating: Annotating) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._annotating = annotating
        self._inspector = window.inspector
        self._asked = 0
        self._kin = Kin()
        self._soon = self._timer(self._look_up)
        self._choice_soon = self._timer(self._follow_choice)
        self._inspector.picture_shown.connect(lambda _task, _picture: self._soon.start())
        self._inspector.relative_pressed.connect(self._go_to)
        self._inspector.reference_pressed.connect(self._show_reference)
        self._inspector.thumbnail_missing.connect(self._make_thumbnail)
        window.gallery.choice_changed.connect(self._choice_soon.start)
        window.centre.meaning_changed.connect(self._choice_soon.start)
        window.centre.judgments_shown.connect(self._refresh_many)

    def _timer(self, action: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(_PAUSE_MS)
        timer.timeout.connect(action)
        return timer

    def _look_up(self) -> None:
        shown = self._inspector.shown
        if shown is not None and self._inspector.isVisible():
            self._asked += 1
            self._backend.start(self._show_kin(*shown, self._asked), "family")

    async def _show_kin(self, task: Task, picture: Picture, number: int) -> None:
        try:
            kin = await self._backend.family.kin(task, picture.sha256)
            judgments = await self._backend.judging.judgments([picture.sha256] if picture.sha256 else [])
            attempt = task.attempt
            ended = task.finished_at or (attempt.ended_at if attempt else None)
            around = None
            if attempt is not None and ended is not None:
                around = await self._backend.balances_around(attempt.started_at, ended)
        except StorageError as error:
            log.warning("the family of a picture could not be read: %s", error)
            return
        if number != self._asked or self._inspector.shown is None:
            return
        self._kin = kin
        self._inspector.show_kin(kin)
        self._inspector.show_judgments(judgments)
        if around is not None and around.before_usd is not None and around.after_usd is not None:
            self._inspector.show_balances((around.before_usd, around.after_usd))

    def _follow_choice(self) -> None:
        meant = Meant.now(self._window)
        if meant is None or meant.one is not None:
            self._annotating.many = None
            if meant is not None:
                self._show_one(meant.one)
            return
        # The gallery shows the current one of them first, whenever that is another or has changed.
        if meant != self._annotating.many or self._inspector.shown is not None:
            self._annotating.many = meant
            self._backend.start(self._show_many(meant), "several pictures")

    def _show_one(self, shown: Shown | None) -> None:
        """Show the picture that is meant, when it is not seen yet: in a comparison another one than in the gallery."""
        if shown is not None and self._inspector.shown != shown:
            self._inspector.show_picture(*shown, self._window.gallery.judgment(shown[1]))

    def _refresh_many(self, _judgments: dict[str, Judgment]) -> None:
        many = self._annotating.many
        if many is not None:
            self._backend.start(self._show_many(many), "several pictures")

    async def _show_many(self, meant: Meant) -> None:
        """Show what many have in common; of very many the first 2,000 are looked at."""
        some = replace(meant, many=meant.many[:_MOST_LOOKED_AT])
        try:
            pictures = await some.pictures(self._backend.gallery)
            judgments = await self._backend.judging.judgments(p.sha256 for _, p in pictures if p.sha256)
        except StorageError as error:
            log.warning("the chosen pictures could not be read: %s", error)
            return
        summary = await asyncio.to_thread(Summary.of, len(meant.many), pictures)
        common = await asyncio.to_thread(Common.of, list(judgments.values()))
        if self._annotating.many == meant:
            self._inspector.show_many(summary, common)

    def _go_to(self, task: Task, index: int) -> None:
        self._window.show_gallery()
        if not self._window.gallery.choose(task, index):
            words = self.tr("That picture is not among those shown now. Clear the search to see it.")
            self._window.dock.set_notice(words, "care")

    def _show_reference(self, used: UsedReference) -> None:
        if used.own is not None:
            task, picture = used.own
            self._go_to(task, task.pictures.index(picture))
        elif used.file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(used.file)))

    def _make_thumbnail(self, sha256: str) -> None:
        """Have a small picture made anew, of a relative or of a reference whose file is there."""
        own = next((each for each in self._relatives() if each[1].sha256 == sha256), None)
        files = (each.file for each in self._kin.references if each.reference.sha256 == sha256)
        file = next((file for file in files if file is not None), None)
        if own is not None:
            self._backend.start(self._make_of_own(*own), "thumbnail of a relative")
        elif file is not None:
            self._backend.start(self._make(file, sha256), "thumbnail of a reference")

    def _relatives(self) -> Iterator[tuple[Task, Picture]]:
        if self._inspector.shown is not None:
            yield self._inspector.shown
        yield from (each.own for each in self._kin.references if each.own is not None)
        yield from ((task, picture) for task in self._kin.used_in for picture in task.stored_pictures)

    async def _make_of_own(self, task: Task, picture: Picture) -> None:
        made = await self._backend.engine.rebuild_thumbnails(task, picture.position)
        if made and picture.sha256 is not None:
            self._inspector.thumbnail_made(picture.sha256)

    async def _make(self, file: Path, sha256: str) -> None:
        target = self._backend.thumbnail_path(sha256, _THUMBNAIL_PX)
        try:
            await self._backend.pixels.make_thumbnails(file, {_THUMBNAIL_PX: target})
        except (UndecodableError, StorageError) as error:
            log.info("no thumbnail of a reference: %s", error)
        else:
            self._inspector.thumbnail_made(sha256)
