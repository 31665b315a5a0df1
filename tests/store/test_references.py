"""Prepared references on a real disk: durable, private, kept once, and believed only when their bytes are right."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.references import KeptReference
from seedream_desktop.store.opening import Store
from tests.store.samples import accepted, opened

CHECKOUT = Path(__file__).parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="modes and SIGKILL")
ORIGIN = PictureFacts("HEIC", PixelSize(4032, 3024), 2_900_000)
HOSTED = HostedReference(
    "https://a.example/1", "S3 a", "ab" * 32, "2026-12-01T00:00:00+00:00", "seedream/x.jpg", "2026-11-21T00:00:00+00:00"
)


def picture(path: Path, colour: str = "teal") -> PreparedReference:
    """Write a real JPEG and return what a preparer would say of it."""
    Image.new("RGB", (400, 300), colour).save(path, "JPEG")
    data = path.read_bytes()
    facts = PictureFacts("JPEG", PixelSize(400, 300), len(data))
    return PreparedReference(hashlib.sha256(data).hexdigest(), facts, ORIGIN, (Change.TURNED, Change.METADATA_REMOVED))


async def keep(store: Store, colour: str = "teal") -> KeptReference:
    async with store.references.scratch() as file:
        return await store.references.keep(file, picture(file, colour))


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


async def test_a_reference_is_kept_under_its_content_with_all_that_is_known_of_it(data: Path) -> None:
    async with opened(data) as store:
        kept = await keep(store)
    sha256 = kept.prepared.sha256

    async with opened(data) as store:
        assert await store.references.kept(sha256) == kept
        assert await store.references.kept("00" * 32) is None
    assert kept.path == data / "references" / sha256[:2] / f"{sha256}.jpg"
    assert files_in(data / "references") == [kept.path]
    assert files_in(data / "incoming") == []


@posix_only
async def test_a_kept_reference_is_for_the_user_alone(store: Store) -> None:
    kept = await keep(store)

    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.path.parent.stat().st_mode) == 0o700


async def test_the_same_content_is_kept_once_and_in_its_place(store: Store) -> None:
    first = await keep(store)
    stamp = first.path.stat().st_mtime_ns

    assert await keep(store) == first
    assert first.path.stat().st_mtime_ns == stamp
    assert await keep(store, "orange") != first


async def test_a_file_that_is_gone_or_damaged_is_not_kept_and_can_be_kept_again(store: Store) -> None:
    kept = await keep(store)
    sound = kept.path.read_bytes()
    for spoilt in (sound[:-1], sound[:-1] + b"x", b""):
        kept.path.write_bytes(spoilt)
        assert await store.references.kept(kept.prepared.sha256) is None
        assert await keep(store) == kept
        assert kept.path.read_bytes() == sound

    kept.path.unlink()
    assert await store.references.kept(kept.prepared.sha256) is None
    assert await keep(store) == kept


async def test_bytes_that_are_not_what_was_said_are_refused(store: Store) -> None:
    async with store.references.scratch() as file:
        prepared = picture(file)
        file.write_bytes(b"something else")
        with pytest.raises(StorageError):
            await store.references.keep(file, prepared)

    assert await store.references.kept(prepared.sha256) is None
    assert not (store.layout.references).exists()


async def test_scratch_files_go_and_what_a_crash_left_is_swept(data: Path) -> None:
    async with opened(data) as store:
        async with store.references.scratch() as first, store.references.scratch() as second:
            assert first != second
            first.write_bytes(b"half")
            assert first.is_relative_to(data)
        assert not first.exists()
        stray = second.with_name("stray.part")
        stray.write_bytes(b"half")

    async with opened(data):
        assert not stray.exists()


async def test_a_scratch_file_that_cannot_be_removed_spoils_nothing(data: Path) -> None:
    async with opened(data) as store:
        async with store.references.scratch() as scratch:
            (scratch / "held").mkdir(parents=True)
            (scratch / "held" / "file").touch()

        assert scratch.exists(), "this is what a held file looks like: it stays"


async def test_a_lost_database_finds_the_references_again(data: Path) -> None:
    async with opened(data) as store:
        await store.tasks.save(accepted())
        await store.back_up()
        kept = await keep(store)
    (data / "seedream.db").write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)

    async with opened(data) as store:
        assert store.rescue is not None
        found = await store.references.kept(kept.prepared.sha256)
        assert found is not None
        assert (found.path, found.prepared.facts) == (kept.path, kept.prepared.facts)
        assert await store.references.kept(kept.prepared.sha256) == found


async def test_a_name_that_is_no_hash_leads_nowhere(store: Store) -> None:
    for name in ("../../settings", "", "ab\0" * 20, "\ud800", "A" * 64):
        assert await store.references.kept(name) is None


async def test_a_row_that_makes_no_sense_is_made_again_from_the_file(store: Store) -> None:
    kept = await keep(store)
    await store.database.execute("UPDATE kept_references SET changes = ?", ("levitated",))

    found = await store.references.kept(kept.prepared.sha256)

    assert found is not None
    assert found.prepared.changes == ()


async def test_where_a_reference_is_hosted_is_known_by_host(data: Path) -> None:
    other = HostedReference("https://b.example/1", "S3 b", "ab" * 32, hosted_at="2026-11-22T00:00:00+00:00")
    async with opened(data) as store:
        await store.references.save_hosted(HOSTED)
        await store.references.save_hosted(other)

    async with opened(data) as store:
        assert await store.references.hosted("ab" * 32, "S3 a") == HOSTED
        assert await store.references.hosted("ab" * 32, "S3 b") == other
        assert await store.references.hosted("ab" * 32, "S3 c") is None
        assert await store.references.all_hosted() == (other, HOSTED)


async def test_a_newer_upload_takes_the_place_of_an_older_one(store: Store) -> None:
    newer = HostedReference("https://a.example/2", "S3 a", "ab" * 32)
    await store.references.save_hosted(HOSTED)
    await store.references.save_hosted(newer)

    await store.references.forget_hosted(HOSTED)
    assert await store.references.all_hosted() == (newer,)
    await store.references.forget_hosted(newer)
    assert await store.references.all_hosted() == ()


FIRST_VERSION = """
import pathlib, sys
from seedream_desktop.store import database, schema
from seedream_desktop.store.database import connect
data = pathlib.Path(sys.argv[1])
data.mkdir()
connection = connect(data / "seedream.db")
schema.migrate(connection, schema.STEPS[:1])
connection.execute(
    "INSERT INTO hosted_references (sha256, host, url, until) VALUES (?, 'old', 'https://o.example/1', NULL)",
    ("ab" * 32,),
)
connection.close()
"""
OPEN = """
import asyncio, pathlib, sys
from seedream_desktop.store.opening import open_store
async def main():
    data = pathlib.Path(sys.argv[1])
    await (await open_store(data, data.parent / "library")).close()
asyncio.run(main())
"""
KEEP = """
import asyncio, pathlib, sys
from seedream_desktop.store.opening import open_store
from tests.store.test_references import keep
async def main():
    data = pathlib.Path(sys.argv[1])
    store = await open_store(data, data.parent / "library")
    await keep(store)
    await store.close()
asyncio.run(main())
"""


def run(script: str, data: Path, crash_at: str = "") -> int:
    environment = {**os.environ, "SEEDREAM_TESTING": "1", "SEEDREAM_CRASH_AT": crash_at, "PYTHONPATH": str(CHECKOUT)}
    return subprocess.run(
        [sys.executable, "-c", script, str(data)], env=environment, timeout=60, check=False
    ).returncode


async def test_a_database_of_the_first_version_keeps_what_was_hosted(data: Path) -> None:
    assert run(FIRST_VERSION, data) == 0

    async with opened(data) as store:
        assert await store.references.all_hosted() == (HostedReference("https://o.example/1", "old", "ab" * 32),)
        await keep(store)


@posix_only
@pytest.mark.parametrize("point", ["migrate.begin", "migrate.mid"])
async def test_a_step_cut_short_leaves_the_first_version_whole(data: Path, point: str) -> None:
    run(FIRST_VERSION, data)

    assert run(OPEN, data, point) == -signal.SIGKILL

    left = sqlite3.connect(data / "seedream.db")
    assert left.execute("PRAGMA user_version").fetchone() == (1,)
    assert left.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert left.execute("SELECT * FROM hosted_references").fetchall() == [
        ("ab" * 32, "old", "https://o.example/1", None)
    ]
    left.close()
    assert run(OPEN, data) == 0
    async with opened(data) as store:
        assert len(await store.references.all_hosted()) == 1


@posix_only
@pytest.mark.parametrize("point", ["reference.synced", "reference.renamed"])
async def test_a_crash_while_keeping_leaves_a_whole_reference_or_none(data: Path, point: str) -> None:
    assert run(KEEP, data, point) == -signal.SIGKILL

    async with opened(data) as store:
        assert files_in(data / "incoming") == []
        left = files_in(data / "references") if (data / "references").exists() else []
        assert len(left) == (1 if point == "reference.renamed" else 0)
        kept = await keep(store)
        assert await store.references.kept(kept.prepared.sha256) == kept
        assert files_in(data / "references") == [kept.path]
