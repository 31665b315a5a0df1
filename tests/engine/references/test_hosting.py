"""The list of what is hosted, and taking it back; trying out a host before anything depends on it."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.domain.events import ReferenceUnhosted
from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.reference import HostedReference, Reference
from seedream_desktop.domain.request import GenerationRequest, Mode
from seedream_desktop.domain.task import TaskState
from seedream_desktop.engine.references import HostedElsewhereError, HostedReferenceInUseError, ReadyReference
from seedream_desktop.ports.errors import HostRefusedError, KeyRefusedError, UnreachableError
from tests.engine.bench import Bench, stored_task
from tests.engine.reference_fakes import FakeHost, jpeg
from tests.fakes import key_refused, link_dead, offline

URL = "https://host.example/1"


async def hosted_shoe(bench: Bench, folder: Path, host: str = "host") -> tuple[ReadyReference, HostedReference]:
    """Lay a reference and its upload down as an earlier order left them."""
    path = folder / "shoe.jpg"
    path.write_bytes(jpeg())
    ready = await bench.engine.references.ready(Reference(str(path)))
    hosted = HostedReference(URL, host, ready.prepared.sha256, object_name="object 1")
    bench.source.served[URL] = jpeg()
    await bench.references.save_hosted(hosted)
    return ready, hosted


async def test_what_is_hosted_is_listed_with_our_copy_and_who_needs_it(bench: Bench, tmp_path: Path) -> None:
    ready, hosted = await hosted_shoe(bench, tmp_path)
    request = GenerationRequest("a", Mode.IMAGE_TO_IMAGE, references=(ready.reference, ready.reference))
    states = [TaskState.QUEUED, TaskState.PROCESSING, TaskState.UNKNOWN, TaskState.DONE, TaskState.DOWNLOADING]
    bench.put(*(stored_task(state, state, request=request) for state in states))
    lost = HostedReference("https://host.example/2", "host", "00" * 32)
    await bench.references.save_hosted(lost)

    unkept, shoe = await bench.engine.references.all_hosted()

    assert (unkept.hosted, unkept.kept, unkept.needed_by) == (lost, None, 0)
    assert (shoe.hosted, shoe.needed_by) == (hosted, 3)
    assert shoe.kept is not None
    assert shoe.kept.path == ready.path


async def test_an_upload_is_deleted_at_its_host_then_forgotten_then_told(bench: Bench, tmp_path: Path) -> None:
    ready, hosted = await hosted_shoe(bench, tmp_path)

    await bench.engine.references.unhost(hosted)

    assert bench.host.deleted == [hosted]
    assert await bench.engine.references.all_hosted() == ()
    assert bench.told(ReferenceUnhosted) == [ReferenceUnhosted(hosted.sha256, "host")]
    assert ready.path.exists(), "our own copy stays"


async def test_what_unfinished_orders_need_is_deleted_on_the_users_word_only(bench: Bench, tmp_path: Path) -> None:
    ready, hosted = await hosted_shoe(bench, tmp_path)
    request = GenerationRequest("a", Mode.IMAGE_TO_IMAGE, references=(ready.reference,))
    bench.put(stored_task("one", TaskState.PROCESSING, request=request))

    with pytest.raises(HostedReferenceInUseError) as caught:
        await bench.engine.references.unhost(hosted)
    assert caught.value.needed_by == 1
    assert bench.host.deleted == []

    await bench.engine.references.unhost(hosted, even_if_used=True)
    assert bench.host.deleted == [hosted]


async def test_an_upload_elsewhere_cannot_be_deleted_and_can_be_forgotten(bench: Bench, tmp_path: Path) -> None:
    _, hosted = await hosted_shoe(bench, tmp_path, host="an older host")

    with pytest.raises(HostedElsewhereError, match="an older host"):
        await bench.engine.references.unhost(hosted)
    bench.engine.references.use_host(None, is_private=False)
    with pytest.raises(HostedElsewhereError):
        await bench.engine.references.unhost(hosted)
    await bench.engine.references.forget(hosted)

    assert bench.host.deleted == []
    assert await bench.engine.references.all_hosted() == ()


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (offline(), UnreachableError),
        (key_refused(), UnreachableError),
        (HostRefusedError(Failure(FailureKind.HOST_REFUSED, HostFault.FORBIDDEN)), HostRefusedError),
    ],
)
async def test_what_could_not_be_deleted_stays_in_the_list(
    bench: Bench, tmp_path: Path, trouble: Exception, told: type[Exception]
) -> None:
    _, hosted = await hosted_shoe(bench, tmp_path)
    bench.host.errors.append(trouble)

    with pytest.raises(told) as caught:
        await bench.engine.references.unhost(hosted)

    assert not isinstance(caught.value, KeyRefusedError), "a host says nothing about the service's key"
    assert [each.hosted for each in await bench.engine.references.all_hosted()] == [hosted]


async def test_forgetting_an_old_upload_leaves_its_successor(bench: Bench, tmp_path: Path) -> None:
    _, hosted = await hosted_shoe(bench, tmp_path)
    newer = replace(hosted, url="https://host.example/2")
    await bench.references.save_hosted(newer)

    await bench.engine.references.forget(hosted)

    assert [each.hosted for each in await bench.engine.references.all_hosted()] == [newer]


async def test_a_host_is_tried_with_a_real_picture_that_is_gone_afterwards(bench: Bench) -> None:
    host = FakeHost(bench.source)

    await bench.engine.references.test(host)
    first = bench.source.served[URL]
    await bench.engine.references.test(host)

    with Image.open(io.BytesIO(first)) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("JPEG", (16, 16))
    assert first != bench.source.served["https://host.example/2"], "nothing older can be taken for it"
    assert [hosted.url for hosted in host.deleted] == [URL, "https://host.example/2"]
    assert await bench.engine.references.all_hosted() == ()


@pytest.mark.parametrize(
    ("trouble", "fault"),
    [
        (link_dead("403"), HostFault.NOT_READABLE),
        (link_dead("404"), HostFault.NOT_READABLE),
        (b"<html>sign in</html>", HostFault.WRONG_CONTENT),
    ],
)
async def test_a_host_that_strangers_cannot_read_is_told(
    bench: Bench, trouble: BaseException | bytes, fault: HostFault
) -> None:
    bench.source.faults[URL] = [trouble]

    with pytest.raises(HostRefusedError) as caught:
        await bench.engine.references.test(bench.host)

    assert caught.value.failure.code == fault
    assert len(bench.host.deleted) == 1


async def test_the_first_trouble_of_a_trial_is_told_when_deleting_fails_too(bench: Bench) -> None:
    bench.source.faults[URL] = [link_dead("403")]
    bench.host.delete_errors.append(offline())

    with pytest.raises(HostRefusedError):
        await bench.engine.references.test(bench.host)


async def test_a_trial_that_is_given_up_leaves_nothing_behind(bench: Bench) -> None:
    bench.source.answers_after_s = 5.0
    trial = asyncio.ensure_future(bench.engine.references.test(bench.host))
    await bench.until(lambda: bool(bench.source.opened))
    trial.cancel()

    with pytest.raises(asyncio.CancelledError):
        await trial
    assert len(bench.host.deleted) == 1


async def test_a_host_that_cannot_be_reached_is_told(bench: Bench) -> None:
    bench.host.errors.append(offline())
    with pytest.raises(UnreachableError):
        await bench.engine.references.test(bench.host)

    bench.source.faults[URL] = [offline()]
    with pytest.raises(UnreachableError) as caught:
        await bench.engine.references.test(bench.host)
    assert caught.value.failure.kind is FailureKind.HOST_UNREACHABLE
