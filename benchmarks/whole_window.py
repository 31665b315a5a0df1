"""One process with the whole program over a library: the window with all that is attached to it, as `app` does it.

Run as a program it is one of the processes that `benchmarks.gallery` measures, and prints one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.frames import Frame, Row, row_of

if TYPE_CHECKING:
    from seedream_desktop.store.early_look import EarlyLook

SIZE_PX: Final = (1440, 900)
_FRAME_S: Final = 1 / 60
_CHANGES: Final = 40
_WHEEL_PX: Final = 150
_LEAST_REST_S: Final = 0.1
_REST_S: Final = 1.5
_REST_FROM_FRAMES: Final = 100
# Nobody listens there, so nothing is asked of any service.
_NOWHERE: Final = "http://127.0.0.1:9"
_FRAME_MS: Final = (16.0, 33.0)
_CHANGE_MS: Final = (16.0, 16.0)
_Kinds = Iterator[tuple[str, list[Callable[[], object]], tuple[float, float] | None]]


class Bench:
    """The window and what it takes to drive it frame by frame."""

    def __init__(self, app: Any, window: Any, frames: int) -> None:
        self._app = app
        self._rest_s = _REST_S if frames >= _REST_FROM_FRAMES else _LEAST_REST_S
        self.window = window
        self._made = 0

    @property
    def has_tasks(self) -> bool:
        """Whether every task in sight is here."""
        gallery = self.window.gallery
        top, page = gallery.verticalScrollBar().value(), gallery.viewport().height()
        return next(iter(gallery._shelf.missing(top, top + page)), None) is None

    @property
    def is_settled(self) -> bool:
        """Whether every task in sight is here, and every thumbnail that is wished for."""
        return self.has_tasks and self.window.gallery._thumbnails.is_idle

    def frame(self, action: Callable[[], object]) -> Frame:
        """Do *action* and all that is due, and wait for the next frame without doing anything."""
        begin, begin_cpu = time.perf_counter(), time.thread_time()
        action()
        self._app.processEvents()
        took = Frame(time.perf_counter() - begin, time.thread_time() - begin_cpu)
        time.sleep(max(0.001, _FRAME_S - took.wall_s))
        return took

    def rest(self) -> None:
        """Let everything come that was asked for, for a while at least and thirty times that at most."""
        begin = time.perf_counter()
        while (passed := time.perf_counter() - begin) < self._rest_s or not (
            self.is_settled or passed > 30 * self._rest_s
        ):
            self.process()

    def process(self) -> None:
        """Do all that is due."""
        self._app.processEvents()
        time.sleep(0.001)

    def new_task(self) -> Any:
        """Return a running task that nobody knows yet."""
        from seedream_desktop.domain.request import GenerationRequest
        from seedream_desktop.domain.task import Task, TaskId, TaskState

        self._made += 1
        request = GenerationRequest("A new order", count=4)
        return Task(TaskId(f"new{self._made:029}"), request, TaskState.PROCESSING, datetime.now(UTC), Decimal("0.16"))


def plain_rows(bench: Bench, frames: int) -> Iterator[Row]:
    """Yield the frames of a bare window of the same size, which tell how quiet the computer is."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QWidget

    bare = QWidget()
    bare.resize(*SIZE_PX)
    bare.show()
    bench.rest()
    yield row_of("bare window, repainted", [bench.frame(bare.update) for _ in range(frames)])
    widths = [SIZE_PX[0] - 7 * number for number in range(min(frames, _CHANGES))]
    yield row_of(
        "bare window, resized", [bench.frame(lambda width=width: bare.resize(width, SIZE_PX[1])) for width in widths]
    )  # type: ignore[misc] # a default as a capture
    bare.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    bare.close()


def scrolls(bench: Bench, frames: int) -> _Kinds:
    """Yield the ways to scroll, each with its inputs."""
    bar = bench.window.gallery.verticalScrollBar()
    end, page = bar.maximum(), bar.pageStep()
    for name, values in (
        ("scroll by the wheel", [number * _WHEEL_PX for number in range(frames)]),
        ("scroll by page", [end // 2 + number * page for number in range(frames)]),
        ("scroll end to end", [end * number // frames for number in range(frames + 1)]),
    ):
        yield name, [lambda value=value: bar.setValue(value) for value in values], _FRAME_MS  # type: ignore[misc] # a default as a capture


def changes(bench: Bench, frames: int) -> _Kinds:
    """Yield the changes, each at the top and in the middle of everything."""
    times = min(frames, _CHANGES)
    window, bar = bench.window, bench.window.gallery.verticalScrollBar()
    for where, part in (("at the top", 0), ("in the middle", 0.5)) if bar.maximum() else (("", 0),):
        bar.setValue(round(bar.maximum() * part))
        inserts = [lambda: window.add_task(bench.new_task())] * times
        yield f"insert {where}".strip(), inserts, _CHANGE_MS
        widths = [SIZE_PX[0] - 7 * number for number in range(times)]
        yield (
            f"resize {where}".strip(),
            [lambda width=width: window.resize(width, SIZE_PX[1]) for width in widths],  # type: ignore[misc] # the same
            _CHANGE_MS,
        )
        heights = [80 + 8 * number for number in range(times)]
        yield (
            f"size change {where}".strip(),
            [lambda height=height: window.gallery.set_row_height(height) for height in heights],  # type: ignore[misc] # the same
            _CHANGE_MS,
        )
        window.resize(*SIZE_PX)
        window.gallery.set_row_height(148)


def measured(bench: Bench, kinds: _Kinds) -> Iterator[Row]:
    """Yield a line for each of *kinds*."""
    for name, actions, most_ms in kinds:
        bench.rest()
        yield row_of(name, [bench.frame(action) for action in actions], most_ms)


def memory_mb() -> dict[str, float]:
    """Return the proportional set size of this process, and of all its children together."""
    children = Path("/proc/self/task", str(os.getpid()), "children").read_text().split()
    return {"window_mb": _pss_mb("self"), "workers_mb": round(sum(map(_pss_mb, children)), 1)}


def _pss_mb(process: str) -> float:
    lines: list[str] = []
    with suppress(OSError):
        lines = Path("/proc", process, "smaps_rollup").read_text().splitlines()
    return round(next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0) / 1024, 1)


def open_only(bench: Bench, _frames: int) -> dict[str, Any]:
    """Tell when, on the clock of all processes, the first screen stood, and when its last thumbnail was there."""
    moments = {}
    for name, is_so in (("shown_s", lambda: bench.has_tasks), ("complete_s", lambda: bench.is_settled)):
        while not is_so():
            bench.process()
        bench.window.grab()
        moments[name] = time.perf_counter()
    return moments


def scroll(bench: Bench, frames: int) -> dict[str, Any]:
    """Scroll and change, grouped and flat; memory is read after the scrolling, and once more at the very end."""
    figures: dict[str, Any] = {"rows": {}}
    gallery = bench.window.gallery
    for kind in ("grouped", "flat") if gallery.verticalScrollBar().maximum() else ():
        gallery.set_grouped(kind == "grouped")
        gallery.verticalScrollBar().setValue(0)
        bench.rest()
        rows = [*plain_rows(bench, frames // 4), *measured(bench, scrolls(bench, frames))]
        figures.setdefault("after_scrolling", memory_mb())
        figures["rows"][kind] = [asdict(row) for row in (*rows, *measured(bench, changes(bench, frames)))]
    if not figures["rows"]:
        bench.rest()
        figures["after_scrolling"] = memory_mb()
        figures["rows"]["empty"] = [asdict(row) for row in measured(bench, changes(bench, frames))]
    bench.rest()
    return {**figures, "at_the_end": memory_mb()}


_CHILDREN: Final[dict[str, Callable[[Bench, int], dict[str, Any]]]] = {"open": open_only, "scroll": scroll}


async def run(app: Any, folder: Path, kind: str, frames: int, early_look: EarlyLook | None) -> dict[str, Any]:
    """Run the program as the window's own `main` does, and measure."""
    from seedream_desktop.app.garbage import Garbage
    from seedream_desktop.app.key import KeyRing, keychain_for
    from seedream_desktop.app.options import Options
    from seedream_desktop.store.layout import Layout
    from seedream_desktop.system.scrubber import Scrubber
    from seedream_desktop.ui import theme
    from seedream_desktop.ui.main_window import MainWindow

    options = Options(False, _NOWHERE, folder, folder / "pictures", 1.0, None, "warning")
    with theme.built_bare():
        window = MainWindow(Layout(folder).thumbnail, lambda: datetime.now(UTC))
    window.resize(*SIZE_PX)
    garbage = Garbage()
    window.show()
    window.grab()
    await asyncio.sleep(0)
    from seedream_desktop.app.attachment import Attachment
    from seedream_desktop.app.program import running_program

    running = running_program(options, KeyRing(Scrubber(), keychain_for(options)), early_look=early_look)
    async with running as program:
        attachment = Attachment(window, program)
        await attachment.attach()
        gc.freeze()
        figures = _CHILDREN[kind](Bench(app, window, frames), frames)
        await attachment.detach()
    garbage.close()
    window.let_close()
    return figures


def main() -> None:
    """Measure in this process, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=tuple(_CHILDREN))
    parser.add_argument("folder", type=Path)
    parser.add_argument("frames", type=int)
    chosen = parser.parse_args()
    import seedream_desktop.app.window  # noqa: F401 - what the program imports before its window
    from seedream_desktop.app.loop import AppEventLoop
    from seedream_desktop.app.stopping import Application
    from seedream_desktop.domain.settings import Theme
    from seedream_desktop.store.early_look import EarlyLook
    from seedream_desktop.store.layout import Layout
    from seedream_desktop.system.memory import give_back_large_pieces
    from seedream_desktop.system.turns import take_short_turns
    from seedream_desktop.ui import theme

    give_back_large_pieces()
    take_short_turns()
    app = Application([])
    app.setQuitOnLastWindowClosed(False)
    # Where the window's own `run` begins it.
    early_look = EarlyLook.begin(Layout(chosen.folder).database)
    theme.apply(app, Theme.DARK)
    with asyncio.Runner(loop_factory=lambda: AppEventLoop(app)) as runner:
        figures = runner.run(run(app, chosen.folder, chosen.kind, chosen.frames, early_look))
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
