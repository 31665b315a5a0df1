"""Reads the worker's answers about foreign pictures; what a file of ours itself tells is not taken from the worker."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.preparation import Change, PictureFacts, PreparedReference
from seedream_desktop.domain.recipe import recipe_from_json
from seedream_desktop.imaging.probe import probe
from seedream_desktop.imaging.protocol import Message
from seedream_desktop.ports.errors import UndecodableError
from seedream_desktop.ports.recognition import LIKENESS_BYTES, Traces


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


def traces_of(answer: Message) -> Traces:
    """Return what the worker read in a file; raises UndecodableError when that makes no sense."""
    try:
        recipe = recipe_from_json(answer["recipe"]) if answer["recipe"] is not None else None
        likeness = None if answer["likeness"] is None else _likeness(answer["likeness"])
    except (KeyError, TypeError, ValueError) as error:
        raise UndecodableError("the worker did not say what it read") from error
    return Traces(recipe, likeness)


def _likeness(digits: str) -> bytes:
    likeness = bytes.fromhex(digits)
    if len(likeness) != LIKENESS_BYTES:
        raise ValueError("no likeness")
    return likeness


def _facts(told: dict[str, Any]) -> PictureFacts:
    return PictureFacts(told["media_format"], PixelSize(told["width_px"], told["height_px"]), told["size_bytes"])
