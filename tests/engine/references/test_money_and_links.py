"""What may go wrong between choosing a reference and the wire, and that no order is sent with another picture."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ports.service import PictureDownload
from tests.engine.bench import Bench
from tests.engine.disk import disk_full
from tests.engine.reference_fakes import FakeHost, jpeg
from tests.engine.references.ordering import FIRST, LINK, order_of, photo, refused_order, urls_sent
from tests.fakes import FakeSource

S = TaskState


class WordlessSource(FakeSource):
    """A web whose servers do not tell lengths, as those that make their pictures on the fly."""

    @asynccontextmanager
    async def open(self, url: str) -> AsyncIterator[PictureDownload]:
        async with super().open(url) as download:
            download.total_bytes = None
            yield download


@pytest.fixture
async def wordless(tmp_path: Path) -> Bench:
    """An engine before such a web."""
    bench = Bench(tmp_path)
    bench.source = bench.host.source = WordlessSource(bench.journal)
    return Bench(tmp_path, before=bench)


async def test_a_link_that_tells_no_length_is_read_to_its_end(wordless: Bench) -> None:
    wordless.source.served[LINK] = jpeg("red")
    async with wordless:
        ready = await wordless.engine.references.ready(Reference(LINK))
        await wordless.run_one(**order_of(ready.reference))
        wordless.source.served[LINK] = jpeg("something else")
        await wordless.run_one(**order_of(ready.reference))

    assert urls_sent(wordless) == [[LINK], [FIRST]]


async def test_an_upload_that_cannot_be_noted_is_not_made_again(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        ready = await bench.engine.references.ready(photo(tmp_path))
        bench.references.errors.extend([disk_full()] * 5)
        task = await bench.run_one(**order_of(ready.reference))

    assert task.state is S.DONE
    assert len(bench.host.published) == 1
    assert urls_sent(bench) == [[FIRST]]
    assert [hosted.url for hosted in await bench.references.all_hosted()] == [FIRST]


@pytest.mark.parametrize("is_link", [False, True])
async def test_an_order_whose_copy_is_gone_is_not_sent_with_another_picture(
    bench: Bench, tmp_path: Path, is_link: bool
) -> None:
    bench.source.served[LINK] = jpeg("red")
    shown = Reference(LINK) if is_link else photo(tmp_path)
    async with bench:
        ready = await bench.engine.references.ready(shown)
        ready.path.unlink()
        bench.source.served[LINK] = jpeg("another")
        photo(tmp_path, data=jpeg("another"))
        failure = await refused_order(bench, ready.reference)

    fault = ReferenceFault.LINK_CHANGED if is_link else ReferenceFault.FILE_CHANGED
    assert failure == Failure(FailureKind.REFERENCE_UNUSABLE, fault, shown.name)


async def test_private_mode_chosen_while_an_order_waits_for_its_upload_is_obeyed(bench: Bench, tmp_path: Path) -> None:
    bench.host.ends_links = False
    shoe, copy = photo(tmp_path), photo(tmp_path, "copy.jpg", jpeg("shoe.jpg"))
    others = [photo(tmp_path, f"{number}.jpg") for number in range(4)]
    async with bench:
        for reference in (shoe, copy, *others):
            await bench.engine.references.ready(reference)
        for reference in others:
            await bench.submit(**order_of(reference))
        await bench.until(lambda: bench.host.at_once == 4)
        waiting = [await bench.submit(**order_of(reference)) for reference in (shoe, copy)]
        await asyncio.sleep(0.5)
        bench.engine.references.use_host(bench.host, is_private=True)
        await bench.run()

    assert len(bench.host.published) == 4
    failures = [bench.task(task_id).failure for task_id in waiting]
    assert [failure.code for failure in failures if failure] == [HostFault.LINKS_DO_NOT_END] * 2


async def test_a_host_chosen_while_an_order_waits_for_its_upload_is_the_one_that_gets_it(
    bench: Bench, tmp_path: Path
) -> None:
    other = FakeHost(bench.source, name="other")
    many = [photo(tmp_path, f"{number}.jpg") for number in range(6)]
    async with bench:
        for reference in many:
            await bench.engine.references.ready(reference)
        for reference in many:
            await bench.submit(**order_of(reference))
        await bench.until(lambda: bench.host.at_once == 4)
        bench.engine.references.use_host(other, is_private=False)
        await bench.run()

    assert (len(bench.host.published), len(other.published)) == (4, 2)


async def held_at_the_gate(bench: Bench, folder: Path) -> Reference:
    """Bring an order to the point where only its turn is missing."""
    reference = photo(folder)
    bench.service.is_down = True
    await bench.submit(**order_of(reference))
    await bench.until(lambda: bool(bench.host.published))
    bench.engine.gate.offline()
    await asyncio.sleep(5)
    return reference


async def test_a_link_that_ends_soon_by_the_time_of_its_turn_is_renewed(bench: Bench, tmp_path: Path) -> None:
    bench.host.lives = timedelta(hours=24)
    async with bench:
        await held_at_the_gate(bench, tmp_path)
        await asyncio.sleep(23.5 * 3600)
        bench.service.is_down = False
        await bench.run()

    assert urls_sent(bench) == [[f"{FIRST}/renewed"]]


async def test_an_upload_deleted_a_moment_before_its_order_goes_is_made_again(bench: Bench, tmp_path: Path) -> None:
    async with bench:
        await held_at_the_gate(bench, tmp_path)
        (copy,) = await bench.engine.references.all_hosted()
        await bench.engine.references.unhost(copy.hosted, even_if_used=True)
        bench.service.is_down = False
        bench.engine.wake()
        await bench.run()

    assert urls_sent(bench) == [["https://host.example/2"]]


async def test_private_mode_chosen_a_moment_before_an_order_goes_is_obeyed(bench: Bench, tmp_path: Path) -> None:
    bench.host.ends_links = False
    async with bench:
        await held_at_the_gate(bench, tmp_path)
        bench.engine.references.use_host(bench.host, is_private=True)
        bench.service.is_down = False
        bench.engine.wake()
        await bench.run()

    (task,) = bench.tasks.rows.values()
    assert (task.state, urls_sent(bench)) == (S.REFUSED, [])
    assert task.failure is not None
    assert task.failure.code == HostFault.LINKS_DO_NOT_END


async def test_what_is_replaced_is_not_left_at_the_host(bench: Bench, tmp_path: Path) -> None:
    order = order_of(photo(tmp_path))
    async with bench:
        await bench.run_one(**order)
        bench.source.served[FIRST] = b"<html>sign in</html>"
        await bench.run_one(**order)

    assert urls_sent(bench) == [[FIRST], ["https://host.example/2"]]
    assert [hosted.url for hosted in bench.host.deleted] == [FIRST]


async def test_a_link_that_shows_another_picture_now_is_named_and_can_be_added_again(bench: Bench) -> None:
    bench.source.served[LINK] = jpeg("red")
    async with bench:
        bench.engine.references.use_host(None, is_private=False)
        ready = await bench.engine.references.ready(Reference(LINK))
        bench.source.served[LINK] = jpeg("something else")
        failure = await refused_order(bench, ready.reference)
        anew = await bench.engine.references.ready(Reference(LINK))
        task = await bench.run_one(**order_of(anew.reference))

    assert failure == Failure(FailureKind.REFERENCE_UNUSABLE, ReferenceFault.LINK_CHANGED, "red.jpg")
    assert anew.path.read_bytes() == jpeg("something else")
    assert task.state is S.DONE
