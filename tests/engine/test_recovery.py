"""What the next start makes of everything a crash can leave on the disk."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.task import AttemptId, AttemptState, TaskState
from seedream_desktop.ports.service import RawReply, Working
from tests.engine.bench import Bench, accepted_task, now_s, stored_task
from tests.fakes import reply

A, S = AttemptState, TaskState
URL = "https://r2.example/one/1"


async def test_a_queued_order_that_never_left_is_sent(bench: Bench) -> None:
    task = stored_task()
    bench.put(task)
    async with bench:
        await bench.run()

    assert (bench.task(task.id).state, bench.attempts(task.id)) == (S.DONE, [A.ACCEPTED])


async def test_a_draft_is_left_alone(bench: Bench) -> None:
    bench.put(stored_task(state=S.DRAFT))
    async with bench:
        await bench.run()

    assert (bench.service.calls, bench.tasks.saved) == ([], [])


async def test_an_intent_without_wire_mark_never_left_and_is_sent_again(bench: Bench) -> None:
    task = stored_task(state=S.SUBMITTING, attempt=A.INTENT)
    bench.put(task)
    async with bench:
        await bench.run()

    assert (bench.task(task.id).state, bench.attempts(task.id)) == (S.DONE, [A.UNSENT, A.ACCEPTED])
    assert bench.task(task.id).attempts[0].detail == "interrupted"


async def test_a_task_being_sent_without_any_attempt_is_sent(bench: Bench) -> None:
    task = stored_task(state=S.SUBMITTING)
    bench.put(task)
    async with bench:
        await bench.run()

    assert bench.task(task.id).state is S.DONE


@pytest.mark.parametrize("attempt", [A.WIRE, A.UNKNOWN, A.ACCEPTED, A.REFUSED])
async def test_an_order_that_may_have_left_is_never_sent_again(bench: Bench, attempt: AttemptState) -> None:
    task = stored_task(state=S.SUBMITTING, attempt=attempt)
    bench.put(task)
    async with bench:
        await bench.run()

    assert bench.task(task.id).state is S.UNKNOWN
    assert bench.service.calls == []


@pytest.mark.parametrize(
    ("answer", "state", "attempt"),
    [
        (reply(200, {"taskId": "kept"}), S.DONE, A.ACCEPTED),
        (reply(502, {"taskId": "kept"}), S.DONE, A.ACCEPTED),
        (reply(400), S.REFUSED, A.REFUSED),
        (reply(500), S.UNKNOWN, A.UNKNOWN),
        (RawReply(200, "", b'{"code": 200, "da'), S.UNKNOWN, A.UNKNOWN),
    ],
    ids=["taken", "502 with a task id", "refused", "500", "cut off"],
)
async def test_a_reply_that_was_stored_and_not_read_is_read_now(
    bench: Bench, answer: RawReply, state: TaskState, attempt: AttemptState
) -> None:
    task = stored_task(state=S.SUBMITTING, attempt=A.WIRE)
    bench.put(task)
    bench.tasks.replies[AttemptId("one-try")] = answer
    async with bench:
        await bench.run()

    assert (bench.task(task.id).state, bench.attempts(task.id)) == (state, [attempt])
    assert bench.service.calls == []


async def test_a_stored_reply_that_postponed_the_order_lets_it_go_again(bench: Bench) -> None:
    task = stored_task(state=S.SUBMITTING, attempt=A.WIRE)
    bench.put(task)
    bench.tasks.replies[AttemptId("one-try")] = reply(429, retry_after="5")
    async with bench:
        await bench.run()

    assert bench.attempts(task.id) == [A.REFUSED, A.ACCEPTED]


async def test_accepted_tasks_are_asked_for_at_once_but_not_all_in_the_same_moment(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    shares = iter([number / 100 for number in range(1000)])
    bench.engine = bench.engine.__class__(bench.world(chance=lambda: next(shares)))
    bench.service.reports = [Working("processing")]
    bench.put(*(accepted_task(str(number), age_s=100) for number in range(100)))
    started_s = now_s()
    async with bench:
        await bench.until(lambda: len(bench.service.asked) >= 100)

    first = [asked.at_s - started_s for asked in bench.service.asked[:100]]
    assert max(first) <= 3.1
    assert len({round(at_s, 2) for at_s in first}) > 90
    assert bench.service.calls == []


async def test_a_download_that_was_cut_short_is_fetched_from_the_start(bench: Bench) -> None:
    bench.put(accepted_task(state=S.DOWNLOADING, pictures=(Picture(0, URL, PictureState.DOWNLOADING, tries=3),)))
    async with bench:
        await bench.run()

    task = next(iter(bench.tasks.rows.values()))
    assert (task.state, [picture.state for picture in task.pictures]) == (S.DONE, [PictureState.STORED])


async def test_a_picture_that_was_stored_before_the_crash_gets_its_copy_and_is_not_fetched_again(
    bench: Bench, tmp_path: Path
) -> None:
    original = tmp_path / "original.jpeg"
    original.write_bytes(b"picture")
    stored = Picture(0, URL, PictureState.STORED, sha256="0" * 64, path=str(original))
    bench.put(accepted_task(state=S.DOWNLOADING, pictures=(stored, Picture(1, URL + "b"))))
    async with bench:
        await bench.run()

    task = next(iter(bench.tasks.rows.values()))
    assert task.state is S.DONE
    assert bench.source.opened_at_s(URL) == []
    assert all(picture.saved_path is not None for picture in task.pictures)


@pytest.mark.parametrize("state", [S.DONE, S.REFUSED, S.WRITTEN_OFF, S.FAILED, S.UNKNOWN])
async def test_what_is_over_or_the_users_to_decide_is_left_alone(bench: Bench, state: TaskState) -> None:
    bench.put(stored_task(state=state))
    async with bench:
        await bench.run()

    assert (bench.tasks.saved, bench.service.calls, bench.service.asked) == ([], [], [])


async def test_an_order_given_before_the_start_is_sent_by_the_start(bench: Bench) -> None:
    task_id = await bench.submit()
    assert bench.service.calls == []
    async with bench:
        await bench.run()

    assert bench.task(task_id).state is S.DONE
    assert len(bench.service.sent) == 1


async def test_a_held_queue_sends_only_new_orders_until_it_is_released(bench: Bench) -> None:
    queued, interrupted = stored_task("queued"), stored_task("cut", state=S.SUBMITTING, attempt=A.INTENT)
    bench.put(queued, interrupted, accepted_task("paid"))
    await bench.engine.start(holds_queue=True)
    new = await bench.submit("new")
    await bench.run()
    await bench.engine.check_now(queued.id)
    await asyncio.sleep(3600)
    assert [sent.about for sent in bench.service.sent] == ["new"]
    assert (bench.task(new).state, bench.task(accepted_task("paid").id).state) == (S.DONE, S.DONE)
    assert {bench.task(task.id).state for task in (queued, interrupted)} == {S.QUEUED}
    bench.engine.release_queue()
    await bench.run()
    await bench.engine.close()

    assert {task.state for task in bench.tasks.rows.values()} == {S.DONE}
    assert len(bench.service.sent) == 3
