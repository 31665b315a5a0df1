"""Imports what the shown window does not need yet, without making it stand still."""

from __future__ import annotations

import asyncio
import pkgutil
from collections.abc import Iterable
from importlib import import_module
from types import ModuleType
from typing import Final

# What the user may open next, the parts before the whole, so that no step takes long.
NEXT: Final = (
    "seedream_desktop.ui.viewer.canvas",
    "seedream_desktop.ui.viewer.viewer",
    "seedream_desktop.ui.quick_look",
    "seedream_desktop.ui.set_view.canvas",
    "seedream_desktop.ui.set_view.view",
    "seedream_desktop.ui.compare.side_by_side",
    "seedream_desktop.ui.compare.view",
    "seedream_desktop.ui.filters.panel",
    "seedream_desktop.ui.settings.hosting_page",
    "seedream_desktop.ui.settings_dialog",
)


async def load_aside(module: str) -> None:
    """Import a module that holds nothing of Qt on a thread, with all that it needs."""
    await asyncio.to_thread(import_module, module)


async def load_in_steps(modules: Iterable[str]) -> None:
    """Import the modules one after the other; between two the window does what is due."""
    for module in modules:
        import_module(module)
        await asyncio.sleep(0)


def modules_in(package: ModuleType) -> list[str]:
    """Return the full names of the modules in *package*, packages within left out."""
    found = pkgutil.iter_modules(package.__path__, f"{package.__name__}.")
    return [module.name for module in found if not module.ispkg]
