"""A window for the tests of its parts; a test file that needs more in it takes this one and adds that."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.main_window import MainWindow
from tests.ui.windows import new_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = new_window()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitExposed(window)
    yield window
    window.let_close()
