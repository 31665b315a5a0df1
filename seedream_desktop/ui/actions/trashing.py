"""The trash in the window: throwing away, taking back, and the trash as a place to look into."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.engine.trash import Emptied, Put, Restored
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.meant import Meant, Shown
from seedream_desktop.ui.actions.undoing import Step, Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bin_bar import BinBar
from seedream_desktop.ui.dock import Tone
from seedream_desktop.ui.keys import CommandId
from seedream_desktop.ui.keys.key_map import native
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.trash_question import (
    TrashQuestion,
    before_deleting_copies,
    before_deleting_originals,
    before_emptying,
)

_BIN: Final = Query(is_in_trash=True)
Contents = Sequence[str]


class TrashActions(QObject):
    """Throws away what a key is about, or all that was rejected of what is shown; nothing leaves without a way back.

    ``changed``: something went into the trash or came out of it.
    """

    changed = Signal()

    def __init__(self, window: MainWindow, backend: Backend, browsing: Browsing, undoing: Undoing) -> None:
        super().__init__(window)
        self._window, self._backend = window, backend
        self._browsing, self._undoing = browsing, undoing
        self._is_in_bin = False
        self.bar = self._make_bar()
        window.trash_requested.connect(self._throw)
        window.trash_dropped.connect(lambda contents: self._start(self._throw_contents(contents), "dropped on the bin"))
        window.rejects_trash_requested.connect(lambda: self._start(self._throw_rejects(), "rejects to the trash"))
        window.sorting_requested.connect(self._take_out)
        window.rail.empty_requested.connect(self.bar.empty_requested)
        window.scope_changed.connect(self._follow_scope)
        self.changed.connect(self._count)

    def _make_bar(self) -> BinBar:
        bar, page = BinBar(), self._window.centre.gallery_page.layout()
        page.insertWidget(page.indexOf(self._window.gallery), bar)  # type: ignore[union-attr]  # a QVBoxLayout
        bar.restore_requested.connect(self._take_back)
        bar.empty_requested.connect(lambda: self._start(self._ask_to_empty(), "empty the trash"))
        return bar

    def _follow_scope(self, scope: Query) -> None:
        self._is_in_bin = scope.is_in_trash
        self.bar.setVisible(scope.is_in_trash)
        self._count()

    def _count(self) -> None:
        if self._is_in_bin:
            self._start(self._show_count(), "count of the trash")

    async def _show_count(self) -> None:
        self.bar.show_count((await self._backend.gallery.count(_BIN)).pictures)

    def _throw(self) -> None:
        meant = Meant.now(self._window)
        if meant is None:
            self._say(self.tr("Only a finished picture can be put into the trash."), "care")
        elif self._is_in_bin:
            self._say(self.tr("This is in the trash already. Restore it, or empty the trash."), "care")
        else:
            self._start(self._throw_meant(meant), "put into the trash")

    async def _throw_meant(self, meant: Meant) -> None:
        async with self._undoing.turn:
            put = await self._put(await meant.contents(self._backend.gallery), meant.one)
        self._tell_put(put)

    async def _throw_contents(self, contents: Contents) -> None:
        async with self._undoing.turn:
            put = await self._put(contents, None)
        self._tell_put(put)

    async def _throw_rejects(self) -> None:
        """Throw away what was rejected in the place that is shown, also what other marks looked for hide."""
        query = replace(self._browsing.query, flag=Flag.REJECT, rating_at_least=0, is_favourite=False)
        async with self._undoing.turn:
            contents = () if self._is_in_bin else await self._backend.gallery.contents(query)
            put = await self._put(contents, None)
        if contents:
            self._tell_put(put)
        else:
            self._say(self.tr("Nothing is rejected here. {key} rejects a picture.").format(key=self._key("reject")), "")

    def _take_out(self, command: CommandId) -> None:
        if command is CommandId.TAKE_OUT and self._is_in_bin:
            self._take_back()

    def _take_back(self) -> None:
        meant = Meant.now(self._window)
        if meant is None:
            self._say(self.tr("Choose the pictures that are to come back."), "care")
        else:
            self._start(self._take_back_meant(meant), "restore")

    async def _take_back_meant(self, meant: Meant) -> None:
        async with self._undoing.turn:
            restored = await self._restore(await meant.contents(self._backend.gallery))
            if restored.contents:
                self._undoing.keep(self._step_back(restored.contents))
        self._return_to_pictures()
        self._say(*self._words_of(restored))

    async def _put(self, contents: Contents, shown: Shown | None) -> Put:
        """Throw away, show it, and remember what takes it back; raises StorageError."""
        put = await self._backend.trash.put(contents)
        await self._show()
        if put.contents:
            self._undoing.keep(self._step_out(put.contents, shown))
        return put

    async def _restore(self, contents: Contents) -> Restored:
        restored = await self._backend.trash.restore(contents)
        await self._show()
        return restored

    def _step_out(self, contents: Contents, shown: Shown | None) -> Step:
        async def reverse() -> Step:
            restored = await self._restore(contents)
            words, _ = self._words_of(restored)
            return self._step_back(restored.contents, shown, words)

        return Step(self.tr("put into the trash"), reverse, shown)

    def _step_back(self, contents: Contents, shown: Shown | None = None, said: str = "") -> Step:
        async def reverse() -> Step:
            put = await self._backend.trash.put(contents)
            await self._show()
            self._ask_about(put)
            return replace(self._step_out(put.contents, shown), said=self._words_of_put(put)[0])

        return Step(self.tr("taken out of the trash"), reverse, said=said)

    async def _show(self) -> None:
        await self._browsing.show(keeps_place=True)
        if not self._window.centre.shows_gallery and not self._window.gallery.selected_keys():
            self._window.show_gallery()
        self.changed.emit()

    def _tell_put(self, put: Put) -> None:
        self._say(*self._words_of_put(put))
        self._ask_about(put)

    def _words_of_put(self, put: Put) -> tuple[str, Tone]:
        if put.needed and not put.contents:
            return self.tr("An order that waits still needs this file. Nothing was put into the trash."), "care"
        said = self._words_of_count(len(put.contents))
        if put.needed:
            more = self.tr("Left alone, because an order that waits needs the file: {count}.").format(count=put.needed)
            return f"{said} {more}", "care"
        if put.staying:
            more = self.tr("{folder} cannot be written now: copies that stay there for the time being: {count}.")
            return f"{said} {more.format(folder=_folder_of(put.staying), count=len(put.staying))}", "care"
        return said, "good"

    def _words_of_count(self, count: int) -> str:
        key = self._key(CommandId.UNDO)
        if count == 1:
            return self.tr("The picture is in the trash. {key} brings it back.").format(key=key)
        return self.tr("Put into the trash: {count} pictures. {key} brings them back.").format(count=count, key=key)

    def _words_of(self, restored: Restored) -> tuple[str, Tone]:
        if not restored.contents:
            return self.tr("Not in the trash any more: nothing was brought back."), "care"
        if restored.lost:
            words = self.tr("Brought back: {count}. Changed copies the computer's trash does not give back: {names}.")
            names = ", ".join(Path(place).name for place in restored.lost[:3])
            return words.format(count=len(restored.contents), names=names), "care"
        return self.tr("Brought back from the trash: {count}").format(count=len(restored.contents)), "good"

    def _ask_about(self, put: Put) -> None:
        if put.without_trash:
            question = before_deleting_copies(put.files, self._window)
            self._ask(question, lambda: self._delete_copies(put), lambda: self._keep_all(put))

    async def _delete_copies(self, put: Put) -> None:
        staying = await self._backend.trash.delete_copies(put.without_trash)
        if staying:
            words = self.tr("These files cannot be deleted now: {count}. They stay in {folder}.")
            self._say(words.format(count=len(staying), folder=_folder_of(staying)), "care")

    async def _keep_all(self, put: Put) -> None:
        async with self._undoing.turn:
            await self._restore(put.without_trash)
        self._say(self.tr("Kept: {count}").format(count=len(put.without_trash)), "good")

    async def _ask_to_empty(self) -> None:
        count = (await self._backend.gallery.count(_BIN)).pictures
        if count:
            self._ask(before_emptying(count, self._window), self._empty)

    async def _empty(self) -> None:
        await self._tell_emptied(await self._backend.trash.empty())

    async def _delete_originals(self, contents: Contents) -> None:
        await self._tell_emptied(await self._backend.trash.empty(only=contents, for_good=True))

    async def _tell_emptied(self, emptied: Emptied) -> None:
        await self._show()
        kept = len(emptied.staying) + emptied.needed
        words = self.tr("Emptied: {count} pictures.").format(count=len(emptied.contents))
        if kept:
            more = self.tr("In use or not writable, so still in the trash: {count}.").format(count=kept)
            words = f"{words} {more}"
        self._say(words, "care" if kept else "good")
        if emptied.without_trash:
            question = before_deleting_originals(len(emptied.without_trash), self._window)
            self._ask(question, lambda: self._delete_originals(emptied.without_trash))

    def _ask(
        self,
        question: TrashQuestion,
        yes: Callable[[], Coroutine[Any, Any, None]],
        no: Callable[[], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        question.accepted.connect(lambda: self._start(yes(), "the trash, as answered"))
        if no is not None:
            question.rejected.connect(lambda: self._start(no(), "the trash, kept"))
        question.finished.connect(question.deleteLater)
        question.finished.connect(self._return_to_pictures)
        question.open()

    def _return_to_pictures(self) -> None:
        """Give the keyboard back to the pictures, after a button that may have nothing more to do."""
        if self._window.centre.shows_gallery:
            self._window.gallery.setFocus()

    def _start(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._backend.start(self._said_when_troubled(work), name)

    async def _said_when_troubled(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except StorageError as error:
            self._say(failure_sentence(error.failure), "bad")

    def _say(self, words: str, tone: Tone) -> None:
        self._window.dock.set_notice(words, tone)

    def _key(self, command: str) -> str:
        keys = self._window.key_map.keys_of(CommandId(command))
        return native(keys[0]) if keys else self.tr("Undo")


def _folder_of(places: Contents) -> str:
    return str(Path(places[0]).parent)
