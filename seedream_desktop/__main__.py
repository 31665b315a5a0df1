"""The way into the program: finds the command, runs it, and turns every end into an exit code and a sentence."""

from __future__ import annotations

import importlib
import logging
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Final

from seedream_desktop.commands.arguments import build_parser
from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.system.core_dumps import forbid_core_dumps

# The window is the command without a name.
_WINDOW: Final = "seedream_desktop.app.window"
_MODULES: Final = {
    None: _WINDOW,
    "simulate": "seedream_desktop.simulator.command",
    "generate": "seedream_desktop.commands.generate",
    "tasks": "seedream_desktop.commands.tasks",
    "run": "seedream_desktop.commands.run",
    "resolve": "seedream_desktop.commands.resolve",
    "doctor": "seedream_desktop.commands.doctor",
    "export": "seedream_desktop.commands.export",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command in *arguments* (the process's own by default) and return its exit code."""
    forbid_core_dumps()
    # Until the log is open, nothing may fall through to standard error.
    logging.getLogger().addHandler(logging.NullHandler())
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--imaging-worker"]:
        from seedream_desktop.imaging.worker import main as work

        return int(work())
    try:
        return _run(words)
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print("Interrupted. What was ordered stays known and goes on with the next start.", file=sys.stderr)
        return Exit.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has seen enough (``tasks | head``); Python must not try to flush the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except Exception as error:  # the last resort: no traceback ever reaches a user, the log has it
        logging.getLogger(__name__).critical("unexpected end", exc_info=error)
        print(f"The program met an error of its own ({type(error).__name__}). Nothing is lost.", file=sys.stderr)
        return Exit.TASK_ENDED_BADLY


def _run(words: list[str]) -> int:
    namespace = build_parser(with_simulator="simulate" in words).parse_args(words)
    if namespace.command != "simulate":
        # A shell starts background jobs with Ctrl+C ignored; asyncio puts its handler over the default one only.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, _leave)
    return int(importlib.import_module(_MODULES[namespace.command]).run(namespace))


def _leave(_signal: int, frame: FrameType | None) -> None:
    """Treat a polite request to end like Ctrl+C: asyncio's own handler lets what is on the wire come to its end."""
    interrupt = signal.getsignal(signal.SIGINT)
    if not callable(interrupt):
        raise KeyboardInterrupt
    interrupt(signal.SIGINT, frame)


if __name__ == "__main__":
    sys.exit(main())
