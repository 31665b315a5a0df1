"""Orders whose references lie in an S3 bucket, on a real S3 API: uploaded once, renewed, made again, or refused."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.hosting import HostFault, S3Settings
from seedream_desktop.domain.reference import HostedReference
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.hosting.s3 import S3Host
from seedream_desktop.imaging.pool import ImagingPool
from tests.hosting.storages import MotoServer
from tests.simulators import SimulatorProcess
from tests.trust.referencing import Bench, Fresh, done, ended, hosting, ordered, read
from tests.trust.running import Running


class CountingHost(S3Host):
    """The real host, with its uploads counted."""

    def __init__(self, storage: MotoServer, settings: S3Settings | None = None, secret: str = "", day_s: float = 86400):
        super().__init__(settings or storage.settings(), lambda: secret or storage.owner.secret, day_s=day_s)
        self.uploads: list[HostedReference] = []

    async def publish(self, path: Path, sha256: str, media_format: str) -> HostedReference:
        hosted = await super().publish(path, sha256, media_format)
        self.uploads.append(hosted)
        return hosted


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimulatorProcess]:
    folder = tmp_path_factory.mktemp("service")
    with SimulatorProcess(speed=50, state=folder, options=["--plain-pictures"]) as running:
        yield running


@pytest.fixture(scope="module")
def imaging() -> Iterator[ImagingPool]:
    pool = ImagingPool()
    yield pool
    asyncio.run(pool.close())


@pytest.fixture(scope="module")
def storage() -> Iterator[MotoServer]:
    with MotoServer() as storage:
        yield storage


@pytest.fixture
def bench(service: SimulatorProcess, imaging: ImagingPool, tmp_path: Path) -> Bench:
    return Fresh(service, service, imaging, tmp_path)


async def refused(one: Running, bench: Bench) -> Task:
    """Order with a file, and return the order that was refused with nothing sent."""
    task = await ended(one, await ordered(one, bench.photo()))
    assert (task.state, task.attempts, bench.submits) == (TaskState.REFUSED, (), [])
    return task


async def test_the_same_file_in_two_orders_is_uploaded_once(bench: Bench, storage: MotoServer) -> None:
    host, photo = CountingHost(storage), bench.photo()
    async with hosting(bench, host) as one:
        tasks = [await ordered(one, photo) for _ in range(2)]
        assert [(await ended(one, task)).state for task in tasks] == [TaskState.DONE] * 2
    async with hosting(bench, host) as one:
        await done(one, photo)

    (hosted,) = host.uploads
    assert bench.submits == [[hosted.url]] * 3


async def test_a_link_that_has_ended_is_renewed_without_an_upload(bench: Bench, storage: MotoServer) -> None:
    """Links of 3 s: each is at its end as soon as it is made, so every order gets a fresh one."""
    host, photo = CountingHost(storage, day_s=3), bench.photo()
    async with hosting(bench, host) as one:
        await done(one, photo)
        await asyncio.sleep(3)
        with pytest.raises(OSError, match="403"):
            read(host.uploads[0].url)
        await done(one, photo)

    (first,), (second,) = bench.submits
    assert first != second
    assert len(host.uploads) == 1


async def test_an_object_deleted_behind_our_back_is_uploaded_again(bench: Bench, storage: MotoServer) -> None:
    host, photo = CountingHost(storage), bench.photo()
    async with hosting(bench, host) as one:
        await done(one, photo)
        await S3Host(storage.settings(), lambda: storage.owner.secret).delete(host.uploads[0])
        await done(one, photo)

    assert bench.submits == [[hosted.url] for hosted in host.uploads]
    assert len(host.uploads) == 2


async def test_a_public_bucket_gives_links_that_do_not_end(bench: Bench, storage: MotoServer) -> None:
    host = CountingHost(storage, storage.public_settings())
    async with hosting(bench, host) as one:
        await done(one, bench.photo())

    assert bench.submits == [[host.uploads[0].url]]
    assert host.uploads[0].url.startswith(storage.public_base_url)


async def test_a_bucket_said_to_be_public_that_is_not_refuses_the_order(bench: Bench, storage: MotoServer) -> None:
    private = storage.settings(public_base_url=f"{storage.endpoint}/{storage.bucket}")
    async with hosting(bench, CountingHost(storage, private)) as one:
        task = await refused(one, bench)
        left = await one.engine.references.all_hosted()

    assert task.failure is not None
    assert (task.failure.kind, task.failure.code) == (FailureKind.HOST_REFUSED, HostFault.NOT_READABLE)
    assert left == ()


@pytest.mark.parametrize(
    ("changes", "secret", "fault"),
    [
        ({}, "another-secret-0123456789abcdefghijklmn", HostFault.SECRET_WRONG),
        ({"access_key_id": "AKIANOBODYNOBODYNOBO"}, "", HostFault.KEY_UNKNOWN),
        ({"bucket": "no-such-bucket"}, "", HostFault.BUCKET_MISSING),
        ({"prefix": "elsewhere"}, "", HostFault.FORBIDDEN),
    ],
)
async def test_a_storage_that_will_not_take_it_refuses_the_order(
    bench: Bench, storage: MotoServer, changes: dict[str, str], secret: str, fault: HostFault
) -> None:
    host = CountingHost(storage, storage.settings(**changes), secret)
    async with hosting(bench, host) as one:
        task = await refused(one, bench)

    assert task.failure is not None
    assert (task.failure.kind, task.failure.code) == (FailureKind.HOST_REFUSED, fault)


async def test_an_order_waits_for_a_storage_that_is_down_and_goes_when_it_is_back(bench: Bench) -> None:
    storage = MotoServer().start()
    try:
        host = CountingHost(storage)
        storage.stop()
        async with hosting(bench, host) as one:
            waiting = await ordered(one, bench.photo())
            seen = await one.until(waiting, lambda task: task.failure is not None, limit_s=40)
            assert bench.submits == []
            storage.start()
            assert (await one.until(waiting, lambda task: task.is_final, limit_s=40)).state is TaskState.DONE
    finally:
        storage.stop()

    assert seen.failure is not None
    assert (seen.state, seen.failure.kind) == (TaskState.QUEUED, FailureKind.HOST_UNREACHABLE)
    assert bench.submits == [[host.uploads[0].url]]
