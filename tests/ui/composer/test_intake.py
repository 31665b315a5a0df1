from __future__ import annotations

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.composer.intake import has_files_or_bitmap, intake, may_hold_references


def _bitmap() -> QImage:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def _urls(*addresses: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(address) for address in addresses])
    return mime


def test_files_come_before_links() -> None:
    mime = _urls("https://example.com/b.png", "file:///tmp/a%20fox.jpg")

    assert intake(mime).sources == ("/tmp/a fox.jpg", "https://example.com/b.png")


def test_comments_and_other_schemes_of_a_uri_list_are_left_out() -> None:
    mime = QMimeData()
    mime.setData("text/uri-list", b"# copied\r\nmailto:a@example.com\r\nhttps://example.com/a.png\r\n")

    assert intake(mime).sources == ("https://example.com/a.png",)


def test_files_win_over_the_bitmap_that_comes_with_them(qtbot: QtBot) -> None:
    mime = _urls("file:///tmp/a.jpg")
    mime.setImageData(_bitmap())

    taken = intake(mime)

    assert taken.sources == ("/tmp/a.jpg",)
    assert taken.bitmap is None


def test_a_bitmap_wins_over_the_html_beside_it(qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setImageData(_bitmap())
    mime.setHtml('<img src="https://example.com/small.jpg">')

    taken = intake(mime)

    assert taken.bitmap is not None
    assert (taken.bitmap.width(), taken.bitmap.height()) == (8, 6)
    assert taken.sources == ()


def test_the_picture_of_pasted_html_is_taken_with_its_entities_undone() -> None:
    mime = QMimeData()
    mime.setHtml('<p>look <img alt="x" src="https://example.com/a.jpg?w=1&amp;h=2"></p>')

    assert intake(mime).sources == ("https://example.com/a.jpg?w=1&h=2",)


def test_links_as_text_are_taken_and_words_are_not() -> None:
    links, words = QMimeData(), QMimeData()
    links.setText(" https://example.com/a.jpg\nhttps://example.com/b.jpg\n")
    words.setText("see https://example.com/a.jpg")

    assert intake(links).sources == ("https://example.com/a.jpg", "https://example.com/b.jpg")
    assert intake(words).is_empty
    assert not may_hold_references(words)


def test_a_script_address_is_never_a_source() -> None:
    mime = _urls("javascript:alert(1)", "data:image/png;base64,AAAA")
    mime.setHtml('<img src="file:///etc/passwd">')

    assert intake(mime).is_empty


def test_text_with_a_picture_of_itself_stays_text_for_the_prompt(qtbot: QtBot) -> None:
    from_an_office_program = QMimeData()
    from_an_office_program.setText("a red fox")
    from_an_office_program.setImageData(_bitmap())

    assert not has_files_or_bitmap(from_an_office_program)
    assert has_files_or_bitmap(_urls("file:///tmp/a.jpg"))
