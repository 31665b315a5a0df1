"""A reference image as the user chose it: a file on this disk or a link, and what it is meant for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
class Reference:
    """One reference image; *source* is an absolute path or an http(s) address."""

    source: str
    role: Role = Role.FREE

    @property
    def is_link(self) -> bool:
        """Whether the service can be given the source as it stands."""
        return self.source.lower().startswith(("https://", "http://"))

    @property
    def name(self) -> str:
        """The last part of the path or address, for people."""
        path = self.source.partition("?")[0].partition("#")[0] if self.is_link else self.source.replace("\\", "/")
        return path.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True, slots=True)
class HostedReference:
    """Where a local reference can be fetched by the service; *until* is a UTC ISO 8601 time, or None."""

    url: str
    host: str
    sha256: str
    until: str | None = None
