"""The trash with real files and a real database: everything comes back, and nothing is half done."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from seedream_desktop.app.trash_check import check_trash
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.judging import Change, Judgment
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.task_object import task_object
from seedream_desktop.engine.trash import KEPT_FOR, Emptied, Put, Restored
from seedream_desktop.ports.trash import NoTrashError
from tests.app.trash_bench import TrashBench, at_home, sha, trash_bench


def no_trash(path: Path) -> str:
    raise NoTrashError(Failure(FailureKind.DISK_TROUBLE, "NO_SYSTEM_TRASH", str(path.parent)))


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    at_home(tmp_path, monkeypatch)


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[TrashBench]:
    async with trash_bench(tmp_path) as bench:
        await bench.finished("one", "fox", "owl")
        yield bench


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Nobody can write into *folder*, not even root."""
    try:
        subprocess.run(["mount", "--bind", folder, folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a bind mount is not allowed here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


async def test_a_thrown_picture_is_hidden_and_its_copy_lies_in_the_trash_of_the_system(bench: TrashBench) -> None:
    put = await bench.trash.put([sha("fox")])

    assert put == Put(contents=(sha("fox"),))
    assert (bench.in_library(), bench.in_system_trash()) == (["one_1.png"], ["one_0.png"])
    fox, owl = await bench.pictures("one")
    assert (fox.saved_path, Path(fox.path or "").read_text()) == (None, "fox")
    assert owl.saved_path is not None
    assert await bench.store.gallery.contents(Query()) == (sha("owl"),)
    assert await bench.store.gallery.contents(Query(is_in_trash=True)) == (sha("fox"),)


async def test_a_restored_picture_is_as_it_was_with_the_very_file(bench: TrashBench) -> None:
    place = bench.library / "one_0.png"
    before, inode = await bench.pictures("one"), place.stat().st_ino
    await bench.store.judging.judge({sha("fox"): Change(stars=4)})
    album = await bench.store.sorting.make_collection("Animals")
    await bench.store.sorting.add(album.id, [sha("fox")])
    await bench.trash.put([sha("fox")])

    assert await bench.trash.restore([sha("fox")]) == Restored((sha("fox"),))

    assert (await bench.pictures("one"), place.stat().st_ino) == (before, inode)
    assert (bench.in_system_trash(), list((bench.system / "files").iterdir())) == ([], [])
    assert (await bench.store.judging.judgments([sha("fox")]))[sha("fox")] == Judgment(stars=4)
    assert await bench.store.gallery.contents(Query(collection=album.id)) == (sha("fox"),)


async def test_a_copy_that_the_user_changed_comes_back_changed(bench: TrashBench) -> None:
    (bench.library / "one_0.png").write_text("fox, retouched")
    await bench.trash.put([sha("fox")])

    assert await bench.trash.restore([sha("fox")]) == Restored((sha("fox"),))

    assert (bench.library / "one_0.png").read_text() == "fox, retouched"


async def test_a_changed_copy_that_is_gone_from_the_trash_of_the_system_is_told_and_the_original_copied(
    bench: TrashBench,
) -> None:
    (bench.library / "one_0.png").write_text("fox, retouched")
    await bench.trash.put([sha("fox")])
    shutil.rmtree(bench.system)

    restored = await bench.trash.restore([sha("fox")])

    assert restored == Restored((sha("fox"),), lost=(str(bench.library / "one_0.png"),))
    fox, _ = await bench.pictures("one")
    assert Path(fox.saved_path or "").read_text() == "fox"


async def test_a_file_that_has_the_name_meanwhile_is_not_overwritten(bench: TrashBench) -> None:
    await bench.trash.put([sha("fox")])
    (bench.library / "one_0.png").write_text("somebody else's")

    restored = await bench.trash.restore([sha("fox")])

    assert restored.lost == ()
    assert (bench.library / "one_0.png").read_text() == "somebody else's"
    fox, _ = await bench.pictures("one")
    assert Path(fox.saved_path or "").read_text() == "fox"


async def test_two_pictures_of_the_same_content_go_and_come_together(bench: TrashBench) -> None:
    await bench.finished("two", "fox")

    await bench.trash.put([sha("fox")])
    assert await bench.store.gallery.contents(Query()) == (sha("owl"),)
    assert bench.in_library() == ["one_1.png"]

    await bench.trash.restore([sha("fox")])
    assert bench.in_library() == ["one_0.png", "one_1.png", "two_0.png"]
    assert (await bench.pictures("two"))[0].saved_path == str(bench.library / "two_0.png")


async def test_throwing_twice_and_restoring_what_is_not_thrown_do_nothing(bench: TrashBench) -> None:
    await bench.trash.put([sha("fox")])

    assert await bench.trash.put([sha("fox"), sha("nobody")]) == Put()
    assert await bench.trash.restore([sha("owl")]) == Restored()
    assert bench.in_system_trash() == ["one_0.png"]


async def test_a_copy_that_is_gone_already_stands_in_nothing_s_way(bench: TrashBench) -> None:
    (bench.library / "one_0.png").unlink()

    assert await bench.trash.put([sha("fox")]) == Put(contents=(sha("fox"),))
    assert await bench.trash.restore([sha("fox")]) == Restored((sha("fox"),))
    fox, _ = await bench.pictures("one")
    assert Path(fox.saved_path or "").read_text() == "fox"


async def test_what_is_in_the_trash_is_not_copied_to_the_library_again(bench: TrashBench) -> None:
    await bench.trash.put([sha("fox")])
    (task,) = await bench.store.tasks.newest(1)

    assert await bench.store.tasks.with_unsaved_pictures() == ()
    assert await bench.copier.copied(task, task.pictures[0]) == task.pictures[0]
    assert bench.in_library() == ["one_1.png"]


async def test_a_file_that_a_waiting_order_will_open_is_left_alone(bench: TrashBench) -> None:
    await bench.order_with(str(bench.library / "one_0.png"))

    put = await bench.trash.put([sha("fox"), sha("owl")])

    assert put == Put(contents=(sha("owl"),), needed=1)
    assert bench.in_library() == ["one_0.png"]


async def test_an_original_that_a_waiting_order_will_open_is_not_emptied(bench: TrashBench) -> None:
    fox, _ = await bench.pictures("one")
    await bench.order_with(fox.path or "")
    await bench.trash.put([sha("fox")])

    assert await bench.trash.empty() == Emptied(needed=1)
    assert Path(fox.path or "").exists()


async def test_emptying_moves_the_original_into_the_trash_of_the_system_and_the_picture_is_seen_nowhere(
    bench: TrashBench,
) -> None:
    await bench.trash.put([sha("fox")])
    thumbnail = bench.store.layout.thumbnail(sha("fox"), 256)
    thumbnail.parent.mkdir(parents=True)
    thumbnail.write_text("small")

    assert await bench.trash.empty() == Emptied(contents=(sha("fox"),))

    assert not thumbnail.exists()
    assert bench.in_system_trash() == sorted(["one_0.png", f"{sha('fox')}.png"])
    (task,) = await bench.store.tasks.newest(1)
    assert (task.pictures[0].state, task.pictures[0].path, task.pictures[0].saved_path) == (
        PictureState.MISSING,
        None,
        None,
    )
    assert [each["state"] for each in task_object(task)["pictures"]] == ["missing", "stored"]
    assert await bench.store.gallery.contents(Query(is_in_trash=True)) == ()
    assert (await bench.store.sorting.sums()).in_bin == 0
    assert (await bench.store.gallery.count(Query())).pictures == 1
    assert await bench.trash.restore([sha("fox")]) == Restored()
    assert await bench.trash.empty() == Emptied()


async def test_after_thirty_days_the_trash_is_emptied_by_itself_and_not_before(bench: TrashBench) -> None:
    await bench.trash.put([sha("fox")])

    bench.clock.ahead = KEPT_FOR - timedelta(minutes=1)
    await bench.trash.tidy()
    assert (await bench.pictures("one"))[0].state is PictureState.STORED

    bench.clock.ahead = KEPT_FOR + timedelta(days=1)
    await bench.trash.tidy()
    assert (await bench.pictures("one"))[0].state is PictureState.STORED

    bench.clock.ahead = KEPT_FOR + timedelta(days=2)
    await bench.trash.tidy()
    assert (await bench.pictures("one"))[0].state is PictureState.MISSING


async def test_a_clock_that_is_ten_years_ahead_for_a_moment_empties_nothing(bench: TrashBench) -> None:
    await bench.trash.tidy()
    await bench.trash.put([sha("fox")])

    for days_ahead in (3650, 0, 3650, -3650, 1, 2, 20):
        bench.clock.ahead = timedelta(days=days_ahead)
        await bench.trash.tidy()
        assert (await bench.pictures("one"))[0].state is PictureState.STORED

    bench.clock.ahead = KEPT_FOR + timedelta(days=1)
    await bench.trash.tidy()
    bench.clock.ahead = KEPT_FOR + timedelta(days=2)
    await bench.trash.tidy()
    assert (await bench.pictures("one"))[0].state is PictureState.MISSING


async def test_without_a_trash_of_the_system_nothing_is_deleted_until_the_user_says_so(tmp_path: Path) -> None:
    async with trash_bench(tmp_path, no_trash) as bench:
        await bench.finished("one", "fox")

        put = await bench.trash.put([sha("fox")])
        assert put == Put(contents=(sha("fox"),), without_trash=(sha("fox"),), files=1)
        await bench.trash.tidy()
        assert bench.in_library() == ["one_0.png"]

        assert await bench.trash.restore(put.without_trash) == Restored((sha("fox"),))
        assert (await bench.pictures("one"))[0].saved_path == str(bench.library / "one_0.png")

        await bench.trash.put([sha("fox")])
        assert await bench.trash.delete_copies([sha("fox")]) == ()
        assert (bench.in_library(), (await bench.pictures("one"))[0].saved_path) == ([], None)
        await bench.trash.restore([sha("fox")])
        (fox,) = await bench.pictures("one")
        assert Path(fox.saved_path or "").read_text() == "fox"


async def test_without_a_trash_of_the_system_originals_stay_until_the_user_says_so(tmp_path: Path) -> None:
    async with trash_bench(tmp_path, no_trash) as bench:
        await bench.finished("one", "fox")
        original = Path((await bench.pictures("one"))[0].path or "")
        await bench.trash.put([sha("fox")])

        for ahead in (2 * KEPT_FOR, 3 * KEPT_FOR):
            bench.clock.ahead = ahead
            await bench.trash.tidy()
        assert await bench.trash.empty() == Emptied(without_trash=(sha("fox"),))
        assert original.read_text() == "fox"

        assert await bench.trash.empty(only=[sha("fox")], for_good=True) == Emptied(contents=(sha("fox"),))
        assert not original.exists()


async def test_a_folder_that_is_away_keeps_its_copies_which_follow_when_it_is_back(
    bench: TrashBench, caplog: pytest.LogCaptureFixture
) -> None:
    away = bench.folder / "unplugged"
    bench.library.rename(away)

    put = await bench.trash.put([sha("fox")])
    assert "stays for now" in caplog.text
    assert "one_0" not in caplog.text  # in a real library the name is made of the prompt
    assert put.staying == (str(bench.library / "one_0.png"),)
    assert await bench.store.gallery.contents(Query()) == (sha("owl"),)

    away.rename(bench.library)
    await bench.trash.tidy()
    assert (bench.in_library(), bench.in_system_trash()) == (["one_1.png"], ["one_0.png"])


@pytest.mark.skipif(os.name != "posix", reason="bind mounts")
async def test_a_folder_that_is_read_only_keeps_its_copies_and_undo_needs_nothing_of_it(bench: TrashBench) -> None:
    with read_only(bench.library):
        put = await bench.trash.put([sha("fox")])
        assert put == Put(contents=(sha("fox"),), staying=(str(bench.library / "one_0.png"),))

        assert await bench.trash.restore([sha("fox")]) == Restored((sha("fox"),))

    assert (await bench.pictures("one"))[0].saved_path == str(bench.library / "one_0.png")
    assert bench.in_library() == ["one_0.png", "one_1.png"]


async def test_a_crash_between_the_record_and_the_move_is_taken_up_at_the_next_start(tmp_path: Path) -> None:
    async with trash_bench(tmp_path) as bench:
        await bench.finished("one", "fox", "owl")
        await bench.store.trash.note(await bench.trash._copies_of(frozenset([sha("fox")])))

    async with trash_bench(tmp_path) as bench:
        await bench.trash.tidy()

        assert (bench.in_library(), bench.in_system_trash()) == (["one_1.png"], ["one_0.png"])
        assert (await bench.pictures("one"))[0].saved_path is None


async def test_a_crash_after_an_original_left_is_written_down_at_the_next_start(tmp_path: Path) -> None:
    async with trash_bench(tmp_path) as bench:
        await bench.finished("one", "fox")
        await bench.trash.put([sha("fox")])
        await bench.files.throw(Path((await bench.pictures("one"))[0].path or ""))

    async with trash_bench(tmp_path) as bench:
        await bench.trash.tidy()

        assert (await bench.pictures("one"))[0].state is PictureState.MISSING
        assert await bench.store.gallery.contents(Query(is_in_trash=True)) == ()


async def test_a_crash_while_bringing_back_leaves_the_picture_in_the_trash_and_it_can_come_back(
    tmp_path: Path,
) -> None:
    async with trash_bench(tmp_path) as bench:
        await bench.finished("one", "fox")
        await bench.trash.put([sha("fox")])
        await bench.trash._fetch_copies(await bench.store.trash.all())

    async with trash_bench(tmp_path) as bench:
        await bench.trash.tidy()
        assert await bench.store.gallery.contents(Query(is_in_trash=True)) == (sha("fox"),)

        await bench.trash.restore([sha("fox")])

        assert (bench.in_library(), bench.in_system_trash()) == (["one_0.png"], [])
        assert (await bench.pictures("one"))[0].saved_path == str(bench.library / "one_0.png")


async def test_a_folder_with_a_trash_is_known_by_a_file_that_leaves_nothing_behind(bench: TrashBench) -> None:
    finding = await check_trash(bench.library)

    assert (finding.ok, "gives them back" in finding.detail) == (True, True)
    assert bench.in_library() == ["one_0.png", "one_1.png"]
    assert list(bench.library.glob(".seedream-trash*")) == []
    assert (bench.in_system_trash(), list((bench.system / "files").iterdir())) == ([], [])


async def test_a_folder_that_is_not_made_yet_is_not_made_to_check_its_trash(tmp_path: Path) -> None:
    assert (await check_trash(tmp_path / "later")).ok
    assert not (tmp_path / "later").exists()


@pytest.mark.skipif(os.name != "posix", reason="bind mounts")
async def test_a_read_only_folder_is_a_finding(bench: TrashBench) -> None:
    with read_only(bench.library):
        assert not (await check_trash(bench.library)).ok
