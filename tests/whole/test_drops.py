"""Pictures dragged and pasted into the real window from a second program, with what real programs put there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.recorded_mime import forms
from tests.whole import dragging
from tests.whole.window import Window, open_window
from tests.xserver import Desktop

HOME = "/home/designer/Pictures"
FILES = ("a fox.jpg", "fox#3.jpg", "ä 100%.jpg")


@pytest.fixture(scope="module")
def used(desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A window for tests that add to what is there: starting one takes seconds."""
    with open_window(desktop, tmp_path_factory.mktemp("program")) as window:
        window.find("Balance $100.00")
        window.press("Image to image")
        yield window


def picture(path: Path, number: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (240 + number, 160), (200, 90 + number, 20)).save(path)
    return path


def tiles(window: Window) -> list[str]:
    """Return the names of the reference tiles in their order."""
    found = window.seen("References", "list")
    children = found.node.children() if found else []
    return [child.name for child in children if child.role == "list item"]


def drop(desktop: Desktop, window: Window, folder: Path, contents: dict[str, bytes], target: str | None) -> None:
    """Drag *contents* over the window and let them go on the target of this name, or on the status line."""
    with dragging.source(desktop, folder, "drag", contents):
        dragging.pull_out(window.bus)
        dragging.carry_to(window.bus, window.find("Status").middle)
        if target is not None:
            dragging.carry_to(window.bus, window.find(target).middle)
        place = window.find(target or "Status").middle
        window.wait_for(lambda: window.seen("Use as reference"), "the targets are shown")
        dragging.let_go(window.bus, place)
        window.wait_for(lambda: window.seen("Drop targets") is None, "the targets are gone")


def test_files_dragged_from_gnome_files_become_references_in_their_order(
    desktop: Desktop, used: Window, tmp_path: Path
) -> None:
    for number, name in enumerate(FILES):
        picture(tmp_path / name, number)
    picture(tmp_path / "mood board" / "inside.png", 9)
    before = len(tiles(used))

    drop(desktop, used, tmp_path, forms("nautilus-drag-several", {HOME: tmp_path.as_uri()[7:]}), None)

    used.wait_for(lambda: len(tiles(used)) == before + 4, "four more references")
    wanted = ("a fox.jpg", "fox#3.jpg", "inside.png", "ä 100%.jpg")
    assert all(name in tile for name, tile in zip(wanted, tiles(used)[before:], strict=True)), tiles(used)


def test_a_picture_dragged_from_a_browser_is_kept_even_when_its_links_are_dead(
    desktop: Desktop, used: Window, tmp_path: Path
) -> None:
    before = len(tiles(used))
    contents = {**forms("firefox-drag-linked"), "image/png": picture(tmp_path / "drawn.png").read_bytes()}

    drop(desktop, used, tmp_path, contents, "Use as reference")

    used.wait_for(lambda: tiles(used)[before:] == [f"{before + 1}, A fox, ready"], "the reference is ready")


def test_of_fifteen_dropped_files_fourteen_are_taken_and_the_last_is_named(desktop: Desktop, tmp_path: Path) -> None:
    files = [picture(tmp_path / f"fox {number:02}.png", number) for number in range(1, 16)]
    addresses = "".join(f"{file.as_uri()}\r\n" for file in files)
    with open_window(desktop, tmp_path / "program") as window:
        window.find("Balance $100.00")

        drop(desktop, window, tmp_path, {"text/uri-list": addresses.encode()}, None)

        window.wait_for(lambda: len(tiles(window)) == 14, "fourteen references")
        said = window.wait_for(lambda: refusal(window), "the fifteenth is named")

    assert "fox 15.png" in said
    assert "fox 14.png" not in said


def refusal(window: Window) -> str | None:
    """Return what is said about pictures that were left out."""
    return next((seen.name for seen in window.shown() if "at most 14" in seen.name), None)


def test_a_copied_picture_is_pasted_from_the_clipboard_of_another_program(
    desktop: Desktop, used: Window, tmp_path: Path
) -> None:
    before = len(tiles(used))
    with dragging.source(desktop, tmp_path, "clipboard", forms("chromium-copy-image")):
        used.press("Paste reference")

        used.wait_for(lambda: len(tiles(used)) == before + 1, "one more reference")

    assert "A fox" in tiles(used)[-1]


def test_words_dragged_over_the_window_show_no_targets(desktop: Desktop, used: Window, tmp_path: Path) -> None:
    before = tiles(used)
    with dragging.source(desktop, tmp_path, "drag", forms("firefox-drag-text")):
        dragging.pull_out(used.bus)
        place = used.find("Status").middle
        dragging.carry_to(used.bus, place)

        assert used.seen("Drop targets") is None
        dragging.let_go(used.bus, place)

    assert tiles(used) == before
