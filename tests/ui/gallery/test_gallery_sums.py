from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedream_desktop.ui.gallery.sums import Sums

SIZES = [0, 3, 10, 1]
kinds = st.lists(st.integers(0, 3), max_size=40)


def sums(found: list[int]) -> Sums:
    made = Sums()
    made.reset(array("I", found), SIZES)
    return made


def changed(old: list[int], new: list[int], data: st.DataObject) -> tuple[Sums, list[int]]:
    """Put *new* before *old* and change one of them; return the sums and what they should hold."""
    found = sums(old)
    for kind in new:
        found.insert_first(kind)
    expected = [*reversed(new), *old]
    if expected:
        index, kind = data.draw(st.integers(0, len(expected) - 1)), data.draw(st.integers(0, 3))
        expected[index] = kind
        found.replace(index, kind)
    return found, expected


def check(found: Sums, expected: list[int]) -> None:
    starts = [sum(SIZES[kind] for kind in expected[:index]) for index in range(len(expected))]
    assert list(found.kinds()) == expected
    assert [found.kind(index) for index in range(len(found))] == expected
    assert [found.start(index) for index in range(len(found))] == starts
    assert found.total == sum(SIZES[kind] for kind in expected)
    owners = [index for index, kind in enumerate(expected) for _ in range(SIZES[kind])]
    assert [found.find(position) for position in range(found.total)] == owners


@given(kinds, kinds, st.data())
def test_starts_and_places_are_right_after_every_change(old: list[int], new: list[int], data: st.DataObject) -> None:
    check(*changed(old, new, data))


@given(kinds, kinds, st.data())
def test_other_sizes_after_a_change_are_as_if_set_at_once(old: list[int], new: list[int], data: st.DataObject) -> None:
    found, expected = changed(old, new, data)
    found.resize([7, 0, 2, 5])
    found.resize(SIZES)

    check(found, expected)


@pytest.mark.parametrize("count", [0, 1, 1023, 1024, 1025, 5000])
def test_thousands_put_on_top_one_by_one_are_as_if_set_at_once(count: int) -> None:
    old = [index % 4 for index in range(count)]
    found = sums(old)
    new = [index % 3 for index in range(2500)]
    for kind in new:
        found.insert_first(kind)
    found.replace(1500, 2)
    expected = [*reversed(new), *old]
    expected[1500] = 2

    again = sums(expected)
    assert list(found.kinds()) == expected
    assert [found.start(index) for index in range(len(found))] == [again.start(index) for index in range(len(again))]
    assert [found.find(at) for at in range(0, found.total, 7)] == [again.find(at) for at in range(0, again.total, 7)]


def test_other_sizes_move_everything() -> None:
    found = sums([1, 2, 1])
    found.resize([0, 5, 50, 0])

    assert [found.start(index) for index in range(3)] == [0, 5, 55]
    assert found.total == 60


def test_beyond_the_ends_the_nearest_is_found() -> None:
    found = sums([1, 2, 1])

    assert found.find(-5) == 0
    assert found.find(10**9) == 2
