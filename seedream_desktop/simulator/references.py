"""Fetches reference images as the service would. Only addresses of this machine are really opened; nothing else is.

Addresses elsewhere are believed by their shape, because the simulator never touches the network.
"""

from __future__ import annotations

import io
import urllib.error
import urllib.request
from functools import partial

from PIL import Image

from seedream_desktop.simulator.validation import is_loopback
from seedream_desktop.simulator.workers import Workers

LARGEST_BYTES = 10 * 1024 * 1024
MOST_PX = 36_000_000
LEAST_SIDE_PX = 15
WIDEST_RATIO = 16.0
FETCH_LIMIT_S = 10.0
FORMATS = ("JPEG", "PNG", "WEBP")
OTHER_PICTURES = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"<svg", b"<?xml", b"\0\0\0 ftypheic", b"\0\0\0\x1cftypavif")
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
"""Opens loopback addresses without a proxy, whatever the environment says."""


class UnusableReferenceError(Exception):
    """A reference that the service cannot use; *code* is the failCode of the task."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ReferenceFetcher:
    """Opens the references of a task, in threads."""

    def __init__(self, workers: Workers) -> None:
        self._workers = workers

    async def fetch_all(self, urls: list[str]) -> list[Image.Image]:
        """The pictures behind those of *urls* that are on this machine. Raises: UnusableReferenceError."""
        local = [url for url in urls if is_loopback(url)]
        return [await self._workers.run(partial(fetch, url)) for url in local]


def fetch(url: str) -> Image.Image:
    """A small RGB copy of the picture at *url*. Raises: UnusableReferenceError."""
    return open_reference(_download(url))


def open_reference(data: bytes) -> Image.Image:
    """A small RGB copy of the picture in *data*. Raises: UnusableReferenceError."""
    if len(data) > LARGEST_BYTES:
        raise UnusableReferenceError("IMAGE_TOO_LARGE")
    if data.startswith(OTHER_PICTURES):
        raise UnusableReferenceError("UNSUPPORTED_FORMAT")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            _check_size(*picture.size)
            picture.draft("RGB", (512, 512))
            small = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnusableReferenceError("INVALID_IMAGE_URL") from error
    small.thumbnail((512, 512))
    return small


def _check_size(width_px: int, height_px: int) -> None:
    """The limits of the model behind the API. Raises: UnusableReferenceError."""
    if width_px * height_px > MOST_PX:
        raise UnusableReferenceError("IMAGE_TOO_LARGE")
    ratio = width_px / height_px
    if min(width_px, height_px) < LEAST_SIDE_PX or not 1 / WIDEST_RATIO <= ratio <= WIDEST_RATIO:
        raise UnusableReferenceError("UNSUPPORTED_FORMAT")


def _download(url: str) -> bytes:
    try:
        with DIRECT.open(url, timeout=FETCH_LIMIT_S) as answer:
            data: bytes = answer.read(LARGEST_BYTES + 1)
            return data
    except (OSError, ValueError) as error:
        raise UnusableReferenceError("INVALID_IMAGE_URL") from error
