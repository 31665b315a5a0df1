"""Names for hosted files: unguessable, and never a name of the user's."""

from __future__ import annotations

import re
import secrets
from typing import Final

# A link is readable by whoever has it, so the name is what keeps strangers out: 32 random bytes, as trust in it asks.
_RANDOM_BYTES: Final = 32
_FORMATS: Final = {"JPEG": ("jpg", "image/jpeg"), "PNG": ("png", "image/png"), "WEBP": ("webp", "image/webp")}
_OURS: Final = re.compile(r"(?:[\w.-]+/)*[\w-]{43}\.(?:jpg|png|webp)", re.ASCII)


def new_name(media_format: str, folder: str = "") -> str:
    """Return a new name below *folder* for a file of ``JPEG``, ``PNG`` or ``WEBP``."""
    name = f"{secrets.token_urlsafe(_RANDOM_BYTES)}.{_FORMATS[media_format][0]}"
    return f"{folder}/{name}" if folder else name


def content_type(media_format: str) -> str:
    """Return e.g. ``image/jpeg`` for ``JPEG``."""
    return _FORMATS[media_format][1]


def is_ours(name: str) -> bool:
    """Whether `new_name` can have made *name*: nothing else is ever deleted, least of all a whole folder."""
    return _OURS.fullmatch(name) is not None and not {".", ".."} & set(name.split("/"))
