from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.ui.viewer.framing import MAX_SCALE, Framing

sides = st.integers(1, 7000)
framings = st.builds(Framing, sides, sides, sides, sides).map(Framing.fitted)
WIDE = Framing(6240, 2656, 1000, 700).fitted()


def test_a_fitted_picture_touches_the_nearer_edges_and_is_in_the_middle() -> None:
    assert (WIDE.left, WIDE.width) == (0, 1000)
    assert WIDE.top == pytest.approx((700 - WIDE.height) / 2, abs=1)
    assert WIDE.is_fit


def test_around_a_fitted_picture_a_margin_stays_free() -> None:
    framing = Framing(6240, 2656, 1000, 700, margin=16).fitted()

    assert (framing.left, framing.width) == (16, 968)
    assert framing.is_fit


def test_a_zoomed_picture_takes_the_margin_too() -> None:
    framing = Framing(6240, 2656, 1000, 700, margin=16).fitted().zoomed(1.0, 0, 0)

    assert (framing.left, framing.top) == (0, 0)


def test_a_small_picture_is_not_blown_up() -> None:
    small = Framing(100, 50, 1000, 700).fitted()

    assert small.scale == 1.0
    assert (small.width, small.height) == (100, 50)


def test_one_hundred_percent_is_one_pixel_for_one_pixel() -> None:
    framing = WIDE.zoomed(1.0, 500, 350)

    assert (framing.width, framing.height) == (6240, 2656)


@given(framings, st.floats(0.01, 20.0), st.floats(0, 1), st.floats(0, 1))
def test_zooming_keeps_scale_and_picture_in_their_bounds(start: Framing, scale: float, x: float, y: float) -> None:
    framing = start.zoomed(scale, x * start.window_width, y * start.window_height)

    assert framing.fit_scale <= framing.scale <= max(MAX_SCALE, framing.fit_scale)
    for begin, length, window in (
        (framing.left, framing.width, framing.window_width),
        (framing.top, framing.height, framing.window_height),
    ):
        if length > window + 1:
            assert begin <= 1
            assert begin + length >= window - 1
        else:
            assert begin == pytest.approx((window - length) / 2, abs=1.5)


def test_the_point_under_the_cursor_stays_there() -> None:
    start = WIDE.zoomed(1.0, 500, 350)
    x, y = 600.0, 300.0
    before = (x - start.left) / start.scale, (y - start.top) / start.scale
    framing = start.zoomed(2.0, x, y)
    after = (x - framing.left) / framing.scale, (y - framing.top) / framing.scale

    assert after == pytest.approx(before, abs=1)


@given(st.floats(-9000, 9000), st.floats(-9000, 9000))
def test_panning_never_shows_what_is_beyond_the_edges(dx: float, dy: float) -> None:
    framing = WIDE.zoomed(1.0, 500, 350).panned(dx, dy)

    assert framing.left <= 0
    assert framing.left + framing.width >= 1000
    assert framing.top <= 0
    assert framing.top + framing.height >= 700


def test_a_fitted_picture_stays_fitted_when_the_window_changes() -> None:
    assert WIDE.resized(500, 500).is_fit
    assert WIDE.resized(500, 500).width == 500


def test_a_zoomed_picture_keeps_its_scale_when_the_window_changes() -> None:
    assert WIDE.zoomed(1.0, 0, 0).resized(500, 500).scale == 1.0
