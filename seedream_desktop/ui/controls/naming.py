"""Names for assistive technology and for checks that drive the window from outside."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget


def set_name(widget: QWidget, object_name: str, spoken: str) -> None:
    """Let *widget* be called *spoken* (translated) aloud, and *object_name* (never translated) by programs."""
    widget.setObjectName(object_name)
    widget.setAccessibleName(spoken)


def snake_case(name: str) -> str:
    """Return e.g. ``text_to_image`` for ``Text to image`` and ``16_9`` for ``16:9``."""
    return re.sub(r"\W+", "_", name.strip()).lower().strip("_")
