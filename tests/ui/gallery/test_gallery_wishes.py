from __future__ import annotations

from seedream_desktop.domain.task import TaskId
from seedream_desktop.ui.gallery.wishes import Wishes


def ids(names: str) -> list[TaskId]:
    return list(map(TaskId, names))


def test_nothing_is_asked_for_twice_while_it_is_on_its_way() -> None:
    wishes = Wishes()

    assert wishes.next(ids("aab")) == ("a", "b")
    assert wishes.next(ids("abc")) == ("c",)
    assert wishes.next(ids("abcd")) == ()
    wishes.answered(ids("ab"))
    assert wishes.next(ids("cd")) == ("d",)


def test_what_did_not_come_with_the_others_is_not_there() -> None:
    wishes = Wishes()
    wishes.next(ids("ab"))
    wishes.answered(ids("a"))

    assert wishes.next(ids("b")) == ()
    wishes.clear()
    assert wishes.next(ids("b")) == ("b",)


def test_an_answer_without_anything_lets_the_question_be_asked_again() -> None:
    wishes = Wishes()
    wishes.next(ids("ab"))
    wishes.answered([])

    assert wishes.next(ids("ab")) == ("a", "b")


def test_a_change_that_nobody_asked_for_is_no_answer() -> None:
    wishes = Wishes()
    wishes.next(ids("a"))
    wishes.answered(ids("z"))

    assert wishes.next(ids("a")) == ()


def test_a_question_is_short_and_begins_with_the_most_urgent() -> None:
    wishes = Wishes()
    many = [TaskId(f"t{number}") for number in range(500)]

    assert wishes.next(many) == tuple(many[:120])
    assert wishes.next(many) == tuple(many[120:240])
