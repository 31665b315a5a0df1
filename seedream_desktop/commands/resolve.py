"""The `resolve` command: the user's decision about a task whose outcome is unknown; `run` then finishes the job."""

from __future__ import annotations

from argparse import Namespace
from datetime import timedelta

from seedream_desktop.app.name_resolution import run_to_end
from seedream_desktop.app.options import Options
from seedream_desktop.app.program import Program
from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.commands.output import complain, print_json
from seedream_desktop.commands.session import opened
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.domain.task_object import task_object
from seedream_desktop.engine.resolve import ResolutionRefusedError
from seedream_desktop.ports.errors import KeyRefusedError, ServiceError
from seedream_desktop.sentences import failure_sentence


def run(arguments: Namespace) -> int:
    """Carry the decision out; returns the exit code."""
    return run_to_end(_resolve(Options.from_namespace(arguments), arguments))


async def _resolve(options: Options, arguments: Namespace) -> int:
    async with opened(options, resumes=False) as program:
        try:
            task = await _decide(program, await _find(program, arguments.id), arguments)
        except ResolutionRefusedError as error:
            raise CommandError(Exit.BAD_ARGUMENTS, str(error)) from error
        except KeyRefusedError as error:
            raise CommandError(Exit.KEY, failure_sentence(error.failure)) from error
        except ServiceError as error:
            raise CommandError(Exit.TASK_ENDED_BADLY, failure_sentence(error.failure)) from error
        print_json(task_object(task))
        return Exit.DONE


async def _find(program: Program, beginning: str) -> TaskId:
    if not beginning:
        raise CommandError(Exit.BAD_ARGUMENTS, "Give the id of a task, or its beginning.")
    tasks = await program.store.tasks.newest(limit=1_000_000)
    found = [task.id for task in tasks if task.id.startswith(beginning)]
    if len(found) != 1:
        how_many = "no task" if not found else "more than one task"
        raise CommandError(Exit.BAD_ARGUMENTS, f"There is {how_many} whose id begins with {beginning!r}.")
    return found[0]


async def _decide(program: Program, task_id: TaskId, arguments: Namespace) -> Task:
    resolver = program.engine.resolver
    if arguments.link is not None:
        return await resolver.link(task_id, arguments.link, _doubt)
    if arguments.resend:
        return await resolver.send_again(task_id)
    return await resolver.write_off(task_id)


def _doubt(apart: timedelta) -> None:
    """Warn of a task that the service made at another time than the order was sent."""
    when = f"{_span(abs(apart))} {'before' if apart < timedelta() else 'after'}"
    complain(
        f"Linked. But the service made this task {when} the order was sent: look whether these are the right pictures, "
        "and whether the clock of this computer is right."
    )


def _span(apart: timedelta) -> str:
    minutes = round(apart.total_seconds() / 60)
    for name, size in (("days", 24 * 60), ("hours", 60)):
        if minutes >= 2 * size:
            return f"{minutes // size} {name}"
    return f"{minutes} minutes"
