"""What a picture dropped on the window is to do: be a reference, bring its settings, lead on to a frame, be found."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from seedream_desktop.domain.recipe import Recipe
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.gathering import is_there
from seedream_desktop.ui.actions.next_frame import NextFrame
from seedream_desktop.ui.actions.recognising import How, Match, Recogniser, Recognition
from seedream_desktop.ui.actions.reusing import Reusing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.drop_overlay import Target
from seedream_desktop.ui.intake.offer import Intake, Offer
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Item, Kind
from seedream_desktop.ui.recognised import Candidate, RecognisedDialog

_THUMBNAIL_PX: Final = 256


class DropActions(QObject):
    """Acts on the targets of the drop overlay, and says by what a picture was known again."""

    def __init__(self, window: MainWindow, backend: Backend, reusing: Reusing, next_frame: NextFrame) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._reusing = reusing
        self._next_frame = next_frame
        self._recogniser = Recogniser(backend.tasks, backend.likenesses, backend.traces)
        window.drop_overlay.dropped.connect(self._take)

    def _take(self, offered: Intake, target: Target) -> None:
        if target is Target.REFERENCE:
            self._window.composer.pictures_offered.emit(offered, None)
        else:
            self._backend.start(self._recognise(offered, target), "recognise a picture")

    async def _recognise(self, offered: Intake, target: Target) -> None:
        offer = offered.items[0]
        self._window.dock.set_notice(self.tr("Looking for {name}…").format(name=_name_of(offer)), "")
        if offer.sha256 is None and not await is_there(offer.path or ""):
            words = self.tr("{name} is no file that could be a picture. Drop one picture.")
            self._window.dock.set_notice(words.format(name=_name_of(offer)), "care")
            return
        try:
            found = await self._recogniser.recognise(offer)
        except StorageError as error:
            self._window.dock.set_notice(failure_sentence(error.failure), "bad")
            return
        if not self._do_at_once(found, target):
            words = "" if found.matches else self.tr("{name} was not made here.").format(name=_name_of(offer))
            self._window.dock.set_notice(words, "care")
            await self._ask(offered, found, target)

    def _do_at_once(self, found: Recognition, target: Target) -> bool:
        """Do what was wanted where there is no doubt what is meant; return whether that was so."""
        if target is Target.SETTINGS and found.recipe is not None and not _is_ours(found):
            self._use_recipe(found.recipe)
            return True
        if len(found.matches) != 1:
            return False
        match target:
            case Target.SETTINGS:
                self._use_settings(found.matches[0])
            case Target.NEXT_FRAME:
                self._lead_on(found.matches[0])
            case _:
                self._find(found.matches[0])
        return True

    def _use_settings(self, match: Match) -> None:
        words = self.tr("{how}: its prompt and settings are in the composer.")
        self._reusing.use_request(match.task.request, words.format(how=self._how(match)))

    def _use_recipe(self, recipe: Recipe) -> None:
        if recipe.reference_count:
            words = self.tr(
                "By its recipe: prompt and settings are in the composer. Its references, {count}, are not in the file."
            )
            self._reusing.use_request(recipe.request(), words.format(count=recipe.reference_count), "care")
        else:
            words = self.tr("By its recipe: prompt and settings are in the composer.")
            self._reusing.use_request(recipe.request(), words)

    def _lead_on(self, match: Match) -> None:
        self._next_frame.follow(match.task, match.picture, self._how(match))

    def _find(self, match: Match) -> None:
        self._backend.start(self._go_to(match), "go to a known picture")

    async def _go_to(self, match: Match) -> None:
        """Choose a known picture where it is: in what is shown, among all, or in the trash."""
        try:
            is_thrown = await self._backend.trash.holds(match.picture.sha256 or "")
        except StorageError as error:
            self._window.dock.set_notice(failure_sentence(error.failure), "bad")
            return
        self._window.show_gallery()
        if not self._window.gallery.choose(match.task, match.task.pictures.index(match.picture)):
            # The gallery chooses it once it is shown.
            self._window.rail.open(Item(Kind.BIN if is_thrown else Kind.ALL))
            self._window.header.clear_search()
        words = self.tr("{how}: it is in the trash.") if is_thrown else self.tr("{how}: here it is.")
        self._window.dock.set_notice(words.format(how=self._how(match)), "care" if is_thrown else "good")

    def _how(self, match: Match) -> str:
        match match.how:
            case How.SAME_FILE:
                return self.tr("The same file")
            case How.RECIPE:
                return self.tr("By its recipe")
            case How.LOOKS:
                return self.tr("Looks the same, {percent} %").format(percent=round(100 * match.alikeness))

    async def _ask(self, offered: Intake, found: Recognition, target: Target) -> None:
        """Let the user choose among several, or say that it is none of ours and what can be done instead."""
        images = await asyncio.to_thread(_thumbnails, [self._thumbnail(match) for match in found.matches])
        candidates = [
            Candidate(match.task.request.prompt, match.task.created_at, self._how(match), image)
            for match, image in zip(found.matches, images, strict=True)
        ]
        dialog = RecognisedDialog(
            _name_of(offered.items[0]),
            candidates,
            has_recipe=found.recipe is not None,
            leads_on=target is Target.NEXT_FRAME,
            parent=self._window,
        )
        dialog.next_frame_chosen.connect(lambda row: self._lead_on(found.matches[row]))
        dialog.settings_chosen.connect(lambda row: self._use_settings(found.matches[row]))
        dialog.find_chosen.connect(lambda row: self._find(found.matches[row]))
        dialog.reference_chosen.connect(lambda: self._window.composer.pictures_offered.emit(offered, None))
        if (recipe := found.recipe) is not None:
            dialog.recipe_chosen.connect(lambda: self._use_recipe(recipe))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _thumbnail(self, match: Match) -> Path:
        return self._backend.thumbnail_path(match.picture.sha256 or "", _THUMBNAIL_PX)


def _is_ours(found: Recognition) -> bool:
    """Whether the recipe is that of a task of this library, which knows more than the recipe does."""
    return any(match.how is not How.LOOKS for match in found.matches)


def _name_of(offer: Offer) -> str:
    return offer.title or Path(offer.path or "").name


def _thumbnails(paths: Sequence[Path]) -> list[QImage]:
    """Return pictures that our own worker wrote; null ones where there are none."""
    return [QImage(str(path)) for path in paths]
