"""Drops a 48-megapixel photo of 12 MB on the window and waits until its tile is ready; prints one line of JSON.

The whole window runs with everything behind it, in demo mode. Told are the seconds from the drop to "ready", the same
as a ratio to decoding, turning, scaling and encoding the picture once with Pillow alone, and how long the window's
loop stood still at most, by a timer of 5 ms. Run it with ``python benchmarks/drop_to_ready.py [DROPS]``.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageOps
from PySide6.QtCore import QElapsedTimer, QMimeData, QTimer, QUrl
from PySide6.QtWidgets import QApplication

from seedream_desktop.app.attachment import Attachment
from seedream_desktop.app.key import KeyRing, keychain_for
from seedream_desktop.app.loop import AppEventLoop
from seedream_desktop.app.options import Options
from seedream_desktop.app.program import running_program
from seedream_desktop.domain.settings import Theme
from seedream_desktop.store.layout import Layout
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.ui import theme
from seedream_desktop.ui.composer.tile_state import Kind
from seedream_desktop.ui.main_window import MainWindow

_SIZE_PX = (8064, 6048)
_PHOTO_BYTES = 12_000_000
_ORIENTATION, _TURNED = 0x0112, 6
_BEAT_MS = 5
_LIMIT_S = 60.0


class Beat:
    """Notices how late a timer of 5 ms comes, which is how long the loop was busy with something else."""

    def __init__(self) -> None:
        self.gaps_ms: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer()
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to count."""
        self.gaps_ms.clear()
        self._clock.start()
        self._timer.start()

    def stop(self) -> None:
        """End counting."""
        self._timer.stop()

    def _tick(self) -> None:
        self.gaps_ms.append(self._clock.nsecsElapsed() / 1e6 - _BEAT_MS)
        self._clock.start()


def photo(seed: int) -> bytes:
    """Return a JPEG of 8064 x 6048 and about 12 MB that says it lies on its side."""
    # Noise at a quarter of the size has the grain of a real photo at the full one.
    small = Image.effect_noise((_SIZE_PX[0] // 4, _SIZE_PX[1] // 4), 60 + seed)
    image = Image.merge("RGB", (small, small.rotate(180), ImageOps.mirror(small))).resize(_SIZE_PX)
    exif = Image.Exif()
    exif[_ORIENTATION] = _TURNED
    for quality in (95, 90, 85, 80, 75, 65, 55):
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality, exif=exif)
        if buffer.tell() <= _PHOTO_BYTES:
            break
    return buffer.getvalue()


def once_with_pillow_s(path: Path) -> float:
    """Return the seconds that the plain way takes in this process, without looking for the best quality."""
    begun_s = time.perf_counter()
    image = ImageOps.exif_transpose(Image.open(path))
    image.thumbnail((6928, 5196), reducing_gap=2.0)
    image.save(io.BytesIO(), "JPEG", quality=90)
    return time.perf_counter() - begun_s


async def measure(folder: Path, drops: int) -> dict[str, object]:
    """Run the program with its window, drop each photo and return the figures."""
    options = Options(True, None, folder / "data", None, 0.1, None, "warning")
    window = MainWindow(Layout(options.data_dir).thumbnail, lambda: datetime.now(UTC))
    window.show()
    ready_s, plain_s, gaps_ms = [], [], []
    async with running_program(options, KeyRing(Scrubber(), keychain_for(options))) as program:
        attachment = Attachment(window, program)
        await attachment.attach()
        beat = Beat()
        for number in range(drops):
            path = folder / f"photo {number}.jpg"
            await asyncio.to_thread(path.write_bytes, await asyncio.to_thread(photo, number))
            beat.start()
            ready_s.append(await dropped_s(window, path))
            beat.stop()
            gaps_ms += beat.gaps_ms
            plain_s.append(await asyncio.to_thread(once_with_pillow_s, path))
        await attachment.detach()
    window.let_close()
    ratios = [ready / plain for ready, plain in zip(ready_s, plain_s, strict=True)]
    return {
        "drops": drops,
        "photo_mb": round(path.stat().st_size / 1e6, 1),
        "ready_s": [round(seconds, 2) for seconds in ready_s],
        "ready_to_plain_ratio": round(statistics.median(ratios), 2),
        "loop_gap_p99_ms": round(statistics.quantiles(gaps_ms, n=100)[98], 1),
        "loop_gap_max_ms": round(max(gaps_ms), 1),
    }


async def dropped_s(window: MainWindow, path: Path) -> float:
    """Drop a file and return the seconds until its tile says that it is ready."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    strip = window.composer.references
    number = len(strip.entries())
    begun_s = time.perf_counter()
    window.composer.take(mime)
    while time.perf_counter() - begun_s < _LIMIT_S:
        await asyncio.sleep(0.005)
        entries = strip.entries()
        if len(entries) > number and strip.state(entries[number].key).kind is Kind.READY:
            return time.perf_counter() - begun_s
    raise TimeoutError("the tile never became ready")


def main(arguments: list[str]) -> int:
    """Print the figures and return the exit code."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    theme.apply(app, Theme.DARK)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        asyncio.Runner(loop_factory=lambda: AppEventLoop(app)) as runner,
    ):
        drops = int(arguments[0]) if arguments else 3
        sys.stdout.write(json.dumps(runner.run(measure(Path(folder), drops))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
