"""Decides by its first bytes whether a chosen file can be a reference image; it decodes nothing."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import Final

from seedream_desktop.domain.reference import Reference

MAX_FILE_BYTES: Final = 10 * 1024 * 1024
_HEAD_BYTES: Final = 12
_JPEG: Final = b"\xff\xd8\xff"
_PNG: Final = b"\x89PNG\r\n\x1a\n"


class SourceFault(Enum):
    """Why a source cannot be a reference image."""

    NOT_A_PICTURE = auto()
    TOO_BIG = auto()
    UNREADABLE = auto()


def source_fault(reference: Reference) -> SourceFault | None:
    """Return why *reference* cannot be taken, or None; of a link nothing is known before it is sent.

    JPEG, PNG and WebP up to 10 MB each are what the API page allows.
    """
    if reference.is_link:
        return None
    path = Path(reference.source)
    try:
        if not path.is_file():
            return SourceFault.NOT_A_PICTURE if path.exists() else SourceFault.UNREADABLE
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        size_bytes = path.stat().st_size
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return SourceFault.UNREADABLE
    if not is_picture(head):
        return SourceFault.NOT_A_PICTURE
    return SourceFault.TOO_BIG if size_bytes > MAX_FILE_BYTES else None


def is_picture(head: bytes) -> bool:
    """Return whether a file that begins with *head* (12 bytes) is JPEG, PNG or WebP."""
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return is_webp or head.startswith((_JPEG, _PNG))
