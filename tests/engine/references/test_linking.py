"""The way of an order's references to links, before any money moves: uploaded once, looked at, never dead."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.domain.events import Connection, ReferenceHosted, ReferenceUnhosted
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.preparation import Change, ReferenceFault
from seedream_desktop.domain.reference import Crop, HostedReference, Reference
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.domain.task import AttemptState, TaskId, TaskState
from seedream_desktop.ports import HostRefusedError
from tests.engine.bench import Bench
from tests.engine.disk import disk_full
from tests.engine.reference_fakes import NEEDS_WORK, FakeHost, jpeg
from tests.fakes import FOR_EVER_S, NOON, accepts, link_dead, now_s, offline

S = TaskState
LINK = "https://a.example/red.jpg"
FIRST = "https://host.example/1"


def order_of(*references: Reference) -> dict[str, Any]:
    return {"mode": Mode.IMAGE_TO_IMAGE, "references": references}


def photo(folder: Path, name: str = "shoe.jpg", data: bytes | None = None) -> Reference:
    path = folder / name
    path.write_bytes(jpeg(name) if data is None else data)
    return Reference(str(path))


def urls_sent(bench: Bench) -> list[list[str]]:
    """Return the links of every order of which a byte may have left."""
    return [sent.about.split()[3:] for sent in bench.service.sent]


def refused() -> HostRefusedError:
    return HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.FORBIDDEN, "PutObject"))


async def test_files_are_uploaded_once_and_before_the_intent(bench: Bench, tmp_path: Path) -> None:
    order = order_of(photo(tmp_path), Reference(LINK))
    bench.source.served[LINK] = jpeg("red")
    bench.host.errors.append(offline())
    async with bench:
        first = await bench.run_one(**order)
        second = await bench.run_one(**order)

    assert (first.state, second.state) == (S.DONE, S.DONE)
    assert bench.attempts(first.id) == [AttemptState.ACCEPTED], "an upload that failed is no attempt"
    assert len(bench.host.published) == 1
    assert urls_sent(bench) == [[FIRST, LINK]] * 2
    assert bench.journal.index("hosting saved") < bench.journal.index("saved submitting intent")
    assert [event.hosted.url for event in bench.told(ReferenceHosted)] == [FIRST]


async def test_two_orders_at_the_same_moment_share_one_upload(bench: Bench, tmp_path: Path) -> None:
    order = order_of(photo(tmp_path), photo(tmp_path, "copy.jpg", jpeg("shoe.jpg")))
    async with bench:
        await asyncio.gather(*(bench.submit(**order) for _ in range(3)))
        await bench.run()

    assert len(bench.host.published) == 1
    assert urls_sent(bench) == [[FIRST, FIRST]] * 3


async def test_many_orders_with_many_files_upload_a_few_at_a_time(bench: Bench, tmp_path: Path) -> None:
    photos = [photo(tmp_path, f"{number}.jpg") for number in range(30)]
    async with bench:
        await asyncio.gather(*(bench.submit(**order_of(*photos[at : at + 10])) for at in (0, 10, 20, 5)))
        await bench.run()

    assert len(bench.host.published) == 30
    assert bench.host.most_at_once == 4
    assert bench.source.most_at_once <= 16
    assert len(bench.service.sent) == 4


async def test_the_copies_are_named_in_the_order_before_anything_is_sent(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        task = await bench.run_one(**order_of(photo(tmp_path)))

    (reference,) = task.request.references
    assert reference.sha256 in bench.references.rows
    saved = [each for each in bench.tasks.saved if each.request.references[0].sha256]
    assert saved[0].attempts == ()


async def test_an_order_goes_after_its_files_and_links_are_gone(bench: Bench, tmp_path: Path) -> None:
    shoe = photo(tmp_path)
    bench.source.served[LINK] = jpeg("red")
    async with bench:
        bench.engine.gate.offline()
        bench.service.is_down = True
        waiting = await bench.submit(**order_of(shoe, Reference(LINK)))
        await bench.until(lambda: len(bench.references.rows) == 2)
        await asyncio.sleep(5)
        Path(shoe.source).unlink()
        bench.source.gone.add(LINK)
        bench.service.is_down = False
        await bench.run()

    assert bench.task(waiting).state is S.DONE
    assert urls_sent(bench) == [[FIRST, "https://host.example/2"]]


async def test_a_file_is_kept_although_another_reference_keeps_the_order_waiting(bench: Bench, tmp_path: Path) -> None:
    shoe = photo(tmp_path)
    bench.source.served[LINK] = jpeg("red")
    bench.source.faults[LINK] = [offline(), offline(), offline()]
    async with bench:
        waiting = await bench.submit(**order_of(Reference(LINK), shoe))
        await bench.until(lambda: bench.task(waiting).failure is not None)
    Path(shoe.source).unlink()

    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert later.task(waiting).state is S.DONE
    assert urls_sent(later) == [[LINK, FIRST]]


async def test_what_can_never_be_sent_is_told_before_what_may_pass(bench: Bench, tmp_path: Path) -> None:
    bench.source.faults[LINK] = [offline()] * 9
    async with bench:
        failure = await refused_order(bench, Reference(LINK), Reference(str(tmp_path / "gone.jpg")))

    assert failure.code == ReferenceFault.FILE_MISSING


async def test_an_old_order_can_be_sent_again_when_everything_has_expired(bench: Bench, tmp_path: Path) -> None:
    shoe = photo(tmp_path)
    bench.host.lives = timedelta(hours=2)
    async with bench:
        old = await bench.run_one(**order_of(shoe))
        Path(shoe.source).unlink()
        bench.source.gone.add(FIRST)
        await asyncio.sleep(3 * 3600)
        again = await bench.submit(mode=old.request.mode, references=old.request.references)
        await bench.run()

    assert bench.task(again).state is S.DONE
    assert urls_sent(bench)[1] == ["https://host.example/2"]


@pytest.mark.parametrize("change", [(), (Change.METADATA_REMOVED,)])
async def test_a_link_that_needs_no_change_goes_as_it_is(bench: Bench, change: tuple[Change, ...]) -> None:
    bench.source.served[LINK] = jpeg("red")
    bench.preparer.changes = change
    async with bench:
        await bench.run_one(**order_of(Reference(LINK)))

    assert (urls_sent(bench), bench.host.published) == ([[LINK]], [])


async def test_a_link_that_needs_work_or_is_cropped_is_hosted(bench: Bench) -> None:
    bench.source.served |= {LINK: jpeg("red"), "https://a.example/blue": NEEDS_WORK}
    order = order_of(Reference(LINK, crop=Crop(0, 0, 1, 0.5)), Reference("https://a.example/blue"))
    async with bench:
        await bench.run_one(**order)

    assert len(bench.host.published) == 2
    assert LINK not in urls_sent(bench)[0]


async def test_a_dead_link_of_the_users_is_replaced_by_the_hosted_copy(bench: Bench) -> None:
    bench.source.served[LINK] = jpeg("red")
    async with bench:
        ready = await bench.engine.references.ready(Reference(LINK))
        bench.source.gone.add(LINK)
        task = await bench.run_one(**order_of(ready.reference))

    assert task.state is S.DONE
    assert urls_sent(bench) == [[FIRST]]
    assert bench.host.published == [ready.path]


async def test_a_link_with_another_picture_than_was_shown_is_replaced_too(bench: Bench) -> None:
    bench.source.served[LINK] = jpeg("red")
    async with bench:
        ready = await bench.engine.references.ready(Reference(LINK))
        bench.source.served[LINK] = jpeg("something else")
        await bench.run_one(**order_of(ready.reference))

    assert urls_sent(bench) == [[FIRST]]


async def refused_order(bench: Bench, *references: Reference) -> Failure:
    """Run an order that must be refused with nothing sent, and return its failure."""
    task = await bench.run_one(**order_of(*references))
    assert (task.state, task.attempts, bench.service.calls) == (S.REFUSED, (), [])
    assert task.failure is not None
    return task.failure


async def test_without_a_host_a_dead_link_refuses_the_order(bench: Bench) -> None:
    bench.source.served[LINK] = jpeg("red")
    async with bench:
        bench.engine.references.use_host(None, is_private=False)
        ready = await bench.engine.references.ready(Reference(LINK))
        bench.source.gone.add(LINK)
        failure = await refused_order(bench, ready.reference)

    assert failure == Failure(FailureKind.REFERENCE_UNUSABLE, ReferenceFault.LINK_DEAD, "red.jpg")


async def test_without_a_host_a_file_refuses_the_order(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        bench.engine.references.use_host(None, is_private=False)
        failure = await refused_order(bench, photo(tmp_path))

    assert failure == Failure(FailureKind.NO_HOST_FOR_FILES, "", "shoe.jpg")


async def test_a_file_that_is_gone_refuses_the_order_before_any_money_moves(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        failure = await refused_order(bench, Reference(str(tmp_path / "gone.jpg")))

    assert failure == Failure(FailureKind.REFERENCE_UNUSABLE, ReferenceFault.FILE_MISSING, "gone.jpg")


async def test_a_refused_order_can_be_sent_again_when_it_was_mended(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        bench.engine.references.use_host(None, is_private=False)
        task = await bench.run_one(**order_of(photo(tmp_path)))
        bench.engine.references.use_host(bench.host, is_private=False)
        await bench.engine.send_refused_again(task.id)
        await bench.run()

    assert bench.task(task.id).state is S.DONE


async def test_a_host_that_refuses_refuses_the_order(bench: Bench, tmp_path: Path) -> None:
    bench.host.errors.append(refused())
    async with bench:
        failure = await refused_order(bench, photo(tmp_path))

    assert failure == Failure(FailureKind.HOST_REFUSED, HostFault.FORBIDDEN, "PutObject")


async def test_in_private_mode_a_host_whose_links_do_not_end_is_refused(bench: Bench, tmp_path: Path) -> None:
    bench.host.ends_links = False
    async with bench:
        bench.engine.references.use_host(bench.host, is_private=True)
        failure = await refused_order(bench, photo(tmp_path))

    assert (failure.kind, failure.code) == (FailureKind.HOST_REFUSED, HostFault.LINKS_DO_NOT_END)
    assert bench.host.published == []


async def test_in_private_mode_links_that_end_are_made(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        bench.engine.references.use_host(bench.host, is_private=True)
        task = await bench.run_one(**order_of(photo(tmp_path)))

    assert task.state is S.DONE


async def test_an_order_waits_for_its_host_and_nobody_else_does(bench: Bench, tmp_path: Path) -> None:
    bench.host.errors.extend([offline()] * 6)
    async with bench:
        waiting = await bench.submit("with a shoe please", **order_of(photo(tmp_path)))
        await bench.until(lambda: bench.task(waiting).failure is not None)
        seen = bench.task(waiting)
        other = await bench.submit("no picture at all")
        await bench.until_state(other, S.DONE, limit_s=40)
        assert bench.task(waiting).state is S.QUEUED
        await bench.run()

    assert seen.failure is not None
    assert (seen.state, seen.failure.kind) == (S.QUEUED, FailureKind.HOST_UNREACHABLE)
    assert bench.task(waiting).state is S.DONE
    assert bench.task(waiting).failure is None
    assert Connection.OFFLINE not in bench.connections
    assert len(bench.host.published) == 1


async def test_the_waits_for_a_host_grow(bench: Bench, tmp_path: Path) -> None:
    bench.host.takes_s = 0.0
    bench.host.errors.extend([offline()] * 5)
    async with bench:
        began_s = now_s()
        await bench.run_one(**order_of(photo(tmp_path)))

    assert 31 < bench.service.sent[0].at_s - began_s < 33, "1 + 2 + 4 + 8 + 16 s"


async def test_a_host_that_hangs_is_given_up_and_tried_again(bench: Bench, tmp_path: Path) -> None:
    bench.host.takes_s = FOR_EVER_S
    async with bench:
        waiting = await bench.submit(**order_of(photo(tmp_path)))
        await bench.until(lambda: bench.task(waiting).failure is not None)
        bench.host.takes_s = 1.0
        await bench.run()

    assert bench.task(waiting).state is S.DONE


async def test_a_link_that_cannot_be_reached_keeps_the_order_waiting(bench: Bench) -> None:
    bench.source.served[LINK] = jpeg("red")
    bench.source.faults[LINK] = [offline(), offline()]
    async with bench:
        waiting = await bench.submit(**order_of(Reference(LINK)))
        await bench.until(lambda: bench.task(waiting).failure is not None)
        seen = bench.task(waiting).failure
        await bench.run()

    assert seen == Failure(FailureKind.REFERENCE_UNUSABLE, ReferenceFault.LINK_UNREACHABLE, "red.jpg")
    assert bench.task(waiting).state is S.DONE


async def test_an_upload_deleted_behind_our_back_is_made_again(bench: Bench, tmp_path: Path) -> None:
    order = order_of(photo(tmp_path))
    async with bench:
        await bench.run_one(**order)
        bench.source.gone.add(FIRST)
        await bench.run_one(**order)

    assert urls_sent(bench) == [[FIRST], ["https://host.example/2"]]
    assert [hosted.url for hosted in await bench.references.all_hosted()] == ["https://host.example/2"]
    assert [event.host for event in bench.told(ReferenceUnhosted)] == ["host"]


@pytest.mark.parametrize("serves", [b"<html>not here</html>", b"\xff\xd8\xffcut", jpeg("a bo")])
async def test_a_host_that_shows_something_else_refuses_the_order(bench: Bench, tmp_path: Path, serves: bytes) -> None:
    bench.host.serves = serves
    async with bench:
        failure = await refused_order(bench, photo(tmp_path))

    assert (failure.kind, failure.code) == (FailureKind.HOST_REFUSED, HostFault.WRONG_CONTENT)
    assert len(bench.host.published) == 1
    assert len(bench.host.deleted) == 1, "what nobody can use is not left there"
    assert await bench.references.all_hosted() == ()


async def test_a_host_nobody_can_read_refuses_the_order(bench: Bench, tmp_path: Path) -> None:
    bench.source.faults[FIRST] = [link_dead("403")]
    async with bench:
        failure = await refused_order(bench, photo(tmp_path))

    assert failure == Failure(FailureKind.HOST_REFUSED, HostFault.NOT_READABLE, "403")


async def test_a_link_about_to_end_is_renewed_and_one_that_cannot_be_is_uploaded_again(
    bench: Bench, tmp_path: Path
) -> None:
    order = order_of(photo(tmp_path))
    bench.host.lives = timedelta(hours=2)
    async with bench:
        await bench.run_one(**order)
        await asyncio.sleep(3600)
        bench.host.lives = timedelta(hours=4)
        await bench.run_one(**order)
        await asyncio.sleep(3 * 3600)
        bench.source.gone.add(f"{FIRST}/renewed")
        await bench.run_one(**order)

    assert urls_sent(bench) == [[FIRST], [f"{FIRST}/renewed"], ["https://host.example/2"]]
    assert len(bench.host.published) == 2


async def waiting_behind_slow_orders(bench: Bench, folder: Path) -> TaskId:
    """Take all places for paid calls for 100 s, and return an order that has its links and waits for a place."""
    bench.service.answers.extend([accepts(f"slow-{number}", after_s=100.0) for number in range(16)])
    for number in range(16):
        await bench.submit(f"slow order {number}")
    await bench.until(lambda: len(bench.service.sent) == 16)
    waiting = await bench.submit(**order_of(photo(folder)))
    await bench.until(lambda: len(bench.host.published) == 1)
    await asyncio.sleep(10)
    return waiting


async def test_links_that_died_while_the_order_waited_for_its_turn_are_not_sent(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        waiting = await waiting_behind_slow_orders(bench, tmp_path)
        bench.source.gone.add(FIRST)
        await bench.run()

    assert bench.task(waiting).state is S.DONE
    assert urls_sent(bench)[-1] == ["https://host.example/2"]


async def test_links_that_stood_while_the_order_waited_are_looked_at_again_and_sent(
    bench: Bench, tmp_path: Path
) -> None:
    async with bench:
        waiting = await waiting_behind_slow_orders(bench, tmp_path)
        await bench.run()

    assert bench.task(waiting).state is S.DONE
    assert urls_sent(bench)[-1] == [FIRST]
    assert bench.service.sent[-1].at_s - bench.source.opened_at_s(FIRST)[-1] < 5
    assert len(bench.host.published) == 1


async def test_a_gate_that_closes_while_links_are_looked_at_again_lets_nothing_through(
    bench: Bench, tmp_path: Path
) -> None:
    async with bench:
        waiting = await waiting_behind_slow_orders(bench, tmp_path)
        looks = len(bench.source.opened_at_s(FIRST))
        await bench.until(lambda: len(bench.source.opened_at_s(FIRST)) > looks)
        bench.engine.gate.hold(200)
        held_at_s = now_s()
        await bench.until_state(waiting, S.DONE)

    assert bench.service.sent[-1].at_s - held_at_s >= 200


async def test_a_crash_between_upload_and_record_uploads_again_and_loses_nothing(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    shoe = photo(tmp_path)
    async with bench:
        bench.host.takes_s = FOR_EVER_S
        waiting = await bench.submit(**order_of(shoe))
        await bench.until(lambda: bool(bench.references.rows))
        await asyncio.sleep(5)
    Path(shoe.source).unlink()
    bench.host.takes_s = 1.0

    async with Bench(tmp_path, before=bench) as later:
        await later.run()

    assert later.task(waiting).state is S.DONE
    assert len(later.host.published) == 1


async def test_a_disk_that_cannot_note_an_upload_lets_nothing_be_sent(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        ready = await bench.engine.references.ready(photo(tmp_path))
        bench.references.errors.append(disk_full())
        task = await bench.run_one(**order_of(ready.reference))

    assert task.state is S.DONE
    assert len(bench.host.published) == 1
    assert urls_sent(bench) == [[FIRST]]
    assert bench.journal.index("hosting saved") < bench.journal.index("saved submitting intent")


async def test_another_host_gets_an_upload_of_its_own(bench: Bench, tmp_path: Path) -> None:
    order = order_of(photo(tmp_path))
    other = FakeHost(bench.source, name="other")
    async with bench:
        await bench.run_one(**order)
        bench.engine.references.use_host(other, is_private=False)
        await bench.run_one(**order)

    assert urls_sent(bench) == [[FIRST], ["https://other.example/1"]]
    assert {hosted.host for hosted in await bench.references.all_hosted()} == {"host", "other"}


async def test_a_living_link_is_part_of_what_is_ready(bench: Bench, tmp_path: Path) -> None:
    shoe = photo(tmp_path)
    bench.host.lives = timedelta(hours=2)
    async with bench:
        await bench.run_one(**order_of(shoe))
        living = (await bench.engine.references.ready(shoe)).hosted
        await asyncio.sleep(2 * 3600)
        ended = (await bench.engine.references.ready(shoe)).hosted

    assert living is not None
    assert (living.url, ended) == (FIRST, None)


async def test_in_text_mode_references_are_left_alone(bench: Bench) -> None:
    request = GenerationRequest("a red fox", references=(Reference("/nowhere.jpg"),))

    assert (await bench.engine.references.links(request)).urls == ()
    assert await bench.engine.references.prepared(request) == (request, None)


async def test_an_old_record_without_names_is_still_used(bench: Bench, tmp_path: Path) -> None:
    """A link that an older program noted has no object name and no time."""
    shoe = photo(tmp_path)
    ready = await bench.engine.references.ready(shoe)
    old = "https://host.example/old"
    bench.source.served[old] = ready.path.read_bytes()
    later = (NOON + timedelta(days=1)).isoformat()
    await bench.references.save_hosted(HostedReference(old, "host", ready.prepared.sha256, later))
    async with bench:
        task = await bench.run_one(**order_of(shoe))

    assert task.state is S.DONE
    assert urls_sent(bench) == [[old]]
