"""Measures how long a 48-megapixel phone photo of 12 MB takes to become a reference; prints one line of JSON.

Every round also decodes and encodes the same photo once with nothing else done to it, in the same run: the ratio to
that is what can be compared between computers. Run it with ``python benchmarks/reference_ready.py [ROUNDS]``.
"""

from __future__ import annotations

import asyncio
import io
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageCms

from seedream_desktop.imaging.pool import ImagingPool

_SIZE_PX = (8064, 6048)
_SIDEWAYS = 6
_PLAIN = """
import sys, time
from PIL import Image
begin = time.perf_counter()
with Image.open(sys.argv[1]) as image:
    image.load()
    image.save(sys.argv[2], "JPEG", quality=90)
print(time.perf_counter() - begin)
"""


def photo(profile: bytes | None) -> bytes:
    """Return a grainy photo as a phone held upright stores it, 11 to 13 MB."""
    grain = Image.effect_noise((_SIZE_PX[0] // 4, _SIZE_PX[1] // 4), 60).resize(_SIZE_PX, Image.Resampling.BICUBIC)
    slopes = (Image.linear_gradient("L").resize(_SIZE_PX), Image.radial_gradient("L").resize(_SIZE_PX))
    notes = Image.Exif()
    notes[0x0112] = _SIDEWAYS
    buffer = io.BytesIO()
    Image.merge("RGB", (grain, *slopes)).save(
        buffer, "JPEG", quality=85, subsampling=2, exif=notes, icc_profile=profile
    )
    return buffer.getvalue()


def other_profile() -> bytes:
    """Return a profile in which red and blue change places, so that every colour has to be converted."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")


def plain_s(source: Path, target: Path) -> float:
    """Return the seconds of one decode and one encode in a process of its own, its start not counted."""
    command = [sys.executable, "-c", _PLAIN, str(source), str(target)]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)


async def prepared_s(pool: ImagingPool, source: Path, target: Path) -> float:
    """Return the seconds from the call to the prepared file."""
    begin = time.perf_counter()
    await pool.prepare(source, None, target)
    return time.perf_counter() - begin


async def one_round(folder: Path) -> dict[str, float]:
    """Return what each way took, in seconds."""
    pool = ImagingPool(folder / "scratch")
    measured = {"plain": await asyncio.to_thread(plain_s, folder / "photo.jpg", folder / "plain.jpg")}
    measured["cold"] = await prepared_s(pool, folder / "photo.jpg", folder / "cold.jpg")
    measured["warm"] = await prepared_s(pool, folder / "photo.jpg", folder / "warm.jpg")
    measured["converted"] = await prepared_s(pool, folder / "wide.jpg", folder / "converted.jpg")
    await pool.close()
    return measured


async def main() -> None:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "photo.jpg").write_bytes(photo(None))
        (folder / "wide.jpg").write_bytes(photo(other_profile()))
        measured = [await one_round(folder) for _ in range(rounds)]
        figures: dict[str, float] = {"photo_bytes": (folder / "photo.jpg").stat().st_size}
    for way in measured[0]:
        figures[f"{way}_ms"] = round(1000 * statistics.median(took[way] for took in measured))
        figures[f"{way}_ratio"] = round(statistics.median(took[way] / took["plain"] for took in measured), 2)
    sys.stdout.write(json.dumps({**figures, "rounds": rounds}) + "\n")


if __name__ == "__main__":
    asyncio.run(main())
