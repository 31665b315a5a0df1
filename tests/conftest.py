"""What every test needs: no display, no keychain of the user's, nothing of the user's environment."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")

_OURS = ("SEEDREAM_API_KEY", "SEEDREAM_BASE_URL", "SEEDREAM_DATA_DIR", "SEEDREAM_LIBRARY", "SEEDREAM_TIME_SCALE")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*_OURS, "SEEDREAM_CRASH_AT", "SEEDREAM_TESTING"):
        monkeypatch.delenv(name, raising=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Spell out what is no text in the captured log: a report has to pass between processes as UTF-8."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report
