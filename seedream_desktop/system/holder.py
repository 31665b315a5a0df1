"""The note of the process that works in a data folder; looked for before the lock itself is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Final

HOLDER_NAME: Final = "seedream.pid"


def is_held(data_dir: Path) -> bool:
    """Return whether some process left its note there; a killed one leaves it too."""
    return (data_dir / HOLDER_NAME).exists()
