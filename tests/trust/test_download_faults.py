"""Whatever comes from a result link: only sound pictures are stored, and none is given up without a reason."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from seedream_desktop.domain.failure import FailureKind
from seedream_desktop.domain.pacing import PICTURE_TRIES
from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import TaskId, TaskState
from seedream_desktop.imaging.pool import ImagingPool
from tests.imaging.corpus import (
    animation,
    encoded,
    picture,
    png_bomb,
    profile_bomb,
    text_bomb,
    webp_extended,
)
from tests.simulators import SimulatorProcess
from tests.trust.recorders import recording
from tests.trust.running import Running
from tests.trust.stories import ROOT, Story, Teller, Told, judge

WATCH_S = 100.0
SIGNS = {b"\xff\xd8\xff": ".jpg", b"\x89PNG": ".png", b"RIFF": ".webp"}
OK = b"HTTP/1.1 200 OK\r\ncontent-type: image/png\r\n"
BAD = frozenset({PictureState.UNDECODABLE, PictureState.NOT_AN_IMAGE})


def once(name: str, do: dict[str, Any], times: int = 1, **more: Any) -> Story:
    """Return a story whose first tries meet trouble, and which ends well."""
    return Story(name, TaskState.DONE, image=({"do": do, "times": times},), **more)


def fine(name: str, do: dict[str, Any], **more: Any) -> Story:
    """Return a story whose trouble does no harm however long it lasts."""
    return Story(name, TaskState.DONE, image=({"do": do},), **more)


def bad(name: str, do: dict[str, Any], **more: Any) -> Story:
    """Return a story whose picture stays bad."""
    return Story(name, TaskState.FAILED, image=({"do": do},), failure=FailureKind.PICTURES_BAD, **more)


def expired(name: str, do: dict[str, Any]) -> Story:
    """Return a story whose links are dead and stay so."""
    return Story(name, TaskState.FAILED, image=({"do": do},), failure=FailureKind.LINKS_EXPIRED)


async def looks_on(one: Running, task_id: TaskId) -> None:
    """Look on while the picture cannot be reached: it is neither given up nor stored."""
    await one.until(task_id, lambda task: task.state is TaskState.DOWNLOADING)
    await asyncio.sleep(WATCH_S * one.clock.scale)
    (picture,) = (await one.task(task_id)).pictures
    assert picture.state in (PictureState.PLANNED, PictureState.DOWNLOADING)
    assert picture.tries == 0


def waits(name: str, do: dict[str, Any]) -> Story:
    """Return a story whose picture cannot be reached: that is not the picture's fault, and counts for nothing."""
    return Story(name, TaskState.DOWNLOADING, image=({"do": do},), act=looks_on)


def _cut() -> Iterator[Story]:
    for at in (0.0, 0.5, 0.99):
        yield once(f"cut at {at:.0%}", {"cut": {"at": at}})
    yield once("cut in chunks", {"cut": {"at": 0.5, "how": "chunked"}})
    yield once("cut by a reset", {"cut": {"at": 0.5, "reset": True}})
    yield once("cut without a length", {"cut": {"at": 0.5, "how": "close"}})
    yield bad("always cut", {"cut": {"at": 0.5}})
    yield bad("always cut without a length", {"cut": {"at": 0.9, "how": "close"}})
    yield once("closed without an answer", {"drop_after_body": True})
    yield once("reset without an answer", {"rst_after_body": True})
    yield once("bytes that are not HTTP", {"garbage": True})
    yield once("a byte now and then", {"drip": 0.4})
    yield once("headers a byte at a time", {"slow_head": 0.4})
    yield once("nothing at all", {"hang": True})


def _lengths() -> Iterator[Story]:
    yield fine("no length", {"no_length": True})
    yield fine("small chunks", {"chunked": 4096})
    for kind in ("longer", "shorter", "two", "negative", "10TB", "text"):
        yield once(f"a length that is {kind}", {"content_length": kind})
    for kind in ("longer", "shorter", "10TB"):
        yield bad(f"always a length that is {kind}", {"content_length": kind})
    for kind in ("two", "negative", "text"):
        yield waits(f"always a length that is {kind}", {"content_length": kind})
    yield once("no end of bytes", {"endless": True})


def _refused() -> Iterator[Story]:
    for code in (403, 404, 410):
        yield expired(f"HTTP {code}", {"status": code, "body": "empty"})
    for code in (429, 500, 503):
        yield once(f"HTTP {code} at first", {"status": code, "body": "html"}, 2)
    yield once("429 with Retry-After", {"code": 429, "retry_after": "2"}, 2)
    yield bad("always HTTP 500", {"status": 500, "body": "html"})
    yield bad("a part nobody asked for", {"status": 206})


def _redirects() -> Iterator[Story]:
    yield fine("one redirect", {"redirect": "same"})
    yield once("a redirect to a relative address", {"redirect": "relative"})
    yield fine("three redirects", {"redirect": {"to": "chain", "hops": 3}})
    yield bad("four redirects", {"redirect": {"to": "chain", "hops": 4}})
    for to in ("loop", "http", "file", "metadata", "ftp://127.0.0.1/a.png", "https://user:word@127.0.0.1/a.png"):
        yield bad(f"a redirect to {to}", {"redirect": to})
    for address in ("https://10.0.0.1/a.png", "https://[::ffff:10.0.0.1]/", "https://2130706433/", "https://127.1/"):
        yield bad(f"a redirect to {address}", {"redirect": address})


def _contents() -> Iterator[Story]:
    for kind in ("html", "empty", "svg", "pdf", "gif"):
        yield bad(f"{kind} in the picture's place", {"image": kind})
    for kind in ("truncated", "no-end", "apng"):
        yield bad(f"a picture that is a {kind}", {"image": kind})
    for kind in ("png", "webp", "rotated", "cmyk", "png16", "palette", "trailing-zip", "trailing-html"):
        yield fine(f"a picture that is {kind}", {"image": kind})
    for kind in ("gzip", "twice"):
        yield bad(f"a picture in {kind} encoding", {"encoding": kind})
    yield once("an encoding that goes away", {"encoding": "gzip"})
    yield fine("another content type", {"content_type": "text/html"})
    for kind in ("changes", "weak", "none"):
        yield once(f"an ETag that is {kind}, and a cut", {"etag": kind, "cut": 0.5})
    for kind in ("ignored", "shifted", "no-content-range"):
        yield Story(
            f"ranges that are {kind}, and a cut",
            TaskState.DONE,
            image=({"do": {"cut": 0.5, "range": kind}, "times": 1}, {"do": {"range": kind}}),
        )


def _links() -> Iterator[Story]:
    for kind in ("user-info", "private", "long"):
        yield Story(
            f"links that are {kind}",
            TaskState.FAILED,
            status=({"do": {"urls": kind}},),
            failure=FailureKind.PICTURES_BAD,
        )
    dead = [f"{ROOT}/files/{'0' * 32}/1.jpeg"]
    yield Story("dead links that the service renews", TaskState.DONE, status=({"do": {"urls": dead}, "times": 1},))
    yield Story("the same picture twice", TaskState.DONE, status=({"do": {"urls": "more"}},), pictures=3)


MIXED = (
    Story(
        "one good and one bad picture",
        TaskState.PARTIAL,
        image=({"match": {"image": 2}, "do": {"image": "html"}},),
        count=2,
        pictures=1,
    ),
    waits("a host that nobody answers at", {"redirect": "loopback"}),
)
STORIES = [*_cut(), *_lengths(), *_refused(), *_redirects(), *_contents(), *_links(), *MIXED]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Told]]:
    folder = tmp_path_factory.mktemp("downloads")
    with SimulatorProcess(speed=400, options=["--plain-pictures"]) as simulator:
        yield asyncio.run(_tell_all(simulator, folder, STORIES))
        assert simulator.ledger()["authorized_image_requests"] == 0


HOSTILE = {
    "a PNG of 400 megapixels": png_bomb(),
    "a comment of 64 MiB": text_bomb(),
    "a colour profile of 64 MiB": profile_bomb(),
    "a moving GIF": animation("GIF"),
    "a moving PNG": animation("PNG"),
    "a moving WebP": animation("WEBP"),
    "a WebP of which only the beginning came": webp_extended(64, 64, 0),
    "a JPEG without its end": encoded(picture(), "JPEG")[:-2],
    "a PNG without its end": encoded(picture(), "PNG")[:-12],
    "a TIFF": encoded(picture(), "TIFF"),
}


def test_hostile_files_are_refused_and_leave_nothing_behind(tmp_path: Path) -> None:
    with ExitStack() as stack:
        hosts = {name: stack.enter_context(recording(content, OK)) for name, content in HOSTILE.items()}
        stories = [
            Story(name, TaskState.FAILED, status=({"do": {"urls": [host.url]}},), failure=FailureKind.PICTURES_BAD)
            for name, host in hosts.items()
        ]
        simulator = stack.enter_context(SimulatorProcess(speed=400, options=["--plain-pictures"]))
        told = asyncio.run(_tell_all(simulator, tmp_path, stories))

    for story in stories:
        judge(story, told[story.name])
        assert not list((told[story.name].folder / "data" / "originals").rglob("*.*"))
        assert len(hosts[story.name].connections) == PICTURE_TRIES
        assert b"key-" not in hosts[story.name].everything
        assert b"uthorization" not in hosts[story.name].everything


async def _tell_all(simulator: SimulatorProcess, folder: Path, stories: Sequence[Story]) -> dict[str, Told]:
    pool = ImagingPool()
    try:
        return await Teller(simulator, folder, stories).tell_all(pool)
    finally:
        await pool.close()


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_only_sound_pictures_are_stored(story: Story, told: dict[str, Told]) -> None:
    one = told[story.name]
    task = judge(story, one)

    for stored in task.stored_pictures:
        assert stored.path is not None
        assert stored.saved_path is not None
        content = Path(stored.path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == stored.sha256
        assert Path(stored.saved_path).read_bytes() == content
        assert next(ending for sign, ending in SIGNS.items() if content.startswith(sign)) == Path(stored.path).suffix
    originals = {stored.path for stored in task.stored_pictures}
    assert len([file for file in (one.folder / "library").glob("[!.]*") if file.is_file()]) == story.stored
    if task.is_final:  # what a quit broke off is swept at the next start
        assert not list(one.folder.rglob("*.part"))
    assert {str(file) for file in (one.folder / "data" / "originals").rglob("*") if file.is_file()} == originals


@pytest.mark.parametrize(
    "story", [story for story in STORIES if story.ends is TaskState.FAILED], ids=lambda story: story.name
)
def test_a_picture_given_up_says_what_became_of_it(story: Story, told: dict[str, Told]) -> None:
    task = told[story.name].task
    assert task is not None

    expected = {PictureState.EXPIRED} if story.failure is FailureKind.LINKS_EXPIRED else BAD
    assert {picture.state for picture in task.pictures} <= expected
