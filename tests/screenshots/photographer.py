"""Takes the documentation's pictures of one theme, each of the running program."""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.screenshots.screen import save, screen, still
from tests.screenshots.service import open_window_with_key
from tests.screenshots.studio import CHOSEN, DUNES, FAST, FOX, REAL, Studio
from tests.screenshots.work import (
    add_references,
    all_hosted,
    balance_is_known,
    choose,
    choose_tile,
    drag_over,
    extents,
    open_crop,
    order,
)
from tests.whole.atspi import Node
from tests.whole.window import Window, open_window
from tests.xserver import Desktop

_KITE: Final = "Snowy forest seen from a kite, low sun"
_MEETING: Final = "Place the fox of Figure 1 on the dunes of Figure 2, low sun, long shadows, editorial photography"
_HOSTING: Final = {
    "kind": "s3",
    "s3": {
        "endpoint": "https://0f3c8a51d27e4b96.r2.cloudflarestorage.com",
        "region": "auto",
        "bucket": "studio-references",
        "access_key_id": "7d41c09be2f84a35",
        "prefix": "seedream",
        "link_days": 2,
    },
}
_RUNNING_FOR_S: Final = 9.0
_PHONE_PHOTO: Final = 6
_PANORAMA: Final = 2
_CROPPED: Final = 7


class Photographer:
    """Takes all pictures of one theme."""

    def __init__(self, studio: Studio, out: Path, theme: str) -> None:
        self._studio = studio
        self._out = out
        self._theme = theme

    def take_all(self) -> None:
        """Take them and tell of each."""
        with screen(1440, 900) as desktop:
            self._take_orders(desktop)
            self._take_references(desktop)
            self._take_settings(desktop)
        self._take_sized("small", 1100, 700)
        self._take_sized("200-percent", 2880, 1800, scale=2)

    def _take_orders(self, desktop: Desktop) -> None:
        with self._window(desktop, self._studio.empty) as window:
            window.find("Sample prompt 1")
            self._shoot(desktop, "empty")
        with self._window(desktop, self._studio.failed) as window:
            window.find("Decide…")
            self._shoot(desktop, "failed")
        with self._window(desktop, self._studio.finished) as window:
            self._take_finished(desktop, window)
        with self._window(desktop, self._studio.finished, REAL) as window:
            self._take_running(desktop, window)

    def _take_references(self, desktop: Desktop) -> None:
        with self._window(desktop, self._studio.mistaken) as window:
            choose_tile(window, _PANORAMA)
            self._shoot(desktop, "references-problem")
        with self._window(desktop, self._studio.finished) as window:
            drag_over(window, CHOSEN, "Use as reference")
            self._shoot(desktop, "drop")
        with self._window(desktop, self._studio.references, REAL) as window:
            self._take_strip(desktop, window)

    def _take_finished(self, desktop: Desktop, window: Window) -> None:
        choose(window, CHOSEN)
        self._shoot(desktop, "finished")
        choose(window, CHOSEN, twice=True)
        window.find("Back to gallery")
        self._shoot(desktop, "viewer")

    def _take_running(self, desktop: Desktop, window: Window) -> None:
        order(window, _KITE, resolution="4K", ratio="16:9", count=2)
        add_references(window, self._studio.originals(FOX, DUNES))
        order(window, _MEETING, resolution="2K", ratio="3:2", count=4)
        choose(window, CHOSEN)
        time.sleep(_RUNNING_FOR_S)
        self._shoot(desktop, "running")
        window.press("Show tasks")
        window.find("Tasks", "list").focus()
        self._shoot(desktop, "tasks")

    def _take_strip(self, desktop: Desktop, window: Window) -> None:
        choose_tile(window, _PHONE_PHOTO)
        self._shoot(desktop, "references-full")
        open_crop(window, _CROPPED)
        self._shoot(desktop, "crop", _dialog(window))
        window.press("Cancel")
        window.generate()
        window.wait_for(lambda: all_hosted(window), "the references are hosted")
        window.press("Hosted pictures")
        window.find("Close")
        time.sleep(_RUNNING_FOR_S)
        self._shoot(desktop, "hosted", _dialog(window))

    def _take_settings(self, desktop: Desktop) -> None:
        work = self._studio.work
        shutil.rmtree(work, ignore_errors=True)
        (work / "data").mkdir(parents=True)
        self._write_settings({"hosting": _HOSTING})
        with open_window_with_key(desktop, work) as window:
            window.wait_for(lambda: balance_is_known(window), "the balance is known")
            window.press("Settings")
            window.press("Hosting")
            self._shoot(desktop, "hosting", _dialog(window))

    def _take_sized(self, name: str, width_px: int, height_px: int, scale: int = 1) -> None:
        with (
            screen(width_px, height_px, scale) as desktop,
            self._window(desktop, self._studio.finished) as window,
        ):
            choose(window, CHOSEN, scale=scale)
            self._shoot(desktop, name)

    @contextmanager
    def _window(self, desktop: Desktop, data: Path, time_scale: float = FAST) -> Iterator[Window]:
        """The window on a fresh copy of *data*."""
        work = self._studio.work
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(data, work) if data.exists() else (work / "data").mkdir(parents=True)
        self._write_settings({})
        (work / "data" / "window.ini").unlink(missing_ok=True)
        with open_window(desktop, work, time_scale) as window:
            window.wait_for(lambda: balance_is_known(window), "the balance is known")
            yield window

    def _write_settings(self, settings: dict[str, Any]) -> None:
        file = self._studio.work / "data" / "settings.json"
        file.write_text(json.dumps({"theme": self._theme, **settings}), encoding="utf-8")

    def _shoot(self, desktop: Desktop, name: str, part: Node | None = None) -> None:
        """Save what the window, or a *part* of it, shows once it stands still."""
        file = self._out / f"{name}-{self._theme}.png"
        picture = still(desktop) if part is None else still(desktop).crop(extents(part))
        save(picture, file)
        size_kb = file.stat().st_size // 1024
        sys.stdout.write(f"{file.name}: {picture.width} x {picture.height}, {size_kb} KB\n")
        sys.stdout.flush()


def _dialog(window: Window) -> Node:
    """Return the dialog that is open."""
    return window.wait_for(
        lambda: next((seen.node for seen in window.shown() if seen.role == "dialog"), None), "a dialog is open"
    )
