"""A task and its attempts go where the tables say and nowhere else."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.task import (
    ATTEMPT_MOVES,
    FINAL,
    MOVES,
    NEEDS_USER,
    AttemptState,
    IllegalMoveError,
    ServiceTaskId,
    TaskState,
)
from tests.domain.samples import NOW, make_attempt, make_task

LEGAL = {
    "draft": "queued",
    "queued": "draft submitting refused",
    "submitting": "queued refused unknown processing",
    "refused": "queued draft",
    "unknown": "processing queued written_off",
    "processing": "downloading failed not_found",
    "not_found": "processing downloading failed written_off",
    "downloading": "done partial failed",
    "partial": "downloading done",
    "failed": "downloading partial done",
    "done": "",
    "written_off": "",
}
LEGAL_FOR_ATTEMPTS = {
    "intent": "wire unsent",
    "wire": "refused accepted unknown",
    "unknown": "accepted",
    "refused": "",
    "accepted": "",
    "unsent": "",
}


@pytest.mark.parametrize(("old", "new"), list(product(TaskState, TaskState)))
def test_a_task_makes_the_legal_moves_and_no_others(old: TaskState, new: TaskState) -> None:
    task = make_task(old)

    if new.value in LEGAL[old.value].split():
        assert task.moved(new, service_state="word") == make_task(new, service_state="word")
    else:
        with pytest.raises(IllegalMoveError, match=f"{old} -> {new}"):
            task.moved(new)


@pytest.mark.parametrize(("old", "new"), list(product(AttemptState, AttemptState)))
def test_an_attempt_makes_the_legal_moves_and_no_others(old: AttemptState, new: AttemptState) -> None:
    attempt = make_attempt(old)

    if new.value in LEGAL_FOR_ATTEMPTS[old.value].split():
        assert attempt.moved(new, ended_at=NOW) == make_attempt(new, ended_at=NOW)
    else:
        with pytest.raises(IllegalMoveError, match=f"{old} -> {new}"):
            attempt.moved(new)


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(TaskState)
    assert set(ATTEMPT_MOVES) == set(AttemptState)


def test_nothing_that_may_have_left_is_ever_unsent_again() -> None:
    past_the_wire = {AttemptState.WIRE}
    while (reached := past_the_wire | {new for old in past_the_wire for new in ATTEMPT_MOVES[old]}) != past_the_wire:
        past_the_wire = reached

    assert past_the_wire.isdisjoint({AttemptState.INTENT, AttemptState.UNSENT})


def test_the_final_states_and_those_that_wait_for_the_user_are_these() -> None:
    assert {state.value for state in FINAL} == {"refused", "done", "partial", "failed", "written_off"}
    assert {state.value for state in NEEDS_USER} == {"draft", "unknown"}
    for state in TaskState:
        assert make_task(state).is_final == (state in FINAL)
        assert make_task(state).needs_user == (state in NEEDS_USER)


def test_a_move_leaves_the_old_task_as_it_was() -> None:
    old = make_task(TaskState.QUEUED)

    old.moved(TaskState.SUBMITTING)

    assert old.state is TaskState.QUEUED


def test_attempts_are_added_at_the_end_and_replaced_in_their_place() -> None:
    first, second = make_attempt(name="a1"), make_attempt(name="a2")
    task = make_task().with_attempt(first).with_attempt(second)

    late = first.moved(AttemptState.WIRE)

    assert task.attempts == (first, second)
    assert task.with_attempt(late).attempts == (late, second)
    assert task.with_attempt(late).attempt == second


def test_a_task_without_attempts_has_no_newest_one() -> None:
    assert make_task().attempt is None


def test_a_picture_replaces_the_one_at_its_position_only() -> None:
    pictures = (Picture(0, "https://a"), Picture(1, "https://b"))
    stored = pictures[1].but(state=PictureState.STORED)

    task = make_task(pictures=pictures).with_picture(stored).with_picture(Picture(7, "https://stray"))

    assert task.pictures == (pictures[0], stored)
    assert task.stored_pictures == (stored,)


@pytest.mark.parametrize("state", list(AttemptState))
def test_only_what_reached_the_wire_and_was_not_refused_counts_as_money(state: AttemptState) -> None:
    task = make_task(attempts=(make_attempt(state),))
    expected = state.value in {"wire", "unknown", "accepted"}

    assert task.may_have_been_billed == expected
    assert task.billable_attempts == int(expected)


def test_each_sending_that_may_have_been_billed_counts() -> None:
    attempts = (make_attempt(AttemptState.UNKNOWN, "a1"), make_attempt(AttemptState.ACCEPTED, "a2"))

    assert make_task(attempts=attempts).billable_attempts == 2


def test_the_duration_runs_from_acceptance_to_the_end_and_is_never_negative() -> None:
    later = NOW + timedelta(seconds=31)

    assert make_task(accepted_at=NOW, finished_at=later).duration_s == 31
    assert make_task(accepted_at=later, finished_at=NOW).duration_s == 0
    assert make_task(accepted_at=NOW).duration_s is None
    assert make_task(finished_at=NOW).duration_s is None


@pytest.mark.parametrize("state", list(PictureState))
def test_a_picture_is_stored_or_bad_or_still_expected(state: PictureState) -> None:
    picture = Picture(0, "https://a", state)

    assert picture.is_stored == (state.value == "stored")
    assert picture.is_bad == (state.value in {"expired", "undecodable", "not_an_image", "missing"})


def test_a_copy_keeps_the_state() -> None:
    task = make_task(TaskState.PROCESSING).but(service_task_id=ServiceTaskId("abc"))
    attempt = make_attempt(AttemptState.WIRE).but(detail="502")

    assert (task.state, task.service_task_id) == (TaskState.PROCESSING, "abc")
    assert (attempt.state, attempt.detail) == (AttemptState.WIRE, "502")
