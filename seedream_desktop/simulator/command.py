"""The `simulate` command: its options, and running the service until it is asked to leave."""

from __future__ import annotations

import argparse
import contextlib
import json
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from seedream_desktop.simulator.options import LINKS_LIVE_S, READINGS, Options

EPILOG = "faults and words"
"""Stands for the long list at the end of the help, which is made only when somebody asks for the help."""
DONE = 0
BAD_ARGUMENTS = 2
LAST_PORT = 65535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give *parser* the options of `simulate`, and a help that lists all faults and prompt words."""
    parser.description = "Run the service on this machine: no key, no network, nothing is billed."
    parser.formatter_class = _Formatter
    parser.epilog = EPILOG
    add = parser.add_argument
    add("--port", type=_port, default=0, help="loopback port; 0, the default, takes a free one")
    add("--speed", type=_speed, default=1.0, metavar="X", help="divide all times of the service by X")
    add("--seed", type=int, default=0, metavar="N", help="another seed draws other pictures")
    add("--faults", type=Path, metavar="FILE", help="JSON list of fault rules, see below")
    add("--state", type=Path, metavar="DIR", help="keep tasks, pictures and ledger here; default: a temporary folder")
    add("--links-live-s", type=float, default=LINKS_LIVE_S, metavar="S", help="life of result links; default 15 days")
    add("--balance", type=float, default=100.0, metavar="USD", help="opening balance; default 100")
    add("--price", type=float, default=0.04, metavar="USD", help="price of an image; default 0.04")
    add("--requests-per-minute", type=int, default=10_000, metavar="N", help="beyond: 429; default 10000")
    add("--tasks-at-once", type=int, default=1_000, metavar="N", help="beyond: 429; default 1000")
    add("--plain-pictures", action="store_true", help="draw plain gradients: for load tests")
    add("--reading", action="append", default=[], choices=list(READINGS), help="a reading of the API pages, see below")
    add("--exit-with-stdin", action="store_true", help="end when standard input closes")


def run(namespace: argparse.Namespace) -> int:
    """Serve until a signal asks to leave; returns the exit code, 2 when the arguments cannot be used."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave_at_once)
    with contextlib.ExitStack() as stack:
        try:
            rules = _rules(namespace.faults)
            options = _options(namespace, stack.enter_context(_folder(namespace.state)))
            return _serve(options, rules, exit_with_stdin=namespace.exit_with_stdin)
        except (OSError, ValueError) as error:
            sys.stderr.write(f"The simulator cannot start: {error}\n")
            return BAD_ARGUMENTS


def _leave_at_once(*_: object) -> None:
    """What a signal does until the server is there to leave in good order."""
    sys.exit(DONE)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_text(self, text: str | None) -> None:
        super().add_text(_long_help() if text == EPILOG else text)


def _long_help() -> str:
    from seedream_desktop.simulator.guide import guide

    return guide()


def _serve(options: Options, rules: object, *, exit_with_stdin: bool) -> int:
    """Open the port and answer until asked to leave."""
    from seedream_desktop.simulator.server import HOST, listen, serve
    from seedream_desktop.simulator.service import BASE, build

    with listen(options.port) as listener:
        root_url = f"http://{HOST}:{listener.getsockname()[1]}"
        app = build(options, rules, root_url)
        serve(app, listener, f"listening on {root_url}{BASE}", exit_with_stdin=exit_with_stdin)
    return DONE


def _options(namespace: argparse.Namespace, folder: Path) -> Options:
    return Options(
        folder=folder,
        port=namespace.port,
        speed=namespace.speed,
        seed=namespace.seed,
        balance_usd=namespace.balance,
        price_usd=namespace.price,
        links_live_s=namespace.links_live_s,
        requests_per_minute=namespace.requests_per_minute,
        tasks_at_once=namespace.tasks_at_once,
        plain_pictures=namespace.plain_pictures,
        readings=frozenset(namespace.reading),
    )


@contextlib.contextmanager
def _folder(chosen: Path | None) -> Iterator[Path]:
    """The folder for the state; a temporary one is removed at the end."""
    if chosen is not None:
        chosen.mkdir(parents=True, exist_ok=True)
        yield chosen
    else:
        with tempfile.TemporaryDirectory(prefix="seedream-simulator-", ignore_cleanup_errors=True) as folder:
            yield Path(folder)


def _rules(file: Path | None) -> object:
    return [] if file is None else json.loads(file.read_text("utf-8"))


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= LAST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {LAST_PORT}")
    return port


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed < float("inf"):
        raise argparse.ArgumentTypeError("the speed must be above 0")
    return speed
