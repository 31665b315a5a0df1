"""The window begins to look through a large database before it is built, and opens it on the look's word."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from seedream_desktop.app.loop import AppEventLoop
from seedream_desktop.app.window import WindowRun
from seedream_desktop.store.early_look import EarlyLook
from seedream_desktop.system.scrubber import Scrubber
from tests.app.demo import demo_options
from tests.store.samples import opened


class Noting(EarlyLook):
    """Tells when the database was opened, and on what word."""

    def __init__(self, database: Path) -> None:
        self.told: list[bool] = []
        self.is_asked = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        super().__init__(database)
        self._thread.join()

    def found_all_well(self, connection: sqlite3.Connection) -> bool:
        self.told.append(super().found_all_well(connection))
        self._loop.call_soon_threadsafe(self.is_asked.set)
        return self.told[-1]


@pytest.mark.timeout(60)
def test_the_window_opens_the_database_on_the_look_s_word(qapp: QApplication, tmp_path: Path) -> None:
    qapp.setQuitOnLastWindowClosed(False)
    options = demo_options(tmp_path)

    async def body() -> tuple[int, list[bool]]:
        async with opened(options.data_dir):
            pass
        look = Noting(options.data_dir / "seedream.db")
        run = WindowRun(options, Scrubber(), look)
        window_over = asyncio.ensure_future(run.main())
        await look.is_asked.wait()
        run._stop.set()
        return await window_over, look.told

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        assert runner.run(body()) == (0, [True])


def test_the_look_begins_before_the_window_is_built(tmp_path: Path) -> None:
    program = (
        "import sys; import seedream_desktop.app.window as window\n"
        "from seedream_desktop.commands.arguments import build_parser\n"
        "class Look:\n"
        "    begin = staticmethod(lambda database: print('look', database.name))\n"
        "window.EarlyLook = Look\n"
        "window._run_loop = lambda app, main: print('build')\n"
        "window.run(build_parser(with_simulator=False).parse_args(['--data-dir', sys.argv[1]]))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60
    )

    assert ended.stdout.split("\n")[:2] == ["look seedream.db", "build"]


def test_what_the_look_needs_is_imported_for_a_large_database_only() -> None:
    program = (
        "import sys, seedream_desktop.app.window;"
        "print([name for name in ('database', 'inspection') if f'seedream_desktop.store.{name}' in sys.modules])"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "[]"
