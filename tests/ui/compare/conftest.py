"""The look of the program: what fits into a bar depends on it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.DARK)
