"""Every recording of what real programs offer, read as a designer would mean it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.intake.offer import Offer
from seedream_desktop.ui.intake.reading import has_files_or_bitmap, intake, may_be_local, may_hold_references
from tests.recorded_mime import HOST, NAMES, record, recorded

FULL, SMALL = f"{HOST}/fox-full.jpg", f"{HOST}/fox-small.jpg"
SIZES = (f"{HOST}/fox-1600.jpg", f"{HOST}/fox-320.jpg")
NAMED = f"{HOST}/fox%20photo%20%C3%A4.jpg?w=1&h=2"
PAGE = f"{HOST}/foxes/1234"
# Of each browser recording: the links in the order they are to be tried, and what stands behind them.
BROWSERS = {
    "chromium-drag-plain": ((FULL,), "data"),
    "chromium-drag-linked": ((FULL, SMALL), "data"),
    "chromium-drag-page-linked": ((PAGE, SMALL), "data"),
    "chromium-drag-srcset": (SIZES, "data"),
    "chromium-drag-data": ((), "data"),
    "chromium-drag-named": ((NAMED,), "data"),
    "chromium-drag-link": ((FULL,), ""),
    "chromium-copy-image": ((SMALL,), "data"),
    "chromium-copy-address": ((SMALL,), ""),
    "chromium-copy-selection": ((FULL, SMALL), ""),
    "firefox-drag-plain": ((FULL,), "data"),
    "firefox-drag-linked": ((FULL, SMALL), "data"),
    "firefox-drag-page-linked": ((PAGE, SMALL), "data"),
    "firefox-drag-srcset": (SIZES, "data"),
    "firefox-drag-data": ((), "data"),
    "firefox-drag-named": ((NAMED,), "data"),
    "firefox-drag-link": ((FULL,), ""),
    "firefox-copy-image": ((SMALL,), "data"),
    "firefox-copy-address": ((SMALL,), ""),
    "firefox-copy-selection": ((FULL, SMALL), ""),
    "chrome-mac-drag-linked": ((FULL, SMALL), "bitmap"),
    "chrome-windows-drag-linked": ((FULL, SMALL), "data"),
    "edge-windows-copy-image": ((SMALL,), "bitmap"),
    "firefox-windows-drag-linked": ((FULL, SMALL), "bitmap"),
    "safari-drag-linked": ((FULL,), "bitmap"),
}
LINUX = "/home/designer/Pictures"
SEVERAL = (f"{LINUX}/a fox.jpg", f"{LINUX}/fox#3.jpg", f"{LINUX}/mood board", f"{LINUX}/ä 100%.jpg")
FILE_MANAGERS = {
    "nautilus-drag-one": SEVERAL[:1],
    "nautilus-drag-several": SEVERAL,
    "nautilus-copy-several": SEVERAL,
    "finder-drag-several": ("/Users/designer/Pictures/a fox.jpg", "/Users/designer/Pictures/ä 100%.heic"),
    "finder-copy-one": ("/Users/designer/Pictures/a fox.jpg",),
    "explorer-drag-several": ("C:/Users/designer/Pictures/a fox.jpg", "//server/share/ä 100%.png"),
}
WORDS = ("chromium-drag-text", "firefox-drag-text")
# What the prompt takes as text although it might be a picture: somebody may want to write the address down.
LINKS_AS_TEXT = ("drag-link", "copy-address", "copy-selection")


def behind_links(offer: Offer) -> str:
    return "data" if offer.data is not None else "bitmap" if offer.bitmap is not None else ""


def test_every_recording_is_judged_here_and_says_where_it_is_from() -> None:
    assert set(NAMES) == {*BROWSERS, *FILE_MANAGERS, *WORDS}
    for name in NAMES:
        about = record(name)
        assert about["program"]
        assert about["system"]
        assert (about["source"] == "recorded") == bool(about["version"] and about["recorded"])


@pytest.mark.parametrize("name", BROWSERS)
def test_a_picture_of_a_browser_comes_in_once_and_its_full_version_first(qtbot: QtBot, name: str) -> None:
    links, behind = BROWSERS[name]

    (offer,) = intake(recorded(name)).items

    assert offer.links == links
    assert behind_links(offer) == behind
    assert not offer.is_file


@pytest.mark.parametrize("name", FILE_MANAGERS)
def test_files_come_in_by_their_paths_in_their_order(qtbot: QtBot, name: str) -> None:
    offers = intake(recorded(name)).items

    assert tuple(offer.path for offer in offers) == FILE_MANAGERS[name]
    assert all(offer.is_file and behind_links(offer) == "" for offer in offers)
    assert may_be_local(recorded(name)) is (len(offers) == 1)


@pytest.mark.parametrize("name", WORDS)
def test_words_are_no_pictures_even_with_a_link_among_them(qtbot: QtBot, name: str) -> None:
    assert intake(recorded(name)).is_empty
    assert not may_hold_references(recorded(name))
    assert not has_files_or_bitmap(recorded(name))


@pytest.mark.parametrize("name", [*BROWSERS, *FILE_MANAGERS])
def test_what_holds_pictures_is_seen_while_it_is_dragged(qtbot: QtBot, name: str) -> None:
    assert may_hold_references(recorded(name))


@pytest.mark.parametrize("name", [*BROWSERS, *FILE_MANAGERS])
def test_in_the_prompt_a_picture_is_a_picture_and_a_link_stays_text(qtbot: QtBot, name: str) -> None:
    assert has_files_or_bitmap(recorded(name)) is not name.endswith(LINKS_AS_TEXT)


def test_a_temporary_file_of_a_thumbnail_stands_behind_the_links(qtbot: QtBot) -> None:
    (offer,) = intake(recorded("firefox-windows-drag-linked")).items

    assert offer.path == "C:/Users/designer/AppData/Local/Temp/fox-small.jpg"
    assert not may_be_local(recorded("firefox-windows-drag-linked"))


@pytest.mark.parametrize(
    ("name", "title"),
    [("firefox-drag-linked", "A fox"), ("chromium-drag-named", "T"), ("chromium-drag-link", "A fox"),
     ("firefox-drag-link", "A fox"), ("chromium-copy-address", "")],
)  # fmt: skip
def test_the_words_of_a_page_are_the_title(qtbot: QtBot, name: str, title: str) -> None:
    assert intake(recorded(name)).items[0].title == title
