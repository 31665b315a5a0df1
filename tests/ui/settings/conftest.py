"""The settings are tested in the light theme."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme


@pytest.fixture(autouse=True, scope="module")
def _light(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT)
