"""Has the pictures of a task drawn in threads and laid down whole, where the result links find them."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PIL import Image

from seedream_desktop.simulator.links import Links
from seedream_desktop.simulator.options import Options
from seedream_desktop.simulator.pictures import Sketch, draw, draw_plain
from seedream_desktop.simulator.tasks import Task
from seedream_desktop.simulator.workers import Workers

JPEG_QUALITY = 90


class Painter:
    """Draws what tasks ask for."""

    def __init__(self, workers: Workers, links: Links, options: Options) -> None:
        self._workers = workers
        self._links = links
        self._options = options

    async def paint(self, task: Task, references: list[Image.Image]) -> None:
        """Draw every picture of *task* that is not there yet."""
        numbers = range(1, task.images + 1)
        await asyncio.gather(*(self._paint_one(task, number, references) for number in numbers))

    async def _paint_one(self, task: Task, number: int, references: list[Image.Image]) -> None:
        file = self._links.file(task.links_token, number)
        if not file.exists():
            sketch = self._sketch(task, number, references)
            await self._workers.run(partial(self._draw, sketch, file))

    def _sketch(self, task: Task, number: int, references: list[Image.Image]) -> Sketch:
        return Sketch(
            prompt=task.prompt,
            number=number,
            of=task.images,
            width_px=task.width_px,
            height_px=task.height_px,
            seed=self._options.seed + task.take,
            connected=task.is_connected_set,
            references=tuple(references),
        )

    def _draw(self, sketch: Sketch, file: Path) -> None:
        picture = (draw_plain if self._options.plain_pictures else draw)(sketch)
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        picture.save(unfinished, "JPEG", quality=JPEG_QUALITY)
        unfinished.replace(file)
