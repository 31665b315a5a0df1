"""A dialog that is left open holds up nothing: the tasks behind it are asked for meanwhile and after."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from seedream_desktop.app.attachment import Attachment
from seedream_desktop.app.key import KeyRing
from seedream_desktop.app.options import Options
from seedream_desktop.app.program import Program, running_program
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.store.layout import Layout
from seedream_desktop.system.keychain import Keychain
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.secret import Secret
from seedream_desktop.ui.main_window import MainWindow
from seedream_desktop.ui.settings_dialog import SettingsDialog
from seedream_desktop.ui.unknown_dialog import UnknownDialog
from tests.simulators import SimulatorProcess
from tests.trust.test_app_loop import nested, on_the_loop

SCALE = 0.05
POLL_EVERY_S = 3 * SCALE
LEFT_OPEN_S = 5 * POLL_EVERY_S
"""Room for three polls and the noise of a busy machine."""
POLLS = 3


@dataclass
class Desk:
    """The window with the program behind it and one task that is being asked for."""

    window: MainWindow
    program: Program
    simulator: SimulatorProcess
    task: Task

    @property
    def calls(self) -> int:
        """How many calls the service has seen."""
        return int(self.simulator.ledger()["requests_last_minute"])

    async def polled(self) -> None:
        """Wait until the task was asked for again a few times; raises TimeoutError."""
        wanted = self.calls + POLLS
        async with asyncio.timeout(10):
            while self.calls < wanted:
                await asyncio.sleep(POLL_EVERY_S / 4)

    async def open_dialog(self, kind: type[QDialog]) -> QDialog:
        """Return the dialog of this kind as soon as it is shown."""
        async with asyncio.timeout(10):
            while True:
                shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
                if shown:
                    return shown[0]
                await asyncio.sleep(0.01)


@pytest.fixture
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(speed=50, options=["--plain-pictures"]) as running:
        yield running


@pytest.fixture
def at_a_desk(
    qapp: QApplication, simulator: SimulatorProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[[Desk], Awaitable[None]]], None]:
    """Return what runs a test's story on the program's loop, with the window open and a task on its way."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

    def run(story: Callable[[Desk], Awaitable[None]]) -> None:
        async def main() -> None:
            async with _desk(simulator, tmp_path) as desk:
                await story(desk)

        on_the_loop(qapp, main)

    return run


@asynccontextmanager
async def _desk(simulator: SimulatorProcess, folder: Path) -> AsyncIterator[Desk]:
    options = Options(
        is_demo=False,
        base_url=simulator.url,
        data_dir=folder / "data",
        library=folder / "library",
        time_scale=SCALE,
        language=None,
        log_level="info",
    )
    key = KeyRing(Scrubber(), Keychain(account="a test's"))
    key.use(Secret("a-good-key"))
    window = MainWindow(Layout(options.data_dir).thumbnail, lambda: datetime.now(UTC))
    window.show()
    async with running_program(options, key) as program:
        attachment = Attachment(window, program)
        await attachment.attach()
        try:
            task = await _until(program, "[stuck] patience", TaskState.PROCESSING)
            desk = Desk(window, program, simulator, task)
            await desk.polled()
            yield desk
        finally:
            await attachment.detach()
    window.let_close()
    window.deleteLater()


async def _until(program: Program, prompt: str, state: TaskState) -> Task:
    task: Task | None = await program.engine.submit(GenerationRequest(prompt))
    async with asyncio.timeout(10):
        while task is not None and task.state is not state:
            await asyncio.sleep(0.02)
            task = await program.store.tasks.get(task.id)
    assert task is not None
    return task


async def _left_open(desk: Desk, dialog: QDialog) -> None:
    """Leave *dialog* open for some polls and close it; the polls go on meanwhile and after."""
    before = desk.calls
    await asyncio.sleep(LEFT_OPEN_S)
    await desk.polled()
    assert desk.calls - before >= POLLS
    assert dialog.isVisible()
    dialog.reject()
    await desk.polled()


AtADesk = Callable[[Callable[[Desk], Awaitable[None]]], None]


def test_polling_goes_on_behind_the_settings(at_a_desk: AtADesk) -> None:
    async def story(desk: Desk) -> None:
        desk.window.settings_requested.emit()
        await _left_open(desk, await desk.open_dialog(SettingsDialog))

    at_a_desk(story)


def test_polling_goes_on_behind_a_file_dialog_over_the_settings(at_a_desk: AtADesk) -> None:
    async def story(desk: Desk) -> None:
        desk.window.settings_requested.emit()
        settings = await desk.open_dialog(SettingsDialog)
        choose = settings.findChild(QPushButton, "choose_library_folder")
        assert isinstance(choose, QPushButton)
        choose.click()
        await _left_open(desk, await desk.open_dialog(QFileDialog))
        settings.reject()
        await desk.polled()

    at_a_desk(story)


def test_polling_goes_on_behind_the_question_about_a_lost_order(at_a_desk: AtADesk) -> None:
    async def story(desk: Desk) -> None:
        lost = await _until(desk.program, "[drop-after-body] lost", TaskState.UNKNOWN)
        desk.window.action_requested.emit(lost, "decide")
        await _left_open(desk, await desk.open_dialog(UnknownDialog))
        still = await desk.program.store.tasks.get(lost.id)
        assert still is not None
        assert still.state is TaskState.UNKNOWN

    at_a_desk(story)


def test_polling_goes_on_behind_a_dialog_that_runs_a_loop_of_its_own(at_a_desk: AtADesk) -> None:
    async def story(desk: Desk) -> None:
        dialog = QFileDialog(desk.window)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        QTimer.singleShot(round(LEFT_OPEN_S * 2000), dialog.reject)
        before = desk.calls
        dialog.exec()  # on purpose: it stands for a dialog of the system's that runs a loop of its own
        assert desk.calls - before >= POLLS
        await desk.polled()

    at_a_desk(story)


def test_an_order_is_seen_through_while_a_qt_loop_runs_in_a_step(at_a_desk: AtADesk) -> None:
    async def story(desk: Desk) -> None:
        task = await desk.program.engine.submit(GenerationRequest("done behind a nested loop"))
        for _ in range(20):
            nested(0.5)
            await asyncio.sleep(0)
            ended = await desk.program.store.tasks.get(task.id)
            if ended is not None and ended.state is TaskState.DONE:
                return
        pytest.fail(f"not done: {ended}")

    at_a_desk(story)
