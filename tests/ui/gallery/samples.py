"""Tasks and pictures made up for the tests of the window."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from seedream_desktop.domain.failure import Failure
from seedream_desktop.domain.picture import Picture, PictureState
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Resolution
from seedream_desktop.domain.task import ServiceTaskId, Task, TaskId, TaskState

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
SQUARE = PixelSize(2048, 2048)
_UNSENT = frozenset({TaskState.DRAFT, TaskState.QUEUED, TaskState.SUBMITTING, TaskState.REFUSED, TaskState.UNKNOWN})
_ENDED = frozenset({TaskState.DONE, TaskState.PARTIAL, TaskState.FAILED})


def now() -> datetime:
    return NOW


def sha_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def stored(position: int, name: str = "", size: PixelSize = SQUARE) -> Picture:
    return Picture(
        position=position,
        url=f"https://r2.example/{position}",
        state=PictureState.STORED,
        sha256=sha_of(f"{name}{position}"),
        path=f"/data/originals/{position}.jpg",
        saved_path=f"/home/anna/Pictures/Seedream/fox_{position}.jpg",
        size=size,
        size_bytes=2_412_000,
    )


def coming(position: int, state: PictureState = PictureState.DOWNLOADING) -> Picture:
    return Picture(position=position, url=f"https://r2.example/{position}", state=state)


def task(
    name: str,
    state: TaskState = TaskState.DONE,
    *,
    count: int = 3,
    ratio: AspectRatio | None = AspectRatio.SQUARE,
    pictures: tuple[Picture, ...] | None = None,
    failure: Failure | None = None,
    sequence: bool = False,
    age_s: float = 60.0,
) -> Task:
    """Return a task whose id and prompt are *name*; a finished one has *count* stored pictures unless told."""
    created = NOW - timedelta(seconds=age_s)
    if pictures is None:
        pictures = tuple(stored(n, name) for n in range(1, count + 1)) if state is TaskState.DONE else ()
    return Task(
        id=TaskId(name),
        request=GenerationRequest(
            name, aspect_ratio=ratio, resolution=Resolution.TWO_K, count=count, sequence=sequence
        ),
        state=state,
        created_at=created,
        estimated_cost_usd=Decimal("0.04") * count,
        service_task_id=None if state in _UNSENT else ServiceTaskId(f"s-{name}"),
        pictures=pictures,
        failure=failure,
        accepted_at=None if state in _UNSENT else created,
        finished_at=created + timedelta(seconds=31) if state in _ENDED else None,
    )


class ThumbnailFolder:
    """Thumbnail files in a folder; those of *made* pictures are really there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, sha256: str, edge_px: int) -> Path:
        return self.folder / f"{sha256}_{edge_px}.png"

    def make(self, picture: Picture, colour: str = "red") -> None:
        assert picture.sha256 is not None
        for edge in (256, 512):
            image = QImage(edge, edge, QImage.Format.Format_RGB32)
            image.fill(QColor(colour))
            assert image.save(str(self.path_of(picture.sha256, edge)))
