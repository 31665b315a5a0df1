"""Trouble of status calls decides no task: whatever they say or fail to say, the order is seen through or named."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.domain.events import Connection, ConnectionChanged
from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.task import TaskId, TaskState
from tests.simulators import SimulatorProcess
from tests.trust.running import NoPictures, Running, running
from tests.trust.stories import Story, Teller, Told, judge

WATCH_S = 20.0
UNREADABLE = "UNREADABLE_RESULT"
LONG = "long " * 100_000


def some(do: dict[str, Any], times: int = 3) -> tuple[dict[str, Any], ...]:
    """Rules that spoil the first calls only."""
    return ({"do": do, "times": times},)


def always(do: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    """Rules that spoil every call."""
    return ({"do": do},)


def passes(name: str, do: dict[str, Any], times: int = 3, **more: Any) -> Story:
    """Return a story whose trouble passes, and which ends well."""
    return Story(name, TaskState.DONE, status=some(do, times), **more)


def lasts(name: str, do: dict[str, Any], ends: TaskState, **more: Any) -> Story:
    """Return a story whose trouble stays."""
    return Story(name, ends, status=always(do), **more)


async def changes_the_key(one: Running, task_id: TaskId) -> None:
    """Enter another key once the service has turned the first one down and been left alone for a while."""
    async with asyncio.timeout(10):
        while Connection.KEY_REFUSED not in one.connections:
            await asyncio.sleep(0.01)
    await asyncio.sleep(WATCH_S * one.clock.scale)
    assert (await one.task(task_id)).state is TaskState.PROCESSING
    await one.use_key("another-key")


async def asks_after_it_was_not_found(one: Running, task_id: TaskId) -> None:
    """Wait for `not_found`, then ask again with a key that meets no trouble."""
    missing = await one.until(task_id, lambda task: task.state is TaskState.NOT_FOUND)
    assert missing.failure is not None
    assert missing.failure.kind is FailureKind.NOT_FOUND
    one.key.text = "another-key"
    await one.engine.check_now(task_id)


def _unreachable() -> Iterator[Story]:
    broken: dict[str, dict[str, Any]] = {
        "closed without an answer": {"drop_after_body": True},
        "reset without an answer": {"rst_after_body": True},
        "broken off inside the headers": {"partial_head": True},
        "bytes that are not HTTP": {"garbage": True},
        "cut answers": {"cut": {"at": 0.5}},
        "cut answers without a length": {"cut": {"at": 0.5, "how": "close"}},
        "two lengths": {"content_length": "two"},
        "never answered": {"hang": True},
        "an answer without end": {"endless": True},
        "10 MB of JSON": {"huge": True},
        "a page of a hotel": {"status": 200, "body": "html"},
        "nothing at all": {"status": 200, "body": "empty"},
        "a redirect to another host": {"redirect": "other"},
        "HTTP 500": {"code": 500},
        "HTTP 502 with a page": {"status": 502, "body": "html"},
        "HTTP 200 around code 503": {"code": 503, "status": 200},
        "HTTP 400": {"code": 400},
        "HTTP 403": {"code": 403},
        "HTTP 418": {"status": 418},
        "gzip in gzip": {"encoding": "twice"},
        "answers about another task": {"other_task_id": True},
    }
    for name, do in broken.items():
        yield passes(name, do)
    for kind in ("nesting", "nesting-inside", "list", "string", "number", "null", "not-utf-8", "cut"):
        yield passes(f"JSON with {kind}", {"poison": kind})


def _busy() -> Iterator[Story]:
    for told in ("1", "abc", "-1", "0"):
        yield passes(f"429, Retry-After: {told}", {"code": 429, "retry_after": told})
    yield passes("HTTP 200 around code 429", {"code": 429, "status": 200})


MISSING = (
    passes("404 at first", {"code": 404}),
    passes("no data at first", {"data_null": True}),
    Story(
        "404 until somebody asks again",
        TaskState.DONE,
        status=always({"code": 404}),
        act=asks_after_it_was_not_found,
    ),
    Story(
        "no data until somebody asks again",
        TaskState.DONE,
        status=always({"data_null": True}),
        act=asks_after_it_was_not_found,
    ),
)

STATES = (
    passes("states that go backwards", {"states": ["processing", "pending", "processing", "pending"]}, 4),
    passes("words nobody documented", {"states": ["queued", "processing_r2", "", None, 7, 1.5, True, [], {}]}, 9),
    lasts("success in capitals", {"states": ["PROCESSING", "SUCCESS"]}, TaskState.DONE),
    lasts("success that is taken back", {"states": ["success", "processing", "failed"]}, TaskState.DONE),
    lasts("failure in capitals", {"states": ["FAILED"]}, TaskState.FAILED, code="GENERATION_FAILED"),
    passes("no state at all", {"without": "state"}),
    passes("no task id in the answer", {"without": "taskId"}),
)


def _results() -> Iterator[Story]:
    for kind in ("malformed", "missing", "no-key", "no-urls", "null-urls", "string-url", "null", "empty", "nesting"):
        yield lasts(f"a result that is {kind}", {"result_json": kind}, TaskState.FAILED, code=UNREADABLE)
    yield lasts("a result that is a number", {"result_json": "number"}, TaskState.FAILED, code=UNREADABLE)
    for kind in ("double", "object", "list"):
        yield lasts(f"a result that is put as {kind}", {"result_json": kind}, TaskState.DONE)
    yield Story(
        "a result that can be read at last",
        TaskState.DONE,
        status=some({"state": "success", "result_json": "malformed"}, 9),
    )


def _links() -> Iterator[Story]:
    yield lasts("more links than asked for", {"urls": "more"}, TaskState.DONE, pictures=3)
    yield lasts("fewer links", {"urls": "fewer"}, TaskState.DONE, count=3, pictures=2)
    yield lasts("every link twice", {"urls": "duplicates"}, TaskState.DONE, count=2)
    yield lasts("links among other things", {"urls": "not-text"}, TaskState.DONE)
    yield lasts("a thousand links", {"urls": "thousand"}, TaskState.DONE, pictures=64)
    for kind in ("relative", "file", "data"):
        yield lasts(f"links that are {kind}", {"urls": kind}, TaskState.FAILED, code=UNREADABLE)


def _details() -> Iterator[Story]:
    for kind in ("negative", "huge", "string", "float", "null", "int65"):
        yield lasts(f"times that are {kind}", {"times": kind}, TaskState.DONE)
    yield lasts("no times", {"without": ["createTime", "completeTime", "costTime"]}, TaskState.DONE)


def _failures() -> Iterator[Story]:
    def fails(name: str, code: Any, message: Any, kind: FailureKind) -> Story:
        do = {"state": "failed", "fail_code": code, "fail_message": message}
        return lasts(name, do, TaskState.FAILED, failure=kind)

    yield fails("a known failure", "NSFW_DETECTED", "flagged", FailureKind.MODERATION)
    yield fails("an unheard-of failure in markup", "UNHEARD_OF", "html", FailureKind.UNSORTED)
    yield fails("a failure of half a megabyte", "PROCESSING_TIMEOUT", LONG, FailureKind.TRY_LATER)
    yield fails("a failure with a number", 7, None, FailureKind.UNSORTED)
    yield fails("a failure with an object", {"a": 1}, ["b"], FailureKind.UNSORTED)
    yield lasts("a failure without reasons", {"state": "failed", "without": ["failCode", "failMsg"]}, TaskState.FAILED)


KEYS = (
    Story(
        "401 in mid-flight",
        TaskState.DONE,
        status=always({"code": 401}),
        balance=always({"code": 401}),
        act=changes_the_key,
    ),
    Story(
        "HTTP 200 around code 401 in mid-flight",
        TaskState.DONE,
        status=always({"code": 401, "status": 200}),
        balance=always({"code": 401, "status": 200}),
        act=changes_the_key,
    ),
)
FLAKY = Story(
    "a third of all answers lost, the rest late",
    TaskState.DONE,
    status=({"match": {"chance": 0.3}, "do": {"rst_after_body": True}}, {"do": {"delay": [0, 0.1]}}),
    image=({"match": {"chance": 0.3}, "do": {"cut": 0.5}},),
    count=2,
)
STORIES = [
    *_unreachable(),
    *_busy(),
    *MISSING,
    *STATES,
    *_results(),
    *_links(),
    *_details(),
    *_failures(),
    *KEYS,
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Told]]:
    folder = tmp_path_factory.mktemp("status")
    with SimulatorProcess(speed=400, options=["--plain-pictures"]) as simulator:
        yield asyncio.run(Teller(simulator, folder, [*STORIES, FLAKY]).tell_all(NoPictures()))


@pytest.mark.parametrize("story", [*STORIES, FLAKY], ids=lambda story: story.name)
def test_an_accepted_order_is_seen_through_or_named(story: Story, told: dict[str, Told]) -> None:
    task = judge(story, told[story.name])

    assert (task.failure is None) is (task.state is TaskState.DONE)
    assert task.failure is None or task.failure.kind


@pytest.mark.parametrize(
    "story", [story for story in STORIES if story.code == UNREADABLE], ids=lambda story: story.name
)
def test_the_raw_text_of_an_unreadable_result_is_kept(story: Story, told: dict[str, Told]) -> None:
    task = told[story.name].task

    assert task is not None
    assert task.raw_result is not None


def test_the_words_of_a_failure_are_kept_whole(told: dict[str, Told]) -> None:
    task = told["a failure of half a megabyte"].task

    assert task is not None
    assert task.failure is not None
    assert task.failure.message == LONG


@pytest.mark.parametrize("story", KEYS, ids=lambda story: story.name)
def test_a_refused_key_is_told_once_and_nothing_is_sent_again(story: Story, told: dict[str, Told]) -> None:
    events = told[story.name].events
    connections = Counter(event.connection for event in events if isinstance(event, ConnectionChanged))

    assert connections[Connection.KEY_REFUSED] == 1
    assert len(told[story.name].submits) == 1


@pytest.mark.parametrize("story", list(_busy()), ids=lambda story: story.name)
def test_a_429_of_a_status_call_is_told(story: Story, told: dict[str, Told]) -> None:
    events = told[story.name].events

    assert ConnectionChanged(Connection.BUSY) in events


async def test_one_refused_key_pauses_every_task_and_a_new_key_wakes_them_all(tmp_path: Path) -> None:
    refused = [{"call": call, "match": {"key": "old-key"}, "do": {"code": 401}} for call in ("status", "balance")]
    with SimulatorProcess(speed=400, options=["--plain-pictures"]) as simulator:
        async with running(tmp_path, simulator.url, key="old-key", scale=0.01) as one:
            simulator.set_faults(refused)
            ids = [await one.order(f"order {number}") for number in range(5)]
            for task_id in ids[:4]:
                await one.until(task_id, lambda task: task.state is TaskState.PROCESSING)
            async with asyncio.timeout(10):
                while Connection.KEY_REFUSED not in one.connections:
                    await asyncio.sleep(0.01)
            calls_before = simulator.ledger()["requests_last_minute"]
            await asyncio.sleep(WATCH_S * one.clock.scale)
            calls_meanwhile = simulator.ledger()["requests_last_minute"] - calls_before
            await one.use_key("new-key")
            for task_id in ids:
                await one.until(task_id, lambda task: task.state is TaskState.DONE)

            assert calls_meanwhile <= len(ids)
            assert Counter(one.connections)[Connection.KEY_REFUSED] == 1
            assert [submit["billed"] for submit in simulator.submits()] == [1] * len(ids)
