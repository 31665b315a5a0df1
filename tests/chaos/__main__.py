"""`python -m tests.chaos kills|disk|databases`: the long proofs, each with one line of JSON at its end."""

from __future__ import annotations

import argparse
import json
import random
import sys

from tests.chaos import databases, disk, kills
from tests.chaos.tally import Tally


def main() -> int:
    """Run one proof; returns 0 when nothing was found."""
    chosen = _arguments()
    seed = chosen.seed if chosen.seed is not None else random.SystemRandom().randrange(2**32)
    tally = Tally(chosen.command, seed)
    tally.say(f"seed {seed}")
    if chosen.command == "kills":
        points = (
            (*kills.POINTS, *kills.PHASES) if chosen.points == "all" else tuple(filter(None, chosen.points.split(",")))
        )
        kills.run(tally, seed=seed, points=points, moments=chosen.random, tasks=chosen.tasks, minutes=chosen.minutes)
    elif chosen.command == "disk":
        disk.run(tally, seed=seed, budgets=chosen.budgets, tasks=chosen.tasks)
    else:
        databases.run(tally, seed=seed, count=chosen.count, tasks=chosen.tasks)
    sys.stdout.write(json.dumps(tally.as_json(), ensure_ascii=False) + "\n")
    return 0 if tally.is_clean else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    kill = commands.add_parser("kills", help="kill the program at named points and at random moments")
    kill.add_argument("--points", default="all", help="all, none as '', or names with commas")
    kill.add_argument("--random", type=int, default=200, metavar="N", help="random moments to kill it at")
    kill.add_argument("--minutes", type=float, default=None, help="begin no new run after this time")
    full = commands.add_parser("disk", help="fill the disk under the running program")
    full.add_argument("--budgets", type=int, default=50)
    damaged = commands.add_parser("databases", help="damage the database before a start")
    damaged.add_argument("--count", type=int, default=100)
    for parser_of_one, tasks in ((kill, 50), (full, 8), (damaged, 12)):
        parser_of_one.add_argument("--seed", type=int, default=None)
        parser_of_one.add_argument("--tasks", type=int, default=tasks, help="tasks in a run")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
