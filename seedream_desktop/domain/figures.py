"""How a prompt speaks of its references: ``Figure 2`` is the second one (the wording that the model's maker uses).

The numbers live in the text itself, so what is seen is what is sent, and a saved or pasted prompt keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from seedream_desktop.domain.reference import Reference, Role

# A reference that was taken out leaves this behind rather than the number of its neighbour.
LOST: Final = "?"
# The maker's Chinese wording counts too; after these characters it is part of another word, e.g. 地图, a map.
_WORDING: Final = r"(?:(?<![A-Za-z0-9_])Figure[ \u00a0]|(?<![地蓝插草截贴构拼视])图[ \u00a0]?)"
FIGURE: Final = re.compile(_WORDING + r"([0-9]{1,2}|\?)(?![A-Za-z0-9_])")

_ROLE_WORDS: Final[dict[Role, str]] = {
    Role.SUBJECT: "the subject",
    Role.STYLE: "the style",
    Role.POSE: "the pose",
    Role.PRODUCT: "the product",
    Role.PLACE: "the place",
    Role.PALETTE: "the colour palette",
    Role.TEXT: "the text or logo",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a text, from *start* to *end* (not included); *number* is None where its picture is gone."""

    start: int
    end: int
    words: str
    number: int | None

    @property
    def number_start(self) -> int:
        """Where its number begins."""
        return self.end - len(self.words) + len(self.words.rstrip(f"0123456789{LOST}"))

    def stands(self, references: int) -> bool:
        """Return whether one of so many *references* is meant."""
        return self.number is not None and 1 <= self.number <= references

    def holds(self, position: int) -> bool:
        """Return whether *position* is behind its first and before its last character."""
        return self.start < position < self.end


def figure(number: int) -> str:
    """Return the words for the reference with *number*, counted from 1."""
    return f"Figure {number}"


def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the figures of *text* in their order."""
    return tuple(
        Figure(match.start(), match.end(), match.group(0), None if match.group(1) == LOST else int(match.group(1)))
        for match in FIGURE.finditer(text)
    )


def figures_without_picture(prompt: str, references: int) -> tuple[str, ...]:
    """Return the figures of *prompt* that none of so many *references* stands for, each once, e.g. ``Figure 4``."""
    found = (each.words for each in figures_in(prompt) if not each.stands(references))
    return tuple(dict.fromkeys(found))


def role_line(references: Sequence[Reference]) -> str:
    """Return the sentence that tells the model what each reference is for, or "" when no role was given."""
    parts = [
        f"{figure(number)} gives {_ROLE_WORDS[reference.role]}"
        for number, reference in enumerate(references, 1)
        if reference.role is not Role.FREE
    ]
    return f"{'; '.join(parts)}." if parts else ""
