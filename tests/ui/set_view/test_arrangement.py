from __future__ import annotations

import pytest

from seedream_desktop.ui.gallery.layout import Box
from seedream_desktop.ui.set_view.arrangement import above_or_below, arrange

PORTRAIT, SQUARE, PANORAMA = 0.748, 1.0, 2.35


def rows_of(boxes: tuple[Box, ...]) -> list[int]:
    tops = [box.y for box in boxes]
    return [tops.count(top) for top in dict.fromkeys(tops)]


@pytest.mark.parametrize("ratio", [PORTRAIT, SQUARE, PANORAMA, 0.05, 30.0])
@pytest.mark.parametrize("count", range(1, 16))
def test_every_picture_is_inside_and_none_overlaps(count: int, ratio: float) -> None:
    boxes = arrange([ratio] * count, 800, 700, 12)

    assert len(boxes) == count
    assert all(box.x >= 0 and box.y >= 0 and box.right <= 800 and box.bottom <= 700 for box in boxes)
    for number, box in enumerate(boxes):
        for other in boxes[:number]:
            assert box.x >= other.right + 12 or box.y >= other.bottom + 12


def test_all_are_equally_high_and_keep_their_shape() -> None:
    boxes = arrange([PORTRAIT, PANORAMA, SQUARE, SQUARE, PORTRAIT], 1200, 800, 12)

    assert len({box.height for box in boxes}) == 1
    assert boxes[1].width / boxes[1].height == pytest.approx(PANORAMA, rel=0.01)


def test_no_other_number_of_equal_columns_would_show_them_larger() -> None:
    for count in range(1, 16):
        height = arrange([PORTRAIT] * count, 1000, 700, 12)[0].height
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            other = min((1000 - 12 * (columns - 1)) / (columns * PORTRAIT), (700 - 12 * (rows - 1)) / rows)
            assert height >= int(other)


def test_wide_pictures_stand_above_each_other_and_narrow_ones_beside() -> None:
    assert rows_of(arrange([PANORAMA] * 3, 800, 900, 12)) == [1, 1, 1]
    assert rows_of(arrange([0.4] * 3, 800, 900, 12)) == [3]


def test_no_pictures_have_no_place() -> None:
    assert arrange([], 800, 600, 12) == ()


def test_no_room_leaves_tiny_boxes_and_does_not_fail() -> None:
    assert all(box.width >= 1 and box.height >= 1 for box in arrange([SQUARE] * 10, 5, 5, 12))


def test_up_and_down_lead_to_the_nearest_in_the_next_row() -> None:
    boxes = arrange([SQUARE] * 5, 600, 420, 12)
    assert rows_of(boxes) == [3, 2]

    assert [above_or_below(boxes, number, 1) for number in range(5)] == [3, 3, 4, 3, 4]
    assert above_or_below(boxes, 4, -1) in (1, 2)
    assert above_or_below(boxes, 0, -1) == 0
