"""The rows above the gallery, shown."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.filters import GalleryHeader


@pytest.fixture
def header(qtbot: QtBot) -> GalleryHeader:
    found = GalleryHeader()
    qtbot.addWidget(found)
    found.resize(800, 120)
    found.show()
    return found
