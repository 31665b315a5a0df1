"""The way of an order's references to links, before any money moves: uploaded once, looked at, never dead."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from seedream_desktop.domain.events import ReferenceHosted, ReferenceUnhosted
from seedream_desktop.domain.preparation import Change
from seedream_desktop.domain.reference import Crop, HostedReference, Reference
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import AttemptState, TaskState
from tests.engine.bench import Bench
from tests.engine.disk import disk_full
from tests.engine.reference_fakes import NEEDS_WORK, FakeHost, jpeg
from tests.engine.references.ordering import FIRST, LINK, order_of, photo, urls_sent
from tests.fakes import FOR_EVER_S, NOON, offline

S = TaskState


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


async def test_an_upload_deleted_behind_our_back_is_made_again(bench: Bench, tmp_path: Path) -> None:
    order = order_of(photo(tmp_path))
    async with bench:
        await bench.run_one(**order)
        bench.source.gone.add(FIRST)
        await bench.run_one(**order)

    assert urls_sent(bench) == [[FIRST], ["https://host.example/2"]]
    assert [hosted.url for hosted in await bench.references.all_hosted()] == ["https://host.example/2"]
    assert [event.host for event in bench.told(ReferenceUnhosted)] == ["host"]


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
