"""One of the pictures that are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QPixmap

from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery.wording import one_line
from seedream_desktop.ui.viewer.depiction import Depiction
from seedream_desktop.ui.viewer.wording import pixels_text, place_text

_BETWEEN: Final = " · "
_MOST_CHARS: Final = 32


@dataclass(frozen=True, slots=True)
class Contender:
    """A picture of a task, and how it is drawn; all ways of comparing draw the same one.

    One that *is_of_several* orders is called by its prompt too: there is a second "1 of 4" beside it.
    """

    task: Task
    picture: Picture
    depiction: Depiction
    is_of_several: bool = False

    @property
    def label(self) -> str:
        """Its place and size, e.g. ``2 of 4 · 3520 × 4704``."""
        pixels = pixels_text(self.picture.size) if self.picture.size else ""
        return _BETWEEN.join(part for part in (place_text(self.task, self.picture), pixels) if part)

    @property
    def wordings(self) -> tuple[str, ...]:
        """What it is called, the longest first: of a prompt that tells it from the other its beginning is left."""
        place = place_text(self.task, self.picture)
        if not self.is_of_several:
            return self.label, place
        prompt = one_line(self.task.request.prompt)
        short = prompt if len(prompt) <= _MOST_CHARS else f"{prompt[:_MOST_CHARS].rstrip()}…"
        return _BETWEEN.join((short, self.label)), _BETWEEN.join((short, place)), short

    @property
    def sha256(self) -> str:
        """What the picture's judgment is known by."""
        return self.picture.sha256 or ""

    @property
    def spoken(self) -> str:
        """Its prompt, place and size."""
        return f"{one_line(self.task.request.prompt)}, {self.label}"


def contenders(pictures: Sequence[tuple[Task, Picture, QPixmap | None]]) -> tuple[Contender, ...]:
    """Return the pictures, each drawn by its preview until its pixels come."""
    is_of_several = len({task.id for task, _, _ in pictures}) > 1
    return tuple(
        Contender(task, picture, Depiction(_size_of(task, picture), preview), is_of_several)
        for task, picture, preview in pictures
    )


def _size_of(task: Task, picture: Picture) -> QSize:
    size = picture.size or task.request.pixels
    return QSize(size.width_px, size.height_px) if size else QSize(1, 1)
