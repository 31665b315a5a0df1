"""The arguments of every command; the common ones may stand before or after the command's name."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from typing import Final, NoReturn

from seedream_desktop import __version__
from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.domain.request import MAX_COUNT, AspectRatio, Provider, Resolution
from seedream_desktop.domain.task import TaskState

_LOG_LEVELS: Final = ("debug", "info", "warning", "error")
_EXPORT_FORMATS: Final = ("original", "png", "jpeg", "webp")


class _Parser(argparse.ArgumentParser):
    """Answers mistakes with one plain sentence."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(Exit.BAD_ARGUMENTS, f"{message[:1].upper()}{message[1:]}. See {self.prog} --help.")


def build_parser(*, with_simulator: bool) -> argparse.ArgumentParser:
    """Return the parser of the whole command line; the simulator's options cost an import of their own."""
    parser = _Parser(
        prog="seedream-desktop",
        description="Make pictures with the Seedream 4.5 image model. Without a command, the window opens.",
        parents=[_common(os.environ)],
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    later = _common({})
    _add_generate(commands.add_parser("generate", parents=[later], help="one task from submit to files"))
    _add_tasks(commands.add_parser("tasks", parents=[later], help="list the tasks"))
    _add_run(commands.add_parser("run", parents=[later], help="resume all unfinished work until nothing is due"))
    _add_resolve(commands.add_parser("resolve", parents=[later], help="decide about a task whose outcome is unknown"))
    _add_doctor(commands.add_parser("doctor", parents=[later], help="tell what works on this machine"))
    simulate = commands.add_parser("simulate", parents=[later], help="run the simulator of the service alone")
    if with_simulator:
        _add_simulate(simulate)
    _add_export(commands.add_parser("export", parents=[later], help="comes with a later version"))
    return parser


def _common(environment: Mapping[str, str]) -> _Parser:
    """Return the common options; their defaults come from the first place they may stand only."""
    is_first = bool(environment)

    def default(variable: str, otherwise: object = None) -> object:
        return environment.get(variable, otherwise) if is_first else argparse.SUPPRESS

    parser = _Parser(add_help=False)
    common = parser.add_argument_group("common options")
    common.add_argument(
        "--demo",
        action="store_true",
        default=default("", otherwise=False),
        help="use the simulator: no key needed, nothing is billed",
    )
    common.add_argument("--base-url", metavar="URL", default=default("SEEDREAM_BASE_URL"), help="the service's address")
    common.add_argument(
        "--data-dir", metavar="DIR", default=default("SEEDREAM_DATA_DIR"), help="the program's own data"
    )
    common.add_argument(
        "--library", metavar="DIR", default=default("SEEDREAM_LIBRARY"), help="where finished pictures are saved"
    )
    common.add_argument(
        "--time-scale",
        metavar="X",
        type=_positive,
        default=default("SEEDREAM_TIME_SCALE", "1"),
        help="multiply every wait, for tests",
    )
    common.add_argument("--lang", metavar="CODE", default=default(""), help="the language, such as en, pl or ru")
    common.add_argument("--log-level", choices=_LOG_LEVELS, default=default("", "info"), help="how much is logged")
    return parser


def _add_generate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("prompt", nargs="?", metavar="PROMPT", help="what the picture should show")
    parser.add_argument(
        "--reference", metavar="FILE_OR_URL", action="append", default=[], help="a reference image; up to 14 times"
    )
    parser.add_argument("--resolution", choices=[r.value for r in Resolution], default=Resolution.TWO_K.value)
    parser.add_argument(
        "--aspect-ratio",
        metavar="R",
        choices=["auto", *(r.value for r in AspectRatio)],
        default="auto",
        help="auto (the model chooses), " + ", ".join(r.value for r in AspectRatio),
    )
    parser.add_argument("--count", metavar="N", type=_whole, default=1, help=f"1 to {MAX_COUNT} images")
    parser.add_argument("--sequence", action="store_true", help="a connected set of images")
    parser.add_argument("--provider", choices=[p.value for p in Provider], default=Provider.AUTO.value)
    parser.add_argument("--callback-url", metavar="URL", help="tell this address when the task ends")
    parser.add_argument("--from", metavar="FILE", dest="from_file", help="many tasks: a prompt a line, or JSON lines")
    parser.add_argument("--no-wait", action="store_true", help="end when the service has taken or refused the order")
    _add_timeout(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line; the last one is the task")


def _add_tasks(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="a list of task objects")
    parser.add_argument("--state", choices=[state.value for state in TaskState], help="only the tasks in this state")


def _add_run(parser: argparse.ArgumentParser) -> None:
    _add_timeout(parser)
    parser.add_argument(
        "--send-queued", action="store_true", help="in a copied data folder: send what was queued before it was copied"
    )


def _add_resolve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the task's id, or its beginning")
    decision = parser.add_mutually_exclusive_group(required=True)
    decision.add_argument("--link", metavar="TASK_ID", help="the service's task id, found elsewhere; it is checked")
    decision.add_argument("--resend", action="store_true", help="send again; this may be charged twice")
    decision.add_argument("--write-off", action="store_true", help="give the order up; it stays in the sums")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", metavar="ID", nargs="*", help="the ids of tasks, or their beginnings")
    parser.add_argument("--to", metavar="DIR", help="the folder to write to")
    parser.add_argument("--format", choices=_EXPORT_FORMATS, default="original", help="the format of the files")
    parser.add_argument("--template", metavar="T", help="how the files are named")
    recipe = parser.add_mutually_exclusive_group()
    recipe.add_argument("--clean", action="store_true", help="without a word about how the picture was made")
    recipe.add_argument("--keep-recipe", action="store_true", help="with prompt and settings inside")


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _add_simulate(parser: argparse.ArgumentParser) -> None:
    from seedream_desktop.simulator.command import add_arguments

    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add_arguments(parser)


def _add_timeout(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--timeout", metavar="SECONDS", type=_positive, help="end after this time; work goes on later")


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number above 0")
    return number


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number") from None
