"""Facts about one picture in the words of the viewer and the inspector."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QCoreApplication

from seedream_desktop.domain.naming import EXTENSIONS
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.task import Task

_KILO: Final = 1000
_MEGA: Final = 1_000_000
_FORMATS: Final = {extension: name for name, extension in EXTENSIONS.items()}


def bytes_text(size_bytes: int) -> str:
    """Return e.g. ``2.4 MB`` or ``812 kB``."""
    if size_bytes >= _MEGA:
        return QCoreApplication.translate("Picture", "{size} MB").format(size=f"{size_bytes / _MEGA:.1f}")
    return QCoreApplication.translate("Picture", "{size} kB").format(size=max(1, round(size_bytes / _KILO)))


def pixels_text(size: PixelSize) -> str:
    """Return e.g. ``3520 × 4704``."""
    return f"{size.width_px} × {size.height_px}"


def format_text(picture: Picture) -> str:
    """Return format and size, e.g. ``JPEG 2.4 MB``; what is not known is left out."""
    name = _FORMATS.get(PurePath(picture.path or "").suffix.lstrip(".").lower(), "")
    size = bytes_text(picture.size_bytes) if picture.size_bytes else ""
    return " ".join(part for part in (name, size) if part)


def place_text(task: Task, picture: Picture) -> str:
    """Return e.g. ``2 of 3``."""
    place = next((n for n, other in enumerate(task.pictures, start=1) if other.position == picture.position), 1)
    return QCoreApplication.translate("Picture", "{place} of {all}").format(place=place, all=len(task.pictures))


def headline(task: Task, picture: Picture) -> str:
    """Return the viewer's line, e.g. ``2 of 3 · 3520 × 4704 · JPEG 2.4 MB``."""
    pixels = pixels_text(picture.size) if picture.size else ""
    return " · ".join(part for part in (place_text(task, picture), pixels, format_text(picture)) if part)
