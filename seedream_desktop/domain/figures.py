"""How a prompt speaks of its references: ``Figure 2`` is the second one (the wording that the model's maker uses).

The numbers live in the text itself, so what is seen is what is sent, and a saved or pasted prompt keeps them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from seedream_desktop.domain.reference import Reference, Role

# A reference that was taken out leaves this behind rather than the number of its neighbour.
LOST: Final = "?"
FIGURE: Final = re.compile(r"\bFigure (\d{1,2}|\?)(?!\w)")

_ROLE_WORDS: Final[dict[Role, str]] = {
    Role.SUBJECT: "the subject",
    Role.STYLE: "the style",
    Role.POSE: "the pose",
    Role.PRODUCT: "the product",
    Role.PLACE: "the place",
    Role.PALETTE: "the colour palette",
    Role.TEXT: "the text or logo",
}


def figure(number: int | None) -> str:
    """Return the words for the reference with *number*, counted from 1, or for one that is gone."""
    return f"Figure {LOST if number is None else number}"


def renumbered(prompt: str, new_numbers: Mapping[int, int | None]) -> str:
    """Return *prompt* with each figure's number exchanged for its new one, None for a reference that is gone.

    Numbers that *new_numbers* does not hold stay.
    """

    def exchange(match: re.Match[str]) -> str:
        old = match.group(1)
        if old == LOST or int(old) not in new_numbers:
            return match.group(0)
        return figure(new_numbers[int(old)])

    return FIGURE.sub(exchange, prompt)


def figures_without_picture(prompt: str, references: int) -> tuple[str, ...]:
    """Return the figures of *prompt* that none of so many *references* stands for, each once, e.g. ``Figure 4``."""
    found = (match for match in FIGURE.finditer(prompt) if not _stands(match.group(1), references))
    return tuple(dict.fromkeys(match.group(0) for match in found))


def role_line(references: Sequence[Reference]) -> str:
    """Return the sentence that tells the model what each reference is for, or "" when no role was given."""
    parts = [
        f"{figure(number)} gives {_ROLE_WORDS[reference.role]}"
        for number, reference in enumerate(references, 1)
        if reference.role is not Role.FREE
    ]
    return f"{'; '.join(parts)}." if parts else ""


def _stands(number: str, references: int) -> bool:
    return number != LOST and 1 <= int(number) <= references
