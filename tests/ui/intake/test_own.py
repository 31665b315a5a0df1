from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.ui.drag_out import PictureData, known_files
from seedream_desktop.ui.intake.reading import intake, may_be_local


def stored(path: Path, sha256: str | None) -> Picture:
    path.write_bytes(b"x")
    at = datetime.now(UTC)
    return Picture(0, "https://example.com", PictureState.STORED, 1, sha256, saved_path=str(path), stored_at=at)


def dragged(pictures: list[Picture]) -> PictureData:
    return PictureData(known_files(pictures))


def test_a_picture_dragged_out_of_the_gallery_is_recognised_in_the_window(tmp_path: Path) -> None:
    mime = dragged([stored(tmp_path / "fox.png", "ab" * 32)])

    (offer,) = intake(mime).items

    assert (offer.path, offer.sha256) == (str(tmp_path / "fox.png"), "ab" * 32)
    assert may_be_local(mime)


def test_several_dragged_pictures_keep_their_order(tmp_path: Path) -> None:
    mime = dragged([stored(tmp_path / f"{sign}.png", sign * 64) for sign in "bca"])

    assert [offer.sha256 for offer in intake(mime).items] == ["b" * 64, "c" * 64, "a" * 64]
    assert not may_be_local(mime)


def test_a_picture_without_a_known_content_is_an_ordinary_file(tmp_path: Path) -> None:
    (offer,) = intake(dragged([stored(tmp_path / "fox.png", None)])).items

    assert offer.sha256 is None
    assert offer.is_file
