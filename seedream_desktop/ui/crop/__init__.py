"""The dialog that chooses what part of a picture is meant."""

from __future__ import annotations

from seedream_desktop.ui.crop.dialog import CropDialog

__all__ = ["CropDialog"]
