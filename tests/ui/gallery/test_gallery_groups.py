"""Which groups there are, and which of their tasks are here."""

from __future__ import annotations

from datetime import datetime, timedelta

from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ui.gallery.groups import Groups
from tests.ui.gallery.library import index_of
from tests.ui.gallery.samples import NOW, coming, stored, task


def aged(name: str, days: float) -> Task:
    return task(name, age_s=days * 86_400)


def filled(*tasks: Task) -> Groups:
    groups = Groups()
    groups.set_index(index_of(tasks))
    return groups


def ids(groups: Groups) -> list[str]:
    return [groups.id_at(group) for group in range(len(groups))]


def test_new_tasks_go_on_top_and_move_the_others_down() -> None:
    groups = filled(aged("b", 1), aged("a", 2))
    groups.add(task("c"))
    groups.add(task("d"))

    assert ids(groups) == ["d", "c", "b", "a"]
    assert [groups.index_of(TaskId(name)) for name in "dcba"] == [0, 1, 2, 3]
    assert groups.index_of(TaskId("e")) is None


def test_a_group_knows_how_many_it_shows_of_a_task_only_where_some_are_left_out() -> None:
    part, whole, new = (task(name, count=4, age_s=age) for name, age in (("part", 60), ("whole", 90), ("new", 30)))
    groups = Groups()
    groups.set_index(index_of((part, whole), (0b1010, 0)))
    groups.add(new)

    assert [groups.shown_of(group, found) for group, found in enumerate((new, part, whole))] == [None, 2, None]


def test_a_picture_that_never_came_is_not_missed_where_a_filter_leaves_it_out() -> None:
    pictures = stored(0), coming(1, PictureState.EXPIRED), stored(2)
    short = task("short", TaskState.PARTIAL, pictures=pictures)
    groups = Groups()

    groups.set_index(index_of((short,), (0b101,)))
    assert groups.shown_of(0, short) is None
    groups.set_index(index_of((short,), (0b110,)))
    assert groups.shown_of(0, short) == 1


def test_a_task_is_here_once_it_was_taken() -> None:
    first, second = aged("b", 1), aged("a", 2)
    groups = filled(first, second)

    assert groups.task_at(0) is None
    assert groups.take(second) == 1
    assert groups.task_at(1) == second
    assert groups.take(aged("unseen", 3)) is None
    assert groups.task(TaskId("unseen")) is None


def test_tasks_of_the_same_second_are_told_apart() -> None:
    same = [task(name) for name in ("a", "b", "c")]
    groups = filled(*same)

    assert [groups.group_of(found) for found in same] == [0, 1, 2]
    assert groups.group_of(task("d")) is None


def test_only_some_tasks_are_kept_and_those_looked_at_stay() -> None:
    many = [aged(f"t{number}", number + 1) for number in range(2_500)]
    groups = filled(*many)
    groups.take(many[0])
    for found in many[1:]:
        groups.take(found)
        groups.task(TaskId("t0"))

    assert groups.task_at(0) == many[0]
    assert groups.task_at(1) is None
    assert groups.task_at(2_499) == many[-1]
    assert sum(groups.task_at(group) is not None for group in range(2_500)) == 1_000


def test_another_index_remembers_what_was_here_but_shows_it_only_when_taken_anew() -> None:
    found = aged("a", 1)
    groups = filled(found)
    groups.take(found)
    groups.set_index(index_of([found]))

    assert groups.task_at(0) is None
    assert groups.recall(found.id) == found
    groups.forget(found.id)
    assert groups.recall(found.id) is None


def test_a_search_shows_some_pictures_of_a_task() -> None:
    found = task("a", count=4)
    groups = Groups()
    shapes, numbers = groups.set_index(index_of([found], shown=[0b1010]))

    assert shapes[numbers[0]].ratios == (1.0, 1.0)
    assert [groups.picture_index(0, slot) for slot in (0, 1)] == [1, 3]
    assert [groups.slot_of(0, index) for index in range(4)] == [None, 0, None, 1]
    assert groups.ratios(0, found) == (1.0, 1.0)


def test_groups_of_one_shape_share_it() -> None:
    groups = Groups()
    shapes, numbers = groups.set_index(index_of([task(f"t{number}", count=1 + number % 2) for number in range(10)]))

    assert len(shapes) == 2
    assert list(numbers) == [0, 1] * 5


def test_a_group_without_a_shape_is_a_card_until_its_task_comes() -> None:
    groups = Groups()
    shapes, numbers = groups.set_index(index_of([task("x", TaskState.FAILED)]))

    assert shapes[numbers[0]].card is not None
    assert shapes[numbers[0]].ratios == ()


def test_a_day_leads_to_its_newest_group_or_to_the_next_older_one() -> None:
    tasks = [aged(f"t{days}", days) for days in (0, 1, 1.01, 5, 9)]
    groups = filled(*tasks)
    today = NOW.astimezone().date()

    def first_of(days: int) -> str | None:
        group = groups.first_of(today - timedelta(days=days))
        return None if group is None else groups.id_at(group)

    assert first_of(-30) == "t0"
    assert first_of(0) == "t0"
    assert first_of(1) == "t1"
    assert first_of(3) == "t5"
    assert first_of(100) is None
    groups.add(task("new"))
    assert first_of(0) == "new"
    assert first_of(1) == "t1"


def test_a_group_knows_its_time() -> None:
    groups = filled(aged("a", 3))
    groups.add(task("new", age_s=0))
    times: list[datetime] = [groups.created_at(0), groups.created_at(1)]

    assert times == [NOW, NOW - timedelta(days=3)]


def test_many_are_found_in_one_step() -> None:
    many = [aged(f"t{number}", number + 1) for number in range(50)]
    groups = filled(*many)
    groups.add(task("new"))
    wanted = {found.id for found in many[::3]} | {TaskId("new"), TaskId("nobody")}

    assert groups.indexes_of(wanted) == {TaskId("new"): 0} | {
        found.id: 1 + 3 * number for number, found in enumerate(many[::3])
    }
