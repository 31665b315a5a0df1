"""The judge: compares what the service billed with what the program knows, and opens every picture it shows.

Facts only, read without the program's own code: the service's ledger, `tasks --json`, SQLite, files and Pillow.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

from tests.chaos.program import Life, Program

RESTING: Final = frozenset({"done", "partial", "failed", "refused", "unknown", "written_off"})
KINDS: Final = (
    *("lost", "unfinished", "billed_twice", "no_intent", "bad_picture", "not_saved", "stray_part", "integrity"),
    *("child_left", "crash", "refused_unnamed", "too_slow", "evidence_lost", "not_reached"),
)


@dataclass(frozen=True)
class Finding:
    """One broken promise; *kind* is one of KINDS."""

    kind: str
    words: str


def nonce_of(prompt: str | None) -> str:
    """Return the nonce in a prompt; empty when there is none, as of a submit that broke off."""
    return (prompt or "").partition("[nonce:")[2].partition("]")[0]


def after_kill(program: Program, life: Life) -> Iterator[Finding]:
    """Judge what a killed process left: its children, the database, and whether it holds all that was told."""
    yield from (Finding("child_left", f"process {pid} outlived the program") for pid in life.children_left())
    database = program.data_dir / "seedream.db"
    if not database.exists():
        yield from (Finding("lost", f"told, no database: {line}") for line in life.told_events("task_added"))
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = copied_database(database, Path(folder))
        yield from _told_and_forgotten(copy, life)
        yield from integrity(copy)


def copied_database(database: Path, folder: Path) -> Path:
    """Return a copy with its write-ahead log, so that looking at it changes nothing."""
    for name in (database.name, f"{database.name}-wal"):
        if (database.parent / name).exists():
            shutil.copyfile(database.parent / name, folder / name)
    return folder / database.name


def integrity(database: Path) -> Iterator[Finding]:
    """Run SQLite's own check."""
    try:
        words = _rows(database, "PRAGMA integrity_check") + _rows(database, "PRAGMA foreign_key_check")
    except (sqlite3.Error, UnicodeDecodeError) as error:
        words = [(str(error),)]
    if words != [("ok",)]:
        yield Finding("integrity", str(words[:3]))


def states_by_prompt(database: Path) -> dict[str, str]:
    """Return the state of every task by its prompt, read from a copy of a database that nobody works on."""
    if not database.exists():
        return {}
    with tempfile.TemporaryDirectory() as folder:
        copy = copied_database(database, Path(folder))
        try:
            return dict(_rows(copy, "SELECT prompt, state FROM tasks"))
        except sqlite3.OperationalError:
            return {}  # killed before there were tables


def at_rest(program: Program, tasks: list[dict[str, Any]], submits: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """Judge the folder of a program that says it is idle, and its *tasks*, against the submits the service saw."""
    yield from _unfinished(tasks)
    yield from bills(tasks, submits)
    yield from pictures(tasks)
    yield from strays(program)
    with tempfile.TemporaryDirectory() as folder:
        yield from integrity(copied_database(program.data_dir / "seedream.db", Path(folder)))


def bills(tasks: list[dict[str, Any]], submits: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """Every accepted order belongs to a task that names it or may have been charged for it; none is paid twice."""
    by_nonce: dict[str, list[dict[str, Any]]] = {}
    for task in tasks:
        by_nonce.setdefault(nonce_of(task["prompt"]), []).append(task)
    billed: Counter[str] = Counter()
    for submit in submits:
        nonce = nonce_of(submit["prompt"])
        billed[nonce] += bool(submit["billed"])
        owners = by_nonce.get(nonce, [])
        if not any(_began(task) for task in owners):
            yield Finding("no_intent", f"a submit without an attempt on the disk: {submit['prompt']}")
        if submit["task_id"] and not any(_answers_for(task, submit["task_id"]) for task in owners):
            yield Finding("lost", f"nobody knows the service's {submit['task_id']}: {submit['prompt']}")
    yield from (Finding("billed_twice", f"{nonce}: {count} bills") for nonce, count in billed.items() if count > 1)
    yield from (Finding("billed_twice", f"{nonce}: two tasks") for nonce, own in by_nonce.items() if len(own) > 1)


def pictures(tasks: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    """Every picture shown is whole, is what its hash says, and is the same in the library."""
    for task in tasks:
        for picture in task["pictures"]:
            if picture["path"] is None:
                continue
            if words := _trouble_with(picture):
                yield Finding("bad_picture", f"{task['prompt']}: {words}")
            elif picture["saved_path"] is None:
                yield Finding("not_saved", f"{task['prompt']}: no copy in the library")


def strays(program: Program) -> Iterator[Finding]:
    """Nothing unfinished lies about."""
    for folder in (program.data_dir, program.library):
        for part in folder.rglob("*"):
            if part.name.endswith(".part"):
                yield Finding("stray_part", str(part.relative_to(program.folder)))


def traceback_in(life: Life) -> Iterator[Finding]:
    """No error of the program's own reaches the user."""
    if "Traceback" in life.error or "error of its own" in life.error:
        yield Finding("crash", life.error[-500:])


def ledger_lines(data_dir: Path) -> list[dict[str, Any]]:
    """Return the whole lines of the second copy."""
    path = data_dir / "ledger.jsonl"
    lines = path.read_bytes().splitlines() if path.exists() else []
    return [body for body in map(_body, lines) if body is not None]


def _body(line: bytes) -> dict[str, Any] | None:
    try:
        body: dict[str, Any] = json.loads(line)
    except ValueError:
        return None
    return body


def _rows(database: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def _told_and_forgotten(database: Path, life: Life) -> Iterator[Finding]:
    told = [line for line in life.told if "event" in line]
    if not told:
        return
    known = dict(_rows(database, "SELECT id, service_task_id FROM tasks"))
    for line in told:
        if line["id"] not in known:
            yield Finding("lost", f"told, then forgotten: {line}")
        elif line.get("task_id") and known[line["id"]] != line["task_id"]:
            yield Finding("lost", f"a task id told, then forgotten: {line}")
        if line["event"] == "picture_stored" and not _is_whole(Path(line["path"])):
            yield Finding("bad_picture", f"told, but not whole: {line['path']}")


def _unfinished(tasks: Iterable[dict[str, Any]]) -> Iterator[Finding]:
    for task in tasks:
        if task["state"] not in RESTING:
            yield Finding("unfinished", f"{task['prompt']}: {task['state']}")
        if task["state"] == "unknown" and [a["state"] for a in task["attempts"]].count("unknown") != 1:
            yield Finding("unfinished", f"{task['prompt']}: unknown, with attempts {task['attempts']}")


def _began(task: dict[str, Any]) -> bool:
    """Whether the disk knows that a byte may have left for this task."""
    return any(attempt["state"] not in ("intent", "unsent") for attempt in task["attempts"])


def _answers_for(task: dict[str, Any], service_task_id: str) -> bool:
    return bool(task["task_id"] == service_task_id or task["state"] == "unknown")


def _trouble_with(picture: dict[str, Any]) -> str | None:
    path, copy = Path(picture["path"]), picture["saved_path"]
    if not path.is_file():
        return f"{path} is not there"
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != picture["sha256"]:
        return f"{path} is not what its hash says"
    if not _is_whole(path):
        return f"{path} does not open whole"
    if copy is not None and (not Path(copy).is_file() or Path(copy).read_bytes() != data):
        return f"{copy} is not the same as {path}"
    return None


def _is_whole(path: Path) -> bool:
    try:
        with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as picture:
            picture.load()
    except (OSError, SyntaxError, UnidentifiedImageError):
        return False
    return True
