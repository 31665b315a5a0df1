"""Orders whose references can never be sent: refused with a reason, before any money moves."""

from __future__ import annotations

from pathlib import Path

import pytest

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ports.errors import HostRefusedError
from tests.engine.bench import Bench
from tests.engine.reference_fakes import jpeg
from tests.engine.references.ordering import FIRST, LINK, order_of, photo, refused_order
from tests.fakes import link_dead, offline


def refused() -> HostRefusedError:
    return HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.FORBIDDEN, "PutObject"))


async def test_what_can_never_be_sent_is_told_before_what_may_pass(bench: Bench, tmp_path: Path) -> None:
    bench.source.faults[LINK] = [offline()] * 9
    async with bench:
        failure = await refused_order(bench, Reference(LINK), Reference(str(tmp_path / "gone.jpg")))

    assert failure.code == ReferenceFault.FILE_MISSING


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

    assert bench.task(task.id).state is TaskState.DONE


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

    assert task.state is TaskState.DONE


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
