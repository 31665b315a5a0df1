"""The demo as a test of the whole window starts it."""

from __future__ import annotations

from pathlib import Path

from seedream_desktop.app.options import Options


def demo_options(folder: Path) -> Options:
    """Return the options of a demo whose data and library are in *folder*, fifty times as fast as the service."""
    return Options(
        is_demo=True,
        base_url=None,
        data_dir=folder / "data",
        library=folder / "library",
        time_scale=0.02,
        language=None,
        log_level="info",
    )
