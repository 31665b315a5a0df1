"""Tells which picture formats can be opened here; the one question about Pillow that needs no worker."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Final

# Pillow reads these without a library of their own.
_ALWAYS: Final = ("TIFF", "BMP", "GIF", "PSD")


def readable_formats() -> list[str]:
    """Return the names of the formats that references may have and whose codecs are installed, e.g. ``JPEG``."""
    from PIL import features

    codecs = (("JPEG", "jpg"), ("PNG", "zlib"), ("WEBP", "webp"), ("AVIF", "avif"))
    with_codec = [name for name, codec in codecs if features.check(codec)]
    return [*with_codec, *(["HEIC"] if find_spec("pillow_heif") else []), *_ALWAYS]
