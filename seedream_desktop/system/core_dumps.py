"""Keeps the memory of this process, where the key lives, from being written to a file when it crashes."""

from __future__ import annotations

import sys


def forbid_core_dumps() -> None:
    """Ask the system to write no core file for this process and its children; Windows writes none by itself."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
