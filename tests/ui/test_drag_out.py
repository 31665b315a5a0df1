"""What other programs are given of chosen pictures, and how it hangs at the pointer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.recipe import Recipe
from seedream_desktop.domain.settings import Settings
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.errors import UndecodableError
from seedream_desktop.ui import drag_out
from seedream_desktop.ui.actions import leaving
from seedream_desktop.ui.actions.leaving import Leaving
from seedream_desktop.ui.backend import Backend
from seedream_desktop.ui.drag_out import OutFile, Outgoing, PictureData, file_of, known_files, stack
from seedream_desktop.ui.gallery import view
from seedream_desktop.ui.main_window import MainWindow
from tests.ui.gallery.library import index_of
from tests.ui.gallery.samples import stored, task
from tests.ui.windows import Work

CTRL = Qt.KeyboardModifier.ControlModifier


def on_disk(folder: Path, name: str = "fox", *, has_copy: bool = False) -> tuple[Task, Picture]:
    """Return a task and its picture, whose original is there; its readable copy only if it *has_copy*."""
    original, copy = folder / f"{name}.original.jpg", folder / f"{name}.jpg"
    original.write_bytes(name.encode())
    if has_copy:
        copy.write_bytes(name.encode())
    picture = stored(0, name).but(path=str(original), saved_path=str(copy))
    return task(name, count=1, pictures=(picture,)), picture


def test_the_copy_in_the_library_is_given_where_it_is(tmp_path: Path) -> None:
    shown = on_disk(tmp_path, has_copy=True)

    file = Outgoing(tmp_path / "outgoing").file(*shown)

    assert file == OutFile(tmp_path / "fox.jpg", shown[1].sha256 or "")
    assert not (tmp_path / "outgoing").exists()


def test_without_it_a_copy_with_a_readable_name_is_given_and_never_the_original(tmp_path: Path) -> None:
    shown = on_disk(tmp_path)

    file = Outgoing(tmp_path / "outgoing").file(*shown)

    assert file is not None
    assert file.path.name == "2026-03-14_fox_fox_1.jpg"
    file.path.write_bytes(b"changed by another program")
    assert (tmp_path / "fox.original.jpg").read_bytes() == b"fox"


def test_a_file_that_was_made_is_not_made_again(tmp_path: Path) -> None:
    shown, outgoing = on_disk(tmp_path), Outgoing(tmp_path / "outgoing")
    first = outgoing.file(*shown)
    assert first is not None
    before = first.path.stat().st_mtime_ns

    assert outgoing.file(*shown) == first
    assert first.path.stat().st_mtime_ns == before


def test_when_copies_would_take_too_much_a_picture_is_left_out_and_its_original_never_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drag_out, "_MOST_COPIED_BYTES", 4)
    outgoing = Outgoing(tmp_path / "outgoing")

    copied, left_out = (outgoing.file(*on_disk(tmp_path, name)) for name in ("fox", "owl"))

    assert copied is not None
    assert left_out is None
    assert [path.stat().st_nlink for path in tmp_path.glob("*.original.jpg")] == [1, 1]


def test_a_picture_without_a_copy_is_not_dragged_as_its_original_while_none_is_made(tmp_path: Path) -> None:
    _, picture = on_disk(tmp_path)

    assert known_files([picture.but(saved_path=None)]) == []


def test_a_picture_without_any_file_is_left_out(tmp_path: Path) -> None:
    found, picture = on_disk(tmp_path)
    Path(picture.path or "").unlink()

    assert Outgoing(tmp_path / "outgoing").file(found, picture) is None


def test_one_picture_is_given_as_what_its_file_holds_too(tmp_path: Path) -> None:
    _, picture = on_disk(tmp_path, has_copy=True)
    one = OutFile(file_of(picture) or Path(), picture.sha256 or "")

    alone, several = PictureData([one]), PictureData([one, one])

    assert alone.hasFormat("image/jpeg")
    assert alone.data("image/jpeg").data() == b"fox"
    assert [url.toLocalFile() for url in alone.urls()] == [str(one.path)]
    assert not several.hasFormat("image/jpeg")


@pytest.mark.parametrize("size", [(256, 144), (144, 256)])
def test_the_count_of_a_drag_lies_at_the_corner_of_its_pictures(qtbot: QtBot, size: tuple[int, int]) -> None:
    thumbnail = QPixmap(*size)
    thumbnail.fill(QColor("red"))

    pile = stack([thumbnail] * 2, 2, 1.0).toImage()

    # Half of the count lies over the pictures; beyond its other half there is nothing.
    rows = [y for y in range(pile.height()) if pile.pixelColor(pile.width() // 2, y).alpha()]
    columns = [x for x in range(pile.width()) if pile.pixelColor(x, pile.height() // 2).alpha()]
    assert (rows[0], columns[0]) == (0, 0)
    assert max(pile.height() - rows[-1], pile.width() - columns[-1]) <= 14


def test_a_file_that_went_away_during_the_drag_gives_nothing(tmp_path: Path) -> None:
    data = PictureData([OutFile(tmp_path / "gone.jpg", "")])

    assert data.data("image/jpeg").isEmpty()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_what_hangs_at_the_pointer_is_as_sharp_as_the_screen(qtbot: QtBot, ratio: float) -> None:
    thumbnail = QPixmap(256, 144)
    thumbnail.fill(QColor("red"))

    one, several = stack([thumbnail], 1, ratio), stack([thumbnail] * 5, 1200, ratio)

    assert one.devicePixelRatio() == several.devicePixelRatio() == ratio
    assert several.width() > one.width() >= 112 * ratio
    assert stack([], 3, ratio).isNull()


class Index:
    """Knows every task; remembers how many were asked for."""

    def __init__(self, tasks: list[Task]) -> None:
        self._tasks = {task.id: task for task in tasks}

    async def tasks(self, ids: list[TaskId]) -> tuple[Task, ...]:
        return tuple(self._tasks[task_id] for task_id in ids if task_id in self._tasks)


class Scribe:
    """Writes recipes as plain text, or refuses."""

    def __init__(self, *, refuses: bool = False) -> None:
        self.refuses = refuses

    async def inscribe(self, path: Path, into: Path, recipe: Recipe) -> None:
        if self.refuses:
            raise UndecodableError("no")
        into.write_text(f"{path.read_text()} {recipe.prompt}")


class Desk:
    """A window with a library whose tasks are not in the gallery, and what is begun there."""

    def __init__(self, window: MainWindow, qtbot: QtBot, tasks: list[Task], folder: Path) -> None:
        self.window, self.qtbot = window, qtbot
        self.work = Work()
        self.settings = Settings()
        self.scribe = Scribe()
        self.dragged: list[list[OutFile]] = []
        keeper = SimpleNamespace(load=lambda: self.settings)
        backend = SimpleNamespace(
            working_dir=folder,
            gallery=Index(tasks),
            settings=keeper,
            traces=self.scribe,
            start=self.work.start,
        )
        self.tasks = tasks
        self.leaving = Leaving(window, cast(Backend, backend))
        window.gallery.set_index(index_of(tasks))

    async def choose_all(self) -> None:
        """Choose everything and wait until it is ready for a drag."""
        QTest.keyClick(self.window.gallery, Qt.Key.Key_A, CTRL)
        self.qtbot.waitUntil(lambda: bool(self.work.started))
        await self.work.finish()

    def drag(self) -> list[OutFile]:
        """Drag what is chosen, and return the files."""
        self.dragged.clear()
        self.window.gallery._drag_out()
        return self.dragged[0] if self.dragged else []


AtDesk = Callable[[int], Desk]


@pytest.fixture
def at_desk(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[AtDesk]:
    """Return what makes a desk with so many pictures."""
    desks: list[Desk] = []

    def make(count: int) -> Desk:
        tasks = [on_disk(tmp_path, f"fox {number:03}", has_copy=True)[0] for number in range(count)]
        desk = Desk(window, qtbot, tasks, tmp_path)
        monkeypatch.setattr(view, "begin_drag", lambda _source, files, _thumbnails: desk.dragged.append(list(files)))
        desks.append(desk)
        return desk

    yield make
    for desk in desks:
        desk.work.let_go()


async def test_more_pictures_are_dragged_than_the_gallery_has_at_hand(window: MainWindow, at_desk: AtDesk) -> None:
    desk = at_desk(260)

    await desk.choose_all()

    assert [file.path.name for file in desk.drag()] == [f"fox {number:03}.jpg" for number in range(260)]
    assert "left out" not in window.dock.status_text()


async def test_a_drag_begun_too_early_says_what_was_left_out(window: MainWindow, at_desk: AtDesk) -> None:
    desk = at_desk(3)
    QTest.keyClick(window.gallery, Qt.Key.Key_A, CTRL)

    assert desk.drag() == []
    assert "3 of the chosen pictures were left out" in window.dock.status_text()
    await desk.choose_all()


def test_of_more_than_other_programs_take_nothing_is_dragged_and_it_is_said(
    window: MainWindow, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_FILES", 2)
    monkeypatch.setattr(leaving, "MOST_FILES", 2)
    desk = at_desk(3)
    QTest.keyClick(window.gallery, Qt.Key.Key_A, CTRL)
    QTest.qWait(150)

    assert desk.drag() == []
    assert desk.work.started == []
    assert "3 pictures are chosen, and at most 2 can be dragged" in window.dock.status_text()


async def test_by_the_users_choice_the_files_tell_how_they_were_made(at_desk: AtDesk) -> None:
    desk = at_desk(2)
    desk.settings = Settings(copies_carry_recipe=True)

    await desk.choose_all()

    assert [file.path.read_text() for file in desk.drag()] == ["fox 000 fox 000", "fox 001 fox 001"]


async def test_files_that_told_it_are_forgotten_when_the_user_wants_it_no_more(
    window: MainWindow, at_desk: AtDesk, tmp_path: Path
) -> None:
    desk = at_desk(1)
    desk.settings = Settings(copies_carry_recipe=True)
    await desk.choose_all()
    desk.settings = Settings()

    desk.leaving.prepare_again()
    window.gallery.take_tasks(desk.tasks)
    assert [file.path for file in desk.drag()] == [tmp_path / "fox 000.jpg"]
    await desk.work.started.pop()

    assert [file.path for file in desk.drag()] == [tmp_path / "fox 000.jpg"]


async def test_a_recipe_that_cannot_be_written_keeps_no_picture_from_leaving(at_desk: AtDesk, tmp_path: Path) -> None:
    desk = at_desk(1)
    desk.settings, desk.scribe.refuses = Settings(copies_carry_recipe=True), True

    await desk.choose_all()

    assert [file.path for file in desk.drag()] == [tmp_path / "fox 000.jpg"]


async def test_the_picture_that_is_seen_large_is_dragged_alone(window: MainWindow, at_desk: AtDesk) -> None:
    desk = at_desk(3)
    window.gallery.take_tasks(desk.tasks)
    window.gallery.choose(desk.tasks[1], 0)
    QTest.keyClick(window.gallery, Qt.Key.Key_A, CTRL)

    window.gallery.drag_current(window.viewer)

    assert [file.path.name for file in desk.dragged[0]] == ["fox 001.jpg"]
