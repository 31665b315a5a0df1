"""Pictures on a real disk a composer and a reference strip in a real window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.composer.reference_strip import ReferenceStrip


@pytest.fixture
def make_picture(tmp_path: Path) -> Callable[[str], str]:
    """Return a function that writes a small picture and returns its path."""

    def make(name: str) -> str:
        image = QImage(60, 40, QImage.Format.Format_RGB32)
        image.fill(QColor("teal"))
        path = tmp_path / name
        assert image.save(str(path))
        return str(path)

    return make


@pytest.fixture
def composer(qtbot: QtBot, qapp: QApplication) -> Composer:
    """Return a shown composer in the light theme."""
    theme.apply(qapp, Theme.LIGHT)
    widget = Composer()
    qtbot.addWidget(widget)
    widget.resize(340, 820)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget


@pytest.fixture
def strip(qtbot: QtBot, qapp: QApplication) -> ReferenceStrip:
    """Return a shown strip, as wide as in the composer."""
    theme.apply(qapp, Theme.LIGHT)
    widget = ReferenceStrip()
    qtbot.addWidget(widget)
    widget.resize(308, 500)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.activateWindow()
    return widget
