"""Tells a foreign picture's kind by its first bytes, and lets exactly one decoder have it. Worker process only."""

from __future__ import annotations

import importlib
import io
import struct
from typing import Final

from PIL import Image

from seedream_desktop.imaging.probe import sniff_format

# Long enough for the compatible brands of HEIC and AVIF.
START_BYTES: Final = 64
# A kind's name for people, the module of the decoder and the decoder's own name for it.
_DECODERS: Final = {
    "JPEG": ("PIL.JpegImagePlugin", "JPEG"),
    "PNG": ("PIL.PngImagePlugin", "PNG"),
    "WEBP": ("PIL.WebPImagePlugin", "WEBP"),
    "GIF": ("PIL.GifImagePlugin", "GIF"),
    "BMP": ("PIL.BmpImagePlugin", "BMP"),
    "TIFF": ("PIL.TiffImagePlugin", "TIFF"),
    "PSD": ("PIL.PsdImagePlugin", "PSD"),
    "AVIF": ("PIL.AvifImagePlugin", "AVIF"),
    "HEIC": ("pillow_heif", "HEIF"),
}
_STARTS: Final = (
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"8BPS", "PSD"),
)
_BMP_HEADERS_BYTES: Final = frozenset({12, 16, 40, 52, 56, 64, 108, 124})
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
# Their pictures come out of Pillow without loss, so a PNG is not a waste of bytes.
LOSSLESS_KINDS: Final = frozenset({"PNG", "GIF", "BMP", "TIFF", "PSD"})


def sniff_kind(start: bytes) -> str | None:
    """Return the kind's name, e.g. ``HEIC``, by the first 64 bytes of a file, or None for what is not opened here."""
    for magic, kind in _STARTS:
        if start.startswith(magic):
            return kind
    if start[:2] == b"BM" and len(start) >= 18:
        return "BMP" if struct.unpack_from("<I", start, 14)[0] in _BMP_HEADERS_BYTES else None
    if start[4:8] == b"ftyp":
        return _sniff_brands(start)
    return sniff_format(start)


def open_kind(data: bytes, kind: str) -> Image.Image:
    """Return the picture with its header read; whatever the one decoder raises goes through."""
    module, name = _DECODERS[kind]
    loaded = importlib.import_module(module)
    if kind == "HEIC":
        loaded.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    return Image.open(io.BytesIO(data), formats=(name,))


def has_more_frames(data: bytes, kind: str, image: Image.Image) -> bool:
    """Return whether frames or pages follow the first; a PSD's layers are no frames."""
    if kind in ("GIF", "TIFF"):
        return _has_second_frame(data, kind)
    return kind not in ("PSD", "JPEG") and getattr(image, "n_frames", 1) > 1


def _has_second_frame(data: bytes, kind: str) -> bool:
    # Counting all of them would walk through whatever a hostile file has.
    with open_kind(data, kind) as again:
        try:
            again.seek(1)
        except Exception:  # noqa: BLE001 - a second frame that cannot be read is none
            return False
    return True


def _sniff_brands(start: bytes) -> str | None:
    box_bytes = struct.unpack_from(">I", start)[0]
    names = start[8 : min(box_bytes, len(start))]
    brands = {names[at : at + 4] for at in range(0, len(names) - 3, 4) if at != 4}
    if brands & _AVIF_BRANDS:
        return "AVIF"
    return "HEIC" if brands & _HEIC_BRANDS else None
