"""What a benchmark says of the frames it measured, and how it prints figures beside what they may be."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """How long one frame lasted on the clock, and how long the window's thread computed for it, in seconds."""

    wall_s: float
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, its figures in milliseconds, and the most that they may be."""

    name: str
    wall_ms: tuple[float, float, float]
    cpu_ms: tuple[float, float, float]
    most_ms: tuple[float, float] | None = None

    @property
    def is_within(self) -> bool:
        """Whether what the window computes keeps to p99 and longest; the clock also holds the work of others."""
        return self.most_ms is None or (self.cpu_ms[1] <= self.most_ms[0] and self.cpu_ms[2] <= self.most_ms[1])


def row_of(name: str, frames: Iterable[Frame], most_ms: tuple[float, float] | None = None) -> Row:
    """Return the line for *frames*; there must be one at least."""
    kept = list(frames)
    return Row(name, spread([f.wall_s for f in kept]), spread([f.cpu_s for f in kept]), most_ms)


def spread(seconds: Sequence[float]) -> tuple[float, float, float]:
    """Return median, p99 and the longest in milliseconds."""
    ordered = sorted(1000 * second for second in seconds)
    p99 = ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))]
    return round(statistics.median(ordered), 1), round(p99, 1), round(ordered[-1], 1)


def print_rows(title: str, rows: Iterable[Row]) -> None:
    """Print lines of one run: on the clock, and what the window's own thread computed."""
    write(f"\n{title:<36}{'clock: p50   p99   max':>24}{'computing: p50   p99   max':>30}   may be")
    for row in rows:
        wall, cpu = ("".join(f"{figure:>7.1f}" for figure in figures) for figures in (row.wall_ms, row.cpu_ms))
        most = "" if row.most_ms is None else f"{row.most_ms[0]:.0f} / {row.most_ms[1]:.0f}"
        sign = "" if row.is_within else "  TOO LONG"
        write(f"{row.name:<36}{wall:>24}{cpu:>30}   {most}{sign}")


def write(line: str) -> None:
    """Print a line at once, so that whoever waits sees how far it is."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
