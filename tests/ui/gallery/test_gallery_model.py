from __future__ import annotations

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import AspectRatio
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui.gallery.model import TileKind, card_action, has_card, stored_picture, tile_of, tiles_of
from tests.ui.gallery.samples import coming, stored, task


def test_a_running_task_has_a_tile_of_true_shape_for_each_picture_asked() -> None:
    tiles = tiles_of(task("fox", TaskState.PROCESSING, count=4, ratio=AspectRatio.LANDSCAPE_16_9))

    assert [tile.kind for tile in tiles] == [TileKind.WAITING] * 4
    assert tiles[0].ratio == pytest.approx(2848 / 1600, abs=0.001)


def test_a_finished_task_has_the_shapes_that_really_came() -> None:
    pictures = (stored(1, size=PixelSize(1600, 2848)), coming(2, PictureState.EXPIRED))
    tiles = tiles_of(task("fox", TaskState.PARTIAL, pictures=pictures))

    assert [tile.kind for tile in tiles] == [TileKind.STORED, TileKind.BAD]
    assert tiles[0].ratio == pytest.approx(1600 / 2848, abs=0.001)


def test_a_tile_alone_is_the_one_among_all() -> None:
    tasks = (
        task("fox", TaskState.PROCESSING, count=3),
        task("owl", TaskState.PARTIAL, pictures=(stored(1), coming(2, PictureState.EXPIRED), coming(3))),
    )
    for each in tasks:
        assert tuple(tile_of(each, index) for index in range(3)) == tiles_of(each)


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
