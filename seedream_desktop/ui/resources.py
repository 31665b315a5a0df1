"""Finds the files that are shipped with the program; it never opens or writes them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def resource_path(relative: str) -> Path:
    """Return where *relative* (e.g. ``icons/plus.svg``) lies: in the installed package, else in the checkout.

    Raises:
        FileNotFoundError: when neither has it; the installation is damaged.
    """
    for root in (_PACKAGE / "resources", _PACKAGE.parent / "resources"):
        path = root / relative
        if path.exists():
            return path
    raise FileNotFoundError(f"resource {relative} is not part of this installation")
