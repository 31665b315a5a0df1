"""What the engine needs of the world, as protocols, and the only errors it has to understand.

A module is imported when something of it is first asked for: the window needs few of them before it is shown.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from seedream_desktop.ports.clock import (
        Clock,
    )
    from seedream_desktop.ports.errors import (
        BrokenOffError,
        BusyError,
        ConflictError,
        DiskFullError,
        HostRefusedError,
        KeyRefusedError,
        LinkDeadError,
        NotAnImageError,
        ServiceError,
        StorageError,
        TaskNotFoundError,
        UndecodableError,
        UnreachableError,
        UnusableReferenceError,
    )
    from seedream_desktop.ports.family import (
        Family,
        Kin,
        UsedReference,
    )
    from seedream_desktop.ports.gallery import (
        Counts,
        GalleryIndex,
        GroupHead,
        GroupIndex,
        Newest,
    )
    from seedream_desktop.ports.pictures import (
        Examined,
        KeptPicture,
        Library,
        PartFile,
        PictureInspector,
        PictureStore,
    )
    from seedream_desktop.ports.recognition import (
        LIKENESS_BITS,
        LIKENESS_BYTES,
        LikenessIndex,
        Lookalike,
        TraceReader,
        Traces,
    )
    from seedream_desktop.ports.references import (
        KeptReference,
        ReferenceHost,
        ReferencePreparer,
        ReferenceStore,
    )
    from seedream_desktop.ports.service import (
        Accepted,
        FailedAtService,
        GenerationService,
        KeyTurnedDown,
        PictureDownload,
        PictureSource,
        Postponed,
        RawReply,
        Refused,
        StatusReport,
        Submission,
        Succeeded,
        Unclear,
        Unreadable,
        Working,
    )
    from seedream_desktop.ports.tasks import (
        TaskStore,
    )
else:

    def __getattr__(name: str) -> Any:
        home = next((module for module, names in _HOMES.items() if name in names), None)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
        return found


__all__ = [
    "LIKENESS_BITS",
    "LIKENESS_BYTES",
    "Accepted",
    "BrokenOffError",
    "BusyError",
    "Clock",
    "ConflictError",
    "Counts",
    "DiskFullError",
    "Examined",
    "FailedAtService",
    "Family",
    "GalleryIndex",
    "GenerationService",
    "GroupHead",
    "GroupIndex",
    "HostRefusedError",
    "KeptPicture",
    "KeptReference",
    "KeyRefusedError",
    "KeyTurnedDown",
    "Kin",
    "Library",
    "LikenessIndex",
    "LinkDeadError",
    "Lookalike",
    "Newest",
    "NotAnImageError",
    "PartFile",
    "PictureDownload",
    "PictureInspector",
    "PictureSource",
    "PictureStore",
    "Postponed",
    "RawReply",
    "ReferenceHost",
    "ReferencePreparer",
    "ReferenceStore",
    "Refused",
    "ServiceError",
    "StatusReport",
    "StorageError",
    "Submission",
    "Succeeded",
    "TaskNotFoundError",
    "TaskStore",
    "TraceReader",
    "Traces",
    "Unclear",
    "UndecodableError",
    "UnreachableError",
    "Unreadable",
    "UnusableReferenceError",
    "UsedReference",
    "Working",
]

_HOMES: Final = {
    "clock": ("Clock",),
    "errors": (
        "BrokenOffError",
        "BusyError",
        "ConflictError",
        "DiskFullError",
        "HostRefusedError",
        "KeyRefusedError",
        "LinkDeadError",
        "NotAnImageError",
        "ServiceError",
        "StorageError",
        "TaskNotFoundError",
        "UndecodableError",
        "UnreachableError",
        "UnusableReferenceError",
    ),
    "family": ("Family", "Kin", "UsedReference"),
    "gallery": ("Counts", "GalleryIndex", "GroupHead", "GroupIndex", "Newest"),
    "pictures": ("Examined", "KeptPicture", "Library", "PartFile", "PictureInspector", "PictureStore"),
    "recognition": ("LIKENESS_BITS", "LIKENESS_BYTES", "LikenessIndex", "Lookalike", "TraceReader", "Traces"),
    "references": ("KeptReference", "ReferenceHost", "ReferencePreparer", "ReferenceStore"),
    "service": (
        "Accepted",
        "FailedAtService",
        "GenerationService",
        "KeyTurnedDown",
        "PictureDownload",
        "PictureSource",
        "Postponed",
        "RawReply",
        "Refused",
        "StatusReport",
        "Submission",
        "Succeeded",
        "Unclear",
        "Unreadable",
        "Working",
    ),
    "tasks": ("TaskStore",),
}
