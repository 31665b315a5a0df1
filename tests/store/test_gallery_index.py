"""The library as columns: the right groups in the right order, with cells and shapes as the gallery paints them."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.judging import Change, Flag
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Resolution, pixels_for
from seedream_desktop.domain.task import Task, TaskId, TaskState
from seedream_desktop.ports.gallery import GalleryIndex
from seedream_desktop.store.database import connect
from seedream_desktop.store.opening import Store, open_read_only
from seedream_desktop.store.schema import STEPS, migrate, version_of
from seedream_desktop.ui.gallery.model import has_card, tiles_of
from tests.store.samples import NOON, opened, task_of

PORTRAIT = PixelSize(1664, 2496)


def picture_of(sha256: str | None, position: int = 0, size: PixelSize = PORTRAIT) -> Picture:
    """Return a stored picture, or one still to come when it has no content."""
    if sha256 is None:
        return Picture(position, "https://pictures.invalid/1")
    return Picture(position, "https://pictures.invalid/1", PictureState.STORED, 1, sha256, size=size)


def done(name: str, *contents: str | None, age_s: float = 0, request: GenerationRequest | None = None) -> Task:
    """Return a task with a picture for each of *contents*."""
    pictures = tuple(picture_of(content, at) for at, content in enumerate(contents))
    task = task_of(name, age_s=age_s, state=TaskState.DONE).but(pictures=pictures)
    return task if request is None else task.but(request=request)


async def names(store: Store, query: Query) -> list[str]:
    """Return the ids of all groups that fit."""
    gallery: GalleryIndex = store.gallery
    return list((await gallery.groups(query)).ids)


async def test_an_empty_library_has_no_groups(store: Store) -> None:
    index = await store.gallery.groups(Query())

    assert len(index) == 0
    assert list(index.ids) == []
    assert await store.gallery.days(Query()) == ()
    assert await store.gallery.first_before(date(2026, 11, 20), Query()) is None


async def test_groups_come_newest_first_with_the_shape_of_their_pictures(store: Store) -> None:
    await store.tasks.save(done("old", "a", "b", age_s=100))
    await store.tasks.save(done("new", "c"))

    index = await store.gallery.groups(Query())

    assert list(index.ids) == ["new", "old"]
    assert (list(index.cells), index.total_cells) == ([1, 2], 3)
    head = index.head(1)
    assert (head.ratio_w, head.ratio_h) == (1664, 2496)
    assert head.created_at_s == int((NOON - timedelta(seconds=100)).timestamp())
    assert head.positions(2) == (0, 1)


async def test_tasks_of_one_microsecond_stand_in_the_order_they_came_in(store: Store) -> None:
    for name in ("first", "second", "third"):
        await store.tasks.save(task_of(name))
    await store.tasks.save(task_of("first", state=TaskState.PROCESSING))

    index = await store.gallery.groups(Query())

    assert list(index.ids) == ["third", "second", "first"]
    assert [index.row_of(TaskId(name), NOON) for name in ("third", "first", "none")] == [0, 2, None]
    assert index.row_of(TaskId("first"), NOON - timedelta(seconds=9)) is None


@pytest.mark.parametrize("failure", [None, Failure(FailureKind.TRY_LATER)])
@pytest.mark.parametrize("state", TaskState)
@pytest.mark.parametrize("contents", [(), ("a", None, "b")])
async def test_cells_are_counted_as_the_gallery_paints_them(
    store: Store, state: TaskState, failure: Failure | None, contents: tuple[str | None, ...]
) -> None:
    request = GenerationRequest("a red fox", count=4)
    task = done("one", *contents, request=request).but(state=state, failure=failure)
    await store.tasks.save(task)

    index = await store.gallery.groups(Query())

    assert list(index.cells) == [1 if has_card(task) else len(tiles_of(task))]
    assert (index.shapes[0] == 0) is has_card(task)


@pytest.mark.parametrize("resolution", Resolution)
@pytest.mark.parametrize("ratio", [*AspectRatio, None])
async def test_a_group_without_pictures_has_the_shape_that_will_be_painted(
    store: Store, ratio: AspectRatio | None, resolution: Resolution
) -> None:
    request = GenerationRequest("a red fox", aspect_ratio=ratio, resolution=resolution)
    await store.tasks.save(task_of().but(request=request))

    head = (await store.gallery.groups(Query())).head(0)

    wanted = PixelSize(1, 1) if ratio is None else pixels_for(ratio, resolution)
    assert (head.ratio_w, head.ratio_h) == (wanted.width_px, wanted.height_px)


async def test_a_group_follows_its_task_through_its_life(store: Store) -> None:
    task = task_of(state=TaskState.PROCESSING).but(request=GenerationRequest("a red fox", count=3))
    seen = []
    for changed in (
        task,
        task.but(state=TaskState.DOWNLOADING, pictures=(picture_of(None), picture_of(None, 1))),
        task.but(state=TaskState.PARTIAL, pictures=(picture_of("a"), picture_of(None, 1))),
        task.but(state=TaskState.FAILED),
    ):
        await store.tasks.save(changed)
        index = await store.gallery.groups(Query())
        seen.append((index.cells[0], index.shapes[0] >> 16))

    assert seen == [(3, 2048), (2, 2048), (2, 1664), (1, 0)]


async def test_whole_tasks_come_in_the_order_asked_for_and_unknown_ones_are_left_out(store: Store) -> None:
    tasks = [done(name, f"{name}-content", age_s=at) for at, name in enumerate("abcdef")]
    for task in tasks:
        await store.tasks.save(task)

    found = await store.gallery.tasks([TaskId(name) for name in ("e", "nobody", "a")])

    assert found == (tasks[4], tasks[0])


async def test_more_tasks_than_fit_into_one_question_are_all_found(store: Store) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1201)"
            " INSERT INTO tasks SELECT 'copy-' || i, created_at, state, prompt, mode, resolution, aspect_ratio, count,"
            " sequence, provider, callback_url, request, estimated_cost_usd, NULL, service_state, is_watched,"
            " accepted_at, finished_at, failure_kind, failure_code, failure_message, raw_result, parent_sha256,"
            " project, set_id FROM tasks, n"
        )

    await store.tasks.save(task_of())
    await store.database.write(fill)

    ids = await names(store, Query())

    assert len(await store.gallery.tasks([TaskId(name) for name in ids])) == 1202


async def test_what_was_ordered_can_be_asked_for(store: Store) -> None:
    wide = GenerationRequest("wide", aspect_ratio=AspectRatio.PANORAMA_21_9, resolution=Resolution.FOUR_K)
    remade = GenerationRequest("remade", Mode.IMAGE_TO_IMAGE, references=(Reference("/a.png", sha256="ref"),))
    await store.tasks.save(done("wide", "a", age_s=2, request=wide))
    await store.tasks.save(done("remade", "b", age_s=1, request=remade))
    await store.tasks.save(task_of("waiting"))
    await store.gallery.catch_up()

    assert await names(store, Query(ratios=(AspectRatio.PANORAMA_21_9, AspectRatio.LANDSCAPE_3_2))) == ["wide"]
    assert await names(store, Query(resolutions=(Resolution.TWO_K,))) == ["waiting", "remade"]
    assert await names(store, Query(modes=(Mode.IMAGE_TO_IMAGE,))) == ["remade"]
    assert await names(store, Query(states=(TaskState.DONE,), modes=(Mode.TEXT_TO_IMAGE,))) == ["wide"]
    assert await names(store, Query(reference_sha256="ref")) == ["remade"]


async def test_a_group_shows_only_the_pictures_that_fit(store: Store) -> None:
    await store.tasks.save(done("one", "a", "b", "c", "d"))
    await store.tasks.save(done("two", "e", age_s=10))
    await store.judging.judge({"b": Change(stars=4), "d": Change(stars=5, flag=Flag.PICK), "e": Change(stars=2)})

    index = await store.gallery.groups(Query(rating_at_least=4))

    assert (list(index.ids), list(index.cells)) == (["one"], [2])
    assert index.head(0).positions(4) == (1, 3)
    counts = await store.gallery.count(Query(rating_at_least=4))
    assert (counts.tasks, counts.pictures) == (1, 2)


async def test_judgments_are_asked_for_together(store: Store) -> None:
    await store.tasks.save(done("one", "a", "b", "c"))
    await store.judging.judge(
        {
            "a": Change(stars=5, flag=Flag.PICK, adds=("cover", "print")),
            "b": Change(stars=5, flag=Flag.REJECT, adds=("cover",)),
        }
    )
    await store.judging.judge({"c": Change(is_favourite=True)})

    async def shown(query: Query) -> tuple[int, ...]:
        index = await store.gallery.groups(query)
        return index.head(0).positions(3) if len(index) else ()

    assert await shown(Query(tags=("cover",))) == (0, 1)
    assert await shown(Query(tags=("cover", "print"))) == (0,)
    assert await shown(Query(flag=Flag.NONE)) == (2,)
    assert await shown(Query(flag=Flag.NONE, is_favourite=True, tags=("cover",))) == ()
    assert await shown(Query(flag=Flag.REJECT, rating_at_least=5)) == (1,)
    assert await shown(Query(is_favourite=True)) == (2,)
    assert await shown(Query(is_favourite=True, tags=("cover",))) == ()


async def test_after_many_marks_the_groups_show_what_the_pictures_themselves_say(store: Store) -> None:
    chance = random.Random(5)
    contents = [f"{number:02}" for number in range(24)]
    for at in range(0, 24, 4):
        # A picture may be in two orders, and one is still to come in each.
        again = contents[max(0, at - 1)]
        await store.tasks.save(done(f"task{at}", *contents[at : at + 4], None, *({again} - {contents[at]}), age_s=at))
    inverses = []
    for _ in range(60):
        change = Change(
            stars=chance.choice((None, *range(6))),
            flag=chance.choice((None, *Flag)),
            is_favourite=chance.choice((None, True, False)),
        )
        inverses.append(await store.judging.judge({chance.choice(contents): change}))
        if len(inverses) % 7 == 0:
            await store.judging.judge(inverses[-1])
    await store.tasks.save(done("task0", *contents[:4], "late", age_s=0))

    for query in [
        Query(rating_at_least=stars, flag=flag, is_favourite=is_favourite)
        for stars in range(6)
        for flag in (None, *Flag)
        for is_favourite in (False, True)
    ]:
        index = await store.gallery.groups(query)
        tasks = await store.gallery.tasks(index.ids)
        shown = {task.pictures[at].sha256 for row, task in enumerate(tasks) for at in index.head(row).positions(6)
                 if at < len(task.pictures)}  # fmt: skip
        assert shown - {None} == set(await store.gallery.contents(query))
        assert (await store.gallery.count(query)).tasks == len(index)
        if query.asks_about_pictures:
            assert [len(index.head(row).positions(len(task.pictures))) for row, task in enumerate(tasks)] == list(
                index.cells
            )


async def test_words_and_judgments_are_asked_for_together(store: Store) -> None:
    await store.tasks.save(done("fox", "a", "b"))
    await store.tasks.save(done("owl", "c", request=GenerationRequest("an owl"), age_s=3))
    await store.judging.judge({content: Change(stars=3) for content in "ac"})
    await store.gallery.catch_up()

    assert await names(store, Query("owl", rating_at_least=3)) == ["owl"]


async def test_days_are_those_of_the_users_calendar(store: Store) -> None:
    local = datetime(2026, 3, 4, 0, 0, 1).astimezone()
    for name, moment in (("late", local - timedelta(seconds=2)), ("early", local), ("next", local + timedelta(days=1))):
        await store.tasks.save(task_of(name).but(created_at=moment.astimezone(UTC)))

    day = date(2026, 3, 4)

    assert await names(store, Query(first_day=day, last_day=day)) == ["early"]
    assert await names(store, Query(last_day=date.max)) == ["next", "early", "late"]
    assert await store.gallery.first_before(day, Query()) == "early"
    assert await store.gallery.first_before(day - timedelta(days=2), Query()) is None
    assert await store.gallery.first_before(date.max, Query()) == "next"
    assert await store.gallery.days(Query()) == tuple((day + timedelta(days=more), 1) for more in (1, 0, -1))


async def test_a_folder_opened_for_looking_answers_too(store: Store, data: Path) -> None:
    await store.tasks.save(done("one", "a"))
    await store.gallery.catch_up()

    reader = await open_read_only(data)

    assert await names(reader, Query("fox")) == ["one"]
    await reader.close()


async def test_an_older_database_is_filled_in_when_it_is_opened(data: Path) -> None:
    older = data.parent / "older"
    older.mkdir()
    async with opened(data) as store:
        for name, age_s in (("a", 0), ("b", 0), ("c", 0.000001), ("d", 50)):
            await store.tasks.save(done(name, f"{name}-1", f"{name}-2", age_s=age_s))
        index = await store.gallery.groups(Query())
    connection = connect(older / "seedream.db")
    migrate(connection, STEPS[:2])
    connection.execute("ATTACH ? AS filled", (str(data / "seedream.db"),))
    for table in ("tasks", "pictures"):
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM filled.{table}")
    assert version_of(connection) == 2
    connection.close()

    async with opened(older) as store:
        filled = await store.gallery.groups(Query())
        assert set(filled.ids) == set(index.ids)
        assert (filled.ids[3], list(filled.cells), filled.shapes) == ("d", [2, 2, 2, 2], index.shapes)
        await store.gallery.catch_up()
        assert set(await names(store, Query("fox"))) == set("abcd")
        assert (await store.gallery.count(Query())).pictures == 8


async def test_a_question_that_was_dropped_before_its_turn_is_not_asked(store: Store) -> None:
    await store.tasks.save(task_of())
    asked: list[str] = []
    may_go_on = threading.Event()
    await store.looking.read(lambda connection: connection.set_trace_callback(asked.append))
    busy = asyncio.ensure_future(store.looking.read(lambda connection: may_go_on.wait(10)))
    typed = [asyncio.ensure_future(store.gallery.groups(Query(states=(state,)))) for state in TaskState]
    await asyncio.sleep(0.05)

    for question in typed[:-1]:
        question.cancel()
    await asyncio.wait(typed[:-1])
    may_go_on.set()
    await asyncio.gather(busy, *typed, return_exceptions=True)

    await store.looking.read(lambda connection: connection.set_trace_callback(None))
    assert [sql.count("gallery_groups") for sql in asked] == [1]


SOME = (
    {"text": "fox"},
    {"states": (TaskState.DONE,)},
    {"first_day": date(2026, 1, 1), "last_day": date(2027, 1, 1)},
    {"rating_at_least": 1},
    {"flag": Flag.PICK},
    {"flag": Flag.NONE},
    {"is_favourite": True},
    {"tags": ("cover",)},
    {"collection": "c"},
    {"project": "p"},
    {"reference_sha256": "ref"},
    {"is_in_trash": True},
)


@pytest.mark.parametrize("one", SOME)
async def test_every_pair_of_conditions_can_be_asked_for_and_counts_agree(store: Store, one: dict[str, Any]) -> None:
    request = GenerationRequest("a red fox", references=(Reference("/a.png", sha256="ref"),))
    await store.tasks.save(done("one", "a", "b", None, request=request).but(project="p"))
    await store.judging.judge({"a": Change(stars=2, flag=Flag.PICK, is_favourite=True, adds=("cover",))})
    await store.database.execute("INSERT INTO collection_pictures VALUES ('c', 'a', '')", ())
    await store.trash.note({"b": []})
    await store.gallery.catch_up()
    for other in SOME:
        query = Query(**{**one, **other})
        index, counts = await store.gallery.groups(query), await store.gallery.count(query)
        newest = await store.gallery.newest(query, 9)
        assert (newest.ids, newest.tasks, counts.tasks) == (tuple(index.ids), len(index), len(index))
        contents = await store.gallery.contents(query)
        fitting = {("a", "b", "-")[at] for row in range(len(index)) for at in index.head(row).positions(3)}
        assert set(contents) == fitting - {"-"}
