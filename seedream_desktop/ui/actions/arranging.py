"""Projects and collections themselves: making, naming and deleting them; their pictures always stay."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from seedream_desktop.domain.collections import (
    Collection,
    CollectionId,
    NameTakenError,
    Project,
    ProjectId,
)
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.ui.actions.undoing import Step, Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Item, Kind, wording

T = TypeVar("T")
Renaming = Callable[[], Coroutine[Any, Any, Any]]
"""Takes a name back and returns what gives it again."""
Kept = Project | tuple[Collection, tuple[str, ...]]
"""What brings a deleted project back, or a deleted collection with what was in it."""


class Arranging(QObject):
    """Acts on names given in the rail, and on what is deleted there."""

    def __init__(self, window: MainWindow, backend: Backend, undoing: Undoing) -> None:
        super().__init__(window)
        self._window = window
        self._backend = backend
        self._undoing = undoing
        window.rail.named.connect(lambda item, name: backend.start(self._name(item, name), "name"))
        window.rail.deleted.connect(lambda item: backend.start(self._delete(item), "delete a place"))

    async def make(self, heading: Kind, name: str, refuse: Callable[[str], None]) -> Item | None:
        """Make a project or a collection; None when *refuse* was told why that cannot be."""

        async def work() -> Item:
            if heading is Kind.PROJECTS:
                project = await self._backend.sorting.make_project(name)
                return Item(Kind.PROJECT, project.id, project.name)
            collection = await self._backend.sorting.make_collection(name)
            return Item(Kind.COLLECTION, collection.id, collection.name)

        async with self._undoing.turn:
            made = await _named(work, name, refuse)
            if made is not None:
                self._undoing.keep(self._made(made))
        return made

    async def _name(self, item: Item, name: str) -> None:
        rail = self._window.rail
        if item.kind in (Kind.PROJECTS, Kind.COLLECTIONS):
            made = await self.make(item.kind, name, rail.refuse_name)
            if made is not None:
                rail.use_name()
                rail.stand_on(made.key)
                self._say_made(made)
        elif await self.rename(item, name, rail.refuse_name):
            rail.use_name()

    def _say_made(self, made: Item) -> None:
        words = self.tr("{name} made. Drag pictures onto it.")
        if made.kind is Kind.PROJECT:
            words = self.tr("{name} made. While it is open, new orders belong to it. Its menu can give it a folder.")
        self._window.dock.set_notice(words.format(name=made.name), "good")

    async def rename(self, item: Item, name: str, refuse: Callable[[str], None]) -> bool:
        """Give a project or a collection another name; False when *refuse* was told why that cannot be."""
        async with self._undoing.turn:
            rename_back = await _named(lambda: self._set_name(item, name), name, refuse)
            if rename_back is not None:
                self._undoing.keep(self._renamed(item.name, " ".join(name.split()), rename_back))
        return rename_back is not None

    async def _set_name(self, item: Item, name: str) -> Renaming:
        """Give a place another name and return what takes that back."""
        if item.kind is Kind.COLLECTION:
            before = await self._backend.sorting.rename_collection(CollectionId(item.id), name)
            return lambda: self._name_collections(before)
        await self._backend.sorting.rename_project(ProjectId(item.id), name)
        return lambda: self._set_name(replace(item, name=name), item.name)

    async def _name_collections(self, names: Mapping[CollectionId, str]) -> Renaming:
        before = await self._backend.sorting.name_collections(names)
        return lambda: self._name_collections(before)

    async def _delete(self, item: Item) -> None:
        words = self.tr("{name} deleted; its pictures are still there.")
        try:
            async with self._undoing.turn:
                kept = await self._remove(item)
                if kept is not None:
                    self._undoing.keep(self._deleted(item, kept))
        except StorageError as error:
            self._window.dock.set_notice(failure_sentence(error.failure), "bad")
        else:
            self._window.dock.set_notice(words.format(name=item.name), "good")

    async def _remove(self, item: Item) -> Kept | None:
        """Remove a place and return what brings it back; None when it is gone already."""
        sorting = self._backend.sorting
        if item.kind is Kind.PROJECT:
            project = next((each for each in await sorting.projects() if each.id == item.id), None)
            if project is not None:
                await sorting.delete_project(project.id)
            return project
        collection = next((each for each in await sorting.collections() if each.id == item.id), None)
        return None if collection is None else (collection, await sorting.delete_collection(collection.id))

    async def _restore(self, kept: Kept) -> None:
        if isinstance(kept, Project):
            await self._backend.sorting.restore_project(kept)
        else:
            await self._backend.sorting.restore_collection(*kept)

    def _made(self, item: Item) -> Step:
        what = self.tr("{name} made").format(name=item.name)

        async def reverse() -> Step:
            kept = await self._remove(item)
            return self._made(item) if kept is None else self._unmade(item, kept)

        return Step(what, reverse)

    def _unmade(self, item: Item, kept: Kept) -> Step:
        async def reverse() -> Step:
            await self._restore(kept)
            return self._made(item)

        return Step(self.tr("{name} made").format(name=item.name), reverse)

    def _deleted(self, item: Item, kept: Kept) -> Step:
        async def reverse() -> Step:
            await self._restore(kept)
            return self._undeleted(item)

        return Step(self.tr("{name} deleted").format(name=item.name), reverse)

    def _undeleted(self, item: Item) -> Step:
        async def reverse() -> Step:
            kept = await self._remove(item)
            return self._undeleted(item) if kept is None else self._deleted(item, kept)

        return Step(self.tr("{name} deleted").format(name=item.name), reverse)

    def _renamed(self, old: str, new: str, rename_back: Renaming) -> Step:
        async def reverse() -> Step:
            return self._renamed(new, old, await rename_back())

        return Step(self.tr("{old} renamed to {new}").format(old=old, new=new), reverse)


async def _named(work: Callable[[], Coroutine[Any, Any, T]], name: str, refuse: Callable[[str], None]) -> T | None:
    """Return what *work* returns; None when *refuse* was told what is wrong with *name*, or with the disk."""
    try:
        return await work()
    except NameTakenError as error:
        refuse(wording.taken_name(str(error)))
    except ValueError:
        refuse(wording.bad_name(name))
    except StorageError as error:
        refuse(failure_sentence(error.failure))
    return None
