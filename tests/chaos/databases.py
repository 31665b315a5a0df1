"""Damaged databases: the program starts or says why not, and whatever it once paid for is in the list again.

A few folders are made by real runs (ended in order, killed late, killed while the log held everything, with an older
backup); each case puts one of them back in its place, damages it, and starts the program.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from seedream_desktop.store.backup import back_up
from tests.chaos import damage, judge
from tests.chaos.judge import Finding
from tests.chaos.orders import prompts_for
from tests.chaos.program import KILLED, Life, Program, crash_at
from tests.chaos.services import submits_of
from tests.chaos.tally import Tally
from tests.simulators import SimulatorProcess

JOBS: Final = 2
_DATA_FOLDER: Final = 5
_FILES: Final = ("seedream.db", "seedream.db-wal", "seedream.db-shm")
# What the folder has lived through before it is damaged.
HISTORIES: Final = ("ended", "killed late", "killed early", "backed up")


@dataclass(frozen=True)
class Specimen:
    """A data folder as a run left it, and what the service knew of it then."""

    name: str
    program: Program
    original: Path
    submits: list[dict[str, Any]]

    def put_back(self) -> None:
        """Put the folder where it was made, as it was."""
        shutil.rmtree(self.program.folder)
        shutil.copytree(self.original, self.program.folder)


@dataclass(frozen=True)
class Case:
    """One damage to one folder."""

    number: int
    history: str
    spoil: damage.Damage
    chance: random.Random


def run(tally: Tally, *, seed: int, count: int, tasks: int) -> None:
    """Try *count* damaged databases."""
    cases = [_case_of(seed, number) for number in range(count)]
    # Folders are made by the job that needs them: no history belongs to two.
    shares = [[case for case in cases if case.history in HISTORIES[job::JOBS]] for job in range(JOBS)]
    with ThreadPoolExecutor(JOBS) as threads:
        list(threads.map(lambda share: _try_all(tally, share, tasks), shares))


def _case_of(seed: int, number: int) -> Case:
    chance = random.Random(f"{seed}/{number}")
    return Case(number, chance.choice(HISTORIES), damage.ALL[number % len(damage.ALL)], chance)


def _try_all(tally: Tally, cases: list[Case], tasks: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with SimulatorProcess(state=folder / "service", options=["--plain-pictures"]) as service:
            made: dict[str, Specimen] = {}
            for case in cases:
                specimen = made.get(case.history) or _specimen(case.history, folder, service, tasks)
                made[case.history] = specimen
                where = f"database {case.number}, {case.history}, {case.spoil.__name__}"
                tally.count(databases=1)
                tally.blame(where, _judged(tally, service, specimen, case))
                tally.say(where)


def _specimen(history: str, folder: Path, service: SimulatorProcess, tasks: int) -> Specimen:
    program = Program(folder / history.replace(" ", "-"), service.url)
    program.folder.mkdir()
    prompts = prompts_for(history, tasks)
    if history == "backed up":
        program.order(prompts[: tasks // 2]).wait()
        back_up(program.data_dir / "seedream.db", program.data_dir / "backups", datetime.now(UTC))
        prompts = prompts[tasks // 2 :]
    ends = {"killed late": crash_at(f"row.stored:{max(1, tasks // 2)}"), "killed early": crash_at("taskid.committed:3")}
    life = program.order(prompts, environment=ends.get(history))
    code = life.wait()
    if (code == KILLED) != (history in ends):
        raise RuntimeError(f"the history {history} ended with {code}: {life.error}")
    life.children_left()
    original = folder / f"{program.folder.name}.original"
    shutil.copytree(program.folder, original)
    return Specimen(history, program, original, submits_of(service, history))


def _judged(tally: Tally, service: SimulatorProcess, specimen: Specimen, case: Case) -> Iterator[Finding]:
    specimen.put_back()
    program = specimen.program
    database = program.data_dir / "seedream.db"
    paid = {(line["task"], line["service_task_id"]) for line in judge.ledger_lines(program.data_dir)}
    case.spoil(database, case.chance)
    found = {name: (database.parent / name).read_bytes() for name in _FILES if (database.parent / name).exists()}
    is_damaged = _is_visibly_damaged(database, paid)
    life = program.start("run", "--timeout", "60")
    code = life.wait()
    yield from judge.traceback_in(life)
    yield from (Finding("child_left", str(pid)) for pid in life.children_left())
    if code == _DATA_FOLDER:
        tally.count(refused=1)
        yield from _refusal(life, database, found)
        return
    tally.count(started=1, damaged=is_damaged, set_aside=(program.data_dir / "damaged").exists())
    if code != 0:
        yield Finding("crash", f"exit code {code}: {life.error}")
        return
    yield from _forgotten(program, paid)
    if is_damaged:
        yield from _evidence(program, found)
    yield from judge.pictures(program.tasks())
    yield from _paid_again(specimen, service)


def _is_visibly_damaged(database: Path, paid: set[tuple[str, str | None]]) -> bool:
    """Whether plain SQLite finds fault with the files, or the list lacks what was paid for."""
    if not database.exists():
        return True
    with tempfile.TemporaryDirectory() as folder:
        copy = judge.copied_database(database, Path(folder))
        if any(judge.integrity(copy)):
            return True
        connection = sqlite3.connect(copy)
        try:
            known = {task for (task,) in connection.execute("SELECT id FROM tasks")}
        except (sqlite3.Error, UnicodeDecodeError):
            return True
        finally:
            connection.close()
    return not {task for task, _ in paid} <= known


def _refusal(life: Life, database: Path, found: dict[str, bytes]) -> Iterator[Finding]:
    """A refusal names its reason and touches nothing."""
    if str(database.parent) not in life.error:
        yield Finding("refused_unnamed", life.error)
    if (database.read_bytes() if database.exists() else None) != found.get("seedream.db"):
        yield Finding("evidence_lost", f"refused, yet changed: {life.error}")


def _forgotten(program: Program, paid: set[tuple[str, str | None]]) -> Iterator[Finding]:
    known = {task["id"]: task["task_id"] for task in program.tasks()}
    for task, service_task in sorted(paid, key=str):
        if task not in known:
            yield Finding("lost", f"task {task}")
        elif service_task is not None and known[task] != service_task:
            yield Finding("lost", f"the service's id of task {task}: {known[task]} for {service_task}")


def _evidence(program: Program, found: dict[str, bytes]) -> Iterator[Finding]:
    """What was found damaged lies in a folder of its own, byte for byte; an index of SQLite's holds nothing."""
    kept = [path.read_bytes() for path in (program.data_dir / "damaged").rglob("seedream.db*")]
    for name, data in found.items():
        if not name.endswith("-shm") and data and data not in kept:
            yield Finding("evidence_lost", f"{name} is not there any more as it was found")


def _paid_again(specimen: Specimen, service: SimulatorProcess) -> Iterator[Finding]:
    """What was sent before the damage is never sent again because of it."""
    sent = {judge.nonce_of(submit["prompt"]) for submit in specimen.submits if submit["billed"]}
    for submit in submits_of(service, specimen.name)[len(specimen.submits) :]:
        if judge.nonce_of(submit["prompt"]) in sent:
            yield Finding("billed_twice", submit["prompt"])
