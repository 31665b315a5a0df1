from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.gallery.thumbnails import ThumbnailKey, Thumbnails, read_thumbnail
from tests.ui.gallery.samples import ThumbnailFolder, sha_of, stored


@pytest.fixture
def folder(tmp_path: Path) -> ThumbnailFolder:
    return ThumbnailFolder(tmp_path)


@pytest.fixture
def pool(qtbot: QtBot, folder: ThumbnailFolder) -> Thumbnails:
    return Thumbnails(folder.path_of)


def wait_idle(qtbot: QtBot, pool: Thumbnails) -> None:
    qtbot.waitUntil(lambda: pool.is_idle, timeout=5_000)


def test_a_pixmap_comes_in_exactly_the_size_that_was_asked(
    qtbot: QtBot, pool: Thumbnails, folder: ThumbnailFolder
) -> None:
    picture = stored(1)
    folder.make(picture)
    key = ThumbnailKey(sha_of("1"), 148, 148)

    with qtbot.waitSignal(pool.ready) as ready:
        assert pool.pixmap(key) is None

    pixmap = pool.pixmap(key)
    assert ready.args == [picture.sha256]
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (148, 148)


def test_another_size_stands_in_until_the_right_one_is_there(
    qtbot: QtBot, pool: Thumbnails, folder: ThumbnailFolder
) -> None:
    folder.make(stored(1))
    small, large = ThumbnailKey(sha_of("1"), 100, 100), ThumbnailKey(sha_of("1"), 300, 300)
    with qtbot.waitSignal(pool.ready):
        pool.pixmap(small)

    stand_in = pool.pixmap(large)
    assert stand_in is not None
    assert stand_in.width() == 100
    wait_idle(qtbot, pool)
    right = pool.pixmap(large)
    assert right is not None
    assert right.width() == 300


def test_while_it_is_patient_only_pictures_that_are_not_here_at_all_are_read(
    qtbot: QtBot, pool: Thumbnails, folder: ThumbnailFolder
) -> None:
    folder.make(stored(1))
    folder.make(stored(2))
    with qtbot.waitSignal(pool.ready):
        pool.pixmap(ThumbnailKey(sha_of("1"), 100, 100))

    pool.is_patient = True
    told: list[str] = []
    pool.ready.connect(told.append)
    assert pool.pixmap(ThumbnailKey(sha_of("1"), 300, 300)) is not None
    assert pool.pixmap(ThumbnailKey(sha_of("2"), 300, 300)) is None
    qtbot.waitUntil(lambda: bool(told), timeout=5_000)
    pool.is_patient = False
    wait_idle(qtbot, pool)

    assert told == [sha_of("2")]


def test_a_missing_file_is_told_once_and_tried_again_when_it_was_made(
    qtbot: QtBot, pool: Thumbnails, folder: ThumbnailFolder
) -> None:
    key = ThumbnailKey(sha_of("1"), 148, 148)
    told: list[str] = []
    pool.missing.connect(told.append)
    with qtbot.waitSignal(pool.missing):
        pool.pixmap(key)
    pool.pixmap(key)
    wait_idle(qtbot, pool)
    assert told == [key.sha256]

    folder.make(stored(1))
    pool.made(key.sha256)
    with qtbot.waitSignal(pool.ready):
        pool.pixmap(key)
    assert pool.pixmap(key) is not None


def test_the_newest_wish_is_read_first(qtbot: QtBot, folder: ThumbnailFolder) -> None:
    asked: list[str] = []

    def path_of(sha256: str, edge_px: int) -> Path:
        asked.append(sha256)
        return folder.path_of(sha256, edge_px)

    pool = Thumbnails(path_of)
    for name in "abcdef":
        pool.pixmap(ThumbnailKey(name, 50, 50))
    wait_idle(qtbot, pool)

    assert asked == ["a", "b", "f", "e", "d", "c"]


def test_wishes_that_scrolled_away_are_forgotten(qtbot: QtBot, folder: ThumbnailFolder) -> None:
    asked: list[str] = []

    def path_of(sha256: str, edge_px: int) -> Path:
        asked.append(sha256)
        return folder.path_of(sha256, edge_px)

    pool = Thumbnails(path_of)
    keys = {name: ThumbnailKey(name, 50, 50) for name in "abcdef"}
    for key in keys.values():
        pool.pixmap(key)
    pool.keep_wishes({keys["d"]})
    wait_idle(qtbot, pool)

    assert asked == ["a", "b", "d"]


def test_the_cache_stays_within_its_bound(qtbot: QtBot, folder: ThumbnailFolder) -> None:
    pool = Thumbnails(folder.path_of, cache_bytes=3 * 4 * 100 * 100)
    for number in range(6):
        folder.make(stored(number))
        with qtbot.waitSignal(pool.ready):
            pool.pixmap(ThumbnailKey(sha_of(str(number)), 100, 100))

    assert pool.cached_bytes == 3 * 4 * 100 * 100
    assert pool.any_size(sha_of("0")) is None
    assert pool.any_size(sha_of("5")) is not None


def test_a_large_place_takes_the_large_file() -> None:
    assert ThumbnailKey("a", 256, 100).edge_px == 256
    assert ThumbnailKey("a", 257, 100).edge_px == 512
    assert ThumbnailKey("a", 2_000, 100).edge_px == 512


def test_corners_are_rounded_and_foreign_shapes_keep_theirs(tmp_path: Path) -> None:
    path = tmp_path / "wide.png"
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    image.save(str(path))

    found = read_thumbnail(path, ThumbnailKey("a", 100, 100, radius_px=4))

    assert found.pixelColor(50, 50) == QColor("red")
    assert found.pixelColor(50, 10).alpha() == 0
    assert found.pixelColor(0, 25).alpha() < 128


def test_a_pool_that_is_gone_before_its_pictures_come_harms_nobody(qtbot: QtBot, folder: ThumbnailFolder) -> None:
    folder.make(stored(1))
    pool = Thumbnails(folder.path_of)
    pool.pixmap(ThumbnailKey(sha_of("1"), 100, 100))
    pool.deleteLater()
    del pool

    assert QThreadPool.globalInstance().waitForDone(5_000)
    qtbot.wait(20)
