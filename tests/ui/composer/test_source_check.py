from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from seedream_desktop.domain.reference import Reference
from seedream_desktop.ui.composer.source_check import MAX_FILE_BYTES, SourceFault, source_fault

WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 "


@pytest.mark.parametrize("name", ["a.jpg", "a.png"])
def test_real_pictures_are_taken(make_picture: Callable[[str], str], name: str) -> None:
    assert source_fault(Reference(make_picture(name))) is None


def test_the_bytes_decide_and_not_the_name(tmp_path: Path) -> None:
    webp, text = tmp_path / "a.dat", tmp_path / "b.jpg"
    webp.write_bytes(WEBP)
    text.write_text("not a picture at all")

    assert source_fault(Reference(str(webp))) is None
    assert source_fault(Reference(str(text))) is SourceFault.NOT_A_PICTURE


def test_ten_megabytes_are_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "big.webp"
    path.write_bytes(WEBP)
    with path.open("r+b") as file:
        file.truncate(MAX_FILE_BYTES)
    assert source_fault(Reference(str(path))) is None

    with path.open("r+b") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert source_fault(Reference(str(path))) is SourceFault.TOO_BIG


def test_folders_missing_files_and_impossible_paths_have_their_own_fault(tmp_path: Path) -> None:
    assert source_fault(Reference(str(tmp_path))) is SourceFault.NOT_A_PICTURE
    assert source_fault(Reference(str(tmp_path / "gone.jpg"))) is SourceFault.UNREADABLE
    assert source_fault(Reference("/tmp/a\0b.jpg")) is SourceFault.UNREADABLE


def test_nothing_is_asked_of_a_link() -> None:
    assert source_fault(Reference("https://example.com/a")) is None
