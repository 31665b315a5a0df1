"""A named point kills the process as a power cut would, and only in a test that asks for it."""

from __future__ import annotations

import ast
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
# Prints a number after each passing of `wire.after`, with another point passed in between.
CHILD = """
from seedream_desktop.crashpoints import pass_point
for number in range(1, 5):
    pass_point("intent.after")
    pass_point("wire.after")
    print(number, flush=True)
"""
PROMISED = {
    *("intent.before", "intent.after", "wire.after", "reply.received", "reply.stored", "taskid.committed"),
    *("urls.committed", "part.open", "part.half", "part.full", "part.fsynced", "rename.after", "dir.fsynced"),
    *("row.stored", "thumb.half", "export.half", "ledger.half", "migrate.begin", "migrate.mid", "migrate.end"),
    *("quit.mid", "recover.mid", "reference.synced", "reference.renamed"),
    *("trash.noted", "trash.moved", "trash.fetched", "trash.emptied"),
}


def run(**environment: str) -> tuple[int, list[str]]:
    """Return the child's exit code and the numbers it came to print."""
    ours = {"PATH": os.environ["PATH"], "PYTHONPATH": str(CHECKOUT), **environment}
    ended = subprocess.run([sys.executable, "-c", CHILD], env=ours, capture_output=True, text=True, check=False)
    assert ended.stderr == ""
    return ended.returncode, ended.stdout.split()


def test_the_process_dies_by_sigkill_at_the_first_passing() -> None:
    assert run(SEEDREAM_TESTING="1", SEEDREAM_CRASH_AT="wire.after") == (-signal.SIGKILL, [])


@pytest.mark.parametrize(("nth", "printed"), [("1", []), ("2", ["1"]), ("4", ["1", "2", "3"])])
def test_the_process_dies_at_the_nth_passing(nth: str, printed: list[str]) -> None:
    assert run(SEEDREAM_TESTING="1", SEEDREAM_CRASH_AT=f"wire.after:{nth}") == (-signal.SIGKILL, printed)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"SEEDREAM_TESTING": "1"},
        {"SEEDREAM_CRASH_AT": "wire.after"},
        {"SEEDREAM_CRASH_AT": "wire.after", "SEEDREAM_TESTING": "0"},
        {"SEEDREAM_CRASH_AT": "wire.after", "SEEDREAM_TESTING": "true"},
        {"SEEDREAM_TESTING": "1", "SEEDREAM_CRASH_AT": ""},
        {"SEEDREAM_TESTING": "1", "SEEDREAM_CRASH_AT": "wire"},
        {"SEEDREAM_TESTING": "1", "SEEDREAM_CRASH_AT": "wire.after:5"},
    ],
)
def test_otherwise_the_process_lives(environment: dict[str, str]) -> None:
    assert run(**environment) == (0, ["1", "2", "3", "4"])


def points() -> list[str]:
    """Return the name of every point in the program."""
    return [
        name
        for path in (CHECKOUT / "seedream_desktop").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _named(node)
    ]


def _named(node: ast.AST) -> list[str]:
    match node:
        case ast.Call(func=ast.Name(id="pass_point"), args=[ast.Constant(value=str(name))]):
            return [name]
        case _:
            return []


def test_the_program_has_exactly_the_points_it_promises() -> None:
    assert set(points()) == PROMISED
