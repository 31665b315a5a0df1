from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import AspectRatio
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.inspector import Inspector
from tests.ui.gallery.samples import ThumbnailFolder, stored, task

HINT = "Choose a picture to see its size, its cost and its prompt here."


@pytest.fixture
def folder(tmp_path: Path) -> ThumbnailFolder:
    return ThumbnailFolder(tmp_path)


@pytest.fixture
def inspector(qtbot: QtBot, folder: ThumbnailFolder) -> Inspector:
    found = Inspector(folder.path_of)
    qtbot.addWidget(found)
    found.resize(272, 800)
    found.show()
    return found


def seen(inspector: Inspector) -> list[str]:
    return [label.text() for label in inspector.findChildren(Label) if label.isVisible()]


def button(inspector: Inspector, name: str) -> QPushButton:
    found = inspector.findChild(QPushButton, name)
    assert isinstance(found, QPushButton)
    return found


def test_with_nothing_chosen_it_says_what_it_is_for(inspector: Inspector) -> None:
    assert seen(inspector) == [HINT]


def test_it_shows_the_facts_of_the_chosen_picture(inspector: Inspector) -> None:
    found = task("a red fox", count=4)
    inspector.show_picture(found, found.pictures[1])

    assert {"2048 × 2048 as asked", "1:1 · 2K", "JPEG 2.4 MB", "31 s · $0.04", "a red fox"} <= set(seen(inspector))
    assert button(inspector, "show_in_folder").text() == "Pictures/Seedream"


def test_a_picture_of_another_size_says_what_was_asked(inspector: Inspector) -> None:
    odd = stored(1, size=PixelSize(2000, 2048))
    inspector.show_picture(task("fox", pictures=(odd,)), odd)

    assert "2000 × 2048, asked 2048 × 2048" in seen(inspector)


def test_a_shape_left_to_the_model_is_just_named(inspector: Inspector) -> None:
    found = task("fox", ratio=None)
    inspector.show_picture(found, found.pictures[0])

    assert {"2048 × 2048", "2K"} <= set(seen(inspector))


def test_cleared_it_shows_the_hint_again_and_asks_for_nothing(qtbot: QtBot, inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0])
    inspector.clear()
    with qtbot.assertNotEmitted(inspector.action_requested):
        button(inspector, "reuse_settings").click()

    assert seen(inspector) == [HINT]


@pytest.mark.parametrize(
    ("name", "action"),
    [("reuse_settings", "reuse"), ("use_as_reference", "reference"), ("show_in_folder", "folder")],
)
def test_its_buttons_tell_what_is_wanted(qtbot: QtBot, inspector: Inspector, name: str, action: str) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0])
    with qtbot.waitSignal(inspector.action_requested) as asked:
        button(inspector, name).click()

    assert asked.args == [found, action]


def test_copy_puts_the_whole_prompt_on_the_clipboard(inspector: Inspector) -> None:
    found = task("a <b>red</b> fox & friends")
    inspector.show_picture(found, found.pictures[0])
    button(inspector, "copy_prompt").click()

    assert QGuiApplication.clipboard().text() == "a <b>red</b> fox & friends"


def test_the_longest_prompt_makes_the_panel_no_wider(inspector: Inspector) -> None:
    found = task("x" * 5000)
    inspector.show_picture(found, found.pictures[0])

    assert inspector.width() == 272


def test_the_preview_is_drawn_in_the_shape_of_the_picture(
    qtbot: QtBot, inspector: Inspector, folder: ThumbnailFolder
) -> None:
    found = task("fox", ratio=AspectRatio.SQUARE, count=1)
    folder.make(found.pictures[0], "red")
    inspector.show_picture(found, found.pictures[0])

    qtbot.waitUntil(lambda: inspector.grab().toImage().pixelColor(136, 100).red() > 240)
