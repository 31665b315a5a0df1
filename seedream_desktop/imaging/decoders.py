"""Lets exactly one decoder have a picture whose kind is known. Worker process only."""

from __future__ import annotations

import importlib
import io
from typing import Final

from PIL import Image

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
# Their pictures come out of Pillow without loss, so a PNG is not a waste of bytes.
LOSSLESS_KINDS: Final = frozenset({"PNG", "GIF", "BMP", "TIFF", "PSD"})


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
