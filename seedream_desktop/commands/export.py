"""The `export` command, named here so that scripts get a clear answer until it comes."""

from __future__ import annotations

from argparse import Namespace
from typing import NoReturn

from seedream_desktop.commands.exits import CommandError, Exit


def run(_arguments: Namespace) -> NoReturn:
    """Refuse.

    Raises:
        CommandError: always.
    """
    raise CommandError(
        Exit.BAD_ARGUMENTS, "Export comes with a later version; the originals are in the library folder."
    )
