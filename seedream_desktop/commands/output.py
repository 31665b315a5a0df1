"""What commands print: JSON for machines on standard output, sentences and progress for people."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from typing import Any

from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.domain.events import Event, PictureProgressed, PictureStored, TaskAdded, TaskChanged
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.sentences import failure_sentence, service_words, state_word, unknown_sentence


class _Output:
    """Standard output, of which nothing may get lost without a word."""

    def __init__(self) -> None:
        self._trouble: CommandError | None = None

    def write_line(self, line: str) -> None:
        """Print *line*, flushed; once that has failed, every later line fails too.

        Raises:
            CommandError: when it cannot be written; a reader that has gone is a BrokenPipeError as ever.
        """
        if self._trouble is not None:
            raise self._trouble
        try:
            print(line, flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            # What Python still holds could not be written at the end either, which would spoil the exit code.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sentence = f"The output could not be written: {error.strerror}."
            self._trouble = CommandError(Exit.TASK_ENDED_BADLY, sentence)
            raise self._trouble from error


_output = _Output()


def print_line(line: str) -> None:
    """Print a line on standard output, flushed; raises CommandError when that cannot be done."""
    _output.write_line(line)


def print_json(value: Any) -> None:
    """Print *value* as one line of JSON, flushed; raises CommandError when that cannot be done."""
    print_line(json.dumps(value, ensure_ascii=False))


def complain(sentence: str) -> None:
    """Print a sentence on standard error; when nobody can take it, the work goes on all the same."""
    with suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)


def event_object(event: Event) -> dict[str, Any] | None:
    """Return an event about a task as a JSON object, or None for the other events."""
    match event:
        case TaskAdded(task) | TaskChanged(task):
            name = "task_added" if isinstance(event, TaskAdded) else "task_changed"
            return {"event": name, "id": task.id, "state": task.state.value, "task_id": task.service_task_id}
        case PictureStored(task, picture):
            return {
                "event": "picture_stored",
                "id": task.id,
                "position": picture.position,
                "path": picture.path,
                "saved_path": picture.saved_path,
            }
        case _:
            return None


def task_line(task: Task) -> str:
    """Return one line for people: state, pictures got and asked, prompt."""
    got = f"{len(task.stored_pictures)}/{task.request.count}"
    when = f"{task.created_at.astimezone():%Y-%m-%d %H:%M}"
    prompt = " ".join(task.request.prompt.split())
    return f"{task.id[:8]}  {when}  {state_word(task.state):<15}  {got:>5}  {prompt}"


def print_outcome(task: Task) -> None:
    """Tell a person how a task ended: its files on standard output, what went wrong on standard error."""
    for picture in task.stored_pictures:
        print_line(str(picture.saved_path or picture.path))
    complain_of(task)


def complain_of(task: Task) -> None:
    """Say on standard error what went wrong with a task, whose words those are, and what it may have cost."""
    if task.state is TaskState.UNKNOWN:
        complain(unknown_sentence(task.request.count, task.estimated_cost_usd))
    elif task.failure is not None:
        complain(failure_sentence(task.failure))
    if task.failure is not None and (words := service_words(task.failure)):
        complain(words)


class ProgressLine:
    """One line on a terminal that follows the tasks; silent when standard error is no terminal."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._tasks: dict[str, Task] = {}
        self._bytes: dict[tuple[str, int], tuple[int, int | None]] = {}

    def follow(self, event: Event) -> None:
        """Take an event in and draw the line anew."""
        match event:
            case TaskAdded(task) | TaskChanged(task):
                self._tasks[task.id] = task
            case PictureProgressed(task_id, position, received_bytes, total_bytes):
                self._bytes[task_id, position] = (received_bytes, total_bytes)
            case _:
                return
        self._draw()

    def end(self) -> None:
        """Leave the line."""
        if self._is_shown and self._tasks:
            print(file=sys.stderr)

    def _draw(self) -> None:
        if not self._is_shown:
            return
        asked = sum(task.request.count for task in self._tasks.values())
        stored = sum(len(task.stored_pictures) for task in self._tasks.values())
        newest = next(reversed(self._tasks.values()))
        filled = round(24 * stored / asked)
        bar = "█" * filled + "·" * (24 - filled)
        print(f"\r\x1b[K{bar} {stored}/{asked}  {state_word(newest.state)}{self._share()}", end="", file=sys.stderr)

    def _share(self) -> str:
        received = sum(got for got, _ in self._bytes.values())
        return f"  {received / 1_000_000:.1f} MB" if received else ""
