"""Searches that are kept under a name, and what was made with a reference."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from itertools import chain, count
from typing import Any

from PySide6.QtCore import QObject

from seedream_desktop.domain.collections import NameTakenError, SavedSearch, tidy_name
from seedream_desktop.domain.query import Query
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.undoing import Step, Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.dock import Tone
from seedream_desktop.ui.filters.name_dialog import NameDialog
from seedream_desktop.ui.main_window import MainWindow


class SearchActions(QObject):
    """Keeps what the menu of saved searches asks for; each change can be taken back."""

    def __init__(self, window: MainWindow, backend: Backend, undoing: Undoing) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._searches = backend.searches
        self._undoing = undoing
        saved = window.header.saved
        saved.save_requested.connect(self._save)
        saved.rename_requested.connect(self._rename)
        saved.update_requested.connect(self._update)
        saved.delete_requested.connect(self._delete)
        window.header.reference_wanted.connect(self._filter_by_chosen_reference)

    async def show(self) -> None:
        """List what is kept."""
        try:
            self._window.header.saved.show_searches(await self._searches.all())
        except StorageError as error:
            self._say_trouble(error)

    def _save(self, dialog: NameDialog, name: str, query: Query) -> None:
        self._begin(self._name(dialog, lambda: self._save_new(name, query)), "save a search")

    def _rename(self, dialog: NameDialog, search: SavedSearch, name: str) -> None:
        self._begin(self._name(dialog, lambda: self._give_name(search, name)), "rename a search")

    def _update(self, search: SavedSearch, query: Query) -> None:
        self._begin(self._keep(lambda: self._mean(search, query)), "update a search")

    def _delete(self, search: SavedSearch) -> None:
        self._begin(self._keep(lambda: self._drop(search)), "delete a search")

    def _filter_by_chosen_reference(self) -> None:
        strip = self._window.composer.references
        row = strip.view.currentIndex().row()
        entries = strip.entries()
        sha256 = entries[row].reference.sha256 if 0 <= row < len(entries) else None
        if sha256 is None:
            self._say(self.tr("Choose one of the references on the left first, one that is ready."), "care")
        else:
            self._window.header.filter_by_reference(sha256)

    async def _name(self, dialog: NameDialog, change: Callable[[], Coroutine[Any, Any, Step]]) -> None:
        """Change something under a name; the dialog closes when that is done and says why when it cannot be."""
        try:
            await self._keep(change)
        except NameTakenError:
            dialog.refuse(self.tr("Another search has this name."))
        except ValueError:
            dialog.refuse(self.tr("This cannot be a name."))
        else:
            dialog.accept()

    async def _keep(self, change: Callable[[], Coroutine[Any, Any, Step]]) -> None:
        """Change something and remember what takes it back; raises ValueError for a name that cannot be."""
        try:
            async with self._undoing.turn:
                self._undoing.keep(await change())
        except StorageError as error:
            self._say_trouble(error)

    async def _save_new(self, name: str, query: Query) -> Step:
        search = await self._searches.save(name, query)
        self._window.header.saved.mark_open(search)
        await self.show()
        self._say(self.tr("Saved: {name}").replace("{name}", search.name), "good")
        return self._step(self.tr("a saved search"), lambda: self._drop(search))

    async def _put_back(self, search: SavedSearch) -> Step:
        """Bring a search back, under a name that is free: another may have taken its own."""
        search = await self._with_free_name(search)
        await self._searches.restore(search)
        await self.show()
        return self._step(self.tr("a deleted search"), lambda: self._drop(search))

    async def _drop(self, search: SavedSearch) -> Step:
        await self._searches.delete(search.id)
        await self.show()
        self._say(self.tr("Deleted: {name}").replace("{name}", search.name), "good")
        return self._step(self.tr("a deleted search"), lambda: self._put_back(search))

    async def _give_name(self, search: SavedSearch, name: str) -> Step:
        await self._searches.rename(search.id, name)
        await self.show()
        renamed = replace(search, name=tidy_name(name))
        return self._step(self.tr("the name of a search"), lambda: self._name_back(renamed, search))

    async def _name_back(self, renamed: SavedSearch, before: SavedSearch) -> Step:
        return await self._give_name(renamed, (await self._with_free_name(before)).name)

    async def _with_free_name(self, search: SavedSearch) -> SavedSearch:
        taken = {other.name.casefold() for other in await self._searches.all() if other.id != search.id}
        numbers = (f"{search.name} {number}" for number in count(2))
        name = next(name for name in chain((search.name,), numbers) if name.casefold() not in taken)
        return replace(search, name=name)

    async def _mean(self, search: SavedSearch, query: Query) -> Step:
        await self._searches.change(search.id, query)
        await self.show()
        changed = replace(search, query=query)
        return self._step(self.tr("the change of a search"), lambda: self._mean(changed, search.query))

    def _step(self, what: str, reverse: Callable[[], Coroutine[Any, Any, Step]]) -> Step:
        return Step(what, reverse)

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._backend.start(work, name)

    def _say(self, words: str, tone: Tone) -> None:
        self._window.dock.set_notice(words, tone)

    def _say_trouble(self, error: StorageError) -> None:
        self._say(failure_sentence(error.failure), "bad")
