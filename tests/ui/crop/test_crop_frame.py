from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Crop
from seedream_desktop.ui.crop.frame import HANDLES, Frame, FrameFault, Handle, frame_of, whole_frame

SIZE = PixelSize(400, 300)
RIGHT, CORNER = Handle(1, 0), Handle(1, 1)

sizes = st.builds(PixelSize, st.integers(1, 9000), st.integers(1, 9000))
ratios = st.sampled_from((None, 1.0, 4 / 3, 3 / 4, 16 / 9, 9 / 16, 2 / 3, 3 / 2, 21 / 9))
ways = st.floats(-20_000, 20_000, allow_nan=False)
pulls = st.tuples(st.just("pull"), st.sampled_from(HANDLES), ways, ways)
moves = st.tuples(st.just("move"), st.none(), ways, ways)
choices = st.tuples(st.just("ratio"), ratios, st.none(), st.none())
steps = st.lists(st.one_of(pulls, moves, choices), max_size=10)


def _box(frame: Frame) -> tuple[float, float, float, float]:
    return frame.left, frame.top, frame.right, frame.bottom


@given(size=sizes, todo=steps)
def test_a_frame_never_leaves_its_picture_is_never_empty_and_keeps_its_ratio(
    size: PixelSize, todo: list[tuple[str, object, float, float]]
) -> None:
    frame = whole_frame(size)
    for name, what, x, y in todo:
        if name == "pull":
            assert isinstance(what, Handle)
            frame = frame.pulled(what, x, y)
        elif name == "move":
            frame = frame.moved(x, y)
        else:
            assert what is None or isinstance(what, float)
            frame = frame.with_ratio(what)
        assert 0 <= frame.left < frame.right <= size.width_px
        assert 0 <= frame.top < frame.bottom <= size.height_px
        assert min(frame.pixels.width_px, frame.pixels.height_px) >= 1
        if frame.ratio is not None:
            assert frame.width / frame.height == pytest.approx(frame.ratio, rel=1e-6)


@given(size=sizes, todo=steps)
def test_a_frame_comes_back_from_the_crop_it_gave(
    size: PixelSize, todo: list[tuple[str, object, float, float]]
) -> None:
    frame = whole_frame(size)
    for name, what, x, y in todo:
        if name == "pull" and isinstance(what, Handle):
            frame = frame.pulled(what, x, y)
        elif name == "move":
            frame = frame.moved(x, y)

    back = frame_of(frame.crop(), size)

    for one, other in zip(_box(back), _box(frame), strict=True):
        assert one == pytest.approx(other, abs=1)


@given(size=sizes)
def test_the_longest_allowed_part_is_within_the_model_s_ratio_and_as_high(size: PixelSize) -> None:
    frame = whole_frame(size).longest_allowed()

    assert frame.fault is not FrameFault.TOO_LONG
    short = min(size.width_px, size.height_px)
    assert min(frame.pixels.width_px, frame.pixels.height_px) == short
    assert max(frame.pixels.width_px, frame.pixels.height_px) >= min(max(size.width_px, size.height_px), 16 * short - 1)


def test_a_move_stops_at_the_edge_and_keeps_the_size() -> None:
    frame = frame_of(Crop(0.25, 0.25, 0.75, 0.75), SIZE).moved(1000, -10)

    assert _box(frame) == (200, 65, 400, 215)


def test_a_pull_leaves_the_other_edges_where_they_are() -> None:
    frame = frame_of(Crop(0.25, 0.25, 0.75, 0.75), SIZE)

    assert _box(frame.pulled(RIGHT, 350, 0)) == (100, 75, 350, 225)
    assert _box(frame.pulled(Handle(-1, -1), 50, 50)) == (50, 50, 300, 225)


@given(x=st.floats(0, 399), y=st.floats(0, 299))
def test_a_free_pull_from_the_upper_left_keeps_the_last_row_and_column(x: float, y: float) -> None:
    frame = whole_frame(SIZE).pulled(Handle(-1, -1), x, y)

    assert (frame.right, frame.bottom) == (400, 300)


def test_an_edge_cannot_be_pulled_past_the_one_across() -> None:
    frame = frame_of(Crop(0.25, 0.25, 0.75, 0.75), SIZE)

    assert _box(frame.pulled(RIGHT, -500, 0)) == (100, 75, 101, 225)


def test_with_a_ratio_an_edge_takes_the_neighbours_along_evenly() -> None:
    frame = frame_of(Crop(0.25, 0.25, 0.75, 0.75), SIZE).with_ratio(1.0).pulled(RIGHT, 250, 0)

    assert _box(frame) == (50, 50, 250, 250)


def test_with_a_ratio_a_corner_follows_the_farther_pull() -> None:
    square = Frame(SIZE, 0, 0, 100, 100, 1.0)

    assert _box(square.pulled(CORNER, 150, 220)) == (0, 0, 220, 220)
    assert _box(square.pulled(CORNER, 390, 120)) == (0, 0, 300, 300)


def test_a_ratio_takes_the_largest_part_around_the_middle_of_the_present_one() -> None:
    frame = frame_of(Crop(0.5, 0.0, 1.0, 1.0), SIZE).with_ratio(1.0)

    assert _box(frame) == (100, 0, 400, 300)


@given(size=sizes, handle=st.sampled_from(HANDLES), x=ways, y=ways, across=ways, down=ways)
def test_a_square_frame_comes_out_square_to_the_pixel(
    size: PixelSize, handle: Handle, x: float, y: float, across: float, down: float
) -> None:
    frame = whole_frame(size).with_ratio(1.0).pulled(handle, x, y).moved(across, down)

    assert frame.pixels.width_px == frame.pixels.height_px


@given(size=sizes, left=st.integers(0, 8999), top=st.integers(0, 8999))
def test_a_part_begins_at_the_pixel_where_its_frame_begins(size: PixelSize, left: int, top: int) -> None:
    left, top = left % size.width_px, top % size.height_px
    frame = Frame(size, left, top, size.width_px, size.height_px)

    assert frame.pixels == PixelSize(size.width_px - left, size.height_px - top)


def test_the_whole_picture_is_no_crop() -> None:
    assert whole_frame(SIZE).crop() is None
    assert frame_of(None, SIZE) == whole_frame(SIZE)
    assert whole_frame(SIZE).pulled(RIGHT, 200, 0).crop() == Crop(0, 0, 0.5, 1)
    assert whole_frame(SIZE).pulled(RIGHT, 200, 0).whole() == whole_frame(SIZE)


@pytest.mark.parametrize(
    ("box", "fault"),
    [
        ((0, 0, 300, 15), FrameFault.TOO_LONG),
        ((0, 0, 240, 15), None),
        ((0, 0, 100, 14), FrameFault.TOO_SMALL),
        ((0, 0, 14, 300), FrameFault.TOO_SMALL),
        ((0, 0, 15, 241), FrameFault.TOO_LONG),
    ],
)
def test_what_the_model_does_not_take_is_known(box: tuple[float, ...], fault: FrameFault | None) -> None:
    assert Frame(SIZE, *box).fault is fault
