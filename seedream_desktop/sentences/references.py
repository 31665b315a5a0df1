"""What became of a reference image, and why one cannot be used or hosted."""

from __future__ import annotations

from typing import Final

from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference, ReferenceFault
from seedream_desktop.domain.reference import MAX_REFERENCE_RATIO
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP, say

# By the fault; {name} is what people call the picture.
_REFERENCE_FAULTS: Final[dict[ReferenceFault, str]] = {
    ReferenceFault.FILE_MISSING: QT_TRANSLATE_NOOP("Sentences", "{name} is not there any more."),
    ReferenceFault.FILE_CHANGED: QT_TRANSLATE_NOOP(
        "Sentences", "{name} is another picture now than when it was added, and the copy of it is gone. Add it again."
    ),
    ReferenceFault.FILE_UNREADABLE: QT_TRANSLATE_NOOP("Sentences", "{name} cannot be opened."),
    ReferenceFault.NOT_A_PICTURE: QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} is not a picture this program can read: JPEG, PNG, WebP, HEIC, AVIF, TIFF, BMP, GIF, simple PSD.",
    ),
    ReferenceFault.DAMAGED: QT_TRANSLATE_NOOP("Sentences", "{name} is damaged or not whole, so it cannot be used."),
    ReferenceFault.TOO_MANY_PIXELS: QT_TRANSLATE_NOOP(
        "Sentences", "{name} is more than this program can open. Make it smaller first."
    ),
    ReferenceFault.TOO_LARGE_FILE: QT_TRANSLATE_NOOP("Sentences", "{name} is a larger file than this program opens."),
    ReferenceFault.TOO_LONG: QT_TRANSLATE_NOOP(
        "Sentences",
        "{name} is more than {ratio} times as long as its other side, which the model does not take. Crop it.",
    ),
    ReferenceFault.LINK_DEAD: QT_TRANSLATE_NOOP("Sentences", "The link {name} leads to nothing any more."),
    ReferenceFault.LINK_NOT_A_PICTURE: QT_TRANSLATE_NOOP("Sentences", "There is no picture behind the link {name}."),
    ReferenceFault.LINK_CHANGED: QT_TRANSLATE_NOOP(
        "Sentences",
        "The link {name} shows another picture now than when it was added. Remove it and add it again, "
        "or choose under Hosting in Settings where the first one is to be hosted.",
    ),
    ReferenceFault.LINK_REFUSED: QT_TRANSLATE_NOOP(
        "Sentences", "The link {name} does not lead to a public address, so the service could not fetch it."
    ),
    ReferenceFault.LINK_UNREACHABLE: QT_TRANSLATE_NOOP(
        "Sentences", "The link {name} could not be looked at just now. Check the network."
    ),
    ReferenceFault.NO_HOST: QT_TRANSLATE_NOOP(
        "Sentences", "{name} has to be hosted for the service to fetch it. Choose where under Hosting in Settings."
    ),
}


_HOST_FAULTS: Final[dict[HostFault, str]] = {
    HostFault.INCOMPLETE: QT_TRANSLATE_NOOP("Sentences", "its settings are not complete ({detail})"),
    HostFault.ADDRESS: QT_TRANSLATE_NOOP("Sentences", "the address does not lead to it ({detail})"),
    HostFault.KEY_UNKNOWN: QT_TRANSLATE_NOOP("Sentences", "it does not know this access key or user"),
    HostFault.SECRET_WRONG: QT_TRANSLATE_NOOP("Sentences", "the secret or password is wrong"),
    HostFault.FORBIDDEN: QT_TRANSLATE_NOOP("Sentences", "the access key has no right to do this ({detail})"),
    HostFault.BUCKET_MISSING: QT_TRANSLATE_NOOP("Sentences", "there is no bucket or folder {detail}"),
    HostFault.CLOCK_WRONG: QT_TRANSLATE_NOOP(
        "Sentences", "this computer's clock differs too much from the storage's. Set the clock"
    ),
    HostFault.NO_ROOM: QT_TRANSLATE_NOOP("Sentences", "it has no room left"),
    HostFault.TOO_LARGE: QT_TRANSLATE_NOOP("Sentences", "it takes no files as large as this one"),
    HostFault.NOT_READABLE: QT_TRANSLATE_NOOP(
        "Sentences", "it took the file, but nobody can read it without a key ({detail})"
    ),
    HostFault.WRONG_CONTENT: QT_TRANSLATE_NOOP("Sentences", "the link gives something else than was uploaded"),
    HostFault.LINKS_DO_NOT_END: QT_TRANSLATE_NOOP(
        "Sentences", "its links do not end by themselves, and private mode allows no others"
    ),
    HostFault.ODD_ANSWER: QT_TRANSLATE_NOOP("Sentences", "its answer makes no sense ({detail})"),
}


_CHANGES: Final[dict[Change, str]] = {
    Change.CROPPED: QT_TRANSLATE_NOOP("Sentences", "cropped"),
    Change.TURNED: QT_TRANSLATE_NOOP("Sentences", "turned upright"),
    Change.FIRST_FRAME: QT_TRANSLATE_NOOP("Sentences", "first frame or page"),
    Change.COLOURS_CONVERTED: QT_TRANSLATE_NOOP("Sentences", "colours to sRGB"),
    Change.DEPTH_REDUCED: QT_TRANSLATE_NOOP("Sentences", "8 bits a colour"),
    Change.SCALED_DOWN: QT_TRANSLATE_NOOP("Sentences", "made smaller"),
    Change.ENLARGED: QT_TRANSLATE_NOOP("Sentences", "enlarged"),
    Change.FORMAT_CHANGED: QT_TRANSLATE_NOOP("Sentences", "format changed"),
    Change.COMPRESSED: QT_TRANSLATE_NOOP("Sentences", "made to fit 10 MB"),
    Change.METADATA_REMOVED: QT_TRANSLATE_NOOP("Sentences", "place, camera data and notes removed"),
}


_FACTS: Final = QT_TRANSLATE_NOOP("Sentences", "{width}×{height} {media_format}, {size}")


_SHAPE: Final = QT_TRANSLATE_NOOP("Sentences", "{width}×{height} {media_format}")
_MEGABYTES: Final = QT_TRANSLATE_NOOP("Sentences", "{number} MB")


_KILOBYTES: Final = QT_TRANSLATE_NOOP("Sentences", "{number} kB")


_LEAST_MEGABYTES: Final = 950_000


_PREPARED: Final = QT_TRANSLATE_NOOP("Sentences", "{before} → {after}: {done}")


def reference_fault_sentence(fault: ReferenceFault, name: str) -> str:
    """Return why the reference that people call *name* cannot be used, and what helps."""
    return say(_REFERENCE_FAULTS[fault], name=name, ratio=MAX_REFERENCE_RATIO)


def host_fault_words(fault: HostFault, detail: str) -> str:
    """Return why the user's storage refuses, as the second half of a sentence."""
    return say(_HOST_FAULTS[fault], detail=detail).removesuffix(" ()").rstrip()


def preparation_sentence(prepared: PreparedReference) -> str:
    """Return what became of a picture, e.g. ``4032×3024 HEIC → 4032×3024 JPEG, 3.1 MB: turned upright``."""
    if not prepared.changes:
        return facts_sentence(prepared.facts)
    done = ", ".join(say(_CHANGES[change]) for change in prepared.changes)
    return say(_PREPARED, before=_shape(prepared.origin), after=facts_sentence(prepared.facts), done=done)


def _shape(facts: PictureFacts) -> str:
    size = facts.size
    return say(_SHAPE, width=size.width_px, height=size.height_px, media_format=facts.media_format)


def facts_sentence(facts: PictureFacts) -> str:
    """Return a picture in numbers, e.g. ``4032×3024 JPEG, 3.1 MB``; units are decimal."""
    return say(
        _FACTS,
        width=facts.size.width_px,
        height=facts.size.height_px,
        media_format=facts.media_format,
        size=_size(facts.size_bytes),
    )


def _size(size_bytes: int) -> str:
    if size_bytes >= _LEAST_MEGABYTES:
        return say(_MEGABYTES, number=f"{size_bytes / 1_000_000:.1f}")
    return say(_KILOBYTES, number=max(1, round(size_bytes / 1_000)))
