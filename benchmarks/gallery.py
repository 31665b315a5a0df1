"""Measures the gallery over a library of many pictures, painted for real; prints one line of JSON.

Run it from the project's folder with ``PYTHONPATH=. python benchmarks/gallery.py [--pictures N] [--library FOLDER]``.
It makes the library unless FOLDER holds one already. Opening and memory are told against an empty library in the same
run. A frame is all that the window's thread does between two pictures on the screen: it scrolls or changes, paints,
takes tasks and thumbnails that came meanwhile. Without a display it measures Qt's offscreen platform.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

_FRAME_S: Final = 1 / 60
_FRAMES: Final = 600
_CHANGES: Final = 40
_WHEEL_PX: Final = 150
_SIZE_PX: Final = (1440, 900)
_RATIOS: Final = ("1", "2")


def main() -> None:
    """Measure and print, or be one of the processes that are measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--child", choices=("open", "scroll"))
    chosen = parser.parse_args()
    if chosen.child is not None:
        _CHILDREN[chosen.child](chosen.library)
        return
    with tempfile.TemporaryDirectory() as name:
        full, empty = chosen.library or Path(name) / "full", Path(name) / "empty"
        _make(full, chosen.pictures)
        _make(empty, 0)
        figures = {"pictures": chosen.pictures, **_opening(full, empty, chosen.pairs)}
        for ratio in _RATIOS:
            figures[f"at_ratio_{ratio}"] = _scrolling(full, empty, ratio)
    sys.stdout.write(json.dumps(figures) + "\n")


def _make(folder: Path, pictures: int) -> None:
    from benchmarks.library import make_library

    if not folder.exists():
        make_library(folder, pictures, thumbnails=pictures > 0)


def _opening(full: Path, empty: Path, pairs: int) -> dict[str, float]:
    _run("open", full, "1")
    measured = [(_wall_s(empty), _wall_s(full)) for _ in range(pairs)]
    return {
        "open_empty_ms": round(1000 * statistics.median(empty_s for empty_s, _ in measured)),
        "open_ms": round(1000 * statistics.median(full_s for _, full_s in measured)),
        "open_ratio": round(statistics.median(full_s / empty_s for empty_s, full_s in measured), 2),
    }


def _wall_s(folder: Path) -> float:
    begin = time.perf_counter()
    _run("open", folder, "1")
    return time.perf_counter() - begin


def _scrolling(full: Path, empty: Path, ratio: str) -> dict[str, Any]:
    bare, figures = _run("scroll", empty, ratio), _run("scroll", full, ratio)
    return {**figures, "memory_over_empty_mb": round(figures.pop("memory_mb") - bare["memory_mb"], 1)}


def _run(child: str, folder: Path, ratio: str) -> dict[str, Any]:
    platform = os.environ.get("QT_QPA_PLATFORM", "xcb" if os.environ.get("DISPLAY") else "offscreen")
    environment = {**os.environ, "QT_QPA_PLATFORM": platform, "QT_SCALE_FACTOR": ratio}
    command = [sys.executable, __file__, "--child", child, "--library", str(folder)]
    finished = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    return json.loads(finished.stdout or "{}")


def _open_child(folder: Path) -> None:
    """Show the window, then the library in it with the tasks of the first screen painted."""
    bench = Bench(folder)
    bench.window.grab()
    bench.show_library()
    bench.process()
    bench.wait_for(lambda: bench.is_settled)
    bench.window.grab()
    os._exit(0)


def _scroll_child(folder: Path) -> None:
    bench = Bench(folder)
    bench.show_library()
    bench.wait_for(lambda: bench.is_settled)
    bar = bench.window.gallery.verticalScrollBar()
    figures: dict[str, Any] = {}
    if bar.maximum():
        for is_grouped in (True, False):
            bench.window.gallery.set_grouped(is_grouped)
            bar.setValue(0)
            bench.wait_for(lambda: bench.is_settled)
            kinds = figures["grouped" if is_grouped else "flat"] = _measured(bench, _scrolls(bench))
            # Before the changes, which show pictures in forty sizes one after the other.
            figures.setdefault("memory_mb", bench.memory_mb())
            kinds |= _measured(bench, _changes(bench))
    figures.setdefault("memory_mb", bench.memory_mb())
    sys.stdout.write(json.dumps(figures))
    sys.stdout.flush()
    os._exit(0)


_CHILDREN: Final[dict[str, Callable[[Path], None]]] = {"open": _open_child, "scroll": _scroll_child}


_Kinds = dict[str, Iterator[Callable[[], object]]]


def _measured(bench: Bench, kinds: _Kinds) -> dict[str, Any]:
    return {kind: _figures([bench.frame_s(action) for action in actions]) for kind, actions in kinds.items()}


def _scrolls(bench: Bench) -> _Kinds:
    bar = bench.window.gallery.verticalScrollBar()
    end = bar.maximum()
    return {
        "wheel": (_setting(bar, number * _WHEEL_PX) for number in range(_FRAMES)),
        "page": (_setting(bar, end // 2 + number * bar.pageStep()) for number in range(_FRAMES)),
        "end_to_end": (_setting(bar, end * number // _FRAMES) for number in range(_FRAMES + 1)),
    }


def _changes(bench: Bench) -> _Kinds:
    gallery = bench.window.gallery
    return {
        "insert": (lambda: gallery.add_task(bench.new_task()) for _ in range(_CHANGES)),
        "resize": (_resizing(bench, number) for number in range(_CHANGES)),
        "row_height": (_heightening(bench, number) for number in range(_CHANGES)),
    }


def _setting(bar: Any, value: int) -> Callable[[], object]:
    return lambda: bar.setValue(value)


def _resizing(bench: Bench, number: int) -> Callable[[], object]:
    return lambda: bench.window.resize(_SIZE_PX[0] - 7 * number, _SIZE_PX[1])


def _heightening(bench: Bench, number: int) -> Callable[[], object]:
    return lambda: bench.window.gallery.set_row_height(80 + 8 * number)


def _figures(measured: list[tuple[float, float]]) -> dict[str, float]:
    """On a computer that others use, the time on its clock holds their work too; the computing does not."""
    found: dict[str, float] = {}
    for name, seconds in zip(("", "computing_"), zip(*measured, strict=True), strict=True):
        ordered = sorted(1000 * second for second in seconds)
        found[f"{name}p50_ms"] = round(statistics.median(ordered), 1)
        found[f"{name}p99_ms"] = round(ordered[min(len(ordered) - 1, round(0.99 * len(ordered)))], 1)
        found[f"{name}max_ms"] = round(ordered[-1], 1)
    return found


class Bench:
    """The whole window over a library that is read on a thread of its own, as in the program."""

    def __init__(self, folder: Path) -> None:
        from PySide6.QtWidgets import QApplication

        import seedream_desktop.app.window  # noqa: F401 - what the program imports before its window
        from seedream_desktop.domain.settings import Theme
        from seedream_desktop.store.layout import Layout
        from seedream_desktop.ui import theme
        from seedream_desktop.ui.main_window import MainWindow

        self._app = QApplication([])
        theme.apply(self._app, Theme.DARK)
        self.window = MainWindow(Layout.at(folder).thumbnail, lambda: datetime.now(UTC))
        self.window.resize(*_SIZE_PX)
        self.window.show()
        self._reader = Reader(folder)
        self._wanted: list[Any] = []
        self._made = 0
        self.window.gallery.tasks_wanted.connect(self._want)

    @property
    def is_settled(self) -> bool:
        """Whether everything that was wanted has come."""
        return not self._wanted

    def show_library(self) -> None:
        """Read the index and show it."""
        self.window.gallery.set_index(self._reader.start(self._reader.groups()).result())

    def frame_s(self, action: Callable[[], object]) -> tuple[float, float]:
        """Return how long *action* and what comes of it take, and how long the window's thread computes for it."""
        begin, begin_cpu = time.perf_counter(), time.thread_time()
        action()
        self.process()
        took, took_cpu = time.perf_counter() - begin, time.thread_time() - begin_cpu
        time.sleep(max(0.001, _FRAME_S - took))
        return took, took_cpu

    def process(self) -> None:
        """Hand over what was read, and do all that is due."""
        done = [answer for answer in self._wanted if answer.done()]
        self._wanted = [answer for answer in self._wanted if not answer.done()]
        for answer in done:
            self.window.gallery.take_tasks(answer.result())
        self._app.processEvents()

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Go on until *is_so*, at least once."""
        self.process()
        while not is_so():
            time.sleep(0.001)
            self.process()

    def memory_mb(self) -> float:
        """Return the process's proportional set size."""
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024

    def new_task(self) -> Any:
        """Return a running task that nobody knows yet."""
        from seedream_desktop.domain.request import GenerationRequest
        from seedream_desktop.domain.task import Task, TaskId, TaskState

        self._made += 1
        request = GenerationRequest("A new order", count=4)
        return Task(TaskId(f"new{self._made:029}"), request, TaskState.PROCESSING, datetime.now(UTC), Decimal("0.16"))

    def _want(self, ids: Any) -> None:
        self._wanted.append(self._reader.start(self._reader.tasks(ids)))


class Reader:
    """The store on a loop in another thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._store: Any = None

    def start(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run *coroutine* there and return its future."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    async def groups(self) -> Any:
        """Open the store and return the index of everything."""
        from seedream_desktop.domain.query import Query
        from seedream_desktop.store.opening import open_read_only

        self._store = await open_read_only(self._folder)
        return await self._store.gallery.groups(Query())

    async def tasks(self, ids: Any) -> Any:
        """Return the tasks with these ids."""
        return await self._store.gallery.tasks(ids)


if __name__ == "__main__":
    main()
