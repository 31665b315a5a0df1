from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import Mode
from seedream_desktop.ui.composer.composer import Composer
from seedream_desktop.ui.composer.tile_state import Kind, Repair, TileState
from seedream_desktop.ui.intake.offer import Intake
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
from tests.ui.composer.settling import settle

NO_KEY = Qt.KeyboardModifier.NoModifier


def offers_of(composer: Composer) -> list[tuple[tuple[str, ...], int | None]]:
    """Return what the composer offers to whoever resolves it: sources, and before which reference they belong."""
    offered: list[tuple[tuple[str, ...], int | None]] = []

    def note(taken: Intake, at: int | None) -> None:
        offered.append((taken.sources, at))

    composer.pictures_offered.connect(note)
    return offered


def links(names: str) -> list[Reference]:
    return [Reference(f"https://example.com/{name}.png") for name in names]


def names(composer: Composer) -> str:
    return "".join(reference.name[0] for reference in composer.draft().references)


def files(*paths: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return mime


def ready(composer: Composer) -> None:
    for entry in composer.references.entries():
        composer.references.set_state(entry.key, TileState(Kind.READY, "as it is"))


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


def test_dropped_files_are_offered_in_their_order(composer: Composer, make_picture: Callable[[str], str]) -> None:
    offered = offers_of(composer)
    paths = (make_picture("b.jpg"), make_picture("a.png"))

    event = drop_on(composer, files(*paths))

    assert event.isAccepted()
    assert event.dropAction() is Qt.DropAction.CopyAction
    assert offered == [(paths, None)]


def test_files_dropped_between_two_tiles_are_offered_for_that_place(
    composer: Composer, make_picture: Callable[[str], str]
) -> None:
    composer.set_request(WHOLE)
    composer.add_references(links("ab"))
    offered = offers_of(composer)
    view = composer.references.view
    settle()
    point = view.tile_rect(1).topLeft() + QPoint(4, 30)
    path = make_picture("x.jpg")
    _drop_at(composer, files(path), point)

    assert offered == [((path,), 1)]


def test_added_references_switch_to_image_mode(composer: Composer) -> None:
    composer.add_references(links("ab"), 0)

    assert composer.request().mode is Mode.IMAGE_TO_IMAGE
    assert names(composer) == "ab"


def test_of_sixteen_references_the_first_fourteen_are_taken(composer: Composer) -> None:
    refused: list[str] = []
    composer.references_refused.connect(refused.append)

    composer.add_references([Reference(f"https://example.com/{number}.png") for number in range(1, 17)])

    assert len(composer.request().references) == 14
    [sentence] = refused
    assert sentence in sentences_of(composer)
    assert "15.png was left out" in sentence
    assert "14" in sentence
    assert not control_named(composer, "Add references").isEnabled()


def test_pictures_pasted_into_the_prompt_are_offered_as_references(
    composer: Composer, make_picture: Callable[[str], str]
) -> None:
    offered = offers_of(composer)
    path = make_picture("fox.jpg")

    prompt_of(composer).insertFromMimeData(files(path))

    assert composer.request().prompt == ""
    assert offered == [((path,), None)]


def test_a_link_pasted_on_the_references_is_offered(composer: Composer, qtbot: QtBot) -> None:
    composer.set_request(WHOLE)
    offered = offers_of(composer)
    QGuiApplication.clipboard().setText("https://example.com/dunes.webp")

    QTest.keyClick(control_named(composer, "References"), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert offered == [(("https://example.com/dunes.webp",), None)]


def test_pasting_words_as_a_reference_says_that_it_cannot_be(composer: Composer, qtbot: QtBot) -> None:
    offered = offers_of(composer)
    QGuiApplication.clipboard().setText("just words")

    control_named(composer, "Paste reference").setFocus()
    QTest.keyClick(control_named(composer, "Paste reference"), Qt.Key.Key_Space)

    assert len(sentences_of(composer)) == 1
    assert offered == []
    assert composer.request().references == ()


def test_the_prompt_follows_a_tile_that_is_moved_by_key(composer: Composer, qtbot: QtBot) -> None:
    composer.add_references(links("abc"))
    prompt_of(composer).setPlainText("Figure 1 on Figure 2")
    view = control_named(composer, "References")
    view.setFocus()

    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert names(composer) == "bac"
    assert composer.request().prompt == "Figure 2 on Figure 1"

    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(composer) == "abc"
    assert composer.request().prompt == "Figure 1 on Figure 2"


def test_a_figure_whose_picture_was_removed_comes_back_with_it(composer: Composer, qtbot: QtBot) -> None:
    composer.add_references(links("ab"))
    prompt_of(composer).setPlainText("Figure 1 on Figure 2")
    composer.references.select(2)
    view = control_named(composer, "References")

    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert composer.request().prompt == "Figure 1 on Figure ?"
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert composer.request().prompt == "Figure 1 on Figure 2"


def test_the_line_of_the_composer_s_own_findings_stays_out_of_the_tile_s(composer: Composer, qtbot: QtBot) -> None:
    composer.set_request(WHOLE)
    ready(composer)
    key = composer.references.entries()[0].key
    composer.references.set_state(key, TileState(Kind.PROBLEM, "fox.png is damaged.", (Repair.REMOVE,)))
    sent = orders_of(composer)

    QTest.mouseClick(generate_of(composer), Qt.MouseButton.LeftButton)

    assert sent == []
    assert sentences_of(composer).count("1: fox.png is damaged.") == 1
    button_named(composer, "Remove").click()
    assert composer.request().references == ()


def _drop_at(composer: Composer, mime: QMimeData, point: QPoint) -> None:
    viewport = composer.references.view.viewport()
    actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.NoButton
    QApplication.sendEvent(viewport, QDragEnterEvent(point, actions, mime, button, NO_KEY))
    QApplication.sendEvent(viewport, QDropEvent(QPointF(point), actions, mime, button, NO_KEY))


def test_a_scroll_bar_makes_no_field_narrower(composer: Composer, qtbot: QtBot) -> None:
    composer.add_references([Reference(f"https://example.com/{number}.png") for number in range(14)])
    composer.resize(composer.width(), 1200)
    form = composer.findChild(QScrollArea)
    assert isinstance(form, QScrollArea)
    bar = form.verticalScrollBar()
    qtbot.waitUntil(lambda: not bar.isVisible())
    qtbot.waitUntil(lambda: prompt_of(composer).width() == 308)

    composer.resize(composer.width(), 500)

    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: prompt_of(composer).width() == 308)
