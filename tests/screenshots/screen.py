"""A screen for the documentation's pictures, and its pixels as small files."""

from __future__ import annotations

import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from PIL import Image

from tests.xserver import Desktop, running_desktop

# The window leaves room for a title bar, which this desktop does not draw.
TITLE_BAR_PX: Final = 32
_MOST_BYTES: Final = 350 * 1024
# Steps between the shades of a channel: up to 8 nobody sees a difference, and every doubling saves a third.
_SHADE_STEPS: Final = (2, 4, 8)
_STILL_S, _STILL_LIMIT_S = 0.4, 5.0
_FRAME_HEADER: Final = struct.Struct(">25I")
_COLOUR_BYTES: Final = 12
# The program takes the system's interface font. A bare X server has none, so this one has what many desktops have.
_FONTS: Final = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include><match><test name="family"><string>sans-serif</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Inter</string><string>Noto Sans</string></edit></match>
</fontconfig>"""


@contextmanager
def screen(width_px: int, height_px: int, scale: int = 1) -> Iterator[Desktop]:
    """A screen on which the window, without a frame, begins in the corner and has this size."""
    with running_desktop(width_px, height_px + scale * TITLE_BAR_PX, has_window_manager=False) as desktop:
        fonts = desktop.frame_buffer.with_name("fonts.conf")
        fonts.write_text(_FONTS, encoding="utf-8")
        own = {"QT_SCALE_FACTOR": str(scale), "FONTCONFIG_FILE": str(fonts)}
        yield replace(desktop, environment={**desktop.environment, **own})


def still(desktop: Desktop) -> Image.Image:
    """Return the window's pixels when two looks find the same, or what there is after five seconds."""
    end_s = time.monotonic() + _STILL_LIMIT_S
    before, now = None, _frame(desktop)
    while before != now and time.monotonic() < end_s:
        time.sleep(_STILL_S)
        before, now = now, _frame(desktop)
    return now


def save(picture: Image.Image, file: Path) -> None:
    """Write *picture*; one of more than 350 KB with as many fewer shades as are needed, at most by 8."""
    picture.save(file, optimize=True)
    for step in _SHADE_STEPS:
        if file.stat().st_size <= _MOST_BYTES:
            return
        shades = [min(255, (shade + step // 2) // step * step) for shade in range(256)]
        picture.point(shades * len(picture.getbands())).save(file, optimize=True)


def _frame(desktop: Desktop) -> Image.Image:
    """Return the screen without the room for a title bar; the X server keeps it as an XWD file."""
    content = desktop.frame_buffer.read_bytes()
    header = _FRAME_HEADER.unpack_from(content)
    width_px, height_px, line_bytes, colours = header[4], header[5], header[12], header[19]
    pixels = content[header[0] + colours * _COLOUR_BYTES :]
    whole = Image.frombuffer("RGB", (width_px, height_px), pixels, "raw", "BGRX", line_bytes, 1)
    scale = int(desktop.environment["QT_SCALE_FACTOR"])
    return whole.crop((0, 0, width_px, height_px - scale * TITLE_BAR_PX))
