"""What the gallery says while the pointer rests; must not know places."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import QCoreApplication

from seedream_desktop.domain.task import Task
from seedream_desktop.ui.gallery.model import has_card
from seedream_desktop.ui.gallery.wording import tile_facts

_MOST_CHARS: Final = 600


def header_hint(task: Task) -> str:
    """Return the prompt, as whole as a tool tip can be, and what a click does when there are pictures."""
    click = QCoreApplication.translate("Gallery", "Click to see its pictures side by side")
    return _lines(_prompt(task), *(() if has_card(task) else (click,)))


def tile_hint(task: Task, index: int) -> str:
    """Return the prompt of a tile that stands under no header, and which of its pictures it is."""
    return _lines(_prompt(task), tile_facts(task, index))


def _prompt(task: Task) -> str:
    prompt = task.request.prompt.strip()
    return prompt if len(prompt) <= _MOST_CHARS else f"{prompt[:_MOST_CHARS]}…"


def _lines(*words: str) -> str:
    """Words from outside must not draw or link anything."""
    return "".join(f"<p>{escape(line)}</p>" for line in words)
