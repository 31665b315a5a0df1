"""Saved searches: kept, opened, changed, deleted and brought back; and what was made with a reference."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from seedream_desktop.domain.collections import SavedSearch
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import Resolution
from seedream_desktop.store.opening import Store
from seedream_desktop.ui.actions.searching import SearchActions
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.filters.name_dialog import NameDialog
from seedream_desktop.ui.main_window import MainWindow
from tests.store.samples import opened
from tests.ui.windows import Work

FOX = Query(text="fox", resolutions=(Resolution.FOUR_K,))
OWL = Query(text="owl")


@dataclass
class Desk(Work):
    """A window whose searches are kept in a real library."""

    window: MainWindow
    store: Store

    async def choose(self, words: str) -> None:
        """Choose a line of the menu."""
        actions = {action.text(): action for action in self.window.header.saved.menu_now().actions()}
        assert actions[words].isEnabled()
        actions[words].trigger()
        await self.finish()

    async def name(self, name: str) -> NameDialog:
        """Write a name into the dialog that is open and press Enter."""
        dialog = next(found for found in self.window.findChildren(NameDialog) if found.isVisible())
        dialog.field.setText(name)
        QTest.keyClick(dialog.field, Qt.Key.Key_Return)
        await self.finish()
        return dialog

    async def save(self, name: str, query: Query) -> None:
        self.window.header.set_query(query)
        await self.choose("Save this search …")
        await self.name(name)

    async def undo(self) -> None:
        self.window.undo_requested.emit()
        await self.finish()

    async def redo(self) -> None:
        self.window.redo_requested.emit()
        await self.finish()

    async def kept(self) -> dict[str, Query]:
        return {search.name: search.query for search in await self.store.searches.all()}

    def listed(self) -> list[str]:
        return [action.text() for action in self.window.header.saved.menu_now().actions() if action.isCheckable()]

    def open_search(self) -> SavedSearch | None:
        return self.window.header.saved.open_search


@pytest_asyncio.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as store:
        desk = Desk(window, store)
        backend = SimpleNamespace(searches=store.searches, start=desk.start)
        action = SearchActions(window, cast(Backend, backend), Undoing(window, desk.start))
        await action.show()
        yield desk
        desk.let_go()


async def test_a_search_is_saved_under_a_name_and_opened_again(desk: Desk) -> None:
    await desk.save("Foxes, large", FOX)
    assert await desk.kept() == {"Foxes, large": FOX}
    desk.window.header.clear_search()
    assert desk.open_search() is None

    await desk.choose("Foxes, large")

    assert desk.window.header.query == FOX
    found = desk.open_search()
    assert found is not None
    assert found.name == "Foxes, large"


async def test_nothing_can_be_saved_while_nothing_is_looked_for(desk: Desk) -> None:
    actions = {action.text(): action for action in desk.window.header.saved.menu_now().actions()}

    assert not actions["Save this search …"].isEnabled()
    assert not actions["No searches are saved yet"].isEnabled()


async def test_a_name_that_is_taken_is_refused_and_what_was_written_stays(desk: Desk) -> None:
    await desk.save("Foxes", FOX)
    desk.window.header.set_query(OWL)
    await desk.choose("Save this search …")

    dialog = await desk.name("foxes")
    assert dialog.isVisible()
    assert (dialog.field.text(), dialog.said.text()) == ("foxes", "Another search has this name.")
    await desk.name("Owls")

    assert await desk.kept() == {"Foxes": FOX, "Owls": OWL}


async def test_the_open_search_is_updated_and_gets_its_meaning_back(desk: Desk) -> None:
    await desk.save("Birds", FOX)
    desk.window.header.set_query(OWL)

    await desk.choose("Update “Birds” to this search")
    assert await desk.kept() == {"Birds": OWL}
    await desk.undo()
    assert await desk.kept() == {"Birds": FOX}
    await desk.redo()

    assert await desk.kept() == {"Birds": OWL}


async def test_the_open_search_is_renamed_and_gets_its_name_back(desk: Desk) -> None:
    await desk.save("Foxes", FOX)

    await desk.choose("Rename “Foxes” …")
    await desk.name("Red & white")
    assert desk.listed() == ["Red && white"]
    await desk.undo()

    assert await desk.kept() == {"Foxes": FOX}


async def test_a_deleted_search_comes_back_by_undo_and_goes_again_by_redo(desk: Desk) -> None:
    await desk.save("Foxes", FOX)
    before = await desk.store.searches.all()

    await desk.choose("Delete “Foxes”")
    assert (await desk.kept(), desk.listed(), desk.open_search()) == ({}, [], None)
    await desk.undo()
    assert await desk.store.searches.all() == before
    await desk.redo()

    assert await desk.kept() == {}


async def test_a_deleted_search_comes_back_under_a_free_name_when_its_own_was_taken(desk: Desk) -> None:
    await desk.save("Foxes", FOX)
    await desk.choose("Delete “Foxes”")
    await desk.store.searches.save("foxes", OWL)

    await desk.undo()

    assert await desk.kept() == {"foxes": OWL, "Foxes 2": FOX}


async def test_saving_is_taken_back_too(desk: Desk) -> None:
    await desk.save("Foxes", FOX)

    await desk.undo()

    assert await desk.kept() == {}


async def test_what_was_made_with_the_chosen_reference_is_looked_for(desk: Desk) -> None:
    composer = desk.window.composer
    composer.references.set_references(
        [Reference("https://example.com/1.jpg"), Reference("https://example.com/2.jpg", sha256="ab12")]
    )
    composer.references.select(1)
    desk.window.header.panel.reference.click()
    assert desk.window.header.query == Query()
    assert "Choose one of the references" in desk.window.dock.status_text()

    composer.references.select(2)
    desk.window.header.panel.reference.click()

    assert desk.window.header.query == Query(reference_sha256="ab12")
