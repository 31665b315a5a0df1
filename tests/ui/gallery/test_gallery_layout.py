from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from seedream_desktop.ui.gallery.layout import (
    GAP_PX,
    MARGIN_PX,
    Box,
    CardShape,
    GroupShape,
    Measures,
    group_heights_px,
    plan_group,
    rows_of,
    tile_width_px,
)

WIDE = 2848 / 1600
ROOM = Measures(width_px=770, row_height_px=148)
shapes = st.builds(
    GroupShape,
    st.lists(st.floats(0.05, 20.0), min_size=1, max_size=10).map(tuple),
    st.none() | st.builds(CardShape, st.integers(0, 5000), st.integers(0, 9000), st.integers(0, 300)),
)
measures = st.builds(Measures, st.integers(60, 4000), st.integers(80, 400))


@given(shapes, measures)
def test_cells_never_overlap_and_never_leave_the_margins(shape: GroupShape, room: Measures) -> None:
    plan = plan_group(shape, room)

    for one, other in pairwise(plan.cells):
        assert other.y >= one.bottom + GAP_PX or other.x == one.right + GAP_PX
    assert plan.header is not None
    for cell in plan.cells:
        assert cell.x >= MARGIN_PX
        assert cell.right <= MARGIN_PX + room.inner_px
        assert plan.header.bottom < cell.y
        assert cell.bottom < plan.height


@given(shapes, measures)
def test_all_tiles_of_a_group_are_equally_high(shape: GroupShape, room: Measures) -> None:
    plan = plan_group(shape, room)
    tiles = plan.cells[1:] if plan.has_card else plan.cells

    assert len({tile.height for tile in tiles}) == 1


def test_the_width_of_a_tile_follows_its_ratio() -> None:
    (tile,) = plan_group(GroupShape((WIDE,)), ROOM).cells

    assert (tile.width, tile.height) == (263, 148)


def test_rows_shrink_a_little_where_that_saves_a_row() -> None:
    four_wide = plan_group(GroupShape((WIDE,) * 4), ROOM).cells

    assert {tile.y for tile in four_wide} == {four_wide[0].y}
    assert 0.62 * 148 <= four_wide[0].height < 148


def test_rows_keep_their_height_where_shrinking_saves_nothing() -> None:
    assert rows_of((1.0, 1.0), ROOM) == (1, 148)


@example(1.1, 2, Measures(600, 255))
@given(st.floats(0.05, 20.0), st.integers(2, 15), measures)
def test_rows_of_equal_pictures_are_as_high_as_fits_into_the_fewest(ratio: float, count: int, room: Measures) -> None:
    ratios = (ratio,) * count
    rows, height = rows_of(ratios, room)

    least = round(0.62 * room.row_height_px)
    fewest = _rows_at(ratios, least, room)
    highest = next(px for px in range(room.row_height_px, 0, -1) if _rows_at(ratios, px, room) <= fewest)
    assert (rows, height) == (fewest, highest)


def _rows_at(ratios: tuple[float, ...], height: int, room: Measures) -> int:
    rows, x = 1, 0
    for ratio in ratios:
        width = tile_width_px(ratio, height, room.inner_px)
        if x and x + width > room.inner_px:
            rows, x = rows + 1, 0
        x += width + GAP_PX
    return rows


def test_more_pictures_than_fit_go_on_in_the_next_row() -> None:
    tiles = plan_group(GroupShape((WIDE,) * 10), ROOM).cells

    assert len({tile.y for tile in tiles}) > 1


def test_a_tile_wider_than_the_window_is_as_wide_as_the_window() -> None:
    room = Measures(width_px=200, row_height_px=400)
    (tile,) = plan_group(GroupShape((2.33,)), room).cells

    assert tile.width == room.inner_px


def test_a_card_is_higher_in_a_narrow_window() -> None:
    shape = GroupShape((), CardShape(sentence_px=700, words_px=500, button_px=120))

    assert plan_group(shape, Measures(500)).cells[0].height > plan_group(shape, Measures(1200)).cells[0].height


@given(shapes, measures)
def test_the_height_of_a_group_is_known_without_placing_it(shape: GroupShape, room: Measures) -> None:
    assert group_heights_px([shape], room) == [plan_group(shape, room).height]


def test_a_box_knows_its_ends() -> None:
    box = Box(2, 3, 10, 20)

    assert (box.right, box.bottom) == (12, 23)
    assert box.contains(11, 22)
    assert not box.contains(12, 22)
    assert box.moved(5) == Box(2, 8, 10, 20)
