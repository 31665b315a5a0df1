"""Pictures among whatever is dropped: found by their bytes, in order, within bounds, and never waited for in vain."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.ui.actions.gathering import gather, is_file

PICTURE = b"\xff\xd8\xff\xe0" + b"\0" * 60
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links to folders")


def picture(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(PICTURE)
    return str(path)


def test_files_keep_their_order_and_a_folder_brings_its_pictures_by_name(tmp_path: Path) -> None:
    last, first = picture(tmp_path / "z.jpg"), picture(tmp_path / "a.jpg")
    inner = [picture(tmp_path / "shots" / name) for name in ("1.jpg", "2.jpg", "more/0.jpg")]
    (tmp_path / "shots" / "list.txt").write_text("silent")

    found = gather([last, str(tmp_path / "shots"), first, last])

    assert found.pictures == (last, *inner, first)
    assert (found.refused, found.is_cut) == ((), False)


def test_what_is_no_picture_is_named_with_why(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a picture")
    long = f"/{'x' * 300}"

    *refused, (odd, _) = gather([str(tmp_path / "notes.txt"), str(tmp_path / "gone.jpg"), long, "/a\0b"]).refused

    faults = [ReferenceFault.NOT_A_PICTURE, ReferenceFault.FILE_MISSING, ReferenceFault.FILE_UNREADABLE]
    assert [fault for _, fault in refused] == faults
    assert odd == "a\0b"
    assert not is_file(long)
    assert not is_file("/a\0b")


def test_hidden_files_and_folders_use_up_nothing(tmp_path: Path) -> None:
    hidden = tmp_path / "site" / ".git"
    hidden.mkdir(parents=True)
    for number in range(2_500):
        (hidden / str(number)).touch()
    picture(tmp_path / "site" / ".thumbnail.jpg")
    fox = picture(tmp_path / "site" / "img" / "fox.jpg")

    assert gather([str(tmp_path / "site")]).pictures == (fox,)


@posix_only
def test_pipes_and_rings_of_links_hold_nobody_up(tmp_path: Path) -> None:
    fox = picture(tmp_path / "site" / "fox.jpg")
    (tmp_path / "site" / "ring").symlink_to(tmp_path / "site")
    (tmp_path / "site" / "itself").symlink_to(tmp_path / "site" / "itself")
    os.mkfifo(tmp_path / "site" / "pipe.jpg")

    found = gather([str(tmp_path / "site"), str(tmp_path / "site" / "pipe.jpg")])

    assert found.pictures == (fox,)
    assert found.refused == (("pipe.jpg", ReferenceFault.FILE_UNREADABLE),)


@pytest.mark.parametrize("as_folder", [True, False])
def test_of_too_many_files_the_first_are_taken_and_the_rest_is_told(tmp_path: Path, as_folder: bool) -> None:
    many = tmp_path / "many"
    many.mkdir()
    names = [f"{number:05}.jpg" for number in range(2_100)]
    for name in names:
        (many / name).write_bytes(PICTURE)

    found = gather([str(many)] if as_folder else [str(many / name) for name in names])

    assert [Path(path).name for path in found.pictures] == names[:2_000]
    assert found.is_cut


def test_a_slow_disk_is_looked_at_for_so_long_only(tmp_path: Path) -> None:
    picture(tmp_path / "fox.jpg")
    began_s = time.monotonic()

    found = gather([str(tmp_path), str(tmp_path / "fox.jpg")], limit_s=-1.0)

    assert (found.pictures, found.is_cut) == ((), True)
    assert time.monotonic() - began_s < 1.0
