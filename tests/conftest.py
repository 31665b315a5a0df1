"""What every test needs: no display, no keychain of the user's, nothing of the user's environment."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

_OURS = ("SEEDREAM_API_KEY", "SEEDREAM_BASE_URL", "SEEDREAM_DATA_DIR", "SEEDREAM_LIBRARY", "SEEDREAM_TIME_SCALE")


# A look through everything takes longer than most tests.
_YOUNG_COLLECTIONS_BETWEEN_FULL = 100


def pytest_sessionstart() -> None:
    """Collect garbage between tests only: in the middle of a call into Qt it can wait for a lock of that very call."""
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """Take down what the test left behind."""
    gc.collect(2 if gc.get_count()[2] > _YOUNG_COLLECTIONS_BETWEEN_FULL else 1)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*_OURS, "SEEDREAM_CRASH_AT", "SEEDREAM_TESTING"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The program's own kind of application."""
    from seedream_desktop.app.stopping import Application

    return Application


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Spell out what is no text in the captured log: a report has to pass between processes as UTF-8."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report


def pytest_sessionfinish() -> None:
    """Empty the clipboard: Qt's plugin without a display keeps it in a static, which is gone only after Python is.

    What Python made is then destroyed without an interpreter, which ends in a segmentation fault. The plugins for
    real desktops give it up with the QApplication, so the program itself has nothing to do.
    """
    gui = sys.modules.get("PySide6.QtGui")
    if gui is not None and gui.QGuiApplication.instance() is not None:
        gui.QGuiApplication.clipboard().clear()
