"""Judgments by content: committed together, taken back exactly, and never touched by saving a task."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from seedream_desktop.domain.judging import UNJUDGED, Change, Flag, Judgment
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.store.opening import Store, open_read_only
from tests.store.samples import opened, task_of

ALL = Change(stars=4, flag=Flag.PICK, is_favourite=True, note="too dark", adds=("print", "cover"))
JUDGED = Judgment(4, Flag.PICK, True, "too dark", ("cover", "print"))


async def judged(store: Store, sha256: str) -> Judgment:
    return (await store.judging.judgments([sha256]))[sha256]


async def test_a_picture_nobody_looked_at_has_the_defaults(store: Store) -> None:
    assert await store.judging.judgments(["a", "b", "a"]) == {"a": UNJUDGED, "b": UNJUDGED}


async def test_everything_said_is_there_after_a_restart(data: Path) -> None:
    async with opened(data) as store:
        await store.judging.judge({"a": ALL})

    async with opened(data) as store:
        assert await judged(store, "a") == JUDGED


async def test_undo_takes_back_all_of_a_change_and_redo_brings_it_back(store: Store) -> None:
    await store.judging.judge({"a": Change(stars=2, adds=("web", "cover"))})
    before = await store.judging.judgments("ab")

    undo = await store.judging.judge({"a": ALL, "b": Change(flag=Flag.REJECT)})
    after = await store.judging.judgments("ab")
    redo = await store.judging.judge(undo)

    assert await store.judging.judgments("ab") == before
    await store.judging.judge(redo)
    assert await store.judging.judgments("ab") == after


async def test_undo_leaves_alone_what_was_said_of_other_things_since(store: Store) -> None:
    undo = await store.judging.judge({"a": Change(stars=5, adds=("cover",))})
    await store.judging.judge({"a": Change(note="later", adds=("web",))})

    await store.judging.judge(undo)

    assert await judged(store, "a") == Judgment(note="later", tags=("web",))


async def test_a_task_can_be_saved_while_very_many_pictures_are_marked(store: Store) -> None:
    names = [f"picture-{number}" for number in range(20_000)]
    marking = asyncio.ensure_future(store.judging.judge(dict.fromkeys(names, Change(stars=5))))
    while await judged(store, min(names)) == UNJUDGED:
        await asyncio.sleep(0)

    await store.tasks.save(task_of())

    assert not marking.done()
    undo = await marking
    assert set((await store.judging.judgments(names)).values()) == {Judgment(5)}
    await store.judging.judge(undo)
    assert set((await store.judging.judgments(names)).values()) == {UNJUDGED}


async def test_when_the_disk_fails_in_the_middle_of_very_many_marks_none_of_them_stays(store: Store) -> None:
    names = [f"picture-{number:04}" for number in range(2_500)]
    await store.judging.judge({names[7]: Change(stars=1)})
    stop = "CREATE TEMP TRIGGER stop BEFORE INSERT ON judgments WHEN NEW.sha256 = 'picture-2200'"
    await store.database.execute(f"{stop} BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END", ())

    with pytest.raises(StorageError):
        await store.judging.judge(dict.fromkeys(names, Change(stars=5)))

    said = await store.judging.judgments(names)
    assert said.pop(names[7]) == Judgment(1)
    assert set(said.values()) == {UNJUDGED}


async def test_a_change_that_changes_nothing_has_nothing_to_undo(store: Store) -> None:
    await store.judging.judge({"a": ALL})

    assert await store.judging.judge({"a": ALL, "b": Change(stars=0, drops=("none",))}) == {}


async def test_what_was_taken_back_leaves_no_rows(store: Store) -> None:
    await store.judging.judge(await store.judging.judge({"a": ALL}))

    for table in ("judgments", "picture_tags"):
        assert await store.database.row(f"SELECT count(*) FROM {table}", ()) == (0,)


async def test_stars_that_do_not_exist_change_nothing_at_all(store: Store) -> None:
    with pytest.raises(ValueError, match="stars"):
        await store.judging.judge({"a": ALL, "b": Change(stars=6)})

    assert await judged(store, "a") == UNJUDGED


async def test_two_thousand_pictures_are_judged_in_one_step_and_back(store: Store) -> None:
    names = [f"picture-{number}" for number in range(2000)]

    undo = await store.judging.judge(dict.fromkeys(names, ALL))

    assert len(undo) == 2000
    assert set((await store.judging.judgments(names)).values()) == {JUDGED}
    await store.judging.judge(undo)
    assert set((await store.judging.judgments(names)).values()) == {UNJUDGED}


async def test_saving_a_task_does_not_touch_what_was_said_of_its_pictures(store: Store) -> None:
    picture = Picture(0, "https://pictures.invalid/1", PictureState.STORED, 1, "a")
    task = task_of(state=TaskState.DONE).but(pictures=(picture,))
    await store.tasks.save(task)
    await store.judging.judge({"a": ALL})
    project = await store.sorting.make_project("Winter")
    await store.sorting.place({"a": project.id})

    await store.tasks.save(task.but(pictures=(picture.but(saved_path="/library/a.png"),)))
    await store.tasks.save(task_of("two", state=TaskState.DONE).but(pictures=(picture,)))

    assert await judged(store, "a") == JUDGED
    assert [each.pictures for each in await store.sorting.projects()] == [1]


async def test_words_that_are_no_text_are_kept_as_far_as_they_are(store: Store) -> None:
    await store.judging.judge({"a": Change(note="dark\ud800", adds=("co\ud800ver",))})

    assert await judged(store, "a") == Judgment(note="dark?", tags=("co?ver",))


async def test_tags_are_told_with_how_often_they_are_used(store: Store) -> None:
    await store.judging.judge({"a": Change(adds=("web", "cover")), "b": Change(adds=("cover",))})

    assert await store.judging.tags() == (("cover", 2), ("web", 1))


async def test_a_folder_opened_for_looking_takes_no_judgment(store: Store, data: Path) -> None:
    await store.judging.judge({"a": ALL})
    reader = await open_read_only(data)

    assert await judged(reader, "a") == JUDGED
    with pytest.raises(StorageError):
        await reader.judging.judge({"a": Change(stars=1)})
    await reader.close()


changes = st.builds(
    Change,
    stars=st.none() | st.integers(0, 5),
    flag=st.none() | st.sampled_from(Flag),
    is_favourite=st.none() | st.booleans(),
    note=st.sampled_from((None, "", "dark", "light")),
    adds=st.lists(st.sampled_from(("a", "b", "c")), max_size=2).map(tuple),
    drops=st.lists(st.sampled_from(("a", "b", "c")), max_size=2).map(tuple),
)
steps = st.lists(st.dictionaries(st.sampled_from("xyz"), changes, max_size=3), max_size=8)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
async def test_any_history_is_undone_step_by_step(tmp_path: Path, steps: list[dict[str, Change]]) -> None:
    async with opened(tmp_path / "data") as store:
        start = await store.judging.judgments("xyz")
        undos = [await store.judging.judge(step) for step in steps]
        for undo in reversed(undos):
            await store.judging.judge(undo)
        assert await store.judging.judgments("xyz") == start
