"""Storages that run once for all tests of hosting, a picture, and an anonymous reader."""

from __future__ import annotations

import hashlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.hosting.storages import SWIFT_PYTHON, MotoServer, S3Server, SwiftServer
from tests.simulators import DIRECT


@dataclass(frozen=True)
class Picture:
    """A file as the program prepares one."""

    path: Path
    sha256: str
    media_format: str = "PNG"

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.path.read_bytes()


@pytest.fixture(scope="session")
def moto() -> Iterator[MotoServer]:
    with MotoServer() as server:
        yield server


@pytest.fixture(scope="session")
def swift() -> Iterator[SwiftServer]:
    if not SwiftServer.is_installed():
        pytest.skip(f"{SWIFT_PYTHON} names no interpreter with OpenStack Swift (see swift_front.py)")
    with SwiftServer() as server:
        yield server


@pytest.fixture(params=["moto", "swift"])
def storage(request: pytest.FixtureRequest) -> S3Server:
    server: S3Server = request.getfixturevalue(request.param)
    return server


@pytest.fixture
def picture(tmp_path: Path) -> Picture:
    """A picture with a telling name, large enough to be cut on its way."""
    path = tmp_path / "secret-campaign.png"
    Image.effect_noise((300, 300), 90).save(path)
    return Picture(path, hashlib.sha256(path.read_bytes()).hexdigest())


@dataclass(frozen=True)
class Seen:
    """What a link brings to somebody without any key."""

    status: int
    content: bytes
    content_type: str


def look(url: str) -> Seen:
    """Return what is behind *url*."""
    try:
        with DIRECT.open(url, timeout=10) as answer:
            return Seen(answer.status, answer.read(), answer.headers.get("Content-Type", ""))
    except urllib.error.HTTPError as error:
        with error:
            return Seen(error.code, error.read(), "")
