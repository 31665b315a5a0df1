from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Crop, Reference, Role
from seedream_desktop.ui.composer.reference_list import ReferenceList
from seedream_desktop.ui.composer.tile_state import Entry, Kind, TileState

LEFT = Crop(0.0, 0.0, 0.5, 1.0)


class Ear:
    """Writes down what a list tells, in its order."""

    def __init__(self, names: str = "abc") -> None:
        self.list = ReferenceList()
        self.list.set_references(references(names))
        self.told: list[object] = []
        self.list.renumbered.connect(lambda numbers: self.told.append(dict(numbers)))
        self.list.changed.connect(lambda: self.told.append("changed"))
        self.list.preparation_requested.connect(lambda entry: self.told.append(entry.reference.name))

    def names(self) -> str:
        return "".join(reference.name[0] for reference in self.list.model.references())

    def keys(self) -> list[int]:
        return [entry.key for entry in self.list.model.entries()]


def references(names: str) -> list[Reference]:
    return [Reference(f"/pictures/{name}.jpg") for name in names]


@pytest.fixture
def ear(qtbot: QtBot) -> Ear:
    return Ear()


def test_a_whole_new_set_asks_for_each_picture_and_renumbers_nothing(ear: Ear) -> None:
    ear.list.set_references(references("xy"))

    assert ear.told == ["changed", "x.jpg", "y.jpg"]
    assert not ear.list.undo()


def test_numbers_are_told_before_the_change_and_pictures_after_it(ear: Ear) -> None:
    ear.list.insert(references("xy"), 1)

    assert ear.names() == "axybc"
    assert ear.told == [{2: 4, 3: 5}, "changed", "x.jpg", "y.jpg"]


def test_adding_at_the_end_leaves_all_numbers(ear: Ear) -> None:
    ear.list.insert(references("x"), 3)

    assert ear.told == [{}, "changed", "x.jpg"]


def test_a_removal_tells_that_the_number_is_gone(ear: Ear) -> None:
    ear.list.remove(ear.keys()[0])

    assert ear.told == [{1: None, 2: 1, 3: 2}, "changed"]


def test_the_last_removal_is_told_too(qtbot: QtBot) -> None:
    ear = Ear("a")
    ear.list.remove(ear.keys()[0])

    assert ear.told == [{1: None}, "changed"]


def test_a_move_tells_the_numbers_of_all_it_pushed_aside(ear: Ear) -> None:
    assert ear.list.move(2, 0)

    assert ear.names() == "cab"
    assert ear.told == [{1: 2, 2: 3, 3: 1}, "changed"]


def test_a_key_is_never_given_twice(ear: Ear) -> None:
    seen = set(ear.keys())
    for _ in range(5):
        ear.list.remove(ear.keys()[0])
        ear.list.insert(references("x"), 0)
        assert ear.keys()[0] not in seen
        seen.update(ear.keys())


def test_another_part_of_a_picture_is_prepared_anew_and_forgets_the_copy(ear: Ear) -> None:
    key = ear.keys()[0]
    ear.list.set_reference(key, replace(references("a")[0], sha256="1" * 64))
    ear.list.model.set_state(key, TileState(Kind.READY))
    ear.told.clear()

    ear.list.replace(key, replace(references("a")[0], sha256="1" * 64, crop=LEFT))

    assert ear.told == ["changed", "a.jpg"]
    assert ear.list.reference(key) == Reference("/pictures/a.jpg", crop=LEFT)
    assert ear.list.model.state(key).kind is Kind.PREPARING


def test_a_role_asks_for_no_picture_and_keeps_the_copy(ear: Ear) -> None:
    key = ear.keys()[0]
    ear.list.set_reference(key, replace(references("a")[0], sha256="1" * 64))
    ear.told.clear()

    ear.list.set_role(key, Role.STYLE)

    assert ear.told == ["changed"]
    assert ear.list.reference(key) == Reference("/pictures/a.jpg", role=Role.STYLE, sha256="1" * 64)


def test_the_same_role_again_changes_nothing(ear: Ear) -> None:
    ear.list.set_role(ear.keys()[0], Role.FREE)

    assert ear.told == []
    assert not ear.list.undo()


def test_what_became_known_is_no_step_back_and_survives_one(ear: Ear) -> None:
    key = ear.keys()[0]
    ear.list.move(0, 2)
    ear.list.set_reference(key, replace(references("a")[0], sha256="1" * 64))

    ear.list.undo()

    assert ear.names() == "abc"
    assert ear.list.reference(key) == Reference("/pictures/a.jpg", sha256="1" * 64)
    assert not ear.list.undo()


def test_the_copy_of_a_cropped_picture_is_not_given_to_the_whole_one(ear: Ear) -> None:
    key = ear.keys()[0]
    ear.list.replace(key, Reference("/pictures/a.jpg", crop=LEFT))
    ear.list.set_reference(key, Reference("/pictures/a.jpg", crop=LEFT, sha256="2" * 64))

    ear.list.undo()

    assert ear.list.reference(key) == Reference("/pictures/a.jpg")


def test_undo_brings_a_removed_reference_back_with_key_and_number(ear: Ear) -> None:
    keys = ear.keys()
    ear.list.remove(keys[1])
    ear.told.clear()

    assert ear.list.undo()

    assert ear.keys() == keys
    assert ear.told == [{2: 3}, "changed", "b.jpg"]


def test_redo_does_again_what_undo_took_back_until_something_else_is_done(ear: Ear) -> None:
    ear.list.move(0, 2)
    ear.list.undo()
    assert ear.list.redo()
    assert ear.names() == "bca"

    ear.list.undo()
    ear.list.move(0, 1)
    assert not ear.list.redo()


def test_what_is_told_of_a_reference_that_is_gone_changes_nothing(ear: Ear) -> None:
    ear.list.set_reference(99, Reference("/x.jpg"))
    ear.list.replace(99, Reference("/x.jpg"))
    ear.list.remove(99)

    assert ear.told == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["remove", "insert", "move", "undo", "redo"]), st.integers(0, 5)), max_size=12
)


@given(steps=STEPS)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_numbers_that_follow_what_is_told_stand_for_the_same_pictures(
    qtbot: QtBot, steps: list[tuple[str, int]]
) -> None:
    """Whoever notes a number and follows every `renumbered` has the same picture's number, or None once it went."""
    ear = Ear("abcd")
    noted: dict[int, int | None] = {key: number for number, key in enumerate(ear.keys(), 1)}

    def follow(numbers: dict[int, int | None]) -> None:
        for key, number in noted.items():
            noted[key] = None if number is None else numbers.get(number, number)

    ear.list.renumbered.connect(follow)
    for name, place in steps:
        _do(ear, name, place)
    places = {key: number for number, key in enumerate(ear.keys(), 1)}
    for key, number in noted.items():
        assert number in (places.get(key), None)


def _do(ear: Ear, name: str, place: int) -> None:
    entries: tuple[Entry, ...] = ear.list.model.entries()
    match name:
        case "remove" if place < len(entries):
            ear.list.remove(entries[place].key)
        case "insert":
            ear.list.insert(references("x"), min(place, len(entries)))
        case "move":
            ear.list.move(place, 0)
        case "undo":
            ear.list.undo()
        case "redo":
            ear.list.redo()
