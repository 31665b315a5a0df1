"""The `generate` command: one or many tasks from submit to files."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace

from seedream_desktop.app.key import KEY_VARIABLE
from seedream_desktop.app.name_resolution import run_to_end
from seedream_desktop.app.options import Options
from seedream_desktop.app.program import Program
from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.commands.orders import requests_from
from seedream_desktop.commands.output import (
    ProgressLine,
    complain,
    complain_of,
    event_object,
    print_json,
    print_outcome,
)
from seedream_desktop.commands.session import opened
from seedream_desktop.domain.events import Connection, ConnectionChanged, Event, StorageTroubled, TaskAdded, TaskChanged
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.domain.task_object import task_object
from seedream_desktop.ports.errors import UnusableReferenceError
from seedream_desktop.sentences import failure_sentence, reference_fault_sentence
from seedream_desktop.sentences.connection import connection_sentence

_NEEDS_KEY = frozenset({Connection.KEY_MISSING, Connection.KEY_REFUSED})
_ENDED_BADLY = frozenset({TaskState.FAILED, TaskState.PARTIAL, TaskState.REFUSED, TaskState.UNKNOWN})
_WAITS_FOR_REFERENCES = frozenset({FailureKind.HOST_UNREACHABLE, FailureKind.REFERENCE_UNUSABLE})
_ANSWERED = frozenset(TaskState) - {TaskState.DRAFT, TaskState.QUEUED, TaskState.SUBMITTING}


def run(arguments: Namespace) -> int:
    """Send the order or orders and wait for the pictures; returns the exit code."""
    requests = requests_from(arguments)
    return run_to_end(_generate(Options.from_namespace(arguments), arguments, requests))


async def _generate(options: Options, arguments: Namespace, requests: list[GenerationRequest]) -> int:
    async with opened(options) as program:
        _refuse_without_key(program)
        _refuse_unreachable_files(program, requests)
        requests = [await _with_files_prepared(program, request) for request in requests]
        following = _Following(program, is_json=arguments.json, waits=not arguments.no_wait)
        try:
            async with asyncio.timeout(arguments.timeout):
                tasks = await following.order(requests)
        except TimeoutError:
            complain("The time is up. The work goes on with the next start, or with the run command.")
            return Exit.TIMED_OUT
        finally:
            following.end()
        return _tell(tasks, following.trouble, is_json=arguments.json)


def _refuse_without_key(program: Program) -> None:
    """An order without a key would go out by itself on the day there is one: better none at all."""
    if program.key.last_four is None:
        sentence = failure_sentence(Failure(FailureKind.KEY_MISSING))
        raise CommandError(Exit.KEY, f"{sentence} Or set {KEY_VARIABLE} for this run.")


def _refuse_unreachable_files(program: Program, requests: list[GenerationRequest]) -> None:
    if program.takes_local_files:
        return
    for request in requests:
        for reference in request.references:
            if not reference.is_link:
                failure = Failure(FailureKind.NO_HOST_FOR_FILES, "", reference.name)
                raise CommandError(Exit.BAD_ARGUMENTS, failure_sentence(failure))


async def _with_files_prepared(program: Program, request: GenerationRequest) -> GenerationRequest:
    """Return the request with the copies of its files kept; what is no picture is refused before anything is sent.

    Links are left to the order: one that cannot be reached now may be later.
    """
    references = [await _ready(program, reference) for reference in request.references]
    return replace(request, references=tuple(references))


async def _ready(program: Program, reference: Reference) -> Reference:
    if reference.is_link:
        return reference
    try:
        return (await program.engine.references.ready(reference)).reference
    except UnusableReferenceError as error:
        raise CommandError(Exit.BAD_ARGUMENTS, reference_fault_sentence(error.fault, error.name)) from error


class _Following:
    """Follows the tasks of this command until each has come as far as it will for now."""

    def __init__(self, program: Program, *, is_json: bool, waits: bool) -> None:
        self._program = program
        self._is_json = is_json
        self._waits = waits
        self._progress = ProgressLine()
        self._tasks: dict[TaskId, Task] = {}
        self._waits_told: dict[TaskId, Failure] = {}
        self._moved = asyncio.Event()
        self._unsubscribe: Callable[[], None] = program.engine.bus.subscribe(self._notice)
        self.trouble = _as_trouble(program.engine.gate.connection)

    async def order(self, requests: list[GenerationRequest]) -> list[Task]:
        """Send *requests* and return their tasks as they stand at the end."""
        ids = [(await self._program.engine.submit(request)).id for request in requests]
        while not all(self._is_over(self._tasks[task_id]) for task_id in ids):
            self._moved.clear()
            await self._moved.wait()
        if self._waits and self.trouble is None:
            await self._program.engine.copies_made()
        return [self._tasks[task_id] for task_id in ids]

    def end(self) -> None:
        """Stop following."""
        self._unsubscribe()
        self._progress.end()

    def _is_over(self, task: Task) -> bool:
        if task.is_final or task.needs_user:
            return True
        if self.trouble is not None and task.state is not TaskState.SUBMITTING:
            return True
        return not self._waits and task.state in _ANSWERED

    def _notice(self, event: Event) -> None:
        match event:
            case TaskAdded(task) | TaskChanged(task):
                self._tasks[task.id] = task
                self._tell_wait(task)
            case StorageTroubled(failure):
                complain(failure_sentence(failure))
            case ConnectionChanged(connection):
                self.trouble = _as_trouble(connection)
            case _:
                pass
        if self._is_json:
            if (line := event_object(event)) is not None:
                print_json(line)
        else:
            self._progress.follow(event)
        self._moved.set()

    def _tell_wait(self, task: Task) -> None:
        """Say once for each order what keeps its references from going, since nothing else tells of it."""
        failure = task.failure
        if task.state is not TaskState.QUEUED or failure is None or failure.kind not in _WAITS_FOR_REFERENCES:
            return
        if self._waits_told.get(task.id) != failure:
            self._waits_told[task.id] = failure
            complain(failure_sentence(failure))


def _as_trouble(connection: Connection) -> Connection | None:
    return connection if connection in _NEEDS_KEY else None


def _tell(tasks: list[Task], trouble: Connection | None, *, is_json: bool) -> int:
    for task in tasks:
        if is_json:
            print_json(task_object(task))
            complain_of(task)
        else:
            print_outcome(task)
    if trouble is not None and any(not task.is_final and not task.needs_user for task in tasks):
        complain(connection_sentence(trouble))
        return Exit.KEY
    return Exit.TASK_ENDED_BADLY if any(task.state in _ENDED_BADLY for task in tasks) else Exit.DONE
