"""The user's folder: made once, never made again by itself, never overwritten."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.pictures import Library
from seedream_desktop.store.library import UserLibrary
from seedream_desktop.store.opening import Store
from tests.store.samples import opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    path = tmp_path / "original.jpg"
    path.write_bytes(os.urandom(300_000))
    return path


def pictures(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(".seedream-library-"))


def test_the_library_fits_the_port(store: Store) -> None:
    port: Library = store.library

    assert port is store.library


async def test_a_picture_is_copied_byte_for_byte(store: Store, folder: Path, original: Path) -> None:
    saved = await store.library.save(original, "a fox.jpg")

    assert saved == folder / "a fox.jpg"
    assert saved.read_bytes() == original.read_bytes()
    assert pictures(folder) == ["a fox.jpg"]


async def test_the_folder_is_made_the_first_time_and_marked(store: Store, folder: Path, original: Path) -> None:
    assert not folder.exists()

    await store.library.save(original, "a.jpg")

    assert len(list(folder.glob(".seedream-library-*"))) == 1


async def test_a_missing_folder_is_never_made_again(data: Path, folder: Path, original: Path, tmp_path: Path) -> None:
    async with opened(data) as store:
        await store.library.save(original, "a.jpg")
    folder.rename(tmp_path / "unplugged")

    async with opened(data) as store:
        with pytest.raises(StorageError) as caught:
            await store.library.save(original, "b.jpg")
        assert caught.value.failure.code == "LIBRARY_MISSING"
        assert str(folder) in caught.value.failure.message
        assert not folder.exists()

        (tmp_path / "unplugged").rename(folder)
        assert (await store.library.save(original, "b.jpg")).exists()


async def test_an_empty_folder_in_the_place_of_the_library_is_not_taken_for_it(
    store: Store, folder: Path, original: Path, tmp_path: Path
) -> None:
    await store.library.save(original, "a.jpg")
    folder.rename(tmp_path / "unplugged")
    folder.mkdir()

    with pytest.raises(StorageError):
        await store.library.save(original, "b.jpg")

    assert list(folder.iterdir()) == []


async def test_a_folder_the_user_chooses_is_made_even_when_it_was_known(
    store: Store, folder: Path, original: Path, tmp_path: Path
) -> None:
    await store.library.save(original, "a.jpg")
    folder.rename(tmp_path / "thrown away")

    await store.library.choose(folder)

    assert await store.library.save(original, "b.jpg") == folder / "b.jpg"
    await store.library.choose(tmp_path / "other")
    assert store.library.folder == tmp_path / "other"
    assert await store.library.save(original, "c.jpg") == tmp_path / "other" / "c.jpg"


async def test_a_marked_folder_is_known_again_by_a_new_data_folder(
    store: Store, folder: Path, original: Path, tmp_path: Path
) -> None:
    await store.library.save(original, "a.jpg")

    async with opened(tmp_path / "new data", folder) as second:
        await second.library.save(original, "b.jpg")

    assert len(list(folder.glob(".seedream-library-*"))) == 1


async def test_a_taken_name_gets_a_number_and_nothing_is_overwritten(
    store: Store, folder: Path, original: Path
) -> None:
    await store.library.choose(folder)
    (folder / "a.jpg").write_bytes(b"the user's own")
    (folder / "a (2).jpg").mkdir()

    assert (await store.library.save(original, "a.jpg")).name == "a (3).jpg"
    assert (folder / "a.jpg").read_bytes() == b"the user's own"


async def test_the_same_picture_under_the_same_name_is_one_file(store: Store, folder: Path, original: Path) -> None:
    first = await store.library.save(original, "a.jpg")

    assert await store.library.save(original, "a.jpg") == first
    assert pictures(folder) == ["a.jpg"]


async def test_different_pictures_saved_at_once_get_names_of_their_own(store: Store, tmp_path: Path) -> None:
    originals = []
    for number in range(8):
        originals.append(tmp_path / f"{number}.jpg")
        originals[-1].write_bytes(bytes([number]) * 1000)

    saved = await asyncio.gather(*(store.library.save(original, "a.jpg") for original in originals))

    assert [path.read_bytes() for path in saved] == [original.read_bytes() for original in originals]


@pytest.mark.parametrize("name", ["../../escape.jpg", "/etc/escape.jpg", "sub/folder/escape.jpg"])
async def test_a_name_cannot_leave_the_folder(store: Store, folder: Path, original: Path, name: str) -> None:
    assert await store.library.save(original, name) == folder / "escape.jpg"


async def test_a_long_path_is_shortened_where_the_system_needs_it(store: Store, folder: Path, original: Path) -> None:
    limit = len(str(folder)) + 30
    library = UserLibrary(folder, store.meta, "me", max_path_chars=limit)
    (await library.save(original, "x" * 80 + ".jpg")).write_bytes(b"changed")

    second = await library.save(original, "x" * 80 + ".jpg")
    library.close()

    assert len(str(second)) == limit
    assert second.name.endswith(" (2).jpg")


async def test_without_hard_links_nothing_is_overwritten_either(
    store: Store, folder: Path, original: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_source: object, _target: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    await store.library.choose(folder)
    (folder / "a.jpg").write_bytes(b"the user's own")

    saved = await store.library.save(original, "a.jpg")

    assert (saved.name, saved.read_bytes()) == ("a (2).jpg", original.read_bytes())
    assert pictures(folder) == ["a (2).jpg", "a.jpg"]


async def test_unfinished_copies_of_ours_are_swept_and_those_of_others_stay(
    data: Path, folder: Path, original: Path
) -> None:
    async with opened(data) as store:
        await store.library.save(original, "a.jpg")
        ours = store.library._prefix
    (folder / f"{ours}1.part").write_bytes(b"half")
    (folder / ".seedream-part-other-1.part").write_bytes(b"half")

    async with opened(data) as store:
        assert await store.library.sweep() == 1

    assert pictures(folder) == [".seedream-part-other-1.part", "a.jpg"]


async def test_a_missing_original_leaves_no_trace(store: Store, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        await store.library.save(tmp_path / "nowhere.jpg", "a.jpg")

    assert pictures(folder) == []
