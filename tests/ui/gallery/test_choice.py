"""A choice of very many cells: what is in it, how many, and what becomes of it."""

from __future__ import annotations

from array import array

import pytest

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ports.gallery import GroupIndex
from seedream_desktop.ui.gallery.choice import Rows, Span, Stretch
from seedream_desktop.ui.gallery.layout import CARD
from seedream_desktop.ui.gallery.selection import CellKey

ALL: Stretch = ((-1, 0), (3, 1))


def rows(front: str = "n", ids: str = "abcd", shown: tuple[int, ...] = (0, 0, 0b101, 0)) -> Rows:
    """One new group and four of the index with two pictures each, of which the second has a card."""
    size = len(ids)
    index = GroupIndex(
        [TaskId(name) for name in ids],
        array("I", [2] * size),
        array("I", [0] * size),
        array("q", range(size, 0, -1)),
        array("I", shown),
        2 * size,
    )
    kinds = [0] * len(front) + [int(name == "b") for name in ids]
    return Rows(tuple(TaskId(name) for name in front), index, array("I", kinds), (2, None))


def span(of: Rows, *stretches: Stretch) -> Span:
    names = [*of.front, *of.index.ids]
    return Span(
        of, lambda task_id: names.index(task_id) - len(of.front) if task_id in names else None, stretches or (ALL,)
    )


def cell(name: str, tile: int) -> CellKey:
    return CellKey(TaskId(name), tile)


def test_everything_comes_in_reading_order_and_a_card_is_a_cell_but_no_picture() -> None:
    found = span(rows())
    assert list(found.keys) == [("n", 0), ("n", 1), ("a", 0), ("a", 1), ("c", 0), ("c", 2), ("d", 0), ("d", 1)]
    assert len(found.keys) == 8
    assert len(found) == len(list(found)) == 9
    assert cell("b", CARD) in found


@pytest.mark.parametrize(
    "stretch", [((-1, 1), (-1, 1)), ((0, 1), (2, 0)), ((1, 0), (1, 0)), ((1, 0), (3, 0)), ((-1, 1), (3, 0))]
)
def test_a_part_counts_what_it_holds(stretch: Stretch) -> None:
    found = span(rows(), stretch)
    assert len(found) == len(list(found))
    assert len(found.keys) == len(list(found.keys))
    assert all(key in found for key in found)
    assert {key for key in span(rows()) if key in found} == set(found)


@pytest.mark.parametrize("key", [cell("n", 0), cell("a", 1), cell("b", CARD), cell("c", 2), cell("d", 1)])
def test_a_cell_can_be_taken_out_and_put_back(key: CellKey) -> None:
    whole = span(rows())
    less = whole ^ {key}
    assert key not in less
    assert list(less) == [each for each in whole if each != key]
    assert len(less) == len(whole) - 1
    assert list(less ^ {key}) == list(whole)


def test_keys_are_fixed_and_can_be_asked_for_by_place() -> None:
    keys = span(rows()).keys
    assert (keys[0], keys[-1], keys[1:3]) == (("n", 0), ("d", 1), (("n", 1), ("a", 0)))
    assert keys[::-1] == tuple(reversed(list(keys)))
    with pytest.raises(IndexError):
        keys[8]


def test_only_what_is_still_shown_is_carried_over_to_other_rows() -> None:
    whole = span(rows()) ^ {cell("d", 0)}
    later = rows("", "xnacd", (0, 0, 0, 0b001, 0))
    moved = whole.over(later, span(later).rank_of)
    assert list(moved) == [("n", 0), ("n", 1), ("a", 0), ("a", 1), ("c", 0), ("d", 1)]
    assert len(moved) == 6


def test_a_task_that_came_later_is_not_in_it() -> None:
    assert cell("z", 0) not in span(rows())
