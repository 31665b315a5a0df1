from __future__ import annotations

import base64
import time

import pytest
from PySide6.QtCore import QMimeData, QSysInfo, QUrl
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.intake.own import mark_own
from seedream_desktop.ui.intake.reading import has_files_or_bitmap, intake, may_be_local, may_hold_references

DOT = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()


def _bitmap() -> QImage:
    image = QImage(8, 6, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    return image


def _urls(*addresses: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl(address) for address in addresses])
    return mime


def _forms(**contents: bytes) -> QMimeData:
    """Name forms by `__` for `/` and `_` for `-`."""
    mime = QMimeData()
    for name, content in contents.items():
        mime.setData(name.replace("__", "/").replace("_", "-"), content)
    return mime


def test_files_come_before_links() -> None:
    mime = _urls("https://example.com/b.png", "file:///tmp/a%20fox.jpg")

    assert intake(mime).sources == ("/tmp/a fox.jpg", "https://example.com/b.png")


def test_comments_and_other_schemes_of_a_uri_list_are_left_out() -> None:
    mime = _forms(text__uri_list=b"# copied\r\nmailto:a@example.com\r\nhttps://example.com/a.png\r\n")

    assert intake(mime).sources == ("https://example.com/a.png",)


def test_files_win_over_the_bitmap_that_comes_with_them(qtbot: QtBot) -> None:
    mime = _urls("file:///tmp/a.jpg")
    mime.setImageData(_bitmap())

    taken = intake(mime)

    assert taken.sources == ("/tmp/a.jpg",)
    assert taken.items[0].bitmap is None
    assert taken.bitmap is None


def test_pixels_without_an_address_are_taken_as_they_are(qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setImageData(_bitmap())

    taken = intake(mime)

    assert taken.bitmap is not None
    assert (taken.bitmap.width(), taken.bitmap.height()) == (8, 6)
    assert taken.sources == ()


def test_pixels_are_the_last_resort_behind_the_address_beside_them(qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setImageData(_bitmap())
    mime.setHtml('<img src="https://example.com/small.jpg">')

    (offer,) = intake(mime).items

    assert offer.links == ("https://example.com/small.jpg",)
    assert offer.bitmap is not None


def test_the_picture_of_pasted_html_is_taken_with_its_entities_undone() -> None:
    mime = QMimeData()
    mime.setHtml('<p>look <img alt="x" src="https://example.com/a.jpg?w=1&amp;h=2"></p>')

    assert intake(mime).sources == ("https://example.com/a.jpg?w=1&h=2",)


def test_all_pictures_of_a_selection_come_in_with_what_each_leads_to() -> None:
    mime = QMimeData()
    mime.setHtml(
        '<a href="https://example.com/1.png"><img src="https://example.com/1s.jpg"></a> and '
        '<img src="https://example.com/2.jpg"> and again <img src="https://example.com/2.jpg">'
    )
    mime.setText("and and again")

    links = [offer.links for offer in intake(mime).items]

    assert links == [("https://example.com/1.png", "https://example.com/1s.jpg"), ("https://example.com/2.jpg",)]


def test_the_largest_version_of_a_picture_element_comes_first() -> None:
    mime = QMimeData()
    mime.setHtml(
        '<picture><source srcset="/a-800.webp 800w, /a-2400.webp 2400w">'
        '<img src="https://example.com/a.jpg" srcset="/a-400.jpg 400w"></picture>'
    )

    assert [link.rpartition("/")[2] for link in intake(mime).items[0].links] == [
        "a-2400.webp", "a-800.webp", "a-400.jpg", "a.jpg",
    ]  # fmt: skip


def test_what_is_named_as_a_picture_is_tried_before_what_may_be_one() -> None:
    mime = _urls("https://example.com/full.jpg")
    mime.setHtml('<a href="https://example.com/foxes/1"><img src="https://example.com/s.jpg"></a>')

    assert [link.rpartition(".com/")[2] for link in intake(mime).items[0].links] == ["full.jpg", "foxes/1", "s.jpg"]


def test_addresses_within_a_site_are_completed_by_the_page_they_are_from() -> None:
    mime = _forms(chromium__x_source_url=b"https://example.com/foxes/index.html")
    mime.setHtml('<a href="/full.jpg"><img src="small.jpg"></a>')

    assert intake(mime).items[0].links == ("https://example.com/full.jpg", "https://example.com/foxes/small.jpg")


def test_a_page_behind_a_thumbnail_is_no_picture() -> None:
    mime = QMimeData()
    mime.setHtml('<a href="https://example.com/fox.html"><img src="https://example.com/s.jpg"></a>')

    assert intake(mime).items[0].links == ("https://example.com/s.jpg",)


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


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("file://localhost/tmp/a.jpg", "/tmp/a.jpg"),
        (f"file://{QSysInfo.machineHostName()}/tmp/a.jpg", "/tmp/a.jpg"),
        ("file:/tmp/a.jpg", "/tmp/a.jpg"),
        ("file:///tmp/a fox.jpg", "/tmp/a fox.jpg"),
        ("file:///tmp/%C3%A4%20100%25%23.jpg", "/tmp/ä 100%#.jpg"),
        ("file:///C:/Users/a/b.jpg", "C:/Users/a/b.jpg"),
        ("file://server/share/b.jpg", "//server/share/b.jpg"),
    ],
)
def test_every_way_to_write_a_file_down_gives_its_path(address: str, path: str) -> None:
    assert intake(_forms(text__uri_list=address.encode() + b"\r\n\0")).sources == (path,)


def test_files_cut_or_copied_in_gnome_come_in_without_the_word_for_it() -> None:
    mime = _forms(x_special__gnome_copied_files=b"cut\nfile:///tmp/a.jpg\nfile:///tmp/b.jpg")

    assert intake(mime).sources == ("/tmp/a.jpg", "/tmp/b.jpg")


def test_the_same_file_twice_comes_in_once() -> None:
    assert intake(_urls("file:///tmp/a.jpg", "file:///tmp/a.jpg")).sources == ("/tmp/a.jpg",)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_markup_is_read_whatever_its_encoding(encoding: str) -> None:
    markup = '<img src="https://example.com/ä.jpg">\0'

    mime = _forms(text__html=markup.encode(encoding))

    assert intake(mime).sources == ("https://example.com/%C3%A4.jpg",)


def test_a_picture_written_out_as_an_address_is_taken_by_its_bytes() -> None:
    (offer,) = intake(_urls(f"data:image/png;base64,{DOT}")).items

    assert offer.data == base64.b64decode(DOT)
    assert offer.source is None


@pytest.mark.parametrize(
    "address",
    ["data:image/svg+xml,<svg onload=alert(1)>", "data:text/html;base64,PGI+", f"data:image/png;base64,{DOT[:8]}"],
)
def test_an_address_that_holds_no_picture_gives_nothing(address: str) -> None:
    assert intake(_urls(address)).is_empty


def test_bytes_are_a_picture_by_their_beginning_alone() -> None:
    assert intake(_forms(application__octet_stream=b"\xff\xd8\xff" + bytes(40))).items[0].data is not None
    assert intake(_forms(application__octet_stream=b"%PDF-1.7" + bytes(40))).is_empty


def test_what_is_told_by_name_alone_is_not_fetched_while_it_is_dragged() -> None:
    class Slow(QMimeData):
        def formats(self) -> list[str]:
            return ["image/png", "text/uri-list", "text/html"]

        def retrieveData(self, name: str, kind: object) -> object:  # noqa: N802 - Qt's name
            raise AssertionError(f"{name} was fetched")

    assert may_hold_references(Slow())


def test_a_picture_of_our_own_is_known_by_its_content() -> None:
    mime = _urls("file:///tmp/a.jpg")
    mark_own(mime, ["ab" * 32])

    assert intake(mime).items[0].sha256 == "ab" * 32
    assert may_be_local(mime)
    assert intake(mime).is_local


@pytest.mark.parametrize("marks", [["ab" * 32] * 2, ["../../etc"], [""]])
def test_a_mark_that_does_not_fit_its_files_is_not_believed(marks: list[str]) -> None:
    mime = _urls("file:///tmp/a.jpg")
    mark_own(mime, marks)

    assert intake(mime).items[0].sha256 is None


@pytest.mark.parametrize("noise", ["<!--", "<?", "</", "<img ", "<", "<a href='http://[", '<img src="', "&"])
def test_a_page_made_to_keep_us_busy_does_not(noise: str) -> None:
    mime = QMimeData()
    mime.setHtml('<img src="https://example.com/a.jpg">' + noise * (2_000_000 // len(noise)))
    started_s = time.monotonic()

    assert intake(mime).sources == ("https://example.com/a.jpg",)
    # A parser that reads anything twice takes minutes.
    assert time.monotonic() - started_s < 5


def test_nothing_of_use_is_empty() -> None:
    assert intake(QMimeData()).is_empty
    assert intake(_forms(text__html=b"<img><a href><img src='about:blank'>" + b"<" * 200)).is_empty
    assert intake(_forms(text__uri_list=b"\xff\xfe\x00", text__html=b"\0" * 9)).is_empty
