"""Opens windows on copies of the studio's data and keeps pictures of them, or only of those that are wanted."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.screenshots.screen import save, still
from tests.screenshots.studio import FAST, Studio
from tests.screenshots.work import balance_is_known, extents
from tests.whole.atspi import Node
from tests.whole.window import Window, open_window
from tests.xserver import Desktop


@dataclass(frozen=True)
class Camera:
    """Takes pictures of one theme into the folder *out*; *only* names those wanted, and none names all."""

    studio: Studio
    out: Path
    theme: str
    only: frozenset[str] = frozenset()

    def wants(self, *names: str) -> bool:
        """Return whether one of these is to be taken."""
        return not self.only or bool(self.only.intersection(names))

    @contextmanager
    def window(self, desktop: Desktop, data: Path, time_scale: float = FAST) -> Iterator[Window]:
        """The window on a fresh copy of *data*."""
        work = self.studio.work
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(data, work) if data.exists() else (work / "data").mkdir(parents=True)
        self.write_settings({})
        (work / "data" / "window.ini").unlink(missing_ok=True)
        with open_window(desktop, work, time_scale) as window:
            window.wait_for(lambda: balance_is_known(window), "the balance is known")
            yield window

    def write_settings(self, settings: dict[str, Any]) -> None:
        """Have the next window in this theme and with these settings."""
        file = self.studio.work / "data" / "settings.json"
        file.write_text(json.dumps({"theme": self.theme, **settings}), encoding="utf-8")

    def shoot(self, desktop: Desktop, name: str, part: Node | None = None) -> None:
        """Save what the window, or a *part* of it, shows once it stands still; nothing when it is not wanted."""
        if not self.wants(name):
            return
        file = self.out / f"{name}-{self.theme}.png"
        picture = still(desktop) if part is None else still(desktop).crop(extents(part))
        save(picture, file)
        size_kb = file.stat().st_size // 1024
        sys.stdout.write(f"{file.name}: {picture.width} x {picture.height}, {size_kb} KB\n")
        sys.stdout.flush()


def dialog(window: Window) -> Node:
    """Return the dialog that is open."""
    return window.wait_for(
        lambda: next((seen.node for seen in window.shown() if seen.role == "dialog"), None), "a dialog is open"
    )
