"""Tells which picture formats can be opened here; the one question about Pillow that needs no worker."""

from __future__ import annotations


def readable_formats() -> list[str]:
    """Return the names of the formats whose codecs this Pillow has, of ``JPEG``, ``PNG`` and ``WEBP``."""
    from PIL import features

    codecs = (("JPEG", "jpg"), ("PNG", "zlib"), ("WEBP", "webp"))
    return [name for name, codec in codecs if features.check(codec)]
