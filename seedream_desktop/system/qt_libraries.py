"""Which of the system's shared libraries Qt needs on Linux, and the Debian package that brings each.

Standard library only: the start script reads this before anything is installed.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Final

# Found by loading Qt's own files in a bare Debian 12.
FOR_ANY_USE: Final[Mapping[str, str]] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
}
FOR_A_WINDOW: Final[Mapping[str, str]] = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
NEEDED: Final[Mapping[str, str]] = {**FOR_ANY_USE, **FOR_A_WINDOW}


def can_load(library: str) -> bool:
    """Return whether the system's loader finds *library* and all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_libraries(loads: Callable[[str], bool] = can_load, system: str = sys.platform) -> dict[str, str]:
    """Return the missing libraries with their Debian packages; empty on Windows and macOS, where Qt brings all."""
    if system != "linux":
        return {}
    return {library: package for library, package in NEEDED.items() if not loads(library)}


def install_command(packages: Iterable[str]) -> str:
    """Return the line that installs *packages* on Debian and Ubuntu."""
    return "apt-get install -y --no-install-recommends " + " ".join(sorted(set(packages)))
