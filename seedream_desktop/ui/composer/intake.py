"""Reads what was dropped or pasted as reference images; it opens no file and follows no link."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage, QPixmap

_IMG_SRC: Final = re.compile(r"""<img\b[^>]*?\bsrc\s*=\s*["']?(https?://[^"'\s>]+)""", re.IGNORECASE)
_LINK: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_RAW_FORMATS: Final = ("image/png", "image/webp", "image/jpeg")


@dataclass(frozen=True, slots=True)
class Intake:
    """What came in: paths and links in their order, or else one bitmap that has no file yet."""

    sources: tuple[str, ...] = ()
    bitmap: QImage | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it could be a reference image."""
        return not self.sources and self.bitmap is None


def intake(mime: QMimeData) -> Intake:
    """Return the references in *mime*, from the first that has any: files and links, bitmap, HTML picture, text link.

    A browser offers the same picture in several of these forms; taking one keeps it from coming in twice.
    """
    sources = _listed(mime)
    if sources:
        return Intake(sources)
    bitmap = _bitmap(mime)
    if bitmap is not None:
        return Intake(bitmap=bitmap)
    return Intake(_in_html(mime) or _in_text(mime))


def may_hold_references(mime: QMimeData) -> bool:
    """Return whether `intake` is worth calling, without decoding anything; for the moment of dragging over."""
    has_raw = any(mime.hasFormat(name) for name in _RAW_FORMATS)
    return bool(mime.hasImage() or has_raw or _listed(mime) or _in_html(mime) or _in_text(mime))


def has_files_or_bitmap(mime: QMimeData) -> bool:
    """Return whether *mime* is a file or a picture rather than words, so that it is no text for the prompt."""
    if any(url.isLocalFile() for url in mime.urls()):
        return True
    return not mime.hasText() and may_hold_references(mime)


def _listed(mime: QMimeData) -> tuple[str, ...]:
    """Files before links; comments and other schemes of a uri-list are no sources."""
    urls = mime.urls() if mime.hasUrls() else []
    files = [url.toLocalFile() for url in urls if url.isLocalFile()]
    links = [url.toString(QUrl.ComponentFormattingOption.FullyEncoded) for url in urls if _is_link(url)]
    return tuple(files + links)


def _is_link(url: QUrl) -> bool:
    return url.scheme().lower() in ("http", "https") and bool(url.host())


def _bitmap(mime: QMimeData) -> QImage | None:
    found = mime.imageData() if mime.hasImage() else None
    if isinstance(found, QPixmap):
        found = found.toImage()
    if isinstance(found, QImage) and not found.isNull():
        return found
    raw = (QImage.fromData(mime.data(name)) for name in _RAW_FORMATS if mime.hasFormat(name))
    return next((image for image in raw if not image.isNull()), None)


def _in_html(mime: QMimeData) -> tuple[str, ...]:
    match = _IMG_SRC.search(mime.html()) if mime.hasHtml() else None
    return (match.group(1).replace("&amp;", "&"),) if match else ()


def _in_text(mime: QMimeData) -> tuple[str, ...]:
    words = mime.text().split() if mime.hasText() else []
    return tuple(words) if words and all(_LINK.fullmatch(word) for word in words) else ()
