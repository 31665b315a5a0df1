"""How the C library deals with large pieces of memory."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

# From glibc's malloc.h.
_M_MMAP_THRESHOLD: Final = -3
# Most thumbnails on the screen take more.
_LARGE_BYTES: Final = 64 * 1024


def give_back_large_pieces() -> bool:
    """Let what pixels took go back to the system as soon as they are dropped; return whether the C library does so.

    Left to itself glibc moves its threshold up to the largest piece that was ever dropped, keeps all smaller ones in
    its heaps, and seldom finds a whole page of them free: 50 MB after some minutes of scrolling at pixel ratio 2
    (man 3 mallopt, M_MMAP_THRESHOLD).
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    return mallopt is not None and mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES) == 1
