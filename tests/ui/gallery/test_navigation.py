from __future__ import annotations

from seedream_desktop.ui.gallery import navigation
from seedream_desktop.ui.gallery.bands import Place, Shapes
from seedream_desktop.ui.gallery.column import Column
from seedream_desktop.ui.gallery.layout import CardShape, GroupShape, Measures

# Rows of 148 px in a window where four squares fit: ten of them make three rows in group 1.
ROOM = Measures(width_px=4 * 148 + 3 * 8 + 32, row_height_px=148)


def column() -> Column:
    found, shapes = Column(ROOM, Shapes()), Shapes()
    groups = [
        GroupShape((1.0, 1.0, 1.0)),
        GroupShape((1.0,) * 20),
        GroupShape((), CardShape(400, 0, 100)),
        GroupShape((2.0, 1.0)),
    ]
    found.reset(shapes, shapes.numbers(groups))
    return found


def test_left_and_right_follow_the_reading_order_across_groups() -> None:
    stack = column()

    assert navigation.stepped(stack, (0, 2), 1) == (1, 0)
    assert navigation.stepped(stack, (1, 0), -1) == (0, 2)
    assert navigation.stepped(stack, (1, 3), 1) == (1, 4)


def test_there_is_nothing_beyond_the_ends() -> None:
    stack = column()

    assert navigation.stepped(stack, (0, 0), -1) is None
    assert navigation.stepped(stack, (3, 1), 1) is None
    assert navigation.risen(stack, (0, 1), -1) is None
    assert navigation.risen(stack, (3, 0), 1) is None


def test_down_and_up_stay_in_the_column_of_pictures() -> None:
    stack = column()
    below = navigation.risen(stack, (0, 2), 1)
    assert below is not None
    here, there = stack.cell_box(0, 2), stack.cell_box(*below)

    assert below[0] == 1
    assert there.y == stack.cell_box(1, 0).y
    assert there.x <= here.x + here.width // 2 <= there.right
    assert navigation.risen(stack, below, -1) == (0, 2)


def test_down_goes_through_every_row_of_a_group() -> None:
    stack = column()
    rows = len({box.y for box in stack.plan(1).cells})
    place: Place | None = (1, 0)
    seen: list[Place] = []
    while place is not None and place[0] == 1:
        seen.append(place)
        place = navigation.risen(stack, place, 1)

    assert rows > 1
    assert len(seen) == rows


def test_down_reaches_a_card_and_leaves_it_again() -> None:
    stack = column()

    assert navigation.risen(stack, (1, 19), 1) == (2, 0)
    below = navigation.risen(stack, (2, 0), 1)
    assert below is not None
    assert below[0] == 3


def test_home_and_end_are_the_first_and_the_last_cell() -> None:
    assert navigation.first(column()) == (0, 0)
    assert navigation.last(column()) == (3, 1)
    assert navigation.first(Column(ROOM, Shapes())) is None


def test_a_page_is_as_long_as_it_is() -> None:
    stack = column()
    there = navigation.paged(stack, (0, 0), 400)

    assert 300 < stack.cell_box(*there).y - stack.cell_box(0, 0).y < 500
    assert navigation.paged(stack, (0, 0), 10**6)[0] == 3
    assert navigation.paged(stack, (3, 0), -(10**6))[0] == 0


def test_a_range_holds_both_ends_and_all_between() -> None:
    stack = column()

    assert list(navigation.between(stack, (1, 19), (0, 1))) == [(0, 1), (0, 2), *((1, n) for n in range(20))]
