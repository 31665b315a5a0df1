"""Reads the worker's answer about a prepared reference; what the file itself tells is not taken from the worker."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference
from seedream_desktop.imaging.probe import probe
from seedream_desktop.imaging.protocol import Message
from seedream_desktop.ports import UndecodableError


def read_preparation(answer: Message, part: Path) -> PreparedReference:
    """Return what the worker made of a picture and wrote to *part*.

    Raises:
        UndecodableError: when *part* is no whole picture, or the answer makes no sense.
        OSError: when it cannot be read.
    """
    data = part.read_bytes()
    found = probe(data)
    try:
        origin = _facts(answer["origin"])
        changes = tuple(Change(change) for change in answer["changes"])
        origin_sha256 = str(answer["origin_sha256"])
    except (KeyError, TypeError, ValueError) as error:
        raise UndecodableError("the worker did not say what it did") from error
    facts = PictureFacts(found.media_format, found.size, len(data))
    return PreparedReference(hashlib.sha256(data).hexdigest(), facts, origin, changes, origin_sha256)


def _facts(told: dict[str, Any]) -> PictureFacts:
    return PictureFacts(told["media_format"], PixelSize(told["width_px"], told["height_px"]), told["size_bytes"])
