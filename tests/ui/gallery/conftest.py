"""A gallery on the screen, and the folder its thumbnails come from."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.gallery import Gallery
from tests.ui.gallery.samples import ThumbnailFolder, now


@pytest.fixture
def folder(tmp_path: Path) -> ThumbnailFolder:
    return ThumbnailFolder(tmp_path)


@pytest.fixture
def gallery(qtbot: QtBot, folder: ThumbnailFolder) -> Gallery:
    found = Gallery(folder.path_of, now)
    qtbot.addWidget(found)
    found.resize(770, 600)
    found.show()
    qtbot.waitExposed(found)
    return found
