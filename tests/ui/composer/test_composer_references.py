from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QListView,
)
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.ui.composer.composer import Composer
from tests.ui.composer.parts import (
    WHOLE,
    button_named,
    control_named,
    drop_on,
    generate_of,
    orders_of,
    prompt_of,
    sentences_of,
)


def test_text_mode_greys_the_references_and_sends_without_them(composer: Composer, qtbot: QtBot) -> None:
    sent = orders_of(composer)
    composer.set_request(WHOLE)
    button_named(composer, "Text to image").click()

    assert not control_named(composer, "References").isEnabled()
    assert not control_named(composer, "Add references").isEnabled()
    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)
    assert sent[0].references == ()
    assert sent[0].mode is Mode.TEXT_TO_IMAGE
    assert composer.draft().references == WHOLE.references
    button_named(composer, "Image to image").click()
    assert composer.request().references == WHOLE.references


def test_dropped_pictures_switch_to_image_mode_in_their_order(
    composer: Composer, make_picture: Callable[[str], str]
) -> None:
    paths = [make_picture("b.jpg"), make_picture("a.png")]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])

    event = drop_on(composer, mime)

    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert composer.request().mode is Mode.IMAGE_TO_IMAGE
    assert [reference.source for reference in composer.request().references] == paths


def test_a_text_file_is_refused_by_name_and_the_rest_is_kept(
    composer: Composer, make_picture: Callable[[str], str], tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("buy milk")
    refused: list[str] = []
    composer.references_refused.connect(refused.append)

    composer.add_references([str(notes), make_picture("fox.jpg")])

    assert refused == ["notes.txt is not a picture the model can use: JPEG, PNG or WebP."]
    assert refused[0] in sentences_of(composer)
    assert [reference.name for reference in composer.request().references] == ["fox.jpg"]


def test_a_drop_that_is_refused_whole_changes_no_mode(composer: Composer, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("buy milk")

    composer.add_references([str(notes)])

    assert composer.request().mode is Mode.TEXT_TO_IMAGE
    assert len(sentences_of(composer)) == 1


def test_of_fifteen_references_the_first_fourteen_are_taken(composer: Composer) -> None:
    composer.add_references([f"https://example.com/{number}.png" for number in range(1, 17)])

    assert len(composer.request().references) == 14
    [sentence] = sentences_of(composer)
    assert "15.png" in sentence
    assert "14" in sentence
    assert not control_named(composer, "Add references").isEnabled()


def test_pictures_pasted_into_the_prompt_become_references(
    composer: Composer, make_picture: Callable[[str], str]
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(make_picture("fox.jpg"))])

    prompt_of(composer).insertFromMimeData(mime)

    assert composer.request().prompt == ""
    assert [reference.name for reference in composer.request().references] == ["fox.jpg"]


def test_a_pasted_bitmap_is_handed_over_to_be_stored(composer: Composer, qtbot: QtBot) -> None:
    image = QImage(9, 5, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(image)

    with qtbot.waitSignal(composer.bitmap_received) as received:
        QTest.keyClick(button_named(composer, "16:9"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert received.args[0].width() == 9


def test_a_link_pasted_on_the_references_is_taken(composer: Composer, qtbot: QtBot) -> None:
    composer.set_request(WHOLE)
    QGuiApplication.clipboard().setText("https://example.com/dunes.webp")

    QTest.keyClick(control_named(composer, "References"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert [reference.name for reference in composer.request().references] == ["fox.png", "dunes.webp"]


def test_pasting_words_as_a_reference_says_that_it_cannot_be(composer: Composer, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("just words")

    control_named(composer, "Paste reference").setFocus()
    QTest.keyClick(control_named(composer, "Paste reference"), Qt.Key.Key_Space)

    assert len(sentences_of(composer)) == 1
    assert composer.request().references == ()


def test_delete_removes_and_alt_arrows_move_a_reference(composer: Composer, qtbot: QtBot) -> None:
    composer.add_references([f"https://example.com/{name}.png" for name in "abc"])
    view = control_named(composer, "References")
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert [reference.name[0] for reference in composer.request().references] == ["b", "a", "c"]

    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert [reference.name[0] for reference in composer.request().references] == ["b", "c"]


def test_the_mouse_removes_by_the_sign_and_moves_by_dragging(composer: Composer, qtbot: QtBot) -> None:
    composer.add_references([f"https://example.com/{name}.png" for name in "abc"])
    view = composer.findChild(QListView, "references")
    assert isinstance(view, QListView)
    cells = [view.visualRect(view.model().index(row, 0)) for row in range(3)]
    tile_px = cells[1].x() - cells[0].x() - 8

    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=cells[0].topLeft() + QPoint(10, 40))
    QTest.mouseMove(view.viewport(), cells[2].topLeft() + QPoint(20, 40))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=cells[2].topLeft() + QPoint(20, 40))
    assert [reference.name[0] for reference in composer.request().references] == ["b", "c", "a"]

    sign = cells[0].topLeft() + QPoint(tile_px - 10, 10)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert [reference.name[0] for reference in composer.request().references] == ["c", "a"]


def test_without_a_host_a_local_file_forbids_sending_and_a_link_does_not(
    composer: Composer, qtbot: QtBot, make_picture: Callable[[str], str]
) -> None:
    sent = orders_of(composer)
    composer.set_local_files_allowed(False)
    composer.set_request(GenerationRequest("a fox"))
    composer.add_references([make_picture("fox.jpg")])

    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)
    assert sent == []
    assert "fox.jpg" in sentences_of(composer)[0]
    assert "link" in sentences_of(composer)[0]

    composer.set_request(WHOLE)
    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)
    assert sent == [WHOLE]
