"""Sorting by drops, keys and the rail: what is on the disk, what is said, and what undo brings back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import Task
from seedream_desktop.store.opening import Store
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.rail_counts import RailCounts
from seedream_desktop.ui.actions.sorting import SortingActions
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bridge import Bridge
from seedream_desktop.ui.keys.commands import CommandId
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.rail import Item, Kind, wording
from seedream_desktop.ui.rail.chooser import PlaceChooser
from seedream_desktop.ui.rail.project_dialog import ProjectDialog
from tests.store.samples import opened
from tests.ui.gallery.samples import sha_of, stored, task
from tests.ui.windows import Work

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@dataclass
class Desk(Work):
    """A window over a library that can be sorted."""

    window: MainWindow
    store: Store
    bridge: Bridge = field(default_factory=Bridge)
    names: list[str] = field(default_factory=list)

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> None:
        """Note work for later, and what it is called."""
        super().start(work, name)
        self.names.append(name)

    async def press(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = self.window.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)
        await self.finish()

    async def drop(self, item: Item, *names: str) -> None:
        self.window.rail.pictures_dropped.emit(item, tuple(map(sha_of, names)))
        await self.finish()

    async def name(self, item: Item, name: str) -> None:
        self.window.rail.named.emit(item, name)
        await self.finish()

    async def contents(self, query: Query) -> list[str]:
        return sorted(await self.store.gallery.contents(query))

    def places(self) -> list[str]:
        """Return what the rail says aloud of what the user made."""
        own = (Kind.PROJECT, Kind.COLLECTION)
        return [wording.spoken(item) for item in self.window.rail.items() if item.kind in own]

    def place(self, name: str) -> Item:
        return next(item for item in self.window.rail.items() if item.name == name)

    @property
    def said(self) -> str:
        return self.window.dock.status_text()

    @property
    def chooser(self) -> PlaceChooser:
        return self.window.findChildren(PlaceChooser)[-1]


def counted(name: str, count: int) -> Task:
    """Return a finished task whose pictures have the positions the service gives them."""
    return task(name, pictures=tuple(stored(at, name).but(sha256=sha_of(f"{name}{at + 1}")) for at in range(count)))


@pytest_asyncio.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    async with opened(tmp_path) as store:
        desk = Desk(window, store)
        for age_s, found in enumerate((counted("fox", 3), counted("owl", 2))):
            await store.tasks.save(found.but(created_at=datetime(2026, 3, 14, 12, 0, 59 - age_s, tzinfo=UTC)))
        fields = {"gallery": store.gallery, "judging": store.judging, "sorting": store.sorting, "start": desk.start}
        fields |= {"library_folder": lambda: store.library.folder, "prepare_folder": store.library.prepare}
        backend = cast(Backend, SimpleNamespace(**fields))
        browsing, undoing = Browsing(window, store.gallery, desk.start), Undoing(window, desk.start)
        SortingActions(window, backend, undoing)
        await RailCounts(window, backend, desk.bridge, undoing).read()
        await browsing.show()
        await desk.finish()
        window.gallery.setFocus()
        yield desk
        desk.let_go()


PROJECTS, COLLECTIONS = Item(Kind.PROJECTS), Item(Kind.COLLECTIONS)


async def test_a_project_is_made_gets_pictures_by_a_drop_and_all_of_it_is_taken_back(desk: Desk) -> None:
    await desk.name(PROJECTS, "  Harbour   campaign ")
    harbour = desk.place("Harbour campaign")

    await desk.drop(harbour, "fox1", "fox2", "owl1")
    assert desk.places() == ["Harbour campaign, 3 pictures"]
    assert "3 pictures put into Harbour campaign" in desk.said
    assert await desk.contents(Query(project=harbour.id)) == sorted(map(sha_of, ("fox1", "fox2", "owl1")))

    await desk.press(Key.Key_Z, CTRL)
    assert desk.places() == ["Harbour campaign, 0 pictures"]
    await desk.press(Key.Key_Z, CTRL)
    assert desk.places() == []
    await desk.press(Key.Key_Z, CTRL | SHIFT)
    await desk.press(Key.Key_Z, CTRL | SHIFT)
    assert desk.places() == ["Harbour campaign, 3 pictures"]


async def test_the_keyboard_stands_on_the_project_that_was_named(desk: Desk) -> None:
    desk.window.rail.view.setFocus()
    await desk.name(PROJECTS, "Harbour")

    assert desk.window.rail.view.current_item() == desk.place("Harbour")


async def test_a_project_moves_a_picture_and_a_collection_adds_it(desk: Desk) -> None:
    for name in ("Autumn", "Winter"):
        await desk.name(PROJECTS, name)
    await desk.name(COLLECTIONS, "Moods")

    await desk.drop(desk.place("Autumn"), "fox1", "fox2")
    await desk.drop(desk.place("Winter"), "fox2")
    await desk.drop(desk.place("Moods"), "fox1", "fox2")

    assert desk.places() == ["Autumn, 1 picture", "Winter, 1 picture", "Moods, 2 pictures"]
    await desk.press(Key.Key_Z, CTRL)
    await desk.press(Key.Key_Z, CTRL)
    assert desk.places() == ["Autumn, 2 pictures", "Winter, 0 pictures", "Moods, 0 pictures"]


async def test_what_is_there_already_is_no_step_to_take_back(desk: Desk) -> None:
    await desk.name(COLLECTIONS, "Moods")
    await desk.drop(desk.place("Moods"), "fox1")

    await desk.drop(desk.place("Moods"), "fox1")
    assert "Nothing to do" in desk.said
    await desk.press(Key.Key_Z, CTRL)

    assert desk.places() == ["Moods, 0 pictures"]


async def test_favourites_and_picks_take_drops(desk: Desk) -> None:
    await desk.drop(Item(Kind.FAVOURITES), "fox1", "owl1")
    await desk.drop(Item(Kind.PICKED), "fox1")
    counts = {item.kind: item.count for item in desk.window.rail.items()}
    assert (counts[Kind.ALL], counts[Kind.FAVOURITES], counts[Kind.PICKED]) == (5, 2, 1)

    await desk.press(Key.Key_Z, CTRL)
    await desk.press(Key.Key_Z, CTRL)

    assert await desk.contents(Query(is_favourite=True)) == []


async def test_a_drop_on_the_bin_is_handed_on(qtbot: QtBot, desk: Desk) -> None:
    with qtbot.waitSignal(desk.window.trash_dropped) as dropped:
        await desk.drop(Item(Kind.BIN), "fox1")

    assert dropped.args == [(sha_of("fox1"),)]


async def test_names_that_are_taken_empty_or_too_long_are_refused_where_they_are_typed(desk: Desk) -> None:
    await desk.name(COLLECTIONS, "Moods")
    rail = desk.window.rail
    for name, reason in (
        ("moods", "There is one called “moods” already."),
        ("  ", "Type a name."),
        ("x" * 201, "A name has 200 characters at most; this one has 201."),
    ):
        rail.name_new(Kind.COLLECTIONS)
        shown = rail.name_field()
        assert shown is not None
        shown.findChildren(QLineEdit)[0].setText(name)
        QTest.keyClick(shown.findChildren(QLineEdit)[0], Key.Key_Return)
        await desk.finish()
        assert (shown.isVisible(), shown.text(), shown.trouble()) == (True, name, reason)

    assert desk.places() == ["Moods, 0 pictures"]


async def test_renaming_carries_nested_collections_along_and_is_taken_back(desk: Desk) -> None:
    await desk.name(COLLECTIONS, "Clients")
    await desk.name(COLLECTIONS, "Clients/Northwind")
    names = [item.name for item in desk.window.rail.items() if item.kind is Kind.COLLECTION]
    assert names == ["Clients", "Clients/Northwind"]

    await desk.name(desk.place("Clients"), "Customers")
    assert [item.name for item in desk.window.rail.items() if item.name] == ["Customers", "Customers/Northwind"]
    await desk.press(Key.Key_Z, CTRL)

    assert [item.name for item in desk.window.rail.items() if item.name] == names


async def test_deleting_keeps_the_pictures_and_undo_brings_the_sorting_back(desk: Desk) -> None:
    await desk.name(PROJECTS, "Autumn")
    await desk.name(COLLECTIONS, "Moods")
    await desk.drop(desk.place("Autumn"), "fox1")
    await desk.drop(desk.place("Moods"), "fox1", "owl2")
    desk.window.rail.open(desk.place("Moods"))

    for name in ("Moods", "Autumn"):
        desk.window.rail.deleted.emit(desk.place(name))
        await desk.finish()
    assert desk.places() == []
    assert desk.window.rail.item().kind is Kind.ALL
    assert len(await desk.contents(Query())) == 5

    desk.window.rail.view.setFocus()
    await desk.press(Key.Key_Z, CTRL)
    await desk.press(Key.Key_Z, CTRL)
    assert desk.places() == ["Autumn, 1 picture", "Moods, 2 pictures"]


async def test_ctrl_g_makes_a_collection_of_what_is_chosen(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, SHIFT)

    await desk.press(Key.Key_G, CTRL)
    edit = desk.chooser.findChildren(QLineEdit)[0]
    edit.setText("Moods")
    QTest.keyClick(edit, Key.Key_Return)
    await desk.finish()

    assert desk.places() == ["Moods, 2 pictures"]
    assert not desk.chooser.isVisible()


async def test_backspace_takes_out_of_the_collection_that_is_open(desk: Desk) -> None:
    await desk.name(COLLECTIONS, "Moods")
    await desk.drop(desk.place("Moods"), "fox1", "fox2")
    desk.window.gallery.setFocus()
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Backspace)
    assert desk.places() == ["Moods, 2 pictures"]

    desk.window.rail.open(desk.place("Moods"))
    await desk.finish()
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Backspace)

    assert await desk.contents(Query(collection=desk.place("Moods").id)) == [sha_of("fox2")]
    assert "1 picture taken out of Moods" in desk.said


async def test_many_events_are_counted_once(qtbot: QtBot, desk: Desk) -> None:
    desk.names.clear()
    for number in range(50):
        desk.bridge.task_changed.emit(number)
    qtbot.waitUntil(lambda: bool(desk.names), timeout=2000)
    qtbot.wait(50)

    assert desk.names == ["places"]
    await desk.finish()


async def test_what_lies_in_a_collection_below_is_shown_above_but_is_taken_out_there(desk: Desk) -> None:
    for name in ("Clients", "Clients/Northwind"):
        await desk.name(COLLECTIONS, name)
    await desk.drop(desk.place("Clients/Northwind"), "fox1")
    assert desk.places() == ["Clients, 1 picture", "Northwind, 1 picture"]
    desk.window.rail.open(desk.place("Clients"))
    await desk.finish()
    desk.window.gallery.setFocus()

    await desk.press(Key.Key_Right)
    desk.window.sorting_requested.emit(CommandId.TAKE_OUT)
    await desk.finish()

    assert "lies in a collection below Clients" in desk.said
    assert desk.places() == ["Clients, 1 picture", "Northwind, 1 picture"]


async def named_project(desk: Desk, name: str) -> None:
    """Make a project and open the dialog in which its folder is given."""
    await desk.name(PROJECTS, name)
    desk.window.rail.folder_requested.emit(desk.place(name))
    await desk.finish()


def dialog_of(desk: Desk) -> ProjectDialog:
    return desk.window.findChildren(ProjectDialog)[-1]


async def give(desk: Desk, name: str, folder: Path | str) -> ProjectDialog:
    """Write into the dialog that is open and press Enter."""
    dialog = dialog_of(desk)
    for field_name, text in (("project_name", name), ("project_folder", str(folder))):
        field = dialog.findChild(QLineEdit, field_name)
        assert field is not None
        field.setText(text)
    QTest.keyClick(dialog, Key.Key_Return)
    await desk.finish()
    return dialog


async def test_a_new_project_asks_for_nothing_and_says_what_it_is_for(desk: Desk) -> None:
    await desk.name(PROJECTS, "Harbour")

    assert desk.window.findChildren(ProjectDialog) == []
    assert desk.said.startswith("Harbour made. While it is open, new orders belong to it.")


async def test_the_folder_of_a_project_is_made_and_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    await named_project(desk, "Harbour")
    dialog = await give(desk, "Harbour", tmp_path / "harbour")

    assert not dialog.isVisible()
    assert (await desk.store.sorting.projects())[0].folder == str(tmp_path / "harbour")
    assert len(list((tmp_path / "harbour").glob(".seedream-library-*"))) == 1
    assert str(tmp_path / "harbour") in desk.said

    await desk.press(Key.Key_Z, CTRL)
    assert (await desk.store.sorting.projects())[0].folder == ""
    await desk.press(Key.Key_Z, CTRL | SHIFT)
    assert (await desk.store.sorting.projects())[0].folder == str(tmp_path / "harbour")


async def test_the_menu_of_a_project_leads_to_its_name_and_folder(desk: Desk, tmp_path: Path) -> None:
    await desk.name(PROJECTS, "Harbour")
    desk.window.rail.view.folder_requested.emit(desk.place("Harbour"))
    await desk.finish()

    await give(desk, "Port", tmp_path / "port")

    (project,) = await desk.store.sorting.projects()
    assert (project.name, project.folder) == ("Port", str(tmp_path / "port"))
    assert desk.places() == ["Port, 0 pictures"]


async def test_a_name_or_folder_that_cannot_be_stays_in_the_dialog_with_the_reason(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for name in ("Winter", "Harbour"):
        await named_project(desk, name)

    dialog = await give(desk, "winter", "")
    assert "There is one called “winter” already." in shown_words(dialog)
    dialog = await give(desk, "Harbour", tmp_path / "file")
    assert str(tmp_path / "file") in shown_words(dialog)

    assert dialog.isVisible()
    assert [(each.name, each.folder) for each in await desk.store.sorting.projects()] == [
        ("Harbour", ""),
        ("Winter", ""),
    ]


async def test_a_folder_that_is_away_is_not_made_by_a_dialog_that_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    await named_project(desk, "Harbour")
    await give(desk, "Harbour", tmp_path / "harbour")
    (tmp_path / "harbour").rename(tmp_path / "unplugged")
    desk.window.rail.folder_requested.emit(desk.place("Harbour"))
    await desk.finish()

    assert not (await give(desk, "Harbour", tmp_path / "harbour")).isVisible()

    assert not (tmp_path / "harbour").exists()


def shown_words(dialog: ProjectDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
