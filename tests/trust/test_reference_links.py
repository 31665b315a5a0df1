"""No order is ever sent with a dead link, by the service's own books; nothing is uploaded twice, nothing is lost.

Everything is real: two simulators over sockets (one is the service and the web that users' links lead to, the other
the place where references are hosted), the database, and the workers that open foreign pictures.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.task import TaskId, TaskState
from seedream_desktop.engine.references import HostedReferenceInUseError
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.ports.references import ReferenceHost
from tests.simulators import SimulatorProcess
from tests.trust.referencing import SCALE, Bench, Fresh, done, ended, hosting, jpeg, ordered, read, remove
from tests.trust.running import Running

PLACES = 16
"""How many orders may be on the wire at once."""


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SimulatorProcess, SimulatorProcess, ImagingPool]]:
    folder = tmp_path_factory.mktemp("simulators")
    pool = ImagingPool()
    with (
        SimulatorProcess(speed=50, state=folder / "service", options=["--plain-pictures"]) as service,
        SimulatorProcess(state=folder / "storage") as storage,
    ):
        yield service, storage, pool
    asyncio.run(pool.close())


@pytest.fixture
def bench(parts: tuple[SimulatorProcess, SimulatorProcess, ImagingPool], tmp_path: Path) -> Iterator[Bench]:
    """The parts without faults; what earlier tests left in the books is told apart by its links."""
    service, storage, imaging = parts
    one = Fresh(service, storage, imaging, tmp_path)
    yield one
    for simulator in (service, storage):
        simulator.set_faults([])
        simulator.release()


async def test_a_file_and_a_link_are_opened_by_the_service_itself(bench: Bench) -> None:
    link = bench.link("orange")
    async with hosting(bench) as one:
        task = await done(one, bench.photo(), Reference(link))

    assert bench.submits == [[bench.uploads[0], link]]
    assert len(bench.uploads) == 1
    assert all(reference.sha256 for reference in task.request.references)


async def test_the_same_file_in_orders_given_at_once_is_uploaded_once(bench: Bench) -> None:
    bench.storage.set_faults([{"call": "upload", "do": {"delay": 0.3}}])
    photo, copy = bench.photo(), bench.photo(name="copy.jpg")
    async with hosting(bench) as one:
        tasks = [await ordered(one, photo, copy) for _ in range(4)]
        assert [(await ended(one, task)).state for task in tasks] == [TaskState.DONE] * 4
        await done(one, copy)

    assert len(bench.uploads) == 1
    assert bench.submits == [bench.uploads * 2] * 4 + [bench.uploads]


async def test_a_later_run_of_the_program_uses_what_is_hosted(bench: Bench) -> None:
    async with hosting(bench) as one:
        await done(one, bench.photo())
    async with hosting(bench) as one:
        await done(one, bench.photo())

    assert len(bench.uploads) == 1


DEAD: list[dict[str, Any]] = [{"status": 404}, {"status": 403}, {"status": 410}, {"status": 401}]
NO_PICTURE: list[dict[str, Any]] = [{"status": 200, "body": "html"}, {"status": 200, "body": "empty"}]


@pytest.mark.parametrize("fault", [*DEAD, *NO_PICTURE], ids=str)
async def test_a_link_that_shows_no_picture_refuses_the_order(bench: Bench, fault: dict[str, Any]) -> None:
    link = bench.link()
    bench.service.set_faults([{"call": "reference", "do": fault}])
    async with hosting(bench) as one:
        task = await ended(one, await ordered(one, Reference(link)))

    assert (task.state, task.attempts, bench.submits, bench.uploads) == (TaskState.REFUSED, (), [], [])
    assert task.failure is not None
    wanted = ReferenceFault.LINK_DEAD if fault in DEAD else ReferenceFault.LINK_NOT_A_PICTURE
    assert (task.failure.kind, task.failure.code) == (FailureKind.REFERENCE_UNUSABLE, wanted)


@pytest.mark.parametrize(
    "fault",
    [DEAD[0], DEAD[1], NO_PICTURE[0], {"encoding": "gzip"}, {"redirect": {"status": 302, "to": "metadata"}}],
    ids=str,
)
async def test_a_link_that_died_after_it_was_seen_is_replaced_or_refuses_the_order(
    bench: Bench, fault: dict[str, Any]
) -> None:
    link = bench.link()
    async with hosting(bench) as one:
        ready = await one.engine.references.ready(Reference(link))
        bench.service.set_faults([{"call": "reference", "do": fault}])
        await done(one, ready.reference)
        assert bench.submits == [bench.uploads]
        one.engine.references.use_host(None, is_private=False)
        refused = await ended(one, await ordered(one, ready.reference))

    assert (refused.state, refused.attempts) == (TaskState.REFUSED, ())
    assert len(bench.submits) == 1


async def test_a_link_that_shows_another_picture_now_is_replaced(bench: Bench) -> None:
    link = bench.link()
    async with hosting(bench) as one:
        ready = await one.engine.references.ready(Reference(link))
        bench.service.set_faults([{"call": "reference", "do": {"content_length": "shorter"}}])
        await done(one, ready.reference)

    assert bench.submits == [bench.uploads]


@pytest.mark.parametrize("fault", [{"status": 500}, {"drop_after_body": True}, {"cut": 0.5}, {"hang": True}], ids=str)
async def test_a_link_that_cannot_be_reached_keeps_the_order_waiting(bench: Bench, fault: dict[str, Any]) -> None:
    link = bench.link()
    bench.service.set_faults([{"call": "reference", "times": 1, "do": fault}])
    async with hosting(bench) as one:
        task_id = await ordered(one, Reference(link))
        waiting = await one.until(task_id, lambda task: task.failure is not None)
        assert (waiting.state, bench.submits) == (TaskState.QUEUED, [])
        assert waiting.failure is not None
        assert waiting.failure.code == ReferenceFault.LINK_UNREACHABLE
        assert (await ended(one, task_id)).state is TaskState.DONE

    assert bench.submits == [[link]]


async def hold_all_places(bench: Bench, one: Running) -> list[TaskId]:
    """Put as many orders on the wire as there may be, and keep them there."""
    bench.service.hold("generate.received")
    tasks = [await one.order(f"holding a place {number}") for number in range(PLACES)]
    async with asyncio.timeout(10):
        while (await asyncio.to_thread(bench.service.held)).get("generate.received", 0) < PLACES:
            await asyncio.sleep(0.02)
    return tasks


@pytest.mark.parametrize("dies", ["hosted", "link"])
async def test_a_link_that_dies_while_the_order_waits_for_its_turn_is_not_sent(bench: Bench, dies: str) -> None:
    reference = bench.photo() if dies == "hosted" else Reference(bench.link())
    async with hosting(bench) as one:
        ready = await one.engine.references.ready(reference)
        holding = await hold_all_places(bench, one)
        waiting = await ordered(one, ready.reference)
        # Longer than what was seen of a link is believed.
        await asyncio.sleep(70 * SCALE)
        remove(bench.uploads[0] if dies == "hosted" else reference.source)
        bench.service.release()
        task = await ended(one, waiting)
        for task_id in holding:
            await ended(one, task_id)

    assert task.state is TaskState.DONE
    assert [links for links in bench.submits if links] == [bench.uploads[-1:]]
    assert len(bench.uploads) == (2 if dies == "hosted" else 1)


async def test_an_upload_deleted_behind_our_back_is_made_again(bench: Bench) -> None:
    photo = bench.photo()
    async with hosting(bench) as one:
        await done(one, photo)
        remove(bench.uploads[0])
        await done(one, photo)
        (left,) = await one.engine.references.all_hosted()

    assert bench.submits == [[link] for link in bench.uploads]
    assert len(bench.uploads) == 2
    assert left.hosted.url == bench.uploads[1]


@pytest.mark.parametrize("fault", [{"status": 503}, {"drop_before_reading": True}, {"rst_after_body": True}], ids=str)
async def test_an_order_waits_for_a_host_that_is_down_and_others_do_not(bench: Bench, fault: dict[str, Any]) -> None:
    bench.storage.set_faults([{"call": "upload", "times": 3, "do": fault}])
    async with hosting(bench) as one:
        waiting = await ordered(one, bench.photo())
        seen = await one.until(waiting, lambda task: task.failure is not None)
        other = await one.order("no reference")
        assert (await ended(one, waiting)).state is TaskState.DONE
        assert (await ended(one, other)).state is TaskState.DONE
        assert "offline" not in one.connections

    assert seen.failure is not None
    assert (seen.state, seen.failure.kind) == (TaskState.QUEUED, FailureKind.HOST_UNREACHABLE)
    assert len(bench.submits) == 2


@pytest.mark.parametrize("status", [403, 413, 415])
async def test_a_host_that_turns_the_file_down_refuses_the_order(bench: Bench, status: int) -> None:
    bench.storage.set_faults([{"call": "upload", "do": {"status": status}}])
    async with hosting(bench) as one:
        task = await ended(one, await ordered(one, bench.photo()))

    assert (task.state, task.attempts, bench.submits) == (TaskState.REFUSED, (), [])
    assert task.failure is not None
    assert task.failure.kind is FailureKind.HOST_REFUSED


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ({"status": 403}, HostFault.NOT_READABLE),
        ({"status": 404}, HostFault.NOT_READABLE),
        ({"redirect": {"status": 302, "to": "metadata"}}, HostFault.NOT_READABLE),
        ({"status": 200, "body": "html"}, HostFault.WRONG_CONTENT),
        ({"content_length": "longer"}, HostFault.WRONG_CONTENT),
    ],
    ids=str,
)
async def test_a_host_that_strangers_cannot_read_refuses_the_order(
    bench: Bench, fault: dict[str, Any], word: HostFault
) -> None:
    bench.storage.set_faults([{"call": "reference", "do": fault}])
    async with hosting(bench) as one:
        task = await ended(one, await ordered(one, bench.photo()))
        left = await one.engine.references.all_hosted()

    assert (task.state, task.attempts, bench.submits, left) == (TaskState.REFUSED, (), [], ())
    assert task.failure is not None
    assert (task.failure.kind, task.failure.code) == (FailureKind.HOST_REFUSED, word)
    assert len(bench.uploads) == 1, "what cannot be read is not uploaded again"


class Endless:
    """A host whose links do not end by themselves."""

    name = "endless"
    ends_links = False

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} of a host that private mode forbids")


async def test_private_mode_gives_nothing_to_a_host_whose_links_do_not_end(bench: Bench) -> None:
    host: ReferenceHost = Endless()
    async with hosting(bench) as one:
        one.engine.references.use_host(host, is_private=True)
        task = await ended(one, await ordered(one, bench.photo()))

    assert (task.state, task.attempts, bench.submits, bench.uploads) == (TaskState.REFUSED, (), [], [])
    assert task.failure is not None
    assert task.failure.code == HostFault.LINKS_DO_NOT_END


async def test_everything_of_an_old_order_comes_back_when_files_links_and_uploads_are_gone(bench: Bench) -> None:
    photo, link = bench.photo(), bench.link("orange")
    async with hosting(bench) as one:
        old = await done(one, photo, Reference(link))
    Path(photo.source).unlink()
    for gone in (link, *bench.uploads):
        remove(gone)

    async with hosting(bench) as one:
        await done(one, *old.request.references)

    assert [read(link) for link in bench.submits[1]] == [jpeg("teal"), jpeg("orange")]
    assert set(bench.submits[1]) == set(bench.uploads[1:])
    assert len(bench.uploads) == 3


async def test_a_program_that_ends_in_the_middle_of_an_upload_goes_on_with_it(bench: Bench) -> None:
    photo = bench.photo()
    bench.storage.set_faults([{"call": "upload", "times": 1, "do": {"hang": True}}])
    async with hosting(bench) as one:
        task_id = await ordered(one, photo)
        await one.until(task_id, lambda task: task.request.references[0].sha256 is not None)
        await asyncio.sleep(0.2)
    Path(photo.source).unlink()
    assert bench.submits == []

    async with hosting(bench) as one:
        assert (await ended(one, task_id)).state is TaskState.DONE
    assert bench.submits == [bench.uploads[-1:]]


async def test_what_is_hosted_can_be_taken_back(bench: Bench) -> None:
    async with hosting(bench) as one:
        task_id = await ordered(one, bench.photo(), prompt="[slow] blend")
        await one.until(task_id, lambda task: task.state is TaskState.PROCESSING)
        (copy,) = await one.engine.references.all_hosted()
        assert copy.needed_by == 1
        with pytest.raises(HostedReferenceInUseError):
            await one.engine.references.unhost(copy.hosted)
        await ended(one, task_id)
        await one.engine.references.unhost(copy.hosted)
        assert await one.engine.references.all_hosted() == ()

    with pytest.raises(OSError, match="404"):
        read(bench.uploads[0])


async def test_a_host_is_tried_out_and_left_clean(bench: Bench) -> None:
    async with hosting(bench) as one:
        host = one.engine.references.host
        assert host is not None
        await one.engine.references.test(host)

    (link,) = bench.uploads
    with pytest.raises(OSError, match="404"):
        read(link)
