"""A reference knows whether it is a link, and its name for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Crop, Reference, Role


@pytest.mark.parametrize(
    ("source", "is_link", "name"),
    [
        ("https://pictures.example/a/fox.jpg", True, "fox.jpg"),
        ("HTTPS://pictures.example/fox.jpg?size=1/2", True, "fox.jpg"),
        ("http://127.0.0.1:8000/uploads/fox.png#top", True, "fox.png"),
        ("https://pictures.example/folder/", True, "folder"),
        ("https://pictures.example", True, "pictures.example"),
        ("/home/ann/fox.jpg", False, "fox.jpg"),
        ("/home/ann/what? a fox#1.jpg", False, "what? a fox#1.jpg"),
        (r"C:\Pictures\fox.jpg", False, "fox.jpg"),
        ("httpsfox.jpg", False, "httpsfox.jpg"),
        ("ftp://pictures.example/fox.jpg", False, "fox.jpg"),
    ],
)
def test_a_reference_is_a_link_or_a_file_and_has_a_name(source: str, is_link: bool, name: str) -> None:
    reference = Reference(source)

    assert (reference.is_link, reference.name) == (is_link, name)


def test_a_reference_is_free_of_any_role_at_first() -> None:
    assert Reference("/a.jpg").role is Role.FREE


@pytest.mark.parametrize("box", [(0.5, 0, 0.5, 1), (0.6, 0, 0.5, 1), (-0.1, 0, 1, 1), (0, 0, 1, 1.01), (0, 1, 1, 1)])
def test_a_crop_that_is_empty_or_leaves_the_picture_is_refused(box: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="no part of a picture"):
        Crop(*box)


def test_a_crop_is_told_in_whole_pixels_without_losing_one_to_rounding() -> None:
    assert Crop(0.29, 0.0, 0.58, 1.0).box_px(PixelSize(100, 50)) == (29, 0, 58, 50)


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 40_000))
def test_a_crop_never_leaves_the_picture_and_is_never_empty(one: float, other: float, width_px: int) -> None:
    left, right = sorted((one, other))
    if left == right:
        return

    left_px, top_px, right_px, bottom_px = Crop(left, 0.0, right, 1.0).box_px(PixelSize(width_px, 7))

    assert 0 <= left_px < right_px <= width_px
    assert (top_px, bottom_px) == (0, 7)
