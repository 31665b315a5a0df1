"""Reference images on their way to the service: prepared and kept, made reachable, checked, and taken back again."""

from seedream_desktop.engine.references.door import References
from seedream_desktop.engine.references.hosting import (
    HostedCopy,
    HostedElsewhereError,
    HostedReferenceInUseError,
)
from seedream_desktop.engine.references.linking import Links
from seedream_desktop.engine.references.values import ReadyReference

__all__ = [
    "HostedCopy",
    "HostedElsewhereError",
    "HostedReferenceInUseError",
    "Links",
    "ReadyReference",
    "References",
]
