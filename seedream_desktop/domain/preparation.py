"""What is done to a reference image before it may be sent, and why one cannot be used; no pixel is touched here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from seedream_desktop.domain.pixels import PixelSize


class Change(StrEnum):
    """One thing that was done to a picture on its way to a reference."""

    CROPPED = "cropped"
    TURNED = "turned"
    FIRST_FRAME = "first_frame"
    COLOURS_CONVERTED = "colours_converted"
    DEPTH_REDUCED = "depth_reduced"
    SCALED_DOWN = "scaled_down"
    ENLARGED = "enlarged"
    FORMAT_CHANGED = "format_changed"
    COMPRESSED = "compressed"
    METADATA_REMOVED = "metadata_removed"


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """A picture file in three numbers: *media_format* is e.g. ``JPEG``, *size* is as seen (upright)."""

    media_format: str
    size: PixelSize
    size_bytes: int


@dataclass(frozen=True, slots=True)
class PreparedReference:
    """A file within the service's rules, kept under its content: what it was made from, and what was done.

    *origin_sha256* is the content of the file it was made from, told only while it is fresh: later several files may
    have come to the same.
    """

    sha256: str
    facts: PictureFacts
    origin: PictureFacts
    changes: tuple[Change, ...] = ()
    origin_sha256: str | None = field(default=None, compare=False)


class ReferenceFault(StrEnum):
    """Why a reference cannot be used as it is; each has a sentence and a repair of its own."""

    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    FILE_UNREADABLE = "file_unreadable"
    NOT_A_PICTURE = "not_a_picture"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_LARGE_FILE = "too_large_file"
    TOO_LONG = "too_long"
    LINK_DEAD = "link_dead"
    LINK_NOT_A_PICTURE = "link_not_a_picture"
    LINK_CHANGED = "link_changed"
    LINK_REFUSED = "link_refused"
    LINK_UNREACHABLE = "link_unreachable"
    NO_HOST = "no_host"
