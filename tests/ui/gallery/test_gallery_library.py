"""A library larger than what the gallery holds of it: what it asks for, and what it shows meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery import Gallery
from tests.ui.gallery.handling import CTRL, Key, Told, chosen, current, names, press
from tests.ui.gallery.library import Library, index_of, show
from tests.ui.gallery.samples import NOW, sha_of, task

HEADING_PX = 20


def many(count: int, pictures: int = 2) -> list[Task]:
    return [task(f"t{number}", count=pictures, age_s=3_600 * (number + 1)) for number in range(count)]


def slow(gallery: Gallery, tasks: list[Task]) -> Library:
    library = Library(gallery, tasks, is_slow=True)
    gallery.set_index(index_of(tasks))
    return library


def test_only_what_is_in_sight_is_asked_for_first(qtbot: QtBot, gallery: Gallery) -> None:
    library = slow(gallery, many(500))

    assert library.wanted[0] == ("t0", "t1", "t2")
    library.answer(library.wanted[0])
    assert names(qtbot, gallery)[0] == "t0, 1 of 2, 2048 x 2048"
    assert library.wanted[1] == ("t3", "t4", "t5")


def test_places_are_kept_calmly_until_the_tasks_come(qtbot: QtBot, gallery: Gallery) -> None:
    library = slow(gallery, many(500))
    qtbot.wait(90)
    box = gallery._shelf.bands.cell_box(0, 0)
    before = gallery.viewport().grab().toImage()

    assert before.pixelColor(box.x + 20, box.y + 20) == theme.tokens().raised
    assert names(qtbot, gallery) == []
    height = gallery.verticalScrollBar().maximum()
    library.answer(library.wanted[0])
    assert gallery.verticalScrollBar().maximum() == height
    assert gallery.viewport().grab().toImage() != before


def test_what_scrolled_away_before_it_could_be_asked_for_is_never_asked_for(qtbot: QtBot, gallery: Gallery) -> None:
    library = slow(gallery, many(2_000))
    bar = gallery.verticalScrollBar()
    for step in range(1, 40):
        bar.setValue(bar.maximum() * step // 40)
        qtbot.wait(5)
    bar.setValue(bar.maximum())
    for question in list(library.wanted):
        library.answer(question)
    qtbot.waitUntil(lambda: "t1999" in library.wanted[-1])

    assert len(library.wanted) <= 4
    assert sum(map(len, library.wanted)) < 40


def test_a_disk_that_gives_nothing_is_asked_again_a_little_later(
    qtbot: QtBot, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("seedream_desktop.ui.gallery.view.ASK_AGAIN_MS", 150)
    library = slow(gallery, many(3))
    gallery.take_tasks([])
    qtbot.waitUntil(lambda: len(library.wanted) == 2)

    assert library.wanted[1] == library.wanted[0]


def test_a_card_takes_its_true_height_when_its_task_comes_and_nothing_in_sight_moves(
    qtbot: QtBot, gallery: Gallery
) -> None:
    long = Failure(FailureKind.UNSORTED, "X", "many words " * 60)
    tasks = many(40)
    tasks[4:8] = [task(f"x{number}", TaskState.FAILED, failure=long, age_s=20_000 + number) for number in range(4)]
    library = slow(gallery, sorted(tasks, key=lambda found: found.created_at, reverse=True))
    bands = gallery._shelf.bands
    gallery.verticalScrollBar().setValue(bands.top_of(20))
    before, guessed = bands.top_of(20), bands.height
    gallery.take_tasks([found for found in library.tasks.values() if found.failure])

    assert bands.height > guessed
    assert gallery.verticalScrollBar().value() == bands.top_of(20) != before


def test_the_end_can_be_chosen_before_it_is_here_and_is_told_when_it_comes(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(500)
    library = slow(gallery, tasks)
    told = Told(gallery)
    press(gallery, Key.Key_End)
    assert gallery.current() is None
    library.answer([TaskId("t499")])

    assert told.chosen == [(tasks[-1], tasks[-1].pictures[-1])]
    assert current(gallery) == ("t499", 2)


def test_everything_can_be_chosen_though_most_of_it_is_not_here(gallery: Gallery) -> None:
    slow(gallery, many(3_000))
    press(gallery, Key.Key_Home)
    press(gallery, Key.Key_A, modifier=CTRL)
    keys = gallery.selected_keys()

    assert len(keys) == 6_000
    assert keys[0] == ("t0", 0)
    assert keys[-1] == ("t2999", 1)


def test_what_is_chosen_stays_here_however_far_one_scrolls(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(5_000, pictures=1)
    show(gallery, tasks)
    press(gallery, Key.Key_Home)
    for start in range(0, 5_000, 1_000):
        gallery.take_tasks(tasks[max(1, start) : start + 1_000])
        gallery.verticalScrollBar().setValue(gallery._shelf.bands.top_of(start))
        qtbot.wait(70)

    assert chosen(gallery) == [("t0", 1)]
    assert gallery._shelf.groups.task(TaskId("t900")) is None


def test_flat_there_are_pictures_only_and_all_of_them_in_order(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(4, pictures=3)
    tasks.insert(2, task("x", TaskState.FAILED, failure=Failure(FailureKind.MODERATION), age_s=9_000))
    show(gallery, tasks)
    gallery.set_grouped(False)

    assert names(qtbot, gallery) == [
        f"t{number}, {place} of 3, 2048 x 2048" for number in range(4) for place in (1, 2, 3)
    ]
    gallery.set_grouped(True)
    assert any(name.startswith("x, Failed") for name in names(qtbot, gallery))


def test_flat_arrows_and_clicks_choose_as_ever(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, many(20, pictures=1))
    gallery.set_grouped(False)
    press(gallery, Key.Key_Home, Key.Key_Right, Key.Key_Right)
    assert current(gallery) == ("t2", 1)
    press(gallery, Key.Key_Down, Key.Key_Up)
    assert current(gallery) == ("t2", 1)
    box = gallery._shelf.bands.cell_box(1, 1)
    QTest.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.x + 10, box.y + 10))

    assert current(gallery) == ("t5", 1)


def test_what_is_at_the_top_stays_when_the_arrangement_changes(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, many(600))
    gallery.verticalScrollBar().setValue(gallery._shelf.bands.top_of(300))
    gallery.set_grouped(False)
    assert "t300, 1 of 2, 2048 x 2048" in names(qtbot, gallery)[:6]
    gallery.set_grouped(True)

    assert names(qtbot, gallery)[0].split(",")[0] in {"t298", "t299", "t300"}


@pytest.mark.parametrize("height_px", [80, 148, 400])
@pytest.mark.parametrize("is_grouped", [True, False])
def test_at_every_size_what_is_drawn_is_what_is_named(
    qtbot: QtBot, gallery: Gallery, height_px: int, is_grouped: bool
) -> None:
    show(gallery, many(300))
    gallery.set_grouped(is_grouped)
    gallery.set_row_height(height_px)
    gallery.verticalScrollBar().setValue(gallery.verticalScrollBar().maximum() // 2)
    seen = names(qtbot, gallery)
    offset = gallery.verticalScrollBar().value()
    cells = list(gallery._shelf.cells_between(offset, offset + gallery.viewport().height()))

    assert len(seen) == len(cells)
    assert {cell.box.height for cell in cells} <= {height_px} or is_grouped
    assert all(cell.task is not None for cell in cells)


def test_a_day_is_gone_to(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, many(24 * 30))
    day = (NOW - timedelta(days=10)).astimezone().date()

    assert gallery.show_day(day)
    first = gallery._shelf.groups.created_at(gallery._shelf.bands.band_at(gallery.verticalScrollBar().value()))
    assert first.astimezone().date() == day
    assert not gallery.show_day(day - timedelta(days=400))


def test_the_day_stands_beside_the_bar_while_it_is_dragged(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, many(24 * 30))
    names(qtbot, gallery)
    bar = gallery.verticalScrollBar()
    bar.setValue(200)
    assert not gallery._bubble.isVisible()
    bar.setSliderDown(True)
    bar.setValue(bar.maximum() // 2)
    group = gallery._shelf.bands.band_at(bar.value())
    day = gallery._shelf.groups.created_at(group).astimezone().date()

    assert gallery._bubble.isVisible()
    assert gallery._bubble.text.startswith(f"{day.day} ")
    assert gallery.rect().contains(gallery._bubble.geometry())
    bar.setSliderDown(False)
    assert not gallery._bubble.isVisible()


def test_a_heading_says_how_many_are_shown_where_a_search_leaves_some_out(gallery: Gallery) -> None:
    found = task("fox", count=4)
    Library(gallery, [found])
    headings = []
    for shown in (0, 0b0001, 0b0111, 0):
        gallery.set_index(index_of([found], shown=[shown]))
        headings.append(gallery.viewport().grab(QRect(0, 0, gallery.width(), HEADING_PX)).toImage())

    assert headings[0] == headings[3]
    assert len({bytes(heading.constBits()) for heading in headings}) == 3


def test_a_search_shows_some_pictures_of_a_task_by_their_own_names(qtbot: QtBot, gallery: Gallery) -> None:
    found = task("fox", count=4)
    Library(gallery, [found])
    gallery.set_index(index_of([found], shown=[0b1010]), is_everything=False)

    assert names(qtbot, gallery) == ["fox, 2 of 4, 2048 x 2048", "fox, 4 of 4, 2048 x 2048"]
    press(gallery, Key.Key_Home)
    now = gallery.current()
    assert now is not None
    assert now[1].sha256 == sha_of("fox2")


def test_a_new_task_leaves_the_answer_to_a_search_as_it_is(qtbot: QtBot, gallery: Gallery) -> None:
    found = task("fox", count=1)
    Library(gallery, [found])
    gallery.set_index(index_of([found]), is_everything=False)
    gallery.add_task(task("whale", count=1, age_s=1))

    assert names(qtbot, gallery) == ["fox, 1 of 1, 2048 x 2048"]


def test_a_choice_outlasts_another_index_that_still_shows_it(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(5, pictures=1)
    show(gallery, tasks)
    press(gallery, Key.Key_Home, Key.Key_Right)
    gallery.set_index(index_of(tasks[1:]), is_everything=False)
    assert chosen(gallery) == [("t1", 1)]
    gallery.set_index(index_of(tasks[2:]), is_everything=False)

    assert chosen(gallery) == []
    assert gallery.current() is None


def test_what_is_looked_for_is_chosen_as_soon_as_it_is_shown(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(300)
    Library(gallery, tasks)
    gallery.set_index(index_of(tasks[:5]), is_everything=False)

    assert not gallery.choose(tasks[250], 1)
    assert gallery.current() is None
    gallery.set_index(index_of(tasks))
    assert current(gallery) == ("t250", 2)
    assert any(name.startswith("t250, 2 of 2") for name in names(qtbot, gallery))
    assert gallery.choose(tasks[0], 0)
    assert current(gallery) == ("t0", 1)


def test_a_large_wall_keeps_its_top_picture_while_the_window_grows_and_is_laid_out_afterwards(
    qtbot: QtBot, gallery: Gallery
) -> None:
    tasks = many(6_000)
    show(gallery, tasks)
    gallery.set_grouped(False)
    bands = gallery._shelf.bands
    qtbot.waitUntil(lambda: not bands.is_rough)
    gallery.verticalScrollBar().setValue(bands.top_of(len(bands) // 2))
    top = gallery._shelf.key_at((len(bands) // 2, 0))

    gallery.resize(gallery.width() + 160, gallery.height())
    assert bands.is_rough
    place = gallery._shelf.place_of(top)
    assert place is not None
    assert bands.top_of(place[0]) == gallery.verticalScrollBar().value()

    qtbot.waitUntil(lambda: not bands.is_rough)
    place = gallery._shelf.place_of(top)
    assert place is not None
    assert bands.top_of(place[0]) == gallery.verticalScrollBar().value()
    assert gallery.verticalScrollBar().maximum() == bands.height - gallery.viewport().height()
