"""The program with its window: on the screen first, then everything behind it, then an orderly end."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from seedream_desktop.app.first_paint import FirstPaint
from seedream_desktop.app.garbage import Garbage
from seedream_desktop.app.key import KeyRing, keychain_for
from seedream_desktop.app.loading import NEXT, load_aside, load_in_steps, modules_in
from seedream_desktop.app.loop import AppEventLoop
from seedream_desktop.app.options import Options
from seedream_desktop.app.stopping import Application, Signals
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.store.early_look import EarlyLook
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.settings_file import SettingsFile
from seedream_desktop.system.holder import is_held
from seedream_desktop.system.logs import Logs
from seedream_desktop.system.memory import give_back_large_pieces
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.turns import take_short_turns
from seedream_desktop.ui import actions, theme
from seedream_desktop.ui.main_window import MainWindow

if TYPE_CHECKING:
    from seedream_desktop.app.program import Program

log = logging.getLogger(__name__)

_DATA_FOLDER: Final = 5


def run(arguments: Namespace) -> int:
    """Open the window and return the exit code when it has closed."""
    give_back_large_pieces()
    take_short_turns()
    options = Options.from_namespace(arguments)
    app = Application.instance() or Application(sys.argv[:1])
    assert isinstance(app, Application)  # noqa: S101 - nobody makes another kind
    app.setApplicationName("Seedream Desktop")
    app.setDesktopFileName("seedream-desktop")
    app.setQuitOnLastWindowClosed(False)
    if is_held(options.data_dir) and _raise_first(options):
        return 0
    layout = Layout(options.data_dir)
    early_look = EarlyLook.begin(layout.database)
    theme.apply(app, SettingsFile(layout.settings).load().theme)
    scrubber = Scrubber()
    level = logging.getLevelNamesMapping()[options.log_level.upper()]
    with closing(Logs(options.data_dir, scrubber).start(level)):
        return _run_loop(app, lambda: WindowRun(options, scrubber, early_look).main())


def _raise_first(options: Options) -> bool:
    from seedream_desktop.app.single import raise_first

    return raise_first(options.data_dir)


def _run_loop(app: QApplication, main: Callable[[], Awaitable[int]]) -> int:
    async def body() -> int:
        return await main()

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(app)) as runner:
        return runner.run(body())


class WindowRun:
    """One run of the window, from the first paint to the last write."""

    def __init__(self, options: Options, scrubber: Scrubber, early_look: EarlyLook | None = None) -> None:
        self._options = options
        self._early_look = early_look
        self._key = KeyRing(scrubber, keychain_for(options))
        layout = Layout(options.data_dir)
        self._places = QSettings(str(options.data_dir / "window.ini"), QSettings.Format.IniFormat)
        self._stop = asyncio.Event()
        self._has_key = False
        self._early_orders: list[GenerationRequest] = []
        with theme.built_bare():
            self._window = MainWindow(layout.thumbnail, lambda: datetime.now(UTC))
        self._window.composer.requested.connect(self._note_early_order)

    async def main(self) -> int:
        """Show the window, run the program behind it until it closes, and return the exit code."""
        app = QApplication.instance()
        assert isinstance(app, Application)  # noqa: S101 - made by run()
        with app.asking(self._stop.set), closing(Signals(self._stop.set)), closing(Garbage()):
            self._window.closing.connect(self._stop.set)
            self._window.restore(self._places)
            first_paint = FirstPaint(self._window)
            self._window.show()
            self._window.composer.focus_prompt()
            try:
                await first_paint.wait()
                return await self._serve()
            finally:
                self._window.remember(self._places)
                self._window.let_close()

    async def _serve(self) -> int:
        await load_aside("seedream_desktop.app.program")
        from seedream_desktop.api.addresses import BadAddressError
        from seedream_desktop.app.program import running_program
        from seedream_desktop.app.simulator import SimulatorError
        from seedream_desktop.ports.errors import StorageError
        from seedream_desktop.sentences import failure_sentence
        from seedream_desktop.system.instance import DataFolderInUseError
        from seedream_desktop.system.secret import BadKeyError

        try:
            self._has_key = self._key.take_from_environment()
            running = running_program(self._options, self._key, asks_after_crash=True, early_look=self._early_look)
            async with running as program:
                return await self._live(program)
        except StorageError as error:
            return await self._cannot_start(failure_sentence(error.failure))
        except DataFolderInUseError as error:
            return 0 if _raise_first(self._options) else await self._cannot_start(str(error))
        except (SimulatorError, BadAddressError, BadKeyError) as error:
            return await self._cannot_start(str(error))

    async def _cannot_start(self, sentence: str) -> int:
        """Say why in the window itself, and wait until it is closed."""
        print(sentence, file=sys.stderr)  # noqa: T201 - whoever started it from a terminal looks there
        self._window.show_trouble(sentence)
        await self._stop.wait()
        return _DATA_FOLDER

    async def _live(self, program: Program) -> int:
        await load_in_steps(modules_in(actions))
        from seedream_desktop.app.attachment import Attachment
        from seedream_desktop.app.single import RaiseRequests

        attachment = Attachment(self._window, program)
        with closing(RaiseRequests(self._options.data_dir, self._raise)):
            try:
                await attachment.attach()
                self._pass_on_early_orders()
                # What is here now stays until the end; looking through it for cycles takes longer than a frame.
                gc.freeze()
                if not self._has_key and not self._options.is_demo:
                    await self._key.take_from_keychain()
                    attachment.key_known()
                await load_in_steps(NEXT)
                await self._stop.wait()
            finally:
                await attachment.detach()
        return 0

    def _note_early_order(self, request: GenerationRequest) -> None:
        self._early_orders.append(request)

    def _pass_on_early_orders(self) -> None:
        """Send what was ordered while the program behind the window was still starting."""
        requested = self._window.composer.requested
        requested.disconnect(self._note_early_order)
        for request in self._early_orders:
            requested.emit(request)

    def _raise(self) -> None:
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
