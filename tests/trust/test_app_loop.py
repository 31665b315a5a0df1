"""What the program relies on in its event loop, property by property; qasync alone has none of them."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from seedream_desktop.app.loop import AppEventLoop

LIMIT_S = 20.0


def on_the_loop(app: QApplication, main: Callable[[], Awaitable[None]], limit_s: float = LIMIT_S) -> None:
    """Run *main* to its end on the program's own loop; what a callback raised fails the test."""
    app.setQuitOnLastWindowClosed(False)  # as the program does
    troubles: list[dict[str, object]] = []

    async def body() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, context: troubles.append(context))
        async with asyncio.timeout(limit_s):
            await main()

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(app)) as runner:
        loop = runner.get_loop()
        assert isinstance(loop, AppEventLoop)
        runner.run(body())
    # The program ends with its loop; a test goes on, and would hear the timers that were never due.
    Shiboken.delete(loop._timer)
    assert troubles == []


def nested(seconds: float) -> None:
    """Run a Qt loop of its own right here, as a dialog's exec() does."""
    inner = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), inner.quit)
    inner.exec()  # what the program never does; Qt and its file dialogs may


class Ticker:
    """A coroutine that counts, as every poller of the engine does in its way."""

    def __init__(self) -> None:
        self.ticks = 0

    async def run(self) -> None:
        while True:
            await asyncio.sleep(0.01)
            self.ticks += 1


def test_no_timer_is_early(qapp: QApplication) -> None:
    late_s: list[float] = []

    async def main() -> None:
        loop = asyncio.get_running_loop()
        done = asyncio.Event()
        wanted = [0.0005 + number * 0.0071 for number in range(60)]

        def note(due_s: float) -> None:
            late_s.append(loop.time() - due_s)
            if len(late_s) == len(wanted):
                done.set()

        for delay_s in wanted:
            loop.call_at(loop.time() + delay_s, note, loop.time() + delay_s)
        await done.wait()

    on_the_loop(qapp, main)

    assert min(late_s) > -0.001
    assert sorted(late_s)[len(late_s) // 2] < 0.05


def test_a_sleep_is_as_long_as_it_was_asked_for(qapp: QApplication) -> None:
    took_s: list[float] = []

    async def main() -> None:
        for _ in range(5):
            started_s = time.monotonic()
            await asyncio.sleep(0.2)
            took_s.append(time.monotonic() - started_s)

    on_the_loop(qapp, main)

    assert min(took_s) >= 0.199
    assert min(took_s) < 0.21  # a coarse timer is off by a twentieth in either direction


def test_a_nested_qt_loop_in_a_step_stops_no_other_coroutine(qapp: QApplication) -> None:
    ticker = Ticker()
    during = after = 0

    async def main() -> None:
        nonlocal during, after
        ticking = asyncio.ensure_future(ticker.run())
        await asyncio.sleep(0.05)
        before = ticker.ticks
        nested(0.5)
        during = ticker.ticks - before
        await asyncio.sleep(0.3)
        after = ticker.ticks - before - during
        ticking.cancel()

    on_the_loop(qapp, main)

    assert during > 10
    assert after > 5


def test_a_step_knows_its_own_task_again_after_a_nested_loop(qapp: QApplication) -> None:
    async def main() -> None:
        task = asyncio.current_task()
        others = [asyncio.ensure_future(Ticker().run()) for _ in range(3)]
        nested(0.1)
        assert asyncio.current_task() is task
        async with asyncio.timeout(5):
            await asyncio.sleep(0.01)
        for other in others:
            other.cancel()

    on_the_loop(qapp, main)


def test_loops_nested_in_one_another_do_no_harm(qapp: QApplication) -> None:
    ticker = Ticker()

    async def opens_another() -> None:
        nested(0.2)

    async def main() -> None:
        ticking = asyncio.ensure_future(ticker.run())
        inner = asyncio.ensure_future(opens_another())
        nested(0.4)
        await inner
        before = ticker.ticks
        await asyncio.sleep(0.2)
        assert ticker.ticks > before
        ticking.cancel()

    on_the_loop(qapp, main)


def test_a_dialog_run_by_exec_from_a_coroutine_is_harmless(qapp: QApplication) -> None:
    ticker = Ticker()

    async def main() -> None:
        ticking = asyncio.ensure_future(ticker.run())
        await asyncio.sleep(0.05)
        dialog = QDialog()
        before = ticker.ticks
        QTimer.singleShot(300, dialog.accept)
        dialog.exec()  # on purpose: what is tested is that even this does no harm
        assert ticker.ticks > before + 5
        before = ticker.ticks
        await asyncio.sleep(0.2)
        assert ticker.ticks > before
        ticking.cancel()

    on_the_loop(qapp, main)


def test_closing_does_not_wait_for_a_thread(qapp: QApplication) -> None:
    begun, end = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        end.wait(10)

    async def main() -> None:
        waiting = asyncio.ensure_future(asyncio.to_thread(work))
        while not begun.is_set():
            await asyncio.sleep(0.01)
        waiting.cancel()

    started_s = time.monotonic()
    try:
        on_the_loop(qapp, main)
        took_s = time.monotonic() - started_s
    finally:
        end.set()

    assert took_s < 3


def test_a_timer_that_falls_due_after_the_end_says_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_later(0.02, lambda: None)

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        runner.run(main())

    with qtbot.captureExceptions() as caught:
        qtbot.wait(100)
    assert caught == []


def test_threads_answer_and_raise_as_usual(qapp: QApplication) -> None:
    def fail() -> None:
        raise LookupError

    async def main() -> None:
        assert await asyncio.to_thread(lambda: 7) == 7
        with pytest.raises(LookupError):
            await asyncio.to_thread(fail)
        assert await asyncio.gather(*(asyncio.to_thread(str, n) for n in range(40))) == [str(n) for n in range(40)]

    on_the_loop(qapp, main)


def test_a_deadline_strikes_in_time(qapp: QApplication) -> None:
    async def main() -> None:
        started_s = time.monotonic()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await asyncio.Event().wait()
        assert 0.099 <= time.monotonic() - started_s < 2

    on_the_loop(qapp, main)
