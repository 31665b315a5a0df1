"""What is to be drawn, and the chance that makes every picture its own."""

from __future__ import annotations

import random
from dataclasses import dataclass

from PIL import Image

from seedream_desktop.simulator.chance import dice


@dataclass(frozen=True)
class Sketch:
    """One picture of one task. The same sketch is always drawn the same."""

    prompt: str
    number: int
    """From 1."""
    of: int
    """How many pictures the task has."""
    width_px: int
    height_px: int
    seed: int = 0
    connected: bool = False
    """Whether the pictures of the task share their place, colours and character."""
    references: tuple[Image.Image, ...] = ()
    """Small RGB copies."""

    @property
    def progress(self) -> float:
        """How far a connected set has come at this picture, 0 to 1."""
        return (self.number - 1) / (self.of - 1) if self.connected and self.of > 1 else 0.0

    def place_chance(self) -> random.Random:
        """Decides composition and colours: one for a whole connected set, else one for each picture."""
        number = 0 if self.connected else self.number
        return dice(self.seed, self.prompt, number)

    def task_chance(self) -> random.Random:
        """Decides what all pictures of the task share."""
        return dice(self.seed, self.prompt)
