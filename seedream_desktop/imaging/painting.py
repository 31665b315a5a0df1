"""Decodes a reference and makes its pixels what will be sent: the part meant, its size, sRGB in 8 bits, upright.

Worker process only. The work is done in strips, by two threads: faster, and without a second copy of 100 megapixels.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from PIL import Image

from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.imaging.geometry import Frame
from seedream_desktop.imaging.source import Source, refuse

_STRIP_PX: Final = 128
_THREADS: Final = 2
# Averages over all pixels when it makes smaller, like Lanczos, in half the time.
_RESAMPLING: Final = Image.Resampling.BICUBIC
_CONVERTIBLE: Final = frozenset({"RGB", "RGBA", "L", "CMYK", "LAB"})
_PREMULTIPLIED: Final = {"RGBA": "RGBa"}
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Painting:
    """A picture as it will be sent, in RGB, RGBA or L; *is_converted* tells that its colours had to be."""

    image: Image.Image
    is_converted: bool


def load(source: Source) -> Image.Image:
    """Decode every pixel and return the picture in the mode it is stored in.

    Raises:
        UnusableReferenceError: when pixels are missing or broken, or are more than memory holds.
    """
    try:
        source.image.load()
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        refuse(ReferenceFault.TOO_MANY_PIXELS)
    except Exception as error:  # noqa: BLE001 - damaged files bring decoders to raise whatever they stumble over
        refuse(ReferenceFault.DAMAGED, f"{type(error).__name__}: {error}")
    if source.image.size != (source.size.width_px, source.size.height_px):
        refuse(ReferenceFault.DAMAGED, "its two headers disagree about its size")
    return source.image


def colour_mode(image: Image.Image) -> str:
    """Return the mode in which the picture's colours are converted: RGB, L, CMYK or LAB."""
    if image.mode in ("CMYK", "LAB"):
        return image.mode
    is_grey = image.mode in ("1", "L", "LA", "La", "I", "F") or image.mode.startswith("I;16")
    return "L" if is_grey else "RGB"


def paint(source: Source, frame: Frame) -> Painting:
    """Return the part of the picture that *frame* says, upright and in sRGB.

    Raises:
        UnusableReferenceError: as `load`.
        MemoryError: when there is not enough to do it.
    """
    from seedream_desktop.imaging.colours import conversion_for

    image = _simple(load(source), is_deep=source.is_deep)
    conversion = conversion_for(image.mode, source.profile)
    premultiplied = _PREMULTIPLIED.get(image.mode) if frame.size != frame.box_size else None
    mode = "RGB" if image.mode in ("CMYK", "LAB") else image.mode
    whole = image.convert(premultiplied) if premultiplied else image

    def strip(top_px: int) -> Image.Image:
        piece = _cut(whole, frame, top_px)
        piece = piece.convert(mode) if premultiplied else piece
        return conversion(piece) if conversion else piece.convert(mode)

    painted = _joined(mode, frame, strip)
    is_converted = conversion is not None or image.mode != mode
    return Painting(_without_idle_alpha(painted), is_converted)


def _joined(mode: str, frame: Frame, strip: Callable[[int], Image.Image]) -> Image.Image:
    """Return all strips together, each turned while it is still in the processor's cache."""
    turn = _TURNS.get(frame.orientation)

    def upright_strip(top_px: int) -> Image.Image:
        piece = strip(top_px)
        return piece if turn is None else piece.transpose(turn)

    joined = Image.new(mode, (frame.upright_size.width_px, frame.upright_size.height_px))
    tops = range(0, frame.size.height_px, _STRIP_PX)
    with ThreadPoolExecutor(_THREADS) as threads:
        for top_px, piece in zip(tops, threads.map(upright_strip, tops), strict=True):
            bottom_px = min(top_px + _STRIP_PX, frame.size.height_px)
            joined.paste(piece, frame.upright_box(top_px, bottom_px))
    return joined


def _cut(image: Image.Image, frame: Frame, top_px: int) -> Image.Image:
    """Return the strip of the result that begins at *top_px*, from what of the picture falls into it."""
    left, top, right, bottom = frame.box
    bottom_px = min(top_px + _STRIP_PX, frame.size.height_px)
    if frame.size == frame.box_size:
        return image.crop((left, top + top_px, right, top + bottom_px))
    step = (bottom - top) / frame.size.height_px
    part = (left, top + top_px * step, right, min(top + bottom_px * step, bottom))
    return image.resize((frame.size.width_px, bottom_px - top_px), _RESAMPLING, part)


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA" or image.getchannel("A").getextrema() != (255, 255):
        return image
    return image.convert("RGB")


def _simple(image: Image.Image, *, is_deep: bool) -> Image.Image:
    """Return the picture with eight bits a colour in one of the modes that can be scaled and converted."""
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _eight_bits(image)
    if is_deep and isinstance(noted := image.info.get("transparency"), tuple):
        image.info["transparency"] = tuple(value >> 8 for value in noted)
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in _CONVERTIBLE:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        scale = 1 / 256
        image = image.convert("I")
    else:
        scale = _scale_to_eight_bits(image)
    return image.point(lambda value: value * scale).convert("L")


def _scale_to_eight_bits(image: Image.Image) -> float:
    """Return what makes 255 of white; numbers this wide do not say what white is, so the brightest pixel does."""
    _, brightest = image.getextrema()
    if not isinstance(brightest, int | float) or brightest <= 0:
        return 1.0
    for white, scale in ((1, 255.0), (255, 1.0), (65_535, 1 / 256)):
        if brightest <= white:
            return scale
    return 255 / brightest
