"""What the parts of this package hand to each other and to the rest of the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from seedream_desktop.domain.preparation import PreparedReference
from seedream_desktop.domain.reference import HostedReference, Reference


@dataclass(frozen=True, slots=True)
class ReadyReference:
    """A reference that could be sent: *reference* names its prepared copy, which lies at *path*.

    *hosted* is where the current host shows it, None when that is nowhere or ends soon.
    """

    reference: Reference
    prepared: PreparedReference
    path: Path
    hosted: HostedReference | None = None
