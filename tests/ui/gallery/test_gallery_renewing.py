"""The same library read again, with pictures gone or come back: nothing jumps, and the keyboard stands nearby."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery import Gallery
from tests.ui.gallery.handling import CTRL, Key, chosen, current, press
from tests.ui.gallery.library import index_of, show
from tests.ui.gallery.samples import task


def many(count: int) -> list[Task]:
    return [task(f"t{number}", count=3, age_s=3_600 * (number + 1)) for number in range(count)]


def at(gallery: Gallery, wanted: Task, index: int) -> None:
    assert gallery.choose(wanted, index)


@pytest.mark.parametrize("is_grouped", [True, False])
def test_after_a_search_the_picture_that_was_found_is_seen_among_all_others(
    qtbot: QtBot, gallery: Gallery, is_grouped: bool
) -> None:
    tasks = many(200)
    show(gallery, tasks)
    gallery.set_grouped(is_grouped)
    gallery.set_index(index_of(tasks[150:151]), is_everything=False)
    at(gallery, tasks[150], 1)
    told: list[object] = []
    gallery.picture_chosen.connect(lambda _task, picture: told.append(picture))

    gallery.set_index(index_of(tasks))

    assert current(gallery) == ("t150", 2)
    assert told == []
    place = gallery._place_of(gallery._selection.current)
    assert place is not None
    box = gallery._shelf.bands.cell_box(*place)
    assert gallery._offset <= box.y
    assert box.bottom <= gallery._offset + gallery.viewport().height()


def test_a_search_that_still_shows_the_current_picture_begins_at_its_top(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(200)
    show(gallery, tasks)
    at(gallery, tasks[150], 1)

    gallery.set_index(index_of(tasks[:160]), is_everything=False)

    assert current(gallery) == ("t150", 2)
    assert gallery.verticalScrollBar().value() == 0


@pytest.mark.parametrize("is_grouped", [True, False])
def test_what_is_at_the_top_of_the_window_stays_there(qtbot: QtBot, gallery: Gallery, is_grouped: bool) -> None:
    tasks = many(200)
    show(gallery, tasks)
    gallery.set_grouped(is_grouped)
    bar = gallery.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    anchor = gallery._anchor()
    assert anchor is not None

    # The first picture of each of the newest ten is thrown away: all that is below moves up.
    gallery.renew_index(index_of(tasks, [0b110] * 10 + [0] * 190))

    now = gallery._anchor()
    assert now is not None
    if is_grouped:
        assert now.key == anchor.key
    else:
        # A row holds other pictures now; the one that was first is still in it.
        place = gallery._shelf.place_of(anchor.key)
        assert place is not None
        assert place[0] == gallery._shelf.bands.band_at(bar.value())


@pytest.mark.parametrize(
    ("index", "masks", "stands_on"),
    [
        (0, [0b110, 0, 0], ("t0", 2)),
        (1, [0b101, 0, 0], ("t0", 3)),
        (2, [0b011, 0, 0], ("t1", 1)),
    ],
)
def test_the_next_picture_is_chosen_when_the_current_one_is_gone(
    qtbot: QtBot, gallery: Gallery, index: int, masks: list[int], stands_on: tuple[str, int]
) -> None:
    tasks = many(3)
    show(gallery, tasks)
    at(gallery, tasks[0], index)

    gallery.renew_index(index_of(tasks, masks))

    assert current(gallery) == stands_on
    assert chosen(gallery) == [stands_on]


def test_the_first_of_the_next_group_is_chosen_when_the_whole_group_is_gone(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(3)
    show(gallery, tasks)
    at(gallery, tasks[1], 2)

    gallery.renew_index(index_of([tasks[0], tasks[2]]))

    assert current(gallery) == ("t2", 1)


def test_the_last_picture_is_chosen_when_nothing_follows_and_none_when_none_is_left(
    qtbot: QtBot, gallery: Gallery
) -> None:
    tasks = many(2)
    show(gallery, tasks)
    at(gallery, tasks[1], 2)

    gallery.renew_index(index_of(tasks[:1]))
    assert current(gallery) == ("t0", 3)

    gallery.renew_index(index_of([]), is_everything=False)
    assert (current(gallery), gallery.selected_keys()) == (None, [])


def test_what_is_chosen_and_still_there_stays_chosen_when_the_index_is_renewed(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(3)
    show(gallery, tasks)
    at(gallery, tasks[1], 1)
    press(gallery, Key.Key_A, modifier=CTRL)
    assert len(chosen(gallery)) == 9

    gallery.renew_index(index_of(tasks, [0b110, 0, 0]))

    assert chosen(gallery) == [(f"t{row}", index) for row in range(3) for index in (1, 2, 3) if (row, index) != (0, 1)]
    assert current(gallery) == ("t1", 2)


def test_of_very_many_chosen_those_still_shown_stay_chosen_and_nothing_else(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(600)
    show(gallery, tasks)
    press(gallery, Key.Key_A, modifier=CTRL)
    before = list(gallery.selected_keys())

    gallery.renew_index(index_of([task("new", age_s=-1), *tasks[:300], *tasks[301:]], [0, 0b110, *[0] * 598]))

    left_out = {("t0", 0), *(key for key in before if key[0] == "t300")}
    assert list(gallery.selected_keys()) == [key for key in before if key not in left_out]


def test_a_change_of_a_task_that_the_index_leaves_out_does_not_show_it(qtbot: QtBot, gallery: Gallery) -> None:
    tasks = many(3)
    show(gallery, tasks)
    gallery.renew_index(index_of(tasks[1:]))

    gallery.change_task(tasks[0].but(is_watched=False))
    assert len(gallery._shelf.groups) == 2

    gallery.change_task(task("new", age_s=-1))
    assert len(gallery._shelf.groups) == 3
