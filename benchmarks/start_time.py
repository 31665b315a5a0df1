"""Compares the start of the window with a bare Qt window, pair by pair in one run; prints one line of JSON.

Run it with ``python benchmarks/start_time.py [PAIRS]``; without a display it measures Qt's offscreen platform.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time

_BARE = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1440, 900)
"""
_OURS = """
import sys, tempfile
from datetime import UTC, datetime
from pathlib import Path
from PySide6.QtWidgets import QApplication
import seedream_desktop.app.window
from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.main_window import MainWindow
app = QApplication([])
theme.apply(app, Theme.DARK)
window = MainWindow(lambda sha256, edge_px: Path("/nowhere"), lambda: datetime.now(UTC))
"""
_SHOW = """
window.show()
app.sendPostedEvents()
window.grab()
"""


def seconds(program: str) -> float:
    """Return the seconds from the start of a process to the end of its window's first painting."""
    begin = time.perf_counter()
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    subprocess.run([sys.executable, "-c", program + _SHOW + "import os; os._exit(0)"], check=True, env=environment)
    return time.perf_counter() - begin


def main() -> None:
    """Measure and print."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    measured = [(seconds(_BARE), seconds(_OURS)) for _ in range(pairs)]
    figures = {
        "bare_ms": round(1000 * statistics.median(bare for bare, _ in measured)),
        "ours_ms": round(1000 * statistics.median(ours for _, ours in measured)),
        "ratio": round(statistics.median(ours / bare for bare, ours in measured), 2),
        "pairs": pairs,
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
