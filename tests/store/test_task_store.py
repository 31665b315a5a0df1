"""What goes into the database comes out of it, and what must not get in does not."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.domain.request import (
    AspectRatio,
    GenerationRequest,
    Mode,
    Provider,
    Resolution,
)
from seedream_desktop.domain.task import AttemptId, AttemptState, ServiceTaskId, Task, TaskId, TaskState
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.ports.service import RawReply
from seedream_desktop.ports.tasks import TaskStore
from seedream_desktop.store.opening import Store
from tests.store.samples import NOON, accepted, attempt_of, opened, task_of


def full_task(data: Path) -> Task:
    request = GenerationRequest(
        prompt="R&D <b> \U0001f98a\n«fox»",
        mode=Mode.IMAGE_TO_IMAGE,
        resolution=Resolution.FOUR_K,
        aspect_ratio=AspectRatio.PANORAMA_21_9,
        count=3,
        sequence=True,
        provider=Provider.VALUE,
        references=(Reference("/pictures/fox.png", Role.STYLE), Reference("https://a.example/b.jpg")),
        callback_url="https://hooks.example/cb",
    )
    stored = Picture(
        0,
        "https://r2.example/1.png",
        PictureState.STORED,
        tries=2,
        sha256="ab" * 32,
        path=str(data / "originals" / "ab" / "x.jpg"),
        saved_path="/pictures/Seedream/x.jpg",
        size=PixelSize(6240, 2656),
        size_bytes=12345,
        stored_at=NOON,
    )
    attempt = replace(
        attempt_of(state=AttemptState.ACCEPTED),
        wire_at=NOON,
        ended_at=NOON,
        http_status=200,
        detail="ok",
        authorised_by_user_at=NOON,
    )
    return replace(
        task_of(),
        request=request,
        state=TaskState.PARTIAL,
        estimated_cost_usd=Decimal("0.1200"),
        service_task_id=ServiceTaskId("service-1"),
        attempts=(attempt_of("try-0", AttemptState.UNSENT), attempt),
        pictures=(stored, Picture(1, "https://r2.example/2.png", PictureState.UNDECODABLE, tries=8)),
        failure=Failure(FailureKind.PICTURES_BAD, "CODE", "words"),
        accepted_at=NOON,
        finished_at=NOON,
        service_state="success",
        is_watched=False,
        raw_result='{"resultUrls": []}',
        parent_sha256="cd" * 32,
        project="foxes",
    )


def test_the_store_fits_the_port(store: Store) -> None:
    port: TaskStore = store.tasks

    assert port is store.tasks


async def test_a_task_comes_back_exactly_as_it_was_saved(data: Path) -> None:
    task = full_task(data)
    async with opened(data) as store:
        await store.tasks.save(task)

    async with opened(data) as store:
        assert await store.tasks.get(task.id) == task
        assert await store.tasks.by_service_id(ServiceTaskId("service-1")) == task


async def test_an_unknown_task_is_none(store: Store) -> None:
    assert await store.tasks.get(TaskId("nobody")) is None
    assert await store.tasks.by_service_id(ServiceTaskId("nobody")) is None
    assert await store.tasks.reply_of(AttemptId("nobody")) is None


async def test_a_changed_task_replaces_the_old_one(store: Store) -> None:
    task = task_of().with_attempt(attempt_of())
    await store.tasks.save(task)
    moved = task.with_attempt(attempt_of().moved(AttemptState.WIRE, wire_at=NOON)).moved(TaskState.SUBMITTING)

    await store.tasks.save(moved)

    assert await store.tasks.get(task.id) == moved


async def test_text_that_is_no_unicode_is_kept_in_the_request_and_mended_elsewhere(store: Store) -> None:
    task = task_of().but(
        request=GenerationRequest("broken \ud800 pair"),
        failure=Failure(FailureKind.UNSORTED, "X", "also \udfff broken"),
    )

    await store.tasks.save(task)

    found = await store.tasks.get(task.id)
    assert found is not None
    assert found.request.prompt == "broken \ud800 pair"
    assert found.failure == Failure(FailureKind.UNSORTED, "X", "also ? broken")


async def test_times_keep_their_moment_whatever_their_zone_was(store: Store) -> None:
    await store.tasks.save(task_of().but(created_at=datetime.fromisoformat("2026-11-20T14:00:00+02:00")))

    found = await store.tasks.get(TaskId("one"))

    assert found is not None
    assert found.created_at == datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_pages_go_from_the_newest_to_the_oldest_without_gaps(store: Store) -> None:
    for number in range(7):
        await store.tasks.save(task_of(f"task-{number}", age_s=number // 2))

    seen: list[str] = []
    page = await store.tasks.newest(3)
    while page:
        seen += [task.id for task in page]
        page = await store.tasks.newest(3, before=page[-1])

    assert seen == ["task-1", "task-0", "task-3", "task-2", "task-5", "task-4", "task-6"]


async def test_unfinished_are_the_live_ones_and_those_still_short_of_pictures(store: Store) -> None:
    planned = (Picture(0, "https://a.example/1"),)
    expired = (Picture(0, "https://a.example/1", PictureState.EXPIRED),)
    bad = (Picture(0, "https://a.example/1", PictureState.NOT_AN_IMAGE),)
    for age_s, (name, state, pictures) in enumerate(
        (
            ("queued", TaskState.QUEUED, ()),
            ("unknown", TaskState.UNKNOWN, ()),
            ("missing", TaskState.NOT_FOUND, ()),
            ("short", TaskState.PARTIAL, bad),
            ("hopeless", TaskState.PARTIAL, expired),
            ("failed", TaskState.FAILED, ()),
            ("bad", TaskState.FAILED, bad),
            ("done", TaskState.DONE, planned),
            ("refused", TaskState.REFUSED, ()),
        )
    ):
        await store.tasks.save(task_of(name, age_s=age_s, state=state).but(pictures=pictures))

    assert [task.id for task in await store.tasks.unfinished()] == ["bad", "short", "missing", "unknown", "queued"]


async def test_standings_are_those_of_live_tasks_and_of_all_made_since(store: Store) -> None:
    billed = attempt_of(state=AttemptState.ACCEPTED)
    refused = attempt_of("try-2", AttemptState.REFUSED)
    for name, age_s, state in (
        ("new", 10, TaskState.DONE),
        ("since", 60, TaskState.FAILED),
        ("old", 61, TaskState.DONE),
        ("live", 99, TaskState.NOT_FOUND),
    ):
        task = task_of(name, age_s=age_s, state=state)
        await store.tasks.save(task.but(estimated_cost_usd=Decimal("0.04")))
    spent = task_of("spent", age_s=5, state=TaskState.PROCESSING).but(estimated_cost_usd=Decimal("0.12"))
    await store.tasks.save(spent.but(attempts=(billed, refused)))
    found = {each.id: each for each in await store.tasks.standings(NOON - timedelta(seconds=60))}

    assert set(found) == {"new", "since", "live", "spent"}
    assert found[TaskId("live")].state is TaskState.NOT_FOUND
    assert found[TaskId("since")].created_at == NOON - timedelta(seconds=60)
    assert (found[TaskId("spent")].spent_usd, found[TaskId("new")].spent_usd) == (Decimal("0.12"), Decimal(0))


async def test_two_tasks_cannot_own_one_service_id(store: Store) -> None:
    await store.tasks.save(accepted("one", "service-1"))

    with pytest.raises(StorageError) as caught:
        await store.tasks.save(accepted("two", "service-1"))

    assert caught.value.failure.code == "DATABASE_CONFLICT"
    assert await store.tasks.get(TaskId("two")) is None


@pytest.mark.parametrize("state", [AttemptState.INTENT, AttemptState.WIRE, AttemptState.UNKNOWN])
async def test_a_second_open_attempt_is_turned_down(store: Store, state: AttemptState) -> None:
    task = task_of().with_attempt(attempt_of("first", state))
    await store.tasks.save(task)

    with pytest.raises(StorageError):
        await store.tasks.save(task.with_attempt(attempt_of("second")))

    assert await store.tasks.get(task.id) == task


async def test_the_user_may_allow_one_more_attempt_beside_an_unknown_one(store: Store) -> None:
    task = task_of().with_attempt(attempt_of("first", AttemptState.UNKNOWN))
    allowed = replace(attempt_of("second"), authorised_by_user_at=NOON)
    await store.tasks.save(task.with_attempt(allowed))

    with pytest.raises(StorageError):
        await store.tasks.save(task.with_attempt(allowed).with_attempt(replace(allowed, id=AttemptId("third"))))

    found = await store.tasks.get(task.id)
    assert found is not None
    assert [attempt.id for attempt in found.attempts] == ["first", "second"]


async def test_a_closed_attempt_makes_room_for_the_next(store: Store) -> None:
    task = task_of().with_attempt(attempt_of("first", AttemptState.UNSENT)).with_attempt(attempt_of("second"))

    await store.tasks.save(task)

    assert await store.tasks.get(task.id) == task


async def test_attempts_and_events_are_never_deleted(store: Store, data: Path) -> None:
    await store.tasks.save(accepted())

    connection = sqlite3.connect(data / "seedream.db")
    with pytest.raises(sqlite3.IntegrityError, match="attempts are never deleted"):
        connection.execute("DELETE FROM attempts")
    with pytest.raises(sqlite3.IntegrityError, match="events are never deleted"):
        connection.execute("DELETE FROM events")
    with pytest.raises(sqlite3.IntegrityError, match="events are never changed"):
        connection.execute("UPDATE events SET new_state = 'done'")
    connection.close()


async def test_every_move_of_a_task_is_noted_once(store: Store, data: Path) -> None:
    task = task_of()
    for each in (task, task, task.moved(TaskState.SUBMITTING), task.moved(TaskState.SUBMITTING)):
        await store.tasks.save(each)

    connection = sqlite3.connect(data / "seedream.db")
    moves = connection.execute("SELECT old_state, new_state FROM events ORDER BY id").fetchall()
    connection.close()
    assert moves == [(None, "queued"), ("queued", "submitting")]


async def test_saving_a_task_leaves_the_users_rating_alone(store: Store) -> None:
    task = task_of().but(pictures=(Picture(0, "https://a.example/1"),))
    await store.tasks.save(task)
    await store.database.execute("UPDATE pictures SET rating = 5, project = 'foxes'", ())

    await store.tasks.save(task.with_picture(task.pictures[0].but(tries=3)))

    assert await store.database.row("SELECT rating, project, tries FROM pictures", ()) == (5, "foxes", 3)


async def test_a_picture_missing_from_the_saved_value_is_not_forgotten(store: Store) -> None:
    task = task_of().but(pictures=(Picture(0, "https://a.example/1"), Picture(1, "https://a.example/2")))
    await store.tasks.save(task)

    await store.tasks.save(task.but(pictures=task.pictures[:1]))

    assert await store.tasks.get(task.id) == task


async def test_a_reply_is_kept_byte_for_byte(store: Store) -> None:
    reply = RawReply(502, "7", b"\x00\xff not even text")
    task = task_of().with_attempt(attempt_of("try-1", AttemptState.WIRE))
    await store.tasks.save(task)

    await store.tasks.save_reply(AttemptId("try-1"), reply)

    assert await store.tasks.reply_of(AttemptId("try-1")) == reply


async def test_a_reply_needs_its_attempt(store: Store) -> None:
    with pytest.raises(StorageError):
        await store.tasks.save_reply(AttemptId("nobody"), RawReply(200, "", b"{}"))


async def test_a_picture_leads_to_the_newest_task_it_belongs_to(store: Store) -> None:
    stored = Picture(0, "https://r.example/1", PictureState.STORED, sha256="ab" * 32)
    await store.tasks.save(task_of("older", age_s=60).but(pictures=(stored,)))
    await store.tasks.save(task_of("newer").but(pictures=(stored,)))
    await store.tasks.save(task_of("newest", age_s=-60).but(pictures=(stored.but(state=PictureState.EXPIRED),)))

    found = await store.tasks.with_picture("ab" * 32)

    assert found is not None
    assert found.id == "newer"
    assert await store.tasks.with_picture("00" * 32) is None


async def test_a_cancelled_save_is_committed_all_the_same(store: Store) -> None:
    saving = asyncio.ensure_future(store.tasks.save(accepted()))
    await asyncio.sleep(0)
    saving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await saving

    assert await store.tasks.get(TaskId("one")) == accepted()


async def test_many_saves_at_once_all_arrive(store: Store) -> None:
    await asyncio.gather(*(store.tasks.save(task_of(f"task-{number}", age_s=number)) for number in range(50)))

    assert len(await store.tasks.newest(100)) == 50


async def test_a_closed_store_says_so(store: Store) -> None:
    await store.close()

    with pytest.raises(StorageError) as caught:
        await store.tasks.save(task_of())

    assert caught.value.failure.code == "STORE_CLOSED"


async def test_paths_in_the_data_folder_move_with_it(data: Path, tmp_path: Path) -> None:
    task = full_task(data)
    async with opened(data) as store:
        await store.tasks.save(task)
    moved = data.rename(tmp_path / "elsewhere")

    async with opened(moved) as store:
        found = await store.tasks.get(task.id)

    assert found is not None
    assert found.pictures[0].path == str(moved / "originals" / "ab" / "x.jpg")
    assert found.pictures[0].saved_path == "/pictures/Seedream/x.jpg"
