"""One of the pictures that are compared."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery.wording import one_line
from seedream_desktop.ui.viewer.depiction import Depiction
from seedream_desktop.ui.viewer.wording import pixels_text, place_text


@dataclass(frozen=True, slots=True)
class Contender:
    """A picture of a task, and how it is drawn; all ways of comparing draw the same one."""

    task: Task
    picture: Picture
    depiction: Depiction

    @property
    def label(self) -> str:
        """Its place and size, e.g. ``2 of 4 · 3520 × 4704``."""
        pixels = pixels_text(self.picture.size) if self.picture.size else ""
        return " · ".join(part for part in (place_text(self.task, self.picture), pixels) if part)

    @property
    def sha256(self) -> str:
        """What the picture's judgment is known by."""
        return self.picture.sha256 or ""

    @property
    def spoken(self) -> str:
        """Its prompt, place and size."""
        return f"{one_line(self.task.request.prompt)}, {self.label}"


def contender(task: Task, picture: Picture, preview: QPixmap | None) -> Contender:
    """Return the picture, drawn by its *preview* until its pixels come."""
    size = picture.size or task.request.pixels
    pixels = QSize(size.width_px, size.height_px) if size else QSize(1, 1)
    return Contender(task, picture, Depiction(pixels, preview))
