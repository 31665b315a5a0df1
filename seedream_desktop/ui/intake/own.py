"""Pictures of our own gallery while they are dragged or copied: our windows know them by their content."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QMimeData

from seedream_desktop.ui.intake.forms import Forms

# The SHA-256 of each picture on a line of its own, in the order of the files beside it.
PICTURE_FORMAT: Final = "application/x-seedream-picture"
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


def mark_own(mime: QMimeData, contents: list[str]) -> None:
    """Write into *mime* which pictures its files are."""
    mime.setData(PICTURE_FORMAT, "\n".join(contents).encode("ascii"))


def own_contents(forms: Forms, count: int) -> list[str | None]:
    """Return the SHA-256 of each of *count* files; None where they are not our pictures."""
    lines = forms.lines(PICTURE_FORMAT)
    if len(lines) != count or not all(_SHA256.fullmatch(line) for line in lines):
        return [None] * count
    return list(lines)
