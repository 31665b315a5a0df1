from __future__ import annotations

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import AspectRatio
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ui.gallery.model import GroupModel, TileKind, card_action, has_card, stored_picture, tiles_of
from tests.ui.gallery.samples import coming, stored, task


def names(model: GroupModel) -> list[str]:
    return [found.id for found in model.tasks()]


def filled(*tasks: Task) -> GroupModel:
    model = GroupModel()
    model.set_tasks(tasks)
    return model


def test_a_new_task_goes_on_top_and_older_ones_below() -> None:
    model = filled(task("b"), task("a"))
    model.add(task("c"))
    model.append_older([task("0"), task("-1")])

    assert names(model) == ["c", "b", "a", "0", "-1"]
    assert [model.index_of(found.id) for found in model.tasks()] == [0, 1, 2, 3, 4]


def test_a_task_that_is_known_is_not_added_again_by_an_older_page() -> None:
    model = filled(task("b"), task("a"))
    model.append_older([task("a"), task("0")])

    assert names(model) == ["b", "a", "0"]


def test_a_changed_task_keeps_its_place() -> None:
    model = filled(task("b", TaskState.PROCESSING), task("a"))

    assert model.change(task("b", TaskState.DONE)) == 0
    assert model.task_at(0).state is TaskState.DONE


def test_a_search_leaves_the_tasks_that_hold_all_words_in_any_order() -> None:
    model = filled(task("Red Fox in snow"), task("red house"), task("Snow on a RED barn"))

    assert model.search("snow red")
    assert names(model) == ["Red Fox in snow", "Snow on a RED barn"]
    assert not model.search("  SNOW   red ")
    assert model.search("")
    assert len(model) == 3


def test_a_new_task_that_does_not_match_the_search_waits_unseen() -> None:
    model = filled(task("red fox"))
    model.search("fox")

    assert not model.add(task("blue whale"))
    assert model.add(task("arctic fox"))
    assert names(model) == ["arctic fox", "red fox"]
    assert model.index_of(task("blue whale").id) is None
    model.search("")
    assert names(model) == ["arctic fox", "blue whale", "red fox"]


def test_an_empty_gallery_is_not_the_same_as_nothing_found() -> None:
    found_nothing = filled(task("fox"))
    found_nothing.search("whale")

    assert GroupModel().is_empty
    assert not found_nothing.is_empty
    assert len(found_nothing) == 0


def test_a_running_task_has_a_tile_of_true_shape_for_each_picture_asked() -> None:
    tiles = tiles_of(task("fox", TaskState.PROCESSING, count=4, ratio=AspectRatio.LANDSCAPE_16_9))

    assert [tile.kind for tile in tiles] == [TileKind.WAITING] * 4
    assert tiles[0].ratio == pytest.approx(2848 / 1600, abs=0.001)


def test_a_finished_task_has_the_shapes_that_really_came() -> None:
    pictures = (stored(1, size=PixelSize(1600, 2848)), coming(2, PictureState.EXPIRED))
    tiles = tiles_of(task("fox", TaskState.PARTIAL, pictures=pictures))

    assert [tile.kind for tile in tiles] == [TileKind.STORED, TileKind.BAD]
    assert tiles[0].ratio == pytest.approx(1600 / 2848, abs=0.001)


def test_a_shape_left_to_the_model_is_square_until_it_is_known() -> None:
    assert tiles_of(task("fox", TaskState.QUEUED, ratio=None))[0].ratio == 1.0


CARDS = {
    TaskState.DRAFT: "retry",
    TaskState.REFUSED: "edit",
    TaskState.UNKNOWN: "decide",
    TaskState.FAILED: "edit",
    TaskState.NOT_FOUND: "check",
    TaskState.WRITTEN_OFF: "edit",
}


@pytest.mark.parametrize("state", TaskState)
def test_a_task_that_came_to_nothing_is_a_card_with_one_action_and_no_tiles(state: TaskState) -> None:
    found = task("fox", state, failure=Failure(FailureKind.MODERATION) if state in CARDS else None)

    assert has_card(found) == (state in CARDS)
    assert bool(tiles_of(found)) == (state not in CARDS)
    if state in CARDS:
        assert card_action(found) == CARDS[state]


@pytest.mark.parametrize("kind", [FailureKind.KEY_MISSING, FailureKind.KEY_REFUSED])
def test_a_task_that_waits_for_a_key_leads_to_the_settings(kind: FailureKind) -> None:
    waiting = task("fox", TaskState.QUEUED, failure=Failure(kind))

    assert has_card(waiting)
    assert card_action(waiting) == "settings"


@pytest.mark.parametrize("kind", [FailureKind.TRY_LATER, FailureKind.MONEY])
def test_a_failure_that_no_editing_mends_is_simply_tried_again(kind: FailureKind) -> None:
    assert card_action(task("fox", TaskState.FAILED, failure=Failure(kind))) == "retry"


def test_an_unclear_order_is_always_for_the_user_to_decide() -> None:
    assert card_action(task("fox", TaskState.UNKNOWN, failure=Failure(FailureKind.KEY_REFUSED))) == "decide"


def test_only_a_picture_on_this_disk_counts_as_stored() -> None:
    found = task("fox", TaskState.PARTIAL, pictures=(stored(1), coming(2, PictureState.MISSING)))

    assert stored_picture(found, 0) == found.pictures[0]
    assert stored_picture(found, 1) is None
    assert stored_picture(found, 2) is None
    assert stored_picture(found, -1) is None
