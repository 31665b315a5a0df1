"""Lets a picture have the whole screen: what stands around it is hidden, and comes back as it was."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget


class PictureAlone:
    """Knows which of the parts around were seen."""

    def __init__(self, around: Sequence[QWidget]) -> None:
        self._around = around
        self._seen: list[QWidget] = []
        self._is_on = False

    @property
    def is_on(self) -> bool:
        """Whether the picture is alone."""
        return self._is_on

    def turn(self, *, is_on: bool) -> None:
        """Hide what is around, or show again what was seen of it."""
        if is_on == self._is_on:
            return
        self._is_on = is_on
        if is_on:
            self._seen = [part for part in self._around if not part.isHidden()]
        for part in self._seen:
            part.setVisible(not is_on)
