"""What several pictures have in common, and what is summed up of them; must not know Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task

T = TypeVar("T", bound=Hashable)
Shown = tuple[Task, Picture]


@dataclass(frozen=True, slots=True)
class Common:
    """What is said of all of some pictures; None where they differ. *some_tags* are on some of them only."""

    stars: int | None = 0
    flag: Flag | None = Flag.NONE
    is_favourite: bool | None = False
    tags: tuple[str, ...] = ()
    some_tags: tuple[str, ...] = ()

    @classmethod
    def of(cls, judgments: Collection[Judgment]) -> Common:
        """Return what *judgments* share; of none the defaults."""
        if not judgments:
            return cls()
        counts = Counter(tag for said in judgments for tag in said.tags)
        return cls(
            _shared(said.stars for said in judgments),
            _shared(said.flag for said in judgments),
            _shared(said.is_favourite for said in judgments),
            tuple(sorted(tag for tag, count in counts.items() if count == len(judgments))),
            tuple(sorted(tag for tag, count in counts.items() if count < len(judgments))),
        )


@dataclass(frozen=True, slots=True)
class Summary:
    """Several chosen pictures: *chosen* in all, of which *looked_at* are on this disk and told in the rest.

    *facts* are the prompt, pixels, ratio and resolution that all share, None where they differ. Money is in dollars.
    """

    chosen: int
    looked_at: int
    tasks: int
    size_bytes: int
    cost_usd: Decimal
    prompt: str | None
    pixels: tuple[int, int] | None
    ratio: str | None
    resolution: str | None

    @classmethod
    def of(cls, chosen: int, pictures: Sequence[Shown]) -> Summary:
        """Return what is known of *pictures* out of *chosen* in all."""
        return cls(
            chosen,
            len(pictures),
            len({task.id for task, _ in pictures}),
            sum(picture.size_bytes or 0 for _, picture in pictures),
            sum((task.estimated_cost_usd / max(1, task.request.count) for task, _ in pictures), Decimal(0)),
            _of_all(pictures, lambda task, _: task.request.prompt),
            _of_all(pictures, lambda _, picture: _pixels(picture)),
            _of_all(pictures, lambda task, _: task.request.aspect_ratio),
            _of_all(pictures, lambda task, _: task.request.resolution),
        )


def _of_all(pictures: Iterable[Shown], fact: Callable[[Task, Picture], T | None]) -> T | None:
    return _shared(fact(task, picture) for task, picture in pictures)


def _shared(values: Iterable[T | None]) -> T | None:
    """Return the one value there is, None when there are several or none."""
    found = set(values)
    return found.pop() if len(found) == 1 else None


def _pixels(picture: Picture) -> tuple[int, int] | None:
    return (picture.size.width_px, picture.size.height_px) if picture.size else None
