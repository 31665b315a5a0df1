"""Prepares one picture at a time and looks at every result again, with nothing of the program but its numbers."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from PIL import Image

from seedream_desktop.domain.preparation import PreparedReference, ReferenceFault
from seedream_desktop.domain.reference import MAX_REFERENCE_BYTES, MAX_REFERENCE_PIXELS, Crop
from seedream_desktop.imaging.pool import ImagingPool
from seedream_desktop.ports.errors import UnusableReferenceError
from tests.imaging.coded_pixels import without_pixels
from tests.imaging.reference_corpus import CORNERS, GPS_CANARY, opened

NOTES = (b"http://ns.adobe.com", b"xmpmeta", b"Photoshop", b"canary", b"Maker of phones", GPS_CANARY)
# Ten megabytes of coded pixels hold four given bytes by chance once in some hundred files.
SHORT_NOTES = (b"Exif", b"8BIM", b"eXIf")


class Bench:
    """One picture at a time through the pool; every result is looked at again here."""

    def __init__(self, pool: ImagingPool, folder: Path) -> None:
        self._pool = pool
        self._folder = folder
        self.into = folder / "kept" / "prepared"

    async def prepare(self, data: bytes, crop: Crop | None = None) -> tuple[PreparedReference, Image.Image]:
        path = self._folder / "a photo"
        path.write_bytes(data)
        prepared = await self._pool.prepare(path, crop, self.into)
        assert path.read_bytes() == data
        return prepared, checked(prepared, self.into)

    async def fault(self, data: bytes, crop: Crop | None = None) -> ReferenceFault:
        path = self._folder / "a photo"
        path.write_bytes(data)
        with pytest.raises(UnusableReferenceError) as caught:
            await self._pool.prepare(path, crop, self.into)
        assert caught.value.name == "a photo"
        assert not self.into.exists()
        return caught.value.fault


def checked(prepared: PreparedReference, path: Path) -> Image.Image:
    """Open the file anew, hold it against the rules and against what was told of it, and return the picture."""
    data = path.read_bytes()
    image = opened(data)
    assert image.format == prepared.facts.media_format
    assert image.format in {"JPEG", "PNG", "WEBP"}
    assert image.size == (prepared.facts.size.width_px, prepared.facts.size.height_px)
    assert len(data) == prepared.facts.size_bytes <= MAX_REFERENCE_BYTES
    assert hashlib.sha256(data).hexdigest() == prepared.sha256
    assert image.width * image.height <= MAX_REFERENCE_PIXELS
    assert min(image.size) >= 15
    assert max(image.size) <= 16 * min(image.size)
    assert image.mode in {"RGB", "RGBA", "L", "LA", "P", "1"}
    assert "icc_profile" not in image.info
    assert not image.getexif()
    assert "photoshop" not in image.info
    assert not [note for note in NOTES if note in data]
    assert not [note for note in SHORT_NOTES if note in without_pixels(data)]
    return image


def assert_corners(image: Image.Image, *, within: int = 12) -> None:
    """Find each colour in its corner."""
    seen = image.convert("RGB")
    for (column, row), colour in CORNERS.items():
        place = (4 + column * (seen.width - 9), 4 + row * (seen.height - 9))
        assert_near(seen.getpixel(place), colour, within)


def assert_near(found: object, wanted: tuple[int, ...], within: int) -> None:
    assert isinstance(found, tuple)
    assert max(abs(a - b) for a, b in zip(found, wanted, strict=True)) <= within, (found, wanted)
