"""Brings colours to sRGB by the profile that came with them. Worker process only, imported when needed."""

from __future__ import annotations

import io
import itertools
from typing import Final

from PIL import Image, ImageCms

_SRGB: Final = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_MODES: Final = {"RGB": ("RGB", "RGBX", "RGBA"), "CMYK": ("CMYK",), "GRAY": ("L",), "Lab": ("LAB",)}
_PROBED: Final = (0, 32, 64, 128, 192, 255)
# Rounding on the way through a profile's curves; nobody sees it.
_SAME_LEVELS: Final = 2


class Conversion:
    """Turns pixels of one mode, in one profile, into sRGB; may be used by several threads."""

    def __init__(self, profile: ImageCms.ImageCmsProfile, mode: str) -> None:
        self._source_mode = mode
        self._target_mode = "RGBA" if mode == "RGBA" else "RGB"
        self._transform = ImageCms.buildTransform(profile, _SRGB, mode, self._target_mode)

    def __call__(self, image: Image.Image) -> Image.Image:
        """Return the picture in sRGB, its transparency kept; a grey one stays grey."""
        converted = ImageCms.applyTransform(image, self._transform)
        if converted is None:
            raise ValueError("the colours were not converted")
        return converted.getchannel("G") if self._source_mode == "L" else converted


def conversion_for(mode: str, profile_bytes: bytes | None) -> Conversion | None:
    """Return how pixels of *mode* become sRGB, or None when they are, or the profile is of no use.

    *mode* is RGB, RGBA, L, CMYK or LAB.
    """
    if mode == "LAB":
        return Conversion(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")), mode)
    if not profile_bytes:
        return None
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(profile_bytes))
        if mode not in _MODES.get(profile.profile.xcolor_space.strip(), ()):
            return None
        conversion = Conversion(profile, mode)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        # A broken profile: the plain reading is the best there is.
        return None
    return None if mode != "CMYK" and _changes_nothing(conversion, mode) else conversion


def _changes_nothing(conversion: Conversion, mode: str) -> bool:
    """Return whether colours all over the cube stay what they are: a profile's name proves nothing."""
    colours = list(itertools.product(_PROBED, repeat=3))
    probe = Image.frombytes("RGB", (len(colours), 1), bytes(itertools.chain.from_iterable(colours))).convert(mode)
    before, after = probe.tobytes(), conversion(probe).tobytes()
    return all(abs(old - new) <= _SAME_LEVELS for old, new in zip(before, after, strict=True))
