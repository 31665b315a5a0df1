"""The trash by keys: what goes leaves the window at once, what comes back is where it was; nothing goes silently."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from seedream_desktop.app.system_trash import throw_away
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task import TaskId, TaskState
from seedream_desktop.engine.trash import KEPT_FOR
from seedream_desktop.ports.trash import NoTrashError
from seedream_desktop.ui.actions.browsing import Browsing
from seedream_desktop.ui.actions.trashing import TrashActions
from seedream_desktop.ui.actions.undoing import Undoing
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.bin_bar import BinBar
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.trash_question import TrashQuestion
from tests.app.trash_bench import TrashBench, at_home, sha, trash_bench
from tests.store.samples import task_of
from tests.ui.windows import Work

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
BIN = Query(is_in_trash=True)


@dataclass
class Desk(Work):
    """A window over a library with a trash."""

    window: MainWindow
    bench: TrashBench

    async def press(self, *keys: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys one after the other, each when the one before has done its work."""
        for key in keys:
            focused = self.window.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key, modifier)
            await self.finish()
            await self.settle()

    async def settle(self) -> None:
        """Let the gallery ask for what came into sight."""
        if not any(each.isVisible() for each in self.window.findChildren(TrashQuestion)):
            self.window.activateWindow()
        for _ in range(3):
            QTest.qWait(1)
            await self.finish()

    async def throw(self, *names: str) -> None:
        self.window.trash_dropped.emit(tuple(map(sha, names)))
        await self.finish()

    async def look_into(self, scope: Query) -> None:
        self.window.scope_changed.emit(scope)
        await self.finish()
        await self.settle()
        self.window.gallery.setFocus()

    async def click(self, name: str) -> None:
        button = self.window.findChild(QPushButton, name)
        assert button is not None
        button.click()
        await self.finish()
        await self.settle()

    def question(self) -> TrashQuestion:
        """Return the question that is open."""
        found = [each for each in self.window.findChildren(TrashQuestion) if each.isVisible()]
        assert len(found) == 1
        return found[0]

    def current(self) -> str | None:
        current = self.window.gallery.current()
        return current[1].sha256 if current else None

    async def shown(self, query: Query = Query()) -> tuple[str, ...]:  # noqa: B008 - frozen
        return await self.bench.store.gallery.contents(query)

    def said(self) -> str:
        return self.window.dock.status_text()


@asynccontextmanager
async def at_desk(window: MainWindow, folder: Path, throw: Callable[[Path], str] = throw_away) -> AsyncIterator[Desk]:
    async with trash_bench(folder, throw) as bench:
        desk = Desk(window, bench)
        await bench.finished("one", "a", "b", "c")
        await bench.finished("two", "d", age_s=10)
        await bench.finished("three", "e", "f", age_s=20)
        browsing = Browsing(window, bench.store.gallery, desk.start)
        backend = SimpleNamespace(gallery=bench.store.gallery, trash=bench.trash, start=desk.start)
        TrashActions(window, cast(Backend, backend), browsing, Undoing(window, desk.start))
        await browsing.show()
        await desk.settle()
        window.gallery.setFocus()
        yield desk
        desk.let_go()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)


@pytest_asyncio.fixture
async def desk(window: MainWindow, tmp_path: Path) -> AsyncIterator[Desk]:
    async with at_desk(window, tmp_path) as desk:
        yield desk
        desk.let_go()


def no_trash(path: Path) -> str:
    raise NoTrashError(Failure(FailureKind.DISK_TROUBLE, "NO_SYSTEM_TRASH", str(path.parent)))


async def test_del_throws_away_the_current_picture_and_stands_on_the_next(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Delete)

    assert await desk.shown() == tuple(map(sha, "bcdef"))
    assert desk.current() == sha("b")
    assert "The picture is in the trash. Ctrl+Z brings it back." in desk.said()


async def test_the_last_of_a_group_leads_to_the_next_group_and_an_empty_group_disappears(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Right, Key.Key_Right, Key.Key_Delete)
    assert desk.current() == sha("d")

    await desk.press(Key.Key_Delete)
    assert desk.current() == sha("e")
    assert len((await desk.bench.store.gallery.groups(Query())).ids) == 2

    await desk.press(Key.Key_End, Key.Key_Delete)
    assert desk.current() == sha("e")


async def test_undo_brings_a_picture_back_to_its_place_and_redo_throws_it_again(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Right, Key.Key_Delete)

    await desk.press(Key.Key_Z, modifier=CTRL)
    assert await desk.shown() == tuple(map(sha, "abcdef"))
    assert desk.current() == sha("b")
    assert "one_1.png" in desk.bench.in_library()

    await desk.press(Key.Key_Y, modifier=CTRL)
    assert await desk.shown() == tuple(map(sha, "acdef"))
    await desk.press(Key.Key_Z, modifier=CTRL)
    assert desk.current() == sha("b")


async def test_several_chosen_pictures_go_in_one_step(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.press(Key.Key_Right, Key.Key_Right, Key.Key_Right, modifier=SHIFT)
    await desk.press(Key.Key_Delete)

    assert await desk.shown() == tuple(map(sha, "ef"))
    assert "Put into the trash: 4 pictures. Ctrl+Z brings them back." in desk.said()
    assert len(desk.window.gallery.selected_keys()) == 1

    await desk.press(Key.Key_Z, modifier=CTRL)
    assert await desk.shown() == tuple(map(sha, "abcdef"))


@pytest.mark.parametrize("key", [Key.Key_Backspace, Key.Key_Delete])
async def test_one_key_throws_away_all_that_was_rejected_and_tells_how_many(desk: Desk, key: Key) -> None:
    await desk.bench.store.judging.judge({sha(name): Change(flag=Flag.REJECT) for name in "bde"})

    await desk.press(key, modifier=CTRL)
    assert await desk.shown() == tuple(map(sha, "acf"))
    assert "3 pictures" in desk.said()

    await desk.press(Key.Key_Z, modifier=CTRL)
    assert await desk.shown(Query(flag=Flag.REJECT)) == tuple(map(sha, "bde"))


async def test_backspace_in_the_trash_restores_as_the_button_does(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Delete)
    await desk.look_into(BIN)

    await desk.press(Key.Key_Home, Key.Key_Backspace)

    assert await desk.shown(BIN) == ()
    assert "Brought back from the trash: 1" in desk.said()


async def test_where_nothing_is_rejected_nothing_goes(desk: Desk) -> None:
    await desk.press(Key.Key_Backspace, modifier=CTRL)

    assert "Nothing is rejected here. X rejects a picture." in desk.said()
    assert await desk.shown(BIN) == ()


async def test_del_in_the_viewer_goes_on_to_the_next_and_back_to_the_gallery_after_the_last(desk: Desk) -> None:
    window = desk.window
    await desk.press(Key.Key_Home, Key.Key_Return, Key.Key_Delete)
    assert window.centre.currentWidget() is window.viewer
    assert window.viewer.picture is not None
    assert window.viewer.picture.sha256 == sha("b")

    await desk.press(*[Key.Key_Delete] * 5)
    assert await desk.shown() == ()
    assert window.centre.shows_gallery


async def test_the_trash_as_a_place_tells_its_count_and_restores_what_is_chosen(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Delete, Key.Key_Delete)

    await desk.look_into(BIN)
    bar = desk.window.findChild(BinBar)
    assert bar is not None
    assert bar.isVisible()
    assert bar.text() == "Pictures in the trash: 2"
    await desk.press(Key.Key_Home)
    await desk.click("restore")

    assert await desk.shown(BIN) == (sha("b"),)
    assert bar.text() == "Pictures in the trash: 1"
    await desk.look_into(Query())
    assert not bar.isVisible()
    assert await desk.shown() == tuple(map(sha, "acdef"))


async def test_the_trash_is_emptied_only_after_a_question(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Delete)
    await desk.look_into(BIN)

    await desk.click("empty_trash")
    assert "Pictures in the trash: 1." in desk.question().words.text()
    desk.question().keep.click()
    await desk.finish()
    assert await desk.shown(BIN) == (sha("a"),)

    await desk.click("empty_trash")
    desk.question().do_it.click()
    await desk.finish()
    assert await desk.shown(BIN) == ()
    assert f"{sha('a')}.png" in desk.bench.in_system_trash()
    assert "Emptied: 1" in desk.said()
    await desk.settle()

    await desk.press(Key.Key_Z, modifier=CTRL)
    assert "Not in the trash any more" in desk.said()


async def test_without_a_trash_of_the_system_the_number_of_files_is_named_and_no_keeps_everything(
    window: MainWindow, tmp_path: Path
) -> None:
    async with at_desk(window, tmp_path, no_trash) as desk:
        await desk.press(Key.Key_Home, Key.Key_Delete)
        assert "for good: 1." in desk.question().words.text()
        desk.question().keep.click()
        await desk.finish()
        assert await desk.shown() == tuple(map(sha, "abcdef"))
        assert "one_0.png" in desk.bench.in_library()

        await desk.settle()
        await desk.press(Key.Key_Home, Key.Key_Delete)
        desk.question().do_it.click()
        await desk.finish()
        assert await desk.shown() == tuple(map(sha, "bcdef"))
        assert "one_0.png" not in desk.bench.in_library()


async def test_a_folder_that_is_away_is_named_in_the_dock(desk: Desk) -> None:
    desk.bench.library.rename(desk.bench.folder / "unplugged")

    await desk.press(Key.Key_Home, Key.Key_Delete)

    assert f"{desk.bench.library} cannot be written now" in desk.said()
    assert await desk.shown() == tuple(map(sha, "bcdef"))


async def test_trouble_with_the_database_is_a_sentence_in_the_dock(desk: Desk) -> None:
    await desk.press(Key.Key_Home)
    await desk.bench.store.database.close()

    await desk.press(Key.Key_Delete)

    assert "cannot be saved" in desk.said()
    assert desk.current() == sha("a")


async def test_emptying_by_itself_shows_no_picture_that_is_gone(desk: Desk) -> None:
    await desk.press(Key.Key_Home, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Delete)
    for ahead in (2 * KEPT_FOR, 3 * KEPT_FOR):
        desk.bench.clock.ahead = ahead
        await desk.bench.trash.tidy()

    two = await desk.bench.store.tasks.get(TaskId("two"))
    assert two is not None
    desk.window.change_task(two)

    assert len(desk.window.gallery._shelf.groups) == 2


async def test_what_is_still_to_come_cannot_be_thrown_away(desk: Desk) -> None:
    coming = task_of("coming", age_s=-5, state=TaskState.PROCESSING)
    await desk.bench.store.tasks.save(coming)
    await desk.look_into(Query())

    await desk.press(Key.Key_Home, Key.Key_Delete)

    assert "Only a finished picture" in desk.said()
    assert await desk.shown(BIN) == ()


async def test_what_was_kept_meanwhile_is_not_thrown_away_when_the_step_is_done_again(desk: Desk) -> None:
    await desk.throw("a", "b")
    await desk.bench.trash.restore([sha("a")])

    for turn in (desk.window.undo_requested, desk.window.redo_requested, desk.window.undo_requested):
        turn.emit()
        await desk.finish()
        assert sha("a") in await desk.shown()
    assert sha("b") in await desk.shown()
