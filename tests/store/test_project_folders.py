"""Folders of projects: each is marked, made once and only when chosen, and troubled for itself alone."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from seedream_desktop.domain.collections import ProjectId
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.store.opening import Store
from tests.store.samples import opened


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "original.jpg"
    path.write_bytes(os.urandom(300_000))
    return path


async def project(store: Store, name: str, folder: Path) -> ProjectId:
    """Make a project whose folder the user has just chosen."""
    made = await store.sorting.make_project(name)
    await store.library.prepare(folder)
    await store.sorting.set_folder(made.id, str(folder))
    return made.id


def pictures(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".seedream-library-"))


async def test_each_project_takes_its_own_and_the_library_the_rest(
    store: Store, original: Path, tmp_path: Path
) -> None:
    harbour = await project(store, "Harbour", tmp_path / "harbour")
    winter = await project(store, "Winter", tmp_path / "winter")
    bare = (await store.sorting.make_project("Bare")).id

    wanted: dict[str, str | None] = {"h.jpg": harbour, "w.jpg": winter, "b.jpg": bare, "n.jpg": None, "g.jpg": "gone"}
    saved = [await store.library.save(original, name, project=where) for name, where in wanted.items()]

    assert [path.read_bytes() == original.read_bytes() for path in saved] == [True] * 5
    assert pictures(tmp_path / "harbour") == ["h.jpg"]
    assert pictures(tmp_path / "winter") == ["w.jpg"]
    assert pictures(tmp_path / "library") == ["b.jpg", "g.jpg", "n.jpg"]


async def test_a_project_folder_that_went_missing_is_never_made_again_and_named(
    data: Path, original: Path, tmp_path: Path
) -> None:
    harbour_folder = tmp_path / "harbour"
    async with opened(data) as store:
        harbour = await project(store, "Harbour", harbour_folder)
        await store.library.save(original, "a.jpg", project=harbour)
    harbour_folder.rename(tmp_path / "unplugged")

    async with opened(data) as store:
        with pytest.raises(StorageError) as caught:
            await store.library.save(original, "b.jpg", project=harbour)
        assert caught.value.failure.code == "PROJECT_FOLDER_MISSING"
        sentence = failure_sentence(caught.value.failure)
        assert "“Harbour”" in sentence
        assert str(harbour_folder) in sentence
        assert not harbour_folder.exists()
        await store.library.save(original, "library goes on.jpg")

        (tmp_path / "unplugged").rename(harbour_folder)
        assert await store.library.save(original, "b.jpg", project=harbour) == harbour_folder / "b.jpg"


async def test_an_empty_folder_where_a_drive_was_is_not_taken_for_it_until_it_is_chosen(
    store: Store, original: Path, tmp_path: Path
) -> None:
    harbour = await project(store, "Harbour", tmp_path / "harbour")
    (tmp_path / "harbour").rename(tmp_path / "unplugged")
    (tmp_path / "harbour").mkdir()

    with pytest.raises(StorageError):
        await store.library.save(original, "a.jpg", project=harbour)
    assert list((tmp_path / "harbour").iterdir()) == []

    await store.library.prepare(tmp_path / "harbour")
    assert (await store.library.save(original, "a.jpg", project=harbour)).exists()


async def test_a_project_folder_that_cannot_be_written_is_named(store: Store, original: Path, tmp_path: Path) -> None:
    harbour = await project(store, "Harbour", tmp_path / "harbour")
    await store.sorting.set_folder(harbour, str(tmp_path / "file"))
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(StorageError) as caught:
        await store.library.save(original, "a.jpg", project=harbour)

    assert caught.value.failure.code == "PROJECT_FOLDER_UNUSABLE"
    assert "“Harbour”" in failure_sentence(caught.value.failure)
    with pytest.raises(StorageError):
        await store.library.prepare(tmp_path / "file")


async def test_projects_that_share_a_folder_overwrite_nothing_of_each_other(
    store: Store, tmp_path: Path, original: Path
) -> None:
    shared = tmp_path / "library"
    first, second = await project(store, "One", shared), await project(store, "Two", shared)
    other = tmp_path / "other.jpg"
    other.write_bytes(b"other")

    saved = await asyncio.gather(
        store.library.save(original, "a.jpg", project=first),
        store.library.save(other, "a.jpg", project=second),
        store.library.save(original, "b.jpg"),
    )

    assert [path.read_bytes() for path in saved[:2]] == [original.read_bytes(), b"other"]
    assert pictures(shared) == ["a (2).jpg", "a.jpg", "b.jpg"]
    assert len(list(shared.glob(".seedream-library-*"))) == 1


async def test_a_deleted_project_keeps_its_files_and_later_copies_go_to_the_library(
    store: Store, original: Path, tmp_path: Path
) -> None:
    harbour = await project(store, "Harbour", tmp_path / "harbour")
    saved = await store.library.save(original, "a.jpg", project=harbour)
    (kept,) = await store.sorting.projects()

    await store.sorting.delete_project(harbour)
    assert saved.read_bytes() == original.read_bytes()
    assert (await store.library.save(original, "b.jpg", project=harbour)).parent == tmp_path / "library"

    await store.sorting.restore_project(kept)
    assert (await store.library.save(original, "c.jpg", project=harbour)).parent == tmp_path / "harbour"


async def test_what_a_crash_left_in_a_project_folder_is_swept_with_the_next_copy(
    data: Path, original: Path, tmp_path: Path
) -> None:
    async with opened(data) as store:
        harbour = await project(store, "Harbour", tmp_path / "harbour")
        ours = store.library._prefix
    (tmp_path / "harbour" / f"{ours}1.part").write_bytes(b"half")
    (tmp_path / "harbour" / ".seedream-part-other-1.part").write_bytes(b"half")

    async with opened(data) as store:
        await store.library.save(original, "a.jpg", project=harbour)

    assert pictures(tmp_path / "harbour") == [".seedream-part-other-1.part", "a.jpg"]
