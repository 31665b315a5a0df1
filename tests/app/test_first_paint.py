"""What comes behind the window waits until it is seen, but not for ever."""

from __future__ import annotations

import asyncio
import time

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.app.first_paint import FirstPaint
from seedream_desktop.app.loop import AppEventLoop


class Painted(QWidget):
    times = 0

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        self.times += 1


def test_it_waits_until_the_window_was_painted(qtbot: QtBot, qapp: QApplication) -> None:
    window = Painted()
    qtbot.addWidget(window)

    async def body() -> int:
        first = FirstPaint(window)
        window.show()
        await first.wait()
        return window.times

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        assert runner.run(body()) > 0


def test_a_window_that_nobody_sees_holds_nothing_up(qtbot: QtBot, qapp: QApplication) -> None:
    window = Painted()
    qtbot.addWidget(window)
    begin = time.monotonic()

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:

        async def body() -> None:
            await FirstPaint(window).wait()

        runner.run(body())

    assert time.monotonic() - begin < 5
