"""Compares the start of the window with a bare Qt window, pair by pair in one run; prints one line of JSON.

Run it with ``python -m benchmarks.start_time [PAIRS] [FOLDER]``; without a display it measures Qt's offscreen platform.
FOLDER is a data folder to open, such as one of `benchmarks.library`; without it an empty one is. Ours is the program
as its users start it. It is *painted* when its window was first painted, and *filled* when every task in sight is in
the gallery. Seconds are those of the wall and of all of the process's threads; on a busy computer compare the latter.

Bytecode is kept for the measurement, as an installed program has it, whatever the environment says.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

_BARE: Final = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.setObjectName("main_window")
window.resize(1440, 900)
watch(app)
window.show()
app.exec()
"""
_OURS: Final = """
import sys
from seedream_desktop.app.stopping import Application
watch(Application([]))
from seedream_desktop.__main__ import main
main(["--data-dir", sys.argv[1], "--library", sys.argv[2], "--base-url", "http://127.0.0.1:9"])
"""
# Nothing but the moments: the paint of the whole window is over when the loop comes back to a timer.
_WATCH: Final = """
def watch(app):
    import os, sys, time
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def __init__(self):
            super().__init__()
            self.window = None
            self.again = QTimer(self, interval=2)
            self.again.timeout.connect(self.look)
            self.steps, self.is_known = [], False

        def eventFilter(self, watched, event):
            if event.type() is QEvent.Type.Paint and watched.objectName() == "main_window":
                self.window = watched
                app.removeEventFilter(self)
                QTimer.singleShot(0, self.painted)
            return False

        def painted(self):
            print("painted", time.time(), time.process_time(), flush=True)
            if not hasattr(self.window, "gallery"):
                os._exit(0)
            self.again.start()
            gallery = self.window.gallery
            set_index = gallery.set_index

            def note(*index, **more):
                set_index(*index, **more)
                self.is_known = True

            gallery.set_index = note

        def look(self):
            gallery = self.window.gallery
            self.steps.append(time.perf_counter())
            if self.is_known:
                top, page = gallery.verticalScrollBar().value(), gallery.viewport().height()
                if next(iter(gallery._shelf.missing(top, top + page)), None) is None:
                    longest = max(b - a for a, b in zip(self.steps, self.steps[1:]))
                    print("filled", time.time(), time.process_time(), longest, flush=True)
                    os._exit(0)

    app.watch = Watch()
    app.installEventFilter(app.watch)
"""


def moments(program: str, *arguments: str) -> dict[str, float]:
    """Return when what happened in a process that ends itself: milliseconds since its start, and of its CPU."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begin = time.time()
    command = [sys.executable, "-c", _WATCH + program, *arguments]
    ended = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)
    found = {}
    for line in ended.stdout.splitlines():
        name, at_s, cpu_s, *longest_s = line.split()
        found[f"{name}_ms"] = 1000 * (float(at_s) - begin)
        found[f"{name}_cpu_ms"] = 1000 * float(cpu_s)
        if longest_s:
            found["longest_step_ms"] = 1000 * float(longest_s[0])
    return found


def pair(folder: Path | None) -> tuple[dict[str, float], dict[str, float]]:
    """Return the moments of a bare window and of ours."""
    with tempfile.TemporaryDirectory() as scratch:
        data = folder or Path(scratch, "data")
        return moments(_BARE), moments(_OURS, str(data), str(Path(scratch, "pictures")))


def main() -> None:
    """Measure and print."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    pair(folder)  # writes the bytecode, fills the caches
    measured = [pair(folder) for _ in range(pairs)]
    figures: dict[str, Any] = {"pairs": pairs}
    for name in measured[0][0]:
        figures[f"bare_{name}"] = round(statistics.median(bare[name] for bare, _ in measured))
    for name in measured[0][1]:
        figures[f"ours_{name}"] = round(statistics.median(ours[name] for _, ours in measured))
    for name in ("painted_ms", "painted_cpu_ms"):
        ratio = statistics.median(ours[name] / bare[name] for bare, ours in measured)
        figures[f"ratio_{name.removesuffix('_ms')}"] = round(ratio, 2)
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
