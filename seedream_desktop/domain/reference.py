"""A reference image as the user chose it: a file on this disk or a link, what part of it, and what it is meant for."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from seedream_desktop.domain.pixels import PixelSize

# What the service and the model behind it take of a reference (source: the API page). The page writes "10 MB"
# without saying which: the smaller reading fits both.
MAX_REFERENCE_BYTES: Final = 10_000_000
MAX_REFERENCE_PIXELS: Final = 36_000_000
MIN_REFERENCE_SIDE_PX: Final = 15
MAX_REFERENCE_RATIO: Final = 16
_HAIR: Final = 1e-6


class Role(StrEnum):
    """What a reference is to lend to the picture."""

    FREE = "free"
    SUBJECT = "subject"
    STYLE = "style"
    POSE = "pose"
    PRODUCT = "product"
    PLACE = "place"
    PALETTE = "palette"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Crop:
    """The part of an upright picture that is meant, as fractions of its width and height from 0 to 1.

    Raises:
        ValueError: when the box is empty or leaves the picture.
    """

    left: float
    top: float
    right: float
    bottom: float

    def __post_init__(self) -> None:
        """Refuse a box that is none."""
        if not (0 <= self.left < self.right <= 1 and 0 <= self.top < self.bottom <= 1):
            raise ValueError(f"no part of a picture: {self}")

    def box_px(self, size: PixelSize) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom in whole pixels of a picture of *size*, at least one pixel each way."""
        left, right = _span_px(self.left, self.right, size.width_px)
        top, bottom = _span_px(self.top, self.bottom, size.height_px)
        return left, top, right, bottom


def _span_px(begin: float, end: float, length_px: int) -> tuple[int, int]:
    # A hair more than the product: 0.29 of 100 is 28.999… in binary.
    begin_px = min(int(begin * length_px + _HAIR), length_px - 1)
    return begin_px, max(begin_px + 1, round(end * length_px))


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference image; *source* is an absolute path or an http(s) address.

    *sha256* names the prepared copy that the program keeps (see `preparation`), once there is one: that copy is what
    the user saw and what is sent, whatever became of the source. *title* is what people call it, when the source
    does not say.
    """

    source: str
    role: Role = Role.FREE
    crop: Crop | None = None
    sha256: str | None = None
    title: str = ""

    @property
    def is_link(self) -> bool:
        """Whether the source is an address rather than a file."""
        return self.source.lower().startswith(("https://", "http://"))

    @property
    def name(self) -> str:
        """The title, or the last part of the path or address, for people."""
        if self.title:
            return self.title
        path = self.source.partition("?")[0].partition("#")[0] if self.is_link else self.source.replace("\\", "/")
        return path.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class HostedReference:
    """Where a prepared reference can be fetched by anybody who has the link.

    *host* tells hosts apart in the records; *until* is when the link ends, a UTC ISO 8601 time, or None when it does
    not end by itself; *object_name* is what the host needs to delete it; *hosted_at* is a UTC ISO 8601 time.
    """

    url: str = field(repr=False)
    host: str
    sha256: str
    until: str | None = None
    object_name: str = ""
    hosted_at: str | None = None
