"""Makes any decoded picture look as meant: upright, in sRGB, without transparency. Worker process only."""

from __future__ import annotations

from typing import Final

from PIL import Image, ImageOps

_WHITE: Final = (255, 255, 255, 255)
# 16-bit greys fill 0 to 65535; eight bits are enough to look at.
_SIXTEEN_TO_EIGHT_BITS: Final = 1 / 256


def presentable(image: Image.Image) -> Image.Image:
    """Return the picture as 8-bit RGB in sRGB, turned by its EXIF, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    flat = _flat(_upright(image))
    return _in_srgb(flat, profile) if profile else flat.convert("RGB")


def _upright(image: Image.Image) -> Image.Image:
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - EXIF is anybody's bytes; a picture is not lost for a broken note about it
        return image


def _flat(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    if image.mode in ("I", "F"):
        return image.point(lambda value: value * _SIXTEEN_TO_EIGHT_BITS).convert("L")
    if image.has_transparency_data:
        clear = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", clear.size, _WHITE), clear).convert("RGB")
    return image if image.mode in ("RGB", "L", "CMYK") else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    from seedream_desktop.imaging.colours import conversion_for

    conversion = conversion_for(image.mode, profile)
    return (conversion(image) if conversion else image).convert("RGB")
