"""References in an S3 bucket, against two S3 servers that were written by different people."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.hosting import HostFault, S3Settings
from seedream_desktop.hosting.s3 import S3Host
from seedream_desktop.hosting.s3_place import place_of
from seedream_desktop.hosting.s3_store import S3Bucket, S3Limits
from seedream_desktop.ports.errors import HostRefusedError
from tests.hosting.conftest import Picture, look
from tests.hosting.storages import S3Server

QUICK = S3Limits(request_s=5.0, total_s=20.0, first_pause_s=0.01, tries=5)


def host_at(storage: S3Server, secret: str = "", settings: S3Settings | None = None, day_s: float = 86_400) -> S3Host:
    return S3Host(settings or storage.settings(), lambda: secret or storage.owner.secret, QUICK, day_s)


async def refusal_of(host: S3Host, picture: Picture) -> tuple[FailureKind, str, str]:
    with pytest.raises(HostRefusedError) as caught:
        await host.publish(picture.path, picture.sha256, picture.media_format)
    failure = caught.value.failure
    return failure.kind, failure.code, failure.message


async def test_anybody_who_has_the_link_gets_the_picture(storage: S3Server, picture: Picture) -> None:
    hosted = await host_at(storage).publish(picture.path, picture.sha256, "PNG")

    seen = await asyncio.to_thread(look, hosted.url)
    assert (seen.status, seen.content, seen.content_type) == (200, picture.content, "image/png")
    assert (hosted.host, hosted.sha256) == (f"S3 pictures (127.0.0.1:{storage.port})", picture.sha256)


async def test_nobody_gets_it_without_the_link(storage: S3Server, picture: Picture) -> None:
    hosted = await host_at(storage).publish(picture.path, picture.sha256, "PNG")

    bare = await asyncio.to_thread(look, hosted.url.partition("?")[0])
    forged = await asyncio.to_thread(look, re.sub("Signature=[0-9a-f]{4}", "Signature=0000", hosted.url))
    assert 400 <= bare.status < 500
    assert forged.status == 403


async def test_the_name_is_unguessable_and_not_the_users(storage: S3Server, picture: Picture) -> None:
    host = host_at(storage)
    one = await host.publish(picture.path, picture.sha256, "PNG")
    other = await host.publish(picture.path, picture.sha256, "PNG")

    assert re.fullmatch(r"seedream/[\w-]{43}\.png", one.object_name)
    assert one.object_name != other.object_name
    assert "campaign" not in one.url


async def test_a_link_ends_and_a_fresh_one_can_be_had(storage: S3Server, picture: Picture) -> None:
    host = host_at(storage, day_s=2)
    hosted = await host.publish(picture.path, picture.sha256, "PNG")
    assert (await asyncio.to_thread(look, hosted.url)).status == 200

    await asyncio.sleep(2.5)
    assert (await asyncio.to_thread(look, hosted.url)).status == 403

    renewed = await host.renew(hosted)
    assert renewed is not None
    assert (await asyncio.to_thread(look, renewed.url)).content == picture.content
    assert renewed == replace(hosted, url=renewed.url, until=renewed.until)


@pytest.mark.parametrize("days", [1, 7])
async def test_until_is_a_little_earlier_than_the_end(storage: S3Server, picture: Picture, days: int) -> None:
    before = datetime.now(UTC)
    host = host_at(storage, settings=storage.settings(link_days=days))
    hosted = await host.publish(picture.path, picture.sha256, "PNG")

    assert hosted.until is not None
    left = before + timedelta(days=days) - datetime.fromisoformat(hosted.until)
    assert timedelta(minutes=15) < left < timedelta(minutes=17)
    assert hosted.hosted_at is not None
    assert abs(datetime.fromisoformat(hosted.hosted_at) - before) < timedelta(seconds=30)
    assert (await asyncio.to_thread(look, hosted.url)).status == 200


async def test_what_is_deleted_is_gone_and_can_be_deleted_again(storage: S3Server, picture: Picture) -> None:
    host = host_at(storage)
    hosted = await host.publish(picture.path, picture.sha256, "PNG")

    await host.delete(hosted)
    assert (await asyncio.to_thread(look, hosted.url)).status == 404
    assert await host.renew(hosted) is None
    await host.delete(hosted)


@pytest.mark.parametrize("name", ["", "seedream", "seedream/", "seedream/holiday.png", "../" + "x" * 43 + ".png"])
async def test_what_the_program_did_not_name_is_never_deleted(storage: S3Server, picture: Picture, name: str) -> None:
    host = host_at(storage)
    hosted = await host.publish(picture.path, picture.sha256, "PNG")

    with pytest.raises(HostRefusedError):
        await host.delete(replace(hosted, object_name=name))
    assert await host.renew(replace(hosted, object_name=name)) is None


async def test_a_public_bucket_has_links_that_do_not_end(storage: S3Server, picture: Picture) -> None:
    host = host_at(storage, settings=storage.public_settings())
    hosted = await host.publish(picture.path, picture.sha256, "PNG")

    assert not host.ends_links
    assert hosted.until is None
    assert hosted.url == f"{storage.public_base_url}/{hosted.object_name}"
    assert (await asyncio.to_thread(look, hosted.url)).content == picture.content
    assert await host.renew(hosted) == hosted
    await host.delete(hosted)
    assert (await asyncio.to_thread(look, hosted.url)).status == 404


async def test_a_bucket_with_signed_links_says_that_they_end(storage: S3Server) -> None:
    assert host_at(storage).ends_links


async def test_a_wrong_secret_is_named(storage: S3Server, picture: Picture) -> None:
    found = await refusal_of(host_at(storage, "a-wrong-secret"), picture)

    assert found == (FailureKind.HOST_REFUSED, HostFault.SECRET_WRONG, "SignatureDoesNotMatch")


async def test_an_unknown_access_key_is_named(storage: S3Server, picture: Picture) -> None:
    host = host_at(storage, settings=storage.settings(access_key_id="AKIANOBODYNOBODYNOBO"))

    assert (await refusal_of(host, picture))[1] == storage.unknown_key_fault


async def test_a_bucket_that_is_not_there_is_named(storage: S3Server, picture: Picture) -> None:
    host = host_at(storage, settings=storage.settings(bucket="no-such-bucket"))

    assert (await refusal_of(host, picture))[1:] == (HostFault.BUCKET_MISSING, "no-such-bucket")


async def test_a_key_without_the_right_to_upload_is_named(storage: S3Server, picture: Picture) -> None:
    settings = storage.settings(access_key_id=storage.reader.access_key_id)
    host = host_at(storage, storage.reader.secret, settings)

    assert (await refusal_of(host, picture))[1:] == (HostFault.FORBIDDEN, "upload: AccessDenied")


async def test_a_key_without_the_right_to_delete_is_named(storage: S3Server, picture: Picture) -> None:
    hosted = await host_at(storage).publish(picture.path, picture.sha256, "PNG")
    settings = storage.settings(access_key_id=storage.reader.access_key_id)

    with pytest.raises(HostRefusedError) as caught:
        await host_at(storage, storage.reader.secret, settings).delete(hosted)

    assert (caught.value.failure.code, caught.value.failure.message) == (HostFault.FORBIDDEN, "delete: AccessDenied")
    assert (await asyncio.to_thread(look, hosted.url)).status == 200


async def test_whoever_may_not_look_uploads_again(storage: S3Server, picture: Picture) -> None:
    hosted = await host_at(storage).publish(picture.path, picture.sha256, "PNG")

    assert await host_at(storage, "a-wrong-secret").renew(hosted) is None


@pytest.mark.parametrize(
    ("changes", "start"),
    [
        ({"region": "eu-west-1"}, "https://pictures.s3.eu-west-1.amazonaws.com/seedream/"),
        ({"bucket": "my.pictures"}, "https://s3.us-east-1.amazonaws.com/my.pictures/seedream/"),
        (
            {"endpoint": "https://acc.r2.cloudflarestorage.com/pictures"},
            "https://acc.r2.cloudflarestorage.com/pictures/",
        ),
        ({"endpoint": "https://pictures.s3.example"}, "https://pictures.s3.example/seedream/"),
    ],
)
async def test_a_link_names_the_bucket_where_the_storage_looks_for_it(changes: dict[str, str], start: str) -> None:
    settings = S3Settings(bucket="pictures", access_key_id="AKIASOMEBODY")
    place = place_of(replace(settings, **changes))  # type: ignore[arg-type]  # the texts among the settings
    bucket = await asyncio.to_thread(S3Bucket, place, "secret", QUICK)

    assert (await bucket.sign("seedream/fox.png", timedelta(days=1))).startswith(start)


async def test_ten_megabytes_go_up_while_the_loop_runs_on(storage: S3Server, picture: Picture) -> None:
    content = b"\x89PNG\r\n\x1a\n" + bytes(9_900_000)
    picture.path.write_bytes(content)
    stalls: list[float] = []

    # A busy machine stalls every loop now and then; what the upload itself does, it does each time.
    while len(stalls) < 10 and min(stalls, default=1.0) >= 0.05:
        async with longest_stall(stalls):
            hosted = await host_at(storage).publish(picture.path, picture.sha256, "PNG")

    assert min(stalls) < 0.05
    assert (await asyncio.to_thread(look, hosted.url)).content == content


@asynccontextmanager
async def longest_stall(found: list[float]) -> AsyncIterator[None]:
    """Add to *found* for how many seconds at most the loop did nothing else while the body ran."""
    stalls = [0.0]

    async def beat() -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.002)
            stalls.append(time.perf_counter() - start)

    beating = asyncio.ensure_future(beat())
    yield
    beating.cancel()
    found.append(max(stalls))
