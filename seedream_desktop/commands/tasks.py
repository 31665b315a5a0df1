"""The `tasks` command: what is known of every task, answered even while another process works."""

from __future__ import annotations

from argparse import Namespace

from seedream_desktop.app.name_resolution import run_to_end
from seedream_desktop.app.options import Options
from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.commands.output import print_json, print_line, task_line
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.domain.task_object import task_object
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.store.opening import open_read_only


def run(arguments: Namespace) -> int:
    """Print the tasks, newest first; returns the exit code."""
    wanted = TaskState(arguments.state) if arguments.state else None
    try:
        tasks = run_to_end(_tasks(Options.from_namespace(arguments), wanted))
    except StorageError as error:
        raise CommandError(Exit.DATA_FOLDER, failure_sentence(error.failure)) from error
    if arguments.json:
        print_json([task_object(task) for task in tasks])
        return Exit.DONE
    for task in tasks:
        print_line(task_line(task))
    return Exit.DONE


async def _tasks(options: Options, wanted: TaskState | None) -> list[Task]:
    store = await open_read_only(options.data_dir)
    try:
        tasks = await store.tasks.newest(limit=1_000_000)
    finally:
        await store.close()
    return [task for task in tasks if wanted in (None, task.state)]
