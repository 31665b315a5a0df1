"""A copy that is saved by hand gets the ending of what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedream_desktop.ui.actions.pictures import _with_true_ending


@pytest.mark.parametrize(
    ("chosen", "saved"),
    [("fox.jpg", "fox.jpg"), ("fox.JPEG", "fox.JPEG"), ("fox.png", "fox.jpg"), ("fox", "fox.jpg")],
)
def test_a_saved_copy_has_the_ending_of_what_is_in_it(chosen: str, saved: str) -> None:
    assert _with_true_ending(Path(chosen), Path("original.jpg")) == Path(saved)
