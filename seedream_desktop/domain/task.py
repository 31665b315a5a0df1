"""A task, its attempts at being sent, and the only moves they may make, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NewType

from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.request import GenerationRequest

TaskId = NewType("TaskId", str)
AttemptId = NewType("AttemptId", str)
ServiceTaskId = NewType("ServiceTaskId", str)


class TaskState(StrEnum):
    """Where a task stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    SUBMITTING = "submitting"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    PROCESSING = "processing"
    DOWNLOADING = "downloading"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    NOT_FOUND = "not_found"
    WRITTEN_OFF = "written_off"


class AttemptState(StrEnum):
    """How far one POST came: *wire* means a byte of it may have left this machine."""

    INTENT = "intent"
    WIRE = "wire"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    UNKNOWN = "unknown"
    UNSENT = "unsent"


_S = TaskState
MOVES: Final[dict[TaskState, frozenset[TaskState]]] = {
    _S.DRAFT: frozenset({_S.QUEUED}),
    _S.QUEUED: frozenset({_S.DRAFT, _S.SUBMITTING, _S.REFUSED}),
    _S.SUBMITTING: frozenset({_S.QUEUED, _S.REFUSED, _S.UNKNOWN, _S.PROCESSING}),
    _S.REFUSED: frozenset({_S.QUEUED, _S.DRAFT}),
    _S.UNKNOWN: frozenset({_S.PROCESSING, _S.QUEUED, _S.WRITTEN_OFF}),
    _S.PROCESSING: frozenset({_S.DOWNLOADING, _S.FAILED, _S.NOT_FOUND}),
    _S.NOT_FOUND: frozenset({_S.PROCESSING, _S.DOWNLOADING, _S.FAILED, _S.WRITTEN_OFF}),
    _S.DOWNLOADING: frozenset({_S.DONE, _S.PARTIAL, _S.FAILED}),
    _S.PARTIAL: frozenset({_S.DOWNLOADING, _S.DONE}),
    # The service may take a failure back, and a picture that would not open may open later.
    _S.FAILED: frozenset({_S.DOWNLOADING, _S.PARTIAL, _S.DONE}),
    _S.DONE: frozenset(),
    _S.WRITTEN_OFF: frozenset(),
}

_A = AttemptState
ATTEMPT_MOVES: Final[dict[AttemptState, frozenset[AttemptState]]] = {
    _A.INTENT: frozenset({_A.WIRE, _A.UNSENT}),
    _A.WIRE: frozenset({_A.REFUSED, _A.ACCEPTED, _A.UNKNOWN}),
    _A.UNKNOWN: frozenset({_A.ACCEPTED}),
    _A.REFUSED: frozenset(),
    _A.ACCEPTED: frozenset(),
    _A.UNSENT: frozenset(),
}

FINAL: Final = frozenset({_S.REFUSED, _S.DONE, _S.PARTIAL, _S.FAILED, _S.WRITTEN_OFF})
NEEDS_USER: Final = frozenset({_S.DRAFT, _S.UNKNOWN})
MAY_BE_BILLED: Final = frozenset({_A.WIRE, _A.UNKNOWN, _A.ACCEPTED})


class IllegalMoveError(Exception):
    """A program error: a task or an attempt was asked to go where it may not."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at sending the order; rows are only ever added, never taken back."""

    id: AttemptId
    state: AttemptState
    started_at: datetime
    wire_at: datetime | None = None
    ended_at: datetime | None = None
    http_status: int | None = None
    detail: str = ""
    authorised_by_user_at: datetime | None = None

    def moved(self, state: AttemptState, **changes: Any) -> Attempt:
        """Return the attempt in *state*.

        Raises:
            IllegalMoveError: when the move is not in ATTEMPT_MOVES.
        """
        if state not in ATTEMPT_MOVES[self.state]:
            raise IllegalMoveError(f"attempt {self.id}: {self.state} -> {state}")
        return replace(self, state=state, **changes)

    def but(self, **changes: Any) -> Attempt:
        """Return a copy with *changes* and the same state."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Task:
    """One order with everything known of it; a change makes a new value."""

    id: TaskId
    request: GenerationRequest
    state: TaskState
    created_at: datetime
    estimated_cost_usd: Decimal
    service_task_id: ServiceTaskId | None = None
    attempts: tuple[Attempt, ...] = ()
    pictures: tuple[Picture, ...] = ()
    failure: Failure | None = None
    accepted_at: datetime | None = None
    finished_at: datetime | None = None
    service_state: str = ""
    is_watched: bool = True
    raw_result: str | None = None
    parent_sha256: str | None = None
    project: str | None = None

    def moved(self, state: TaskState, **changes: Any) -> Task:
        """Return the task in *state*.

        Raises:
            IllegalMoveError: when the move is not in MOVES.
        """
        if state not in MOVES[self.state]:
            raise IllegalMoveError(f"task {self.id}: {self.state} -> {state}")
        return replace(self, state=state, **changes)

    def but(self, **changes: Any) -> Task:
        """Return a copy with *changes* and the same state."""
        return replace(self, **changes)

    @property
    def attempt(self) -> Attempt | None:
        """The newest attempt, or None before the first."""
        return self.attempts[-1] if self.attempts else None

    def with_attempt(self, attempt: Attempt) -> Task:
        """Return the task with *attempt* added, or put in the place of the one with its id."""
        if all(known.id != attempt.id for known in self.attempts):
            return replace(self, attempts=(*self.attempts, attempt))
        kept = tuple(attempt if known.id == attempt.id else known for known in self.attempts)
        return replace(self, attempts=kept)

    def with_picture(self, picture: Picture) -> Task:
        """Return the task with *picture* in the place of the one at its position."""
        kept = tuple(picture if p.position == picture.position else p for p in self.pictures)
        return replace(self, pictures=kept)

    @property
    def is_final(self) -> bool:
        """Whether nothing more is expected of the task."""
        return self.state in FINAL

    @property
    def needs_user(self) -> bool:
        """Whether the task waits for a decision of the user."""
        return self.state in NEEDS_USER

    @property
    def stored_pictures(self) -> tuple[Picture, ...]:
        """The pictures that are safe on this disk, in the service's order."""
        return tuple(picture for picture in self.pictures if picture.is_stored)

    @property
    def billable_attempts(self) -> int:
        """How many sendings were billed or may have been; the money of each counts as spent."""
        return sum(1 for attempt in self.attempts if attempt.state in MAY_BE_BILLED)

    @property
    def may_have_been_billed(self) -> bool:
        """Whether any money must be counted as spent."""
        return self.billable_attempts > 0

    @property
    def duration_s(self) -> float | None:
        """Seconds from acceptance to the end, or None while one of them is missing."""
        if self.accepted_at is None or self.finished_at is None:
            return None
        return max(0.0, (self.finished_at - self.accepted_at).total_seconds())
