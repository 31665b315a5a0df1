"""Parts of the window that are made when they are first needed: what is not seen costs nothing at the start."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakMethod

T = TypeVar("T")


class OnFirstUse(Generic[T]):
    """Makes a part by its owner's method *make* when it is first asked for, and then gives it to *joined*.

    It holds its owner weakly: a window must be gone as soon as it is let go, not when the collector comes by.
    """

    def __init__(self, make: Callable[[], T], joined: Callable[[T], None] | None = None) -> None:
        self._make = WeakMethod(make)
        self._joined = None if joined is None else WeakMethod(joined)
        self._made: T | None = None

    @property
    def made(self) -> T | None:
        """The part, or None when nobody needed it yet."""
        return self._made

    def get(self) -> T:
        """Return the part, made now if need be."""
        if self._made is None:
            make = self._make()
            assert make is not None  # noqa: S101 - its owner asks
            self._made = make()
            joined = self._joined() if self._joined is not None else None
            if joined is not None:
                joined(self._made)
        return self._made
