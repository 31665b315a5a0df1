"""Pictures that are handed over whole: as the bytes of a file, written out as an address, or as pixels."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage, QPixmap

from seedream_desktop.ui.intake.forms import Forms

MOST_BYTES: Final = 64 * 1024 * 1024
# What a browser would save stands before what it has drawn.
_FILES: Final = ("application/octet-stream", "FileContents")
_ENCODED: Final = (
    "image/png", "image/webp", "image/avif", "image/heic", "image/heif", "image/jpeg", "image/tiff", "image/gif",
    "image/bmp", "image/x-bmp",
)  # fmt: skip
_QT_IMAGE: Final = "application/x-qt-image"
_DATA_ADDRESS: Final = re.compile(r"data:image/(?!svg)[\w.+-]+((?:;[^,;]*)*),", re.IGNORECASE)
_STARTS: Final = (
    b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM", b"8BPS",
)  # fmt: skip
_BRANDS: Final = (b"avif", b"avis", b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def has_pixels(forms: Forms) -> bool:
    """Return whether there is a picture by the names of the forms alone."""
    return _QT_IMAGE in forms.names or any(name in forms.names for name in _ENCODED)


def picture_bytes(forms: Forms) -> bytes | None:
    """Return the bytes of a picture file that are handed over, undecoded, or None; larger than 64 MiB is none."""
    for name in (*_FILES, *_ENCODED):
        if name in forms.names and is_picture(content := forms.content(name)):
            return content
    return None


def bitmap(mime: QMimeData) -> QImage | None:
    """Return the pixels that the system offers, or None."""
    found = mime.imageData() if mime.hasImage() else None
    if isinstance(found, QPixmap):
        found = found.toImage()
    return found if isinstance(found, QImage) and not found.isNull() else None


def written_out(address: str) -> bytes | None:
    """Return the picture that a ``data:`` address holds, or None when it is none, or larger than 64 MiB."""
    head = _DATA_ADDRESS.match(address)
    if head is None or len(address) > 2 * MOST_BYTES:
        return None
    content = unquote_to_bytes(address[head.end() :].strip())
    try:
        found = base64.b64decode(content) if ";base64" in head.group(1).lower() else content
    except binascii.Error:
        return None
    return found if is_picture(found) else None


def is_picture(content: bytes) -> bool:
    """Return whether *content* begins as a picture file does; that is all that is looked at."""
    if not 16 <= len(content) <= MOST_BYTES:
        return False
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    is_heif = content[4:8] == b"ftyp" and content[8:12] in _BRANDS
    return is_webp or is_heif or content.startswith(_STARTS)
