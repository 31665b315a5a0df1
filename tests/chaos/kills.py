"""Kills: the program ended by SIGKILL at every named point and at random moments, started again until it is idle.

The service is a process of its own that survives; its ledger tells what was sent and billed.
"""

from __future__ import annotations

import random
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.chaos import judge
from tests.chaos.judge import Finding
from tests.chaos.orders import prompts_for
from tests.chaos.program import KILLED, Life, Program, crash_at
from tests.chaos.services import Services, submits_of
from tests.chaos.tally import Tally
from tests.simulators import SimulatorProcess

POINTS: Final = (
    *("intent.before", "intent.after", "wire.after", "reply.received", "reply.stored", "taskid.committed"),
    *("urls.committed", "part.open", "part.half", "part.full", "part.fsynced", "rename.after", "dir.fsynced"),
    *("row.stored", "thumb.half", "export.half", "ledger.half", "migrate.begin", "migrate.mid", "migrate.end"),
    *("quit.mid", "recover.mid"),
)
# Phases at which the service is held while the program is killed: read, billed, asked, half a picture sent.
PHASES: Final = ("generate.received", "generate.before_reply", "status.received", "image.half")
PASSED_ONCE: Final = frozenset({"migrate.begin", "migrate.mid", "migrate.end", "quit.mid"})
KILLS_IN_A_RUN: Final = 5
LIVES_IN_A_RUN: Final = 8
JOBS: Final = 2
# About as many lines of events as an order has from its beginning to its end.
_LINES_A_TASK: Final = 8


@dataclass
class Run:
    """One data folder and one service, from the first order to rest."""

    name: str
    program: Program
    service: SimulatorProcess
    prompts: list[str]
    tally: Tally

    def blame(self, findings: Iterator[Finding]) -> None:
        """Take findings of this run in."""
        self.tally.blame(self.name, findings)

    def unordered(self) -> list[str]:
        """Return the prompts that no task has; only while no program works."""
        known = judge.states_by_prompt(self.program.data_dir / "seedream.db")
        return [prompt for prompt in self.prompts if prompt not in known]

    def unfinished(self) -> int:
        """Return how many tasks are not at rest; only while no program works."""
        states = judge.states_by_prompt(self.program.data_dir / "seedream.db").values()
        return sum(state not in judge.RESTING for state in states)

    def died(self, life: Life) -> bool:
        """Wait for the end of a life, judge what it left, and return whether it was killed."""
        code = life.wait()
        self.blame(judge.traceback_in(life))
        self.blame(judge.after_kill(self.program, life))
        self.tally.count(lives=1)
        return code == KILLED

    def order_the_rest(self) -> None:
        """Let the program take every order that it does not know yet."""
        while left := self.unordered():
            if self.died(self.program.order(left)):
                raise RuntimeError(f"{self.name}: killed by somebody else")

    def come_to_rest(self) -> None:
        """Let the program do what is left, undisturbed, and judge all of it."""
        life = self.program.start("run", "--timeout", "100")
        code = life.wait()
        self.blame(judge.traceback_in(life))
        if code != 0:
            self.blame(iter([Finding("unfinished", f"run ended with {code}: {life.error}")]))
        tasks, submits = self.program.tasks(), submits_of(self.service, self.name)
        self.blame(judge.at_rest(self.program, tasks, submits))
        self._count(tasks, len(submits))

    def _count(self, tasks: list[dict[str, Any]], submits: int) -> None:
        pictures = [picture for task in tasks for picture in task["pictures"] if picture["path"]]
        unknown = sum(task["state"] == "unknown" for task in tasks)
        self.tally.count(runs=1, tasks=len(tasks), unknown=unknown, pictures=len(pictures), submits=submits)


@contextmanager
def new_run(tally: Tally, services: Services, name: str, tasks: int) -> Iterator[Run]:
    """Yield a run in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder, services.borrowed() as service:
        one = Run(name, Program(Path(folder), service.url), service, prompts_for(name, tasks), tally)
        try:
            yield one
        finally:
            service.release()
            one.program.end()


def run(
    tally: Tally, *, seed: int, points: Sequence[str], moments: int, tasks: int, minutes: float | None = None
) -> None:
    """Kill at *points*, each at its first passing and at a later one, then at *moments* random moments.

    A point is a named one of the program or a phase of the service.
    """
    until_s = time.monotonic() + minutes * 60 if minutes is not None else None
    kills = _Kills(moments, until_s)
    cases = [case for point in points for case in _cases(point, tasks, random.Random(f"{seed}/{point}"))]
    with Services(JOBS) as services, ThreadPoolExecutor(JOBS) as threads:
        list(threads.map(lambda case: _at_point(tally, services, case, tasks, until_s), cases))
        services.answer_slowly()
        list(threads.map(lambda job: _at_random(tally, services, kills, f"{seed}/{job}", tasks), range(JOBS)))


def _cases(point: str, tasks: int, chance: random.Random) -> Iterator[tuple[str, int]]:
    yield point, 1
    if point not in PASSED_ONCE and point not in PHASES and tasks > 3:
        yield point, chance.randint(2, tasks // 2)


def _at_point(tally: Tally, services: Services, case: tuple[str, int], tasks: int, until_s: float | None) -> None:
    point, nth = case
    if until_s is not None and time.monotonic() > until_s:
        return
    with ExitStack() as stack:
        if point == "part.half":
            # Only a picture that comes in more than one piece has a middle; the plain ones are too small for that.
            services = stack.enter_context(Services(1, options=()))
        one = stack.enter_context(new_run(tally, services, f"{point}:{nth}", tasks))
        life = _life_held_at(one, point) if point in PHASES else _life_that_passes(one, point)
        if one.died(life):
            tally.count(point_kills=1)
        else:
            one.blame(iter([Finding("not_reached", f"{point} was not passed {nth} times")]))
        one.order_the_rest()
        if point.startswith("migrate."):
            _rescued_at(one, point)
        one.come_to_rest()
    tally.say(f"point {one.name}")


def _life_that_passes(one: Run, point: str) -> Life:
    """Start a life that comes to *point*, with the order to die there."""
    dying = crash_at(one.name)
    if point == "recover.mid":
        middle = crash_at(f"reply.received:{max(1, len(one.prompts) // 2)}")
        one.died(one.program.order(one.prompts, environment=middle))
        return one.program.start("run", environment=dying)
    life = one.program.order(one.prompts, environment=dying)
    if point == "quit.mid":
        life.wait_for_lines(2 * len(one.prompts))
        life.process.send_signal(signal.SIGTERM)
    return life


def _life_held_at(one: Run, phase: str) -> Life:
    """Start a life and kill it while the service is held in the middle of a call."""
    one.service.hold(phase)
    life = one.program.order(one.prompts)
    one.service.wait_until_held(phase, timeout_s=60)
    life.kill()
    life.process.wait()
    one.service.release()
    return life


def _rescued_at(one: Run, point: str) -> None:
    """Kill while a lost database is put together again, which passes the same points on a file of its own."""
    database = one.program.data_dir / "seedream.db"
    for path in database.parent.glob("seedream.db*"):
        path.unlink()
    life = one.program.start("run", environment=crash_at(point))
    if life.wait() != KILLED:
        one.blame(iter([Finding("not_reached", f"{point} was not passed by a rescue")]))
    one.blame(Finding("child_left", str(pid)) for pid in life.children_left())


class _Kills:
    """How many are still to be made, shared by the threads."""

    def __init__(self, wanted: int, until_s: float | None) -> None:
        self._left = wanted
        self._until_s = until_s
        self._lock = threading.Lock()
        self._runs = 0

    def next_run(self) -> int | None:
        """Return the number of the next run, None when all kills are made or the time is up."""
        is_late = self._until_s is not None and time.monotonic() > self._until_s
        with self._lock:
            if self._left <= 0 or is_late:
                return None
            self._runs += 1
            return self._runs

    def reserve(self) -> bool:
        """Take one of the kills to be made; False when none is left."""
        with self._lock:
            is_one_left = self._left > 0
            self._left -= is_one_left
        return is_one_left

    def give_back(self) -> None:
        """Return a kill that came too late: the program had ended."""
        with self._lock:
            self._left += 1


def _at_random(tally: Tally, services: Services, kills: _Kills, seed: str, tasks: int) -> None:
    chance = random.Random(seed)
    while (number := kills.next_run()) is not None:
        with new_run(tally, services, f"run-{number}", tasks) as one:
            made = _kill_often(one, kills, chance)
            one.order_the_rest()
            one.come_to_rest()
        tally.say(f"random run {number}: {made} kills")


def _kill_often(one: Run, kills: _Kills, chance: random.Random) -> int:
    made = 0
    share = max(1, len(one.prompts) // 2)
    for _ in range(LIVES_IN_A_RUN):
        if made == KILLS_IN_A_RUN or not kills.reserve():
            break
        prompts, unfinished = one.unordered()[:share], one.unfinished()
        life = one.program.order(prompts) if prompts else one.program.start("run")
        _kill_at_some_moment(life, len(prompts), unfinished, chance)
        share = max(1, len(one.prompts) // 8)
        if one.died(life):
            made += 1
            one.tally.count(random_kills=1)
        else:
            kills.give_back()
    return made


def _kill_at_some_moment(life: Life, ordered: int, unfinished: int, chance: random.Random) -> None:
    """Kill after a random number of events and some milliseconds; one time in five in the first second."""
    if ordered == 0 or chance.random() < 0.2:
        life.wait_for_lines(1_000_000, chance.uniform(0.05, 1.2))
    else:
        # Not all that is left is done in this life: it ends with its own orders.
        lines = chance.randrange(_LINES_A_TASK * ordered + _LINES_A_TASK * unfinished // 2)
        life.wait_for_lines(lines, 10.0)
        time.sleep(chance.uniform(0.0, 0.03))
    life.kill()
