"""Measures the whole window over a library of many pictures, painted for real, and prints tables.

Run it from the project's folder with ``python -m benchmarks.gallery [--pictures N] [--library FOLDER] [--short]``.
It makes the library unless FOLDER holds one already: a third of its pictures is judged, a tenth has tags. Opening and
memory are told against an empty library in the same run, frames beside those of a bare window in the same process. A
frame is all that the window's thread does between two pictures on the screen: it scrolls or changes, paints, takes
tasks and thumbnails that came meanwhile. Without a display it measures Qt's offscreen platform. It ends with 1 when
the window computes longer than it may, opens too late or takes too much memory.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.frames import Row, print_rows, write

_RATIOS: Final = ("1", "2")
_FRAMES: Final = 600
_SHORT_FRAMES: Final = 20
_OPENS_AT_MOST: Final = 1.3
_MEMORY_AT_MOST_MB: Final = 40.0
# A process that hangs is a finding too.
_LIMIT_S: Final = 1200.0


def main() -> int:
    """Measure, print, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--ratio", choices=_RATIOS, action="append", help="pixel ratio; both unless told")
    parser.add_argument(
        "--short", action="store_true", help="a few frames at ratio 1 and one pair, to see that it runs"
    )
    chosen = parser.parse_args()
    ratios, pairs, frames = chosen.ratio or _RATIOS, chosen.pairs, _FRAMES
    if chosen.short:
        ratios, pairs, frames = _RATIOS[:1], 1, _SHORT_FRAMES
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        full, empty = chosen.library or Path(name) / "full", Path(name) / "empty"
        make(full, chosen.pictures)
        make(empty, 0)
        write(f"{chosen.pictures:,} pictures")
        is_well = opening(full, empty, pairs)
        for ratio in ratios:
            is_well = scrolling(full, empty, ratio, frames) and is_well
    return 0 if is_well else 1


def make(folder: Path, pictures: int) -> None:
    """Make a library in *folder* unless there is one, and a copy of today, which else would be made meanwhile."""
    from benchmarks.library import make_library
    from seedream_desktop.store.backup import back_up
    from seedream_desktop.store.layout import Layout

    layout = Layout.at(folder)
    if not folder.exists():
        make_library(folder, pictures, thumbnails=pictures > 0)
    back_up(layout.database, layout.backups, datetime.now(UTC))


def opening(full: Path, empty: Path, pairs: int) -> bool:
    """Print how long the window takes from the start of its process to its first screen; return whether it may."""
    moments(full)
    measured = [(moments(empty), moments(full)) for _ in range(pairs)]
    ratios = {}
    write("")
    for number, what in enumerate(("shown", "shown with every thumbnail in sight")):
        times = [(bare[number], whole[number]) for bare, whole in measured]
        empty_ms, full_ms = (round(1000 * statistics.median(side)) for side in zip(*times, strict=True))
        ratios[number] = statistics.median(full_s / empty_s for empty_s, full_s in times)
        write(f"opening, {what}: empty {empty_ms} ms, with the library {full_ms} ms, ratio {ratios[number]:.2f}")
    write(f"(the first ratio may be {_OPENS_AT_MOST})")
    return ratios[0] <= _OPENS_AT_MOST


def moments(folder: Path) -> tuple[float, float]:
    """Return the seconds from the start of a process to the first screen, and to its last thumbnail."""
    begin = time.perf_counter()
    found = run("open", folder, "1", 0)
    return found["shown_s"] - begin, found["complete_s"] - begin


def scrolling(full: Path, empty: Path, ratio: str, frames: int) -> bool:
    """Print frames and memory at a pixel ratio; return whether they are as they may be."""
    bare, figures = run("scroll", empty, ratio, frames), run("scroll", full, ratio, frames)
    is_well = True
    for kind, found in (bare["rows"] | figures["rows"]).items():
        rows = [Row(**row) for row in found]
        print_rows(f"{kind}, pixel ratio {ratio}, ms a frame", rows)
        is_well = is_well and all(row.is_within for row in rows)
    return _memory(bare, figures, ratio) and is_well


def _memory(bare: dict[str, Any], figures: dict[str, Any], ratio: str) -> bool:
    is_well = True
    for moment in ("after_scrolling", "at_the_end"):
        was, now = bare[moment], figures[moment]
        grown = now["window_mb"] - was["window_mb"]
        is_well = is_well and grown <= _MEMORY_AT_MOST_MB
        words = moment.replace("_", " ")
        write(
            f"memory {words}, ratio {ratio}: window {was['window_mb']} -> {now['window_mb']} MB, {grown:+.1f}"
            f" (may be +{_MEMORY_AT_MOST_MB:.0f}); worker processes {was['workers_mb']} -> {now['workers_mb']} MB"
        )
    return is_well


def run(kind: str, folder: Path, ratio: str, frames: int) -> dict[str, Any]:
    """Return what a process of its own measured."""
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": ratio}
    # An installed program is compiled once, not at every start.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "benchmarks.whole_window", kind, str(folder), str(frames)]
    finished = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE, text=True, timeout=_LIMIT_S)
    found: dict[str, Any] = json.loads(finished.stdout)
    return found


if __name__ == "__main__":
    sys.exit(main())
