"""Parts of the window that are made when they are first needed: what is not seen costs nothing at the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class OnFirstUse(Generic[T]):
    """Makes a part by *make* when it is first asked for, and then gives it to *joined*, which connects it."""

    def __init__(self, make: Callable[[], T], joined: Callable[[T], object] | None = None) -> None:
        self._make = make
        self._joined = joined
        self._made: T | None = None

    @property
    def made(self) -> T | None:
        """The part, or None when nobody needed it yet."""
        return self._made

    def get(self) -> T:
        """Return the part, made now if need be."""
        if self._made is None:
            self._made = self._make()
            if self._joined is not None:
                self._joined(self._made)
        return self._made
