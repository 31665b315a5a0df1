"""The recipe that a picture takes along when it leaves, with the program's name on it."""

from __future__ import annotations

from typing import Final

from seedream_desktop import __version__
from seedream_desktop.domain.recipe import Recipe
from seedream_desktop.domain.task import Task

_PROGRAM: Final = f"Seedream Desktop {__version__}"


def recipe_of(task: Task) -> Recipe:
    """Return how the pictures of *task* were made."""
    return Recipe.of(task, _PROGRAM)
