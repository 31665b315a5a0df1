"""Full disks: at every budget no order leaves unwritten, no task id is lost, and with space again all is stored.

The disk is filled at chosen moments: when a submit, a status call or half a picture is under way, or before the start.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tests.chaos import judge
from tests.chaos.judge import Finding
from tests.chaos.orders import prompts_for
from tests.chaos.program import Life, Program
from tests.chaos.services import Services, submits_of
from tests.chaos.small_disks import LimitedFiles, MountedDisk, small_disk
from tests.chaos.tally import Tally
from tests.simulators import SimulatorProcess

JOBS: Final = 2
STORED_WITHIN_S: Final = 15.0
LARGEST_BUDGET_BYTES: Final = 4 * 1024 * 1024
BEFORE_START: Final = "before the start"
# Where the service is held while the space goes away.
MOMENTS: Final = ("generate.received", "generate.before_reply", "status.received", "image.half", BEFORE_START)
_QUIET_S: Final = 0.5
_MOST_WAIT_S: Final = 3.0
_DATA_FOLDER: Final = 5


def run(tally: Tally, *, seed: int, budgets: int, tasks: int) -> None:
    """Try *budgets* sizes of a disk, each at one of the moments."""
    with Services(JOBS) as services, ThreadPoolExecutor(JOBS) as threads:
        list(threads.map(lambda number: _try(tally, services, seed, number, tasks), range(budgets)))


def _try(tally: Tally, services: Services, seed: int, number: int, tasks: int) -> None:
    chance = random.Random(f"{seed}/{number}")
    moment = MOMENTS[number % len(MOMENTS)]
    budget_bytes = _budget(number, moment, chance)
    name = f"disk-{number}"
    where = f"{name}, {budget_bytes} bytes at {moment}"
    with tempfile.TemporaryDirectory() as folder, services.borrowed() as service:
        disk = small_disk(Path(folder) / "disk")
        trial = _Trial(tally, name, disk, service, prompts_for(name, tasks, has_trouble=False))
        try:
            tally.count(budgets=1, mounted=isinstance(disk, MountedDisk))
            findings = trial.before_start(budget_bytes) if moment == BEFORE_START else trial.at(moment, budget_bytes)
            tally.blame(where, findings)
        finally:
            service.release()
            trial.end()
            disk.close()
    tally.say(where)


def _budget(number: int, moment: str, chance: random.Random) -> int:
    """Return 0 for the first round, then sizes that are close together where they are small."""
    if number < len(MOMENTS):
        return 0
    largest_bytes = LARGEST_BUDGET_BYTES // 4 if moment == BEFORE_START else LARGEST_BUDGET_BYTES
    return int(largest_bytes ** chance.uniform(0.5, 1.0))


class _Trial:
    """One program on one disk."""

    def __init__(
        self,
        tally: Tally,
        name: str,
        disk: MountedDisk | LimitedFiles,
        service: SimulatorProcess,
        prompts: list[str],
    ) -> None:
        self._tally = tally
        self._name = name
        self._disk = disk
        self._service = service
        self._prompts = prompts
        self._program = Program(disk.folder.parent, service.url, home=disk.folder)

    def at(self, moment: str, budget_bytes: int) -> Iterator[Finding]:
        """Take the space away at *moment*, give it back when nothing moves any more, and judge."""
        self._service.hold(moment)
        life = self._program.order(self._prompts)
        while len(life.told_events("task_added")) < len(self._prompts) and not life.is_over:
            life.wait_for_lines(len(life.told) + 1)
        self._service.wait_until_held(moment)
        self._disk.shrink(budget_bytes, life)
        self._service.release()
        self._wait_until_quiet(life)
        yield from self._unwritten()
        self._tally.count(held_up=not life.is_over)
        self._disk.grow(life)
        yield from self._stored_in_time(life)
        yield from self._at_rest()

    def before_start(self, budget_bytes: int) -> Iterator[Finding]:
        """Start with little space: it works, or it refuses, names folder and space, and sends nothing unwritten."""
        self._disk.shrink(budget_bytes, None)
        life = self._program.order(self._prompts, through=self._disk.through)
        self._wait_until_quiet(life, most_s=8.0)
        yield from self._unwritten()
        self._disk.grow(life)
        if life.wait() == _DATA_FOLDER:
            self._tally.count(refused=1)
            if str(self._disk.folder) not in life.error:
                yield Finding("refused_unnamed", life.error)
            yield from self._order_the_rest()
        yield from judge.traceback_in(life)
        yield from self._at_rest()

    def end(self) -> None:
        """End the program if it still runs."""
        self._program.end()

    def _order_the_rest(self) -> Iterator[Finding]:
        known = judge.states_by_prompt(self._program.data_dir / "seedream.db")
        left = [prompt for prompt in self._prompts if prompt not in known]
        if left:
            self._program.order(left).wait()
        life = self._program.start("run", "--timeout", "60")
        if code := life.wait():
            yield Finding("unfinished", f"exit code {code} with space again: {life.error}")

    def _wait_until_quiet(self, life: Life, most_s: float = _MOST_WAIT_S) -> None:
        """Return when nothing was told for a while, the program ended, or *most_s* are over."""
        end_s = time.monotonic() + most_s
        lines = -1
        while lines != len(life.told) and not life.is_over and time.monotonic() < end_s:
            lines = len(life.told)
            life.wait_for_lines(lines + 1, _QUIET_S)

    def _unwritten(self) -> Iterator[Finding]:
        """Look, while the disk is full, for a submit at the service that the disk knows no intent of."""
        known = _prompts_with_attempts(self._program.data_dir / "seedream.db")
        for submit in submits_of(self._service, self._name):
            if submit["prompt"] not in known:
                yield Finding("no_intent", f"sent without a committed intent: {submit['prompt']}")

    def _stored_in_time(self, life: Life) -> Iterator[Finding]:
        began_s = time.monotonic()
        try:
            code = life.wait(STORED_WITHIN_S)
        except TimeoutError:
            yield Finding("too_slow", f"not all stored {STORED_WITHIN_S} s after space came back: {life.told[-3:]}")
            return
        self._tally.most("slowest_ms", round(1000 * (time.monotonic() - began_s)))
        yield from judge.traceback_in(life)
        if code != 0:
            yield Finding("unfinished", f"exit code {code}: {life.error}")

    def _at_rest(self) -> Iterator[Finding]:
        tasks = self._program.tasks()
        if uncopied := _uncopied(tasks):
            # Stored it is; a copy in the library that the full disk prevented is made at the next start.
            self._tally.count(copied_at_next_start=uncopied)
            self._program.start("run", "--timeout", "60").wait()
            tasks = self._program.tasks()
        submits = submits_of(self._service, self._name)
        yield from judge.at_rest(self._program, tasks, submits)
        yield from _not_done(tasks)
        self._tally.count(tasks=len(tasks), submits=len(submits))


def _uncopied(tasks: list[dict[str, Any]]) -> int:
    return sum(not picture["saved_path"] for task in tasks for picture in task["pictures"])


def _not_done(tasks: list[dict[str, Any]]) -> Iterator[Finding]:
    """A full disk is no reason for any task to end otherwise than well."""
    for task in tasks:
        if task["state"] != "done":
            yield Finding("unfinished", f"{task['prompt']}: {task['state']}, {task['fail_message']}")


def _prompts_with_attempts(database: Path) -> set[str]:
    """Return what a second reader sees committed beside the running program, which rests.

    It reads a copy elsewhere: on the full disk SQLite may find no room for the index of the log that a reader needs.
    """
    if not database.exists():
        return set()
    with tempfile.TemporaryDirectory(prefix="chaos-copy-") as folder:
        copy = Path(shutil.copy(database, folder))
        log = database.with_name(f"{database.name}-wal")
        if log.exists():
            shutil.copy(log, folder)
        with closing(sqlite3.connect(copy)) as connection:
            return _prompts_in(connection)


def _prompts_in(connection: sqlite3.Connection) -> set[str]:
    try:
        query = "SELECT prompt FROM tasks WHERE id IN (SELECT task_id FROM attempts)"
        return {prompt for (prompt,) in connection.execute(query)}
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return set()
        raise
