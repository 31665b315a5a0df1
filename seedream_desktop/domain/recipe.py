"""How a picture was made, as it may travel with the picture: nothing of this computer, its user or the account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import (
    MAX_COUNT,
    MAX_PROMPT_CHARS,
    MAX_REFERENCES,
    AspectRatio,
    GenerationRequest,
    Mode,
    Provider,
    Resolution,
)
from seedream_desktop.domain.task import Task

_VERSION: Final = 1
_MAX_WORD_CHARS: Final = 128


@dataclass(frozen=True, slots=True)
class Recipe:
    """What was asked of the model. *program* is the program's name and version, *task_id* the service's.

    Of the references only their number is told: their names and places belong to the user.
    """

    prompt: str
    mode: Mode = Mode.TEXT_TO_IMAGE
    resolution: Resolution = Resolution.TWO_K
    aspect_ratio: AspectRatio | None = None
    count: int = 1
    sequence: bool = False
    provider: Provider = Provider.AUTO
    reference_count: int = 0
    task_id: str | None = None
    program: str = ""

    @classmethod
    def of(cls, task: Task, program: str) -> Recipe:
        """Return how the pictures of *task* were made."""
        request = task.request
        return cls(
            prompt=request.prompt,
            mode=request.mode,
            resolution=request.resolution,
            aspect_ratio=request.aspect_ratio,
            count=request.count,
            sequence=request.sequence,
            provider=request.provider,
            reference_count=len(request.references),
            task_id=task.service_task_id,
            program=program,
        )

    def request(self, references: tuple[Reference, ...] = ()) -> GenerationRequest:
        """Return the request that asks for the same, with *references* in the place of those that are not known."""
        return GenerationRequest(
            prompt=self.prompt,
            mode=self.mode,
            resolution=self.resolution,
            aspect_ratio=self.aspect_ratio,
            count=self.count,
            sequence=self.sequence,
            provider=self.provider,
            references=references,
        )


def recipe_to_json(recipe: Recipe) -> dict[str, Any]:
    """Return the recipe with the names of the service's own parameters."""
    return {
        "version": _VERSION,
        "prompt": recipe.prompt,
        "mode": recipe.mode.value,
        "resolution": recipe.resolution.value,
        "aspect_ratio": recipe.aspect_ratio.value if recipe.aspect_ratio else None,
        "count": recipe.count,
        "sequence": recipe.sequence,
        "provider": recipe.provider.value,
        "references": recipe.reference_count,
        "task_id": recipe.task_id,
        "program": recipe.program,
    }


def recipe_from_json(value: object) -> Recipe:
    """Return the recipe in foreign JSON.

    Raises:
        ValueError: when it is none, or asks for what no request may.
    """
    if not isinstance(value, dict) or value.get("version") != _VERSION:
        raise ValueError("no recipe of this version")
    ratio = value.get("aspect_ratio")
    return Recipe(
        prompt=_text(value.get("prompt"), MAX_PROMPT_CHARS),
        mode=Mode(str(value.get("mode"))),
        resolution=Resolution(str(value.get("resolution"))),
        aspect_ratio=None if ratio is None else AspectRatio(ratio),
        count=_number(value.get("count"), 1, MAX_COUNT),
        sequence=value.get("sequence") is True,
        provider=Provider(str(value.get("provider"))),
        reference_count=_number(value.get("references"), 0, MAX_REFERENCES),
        task_id=None if value.get("task_id") is None else _text(value["task_id"], _MAX_WORD_CHARS),
        program=_text(value.get("program", ""), _MAX_WORD_CHARS),
    )


def _text(value: object, most_chars: int) -> str:
    if not isinstance(value, str) or len(value) > most_chars:
        raise ValueError("no text, or a longer one than there can be")
    return value


def _number(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"no number from {least} to {most}")
    return value
