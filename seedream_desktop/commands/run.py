"""The `run` command: resume all unfinished work without a window, until nothing is due soon."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from typing import Final

from seedream_desktop.app.name_resolution import run_to_end
from seedream_desktop.app.options import Options
from seedream_desktop.app.program import Past, Program
from seedream_desktop.commands.exits import Exit
from seedream_desktop.commands.output import complain
from seedream_desktop.commands.session import opened
from seedream_desktop.sentences import copied_folder_sentence
from seedream_desktop.sentences.connection import connection_sentence

_LOOK_EVERY_S: Final = 0.05


def run(arguments: Namespace) -> int:
    """Work until idle; returns the exit code."""
    options = Options.from_namespace(arguments)
    return run_to_end(_run(options, arguments.timeout, sends_queued=arguments.send_queued))


async def _run(options: Options, timeout_s: float | None, *, sends_queued: bool) -> int:
    async with opened(options) as program:
        if program.past is Past.COPY and sends_queued:
            await program.send_held_orders()
        elif program.held_orders:
            complain(copied_folder_sentence())
        try:
            async with asyncio.timeout(timeout_s):
                return await _until_idle(program)
        except TimeoutError:
            complain("The time is up. The work goes on with the next start.")
            return Exit.TIMED_OUT


async def _until_idle(program: Program) -> int:
    """Without a key that works, bring what needs none before saying so."""
    engine = program.engine
    while True:
        if engine.is_idle() or engine.is_stopped_by_key():
            break
        await asyncio.sleep(_LOOK_EVERY_S)
    if not engine.gate.needs_key:
        return Exit.DONE
    complain(connection_sentence(engine.gate.connection))
    return Exit.KEY
