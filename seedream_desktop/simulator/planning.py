"""Decides at the submit how a task will go: how long it takes, in which shape, and whether it fails."""

from __future__ import annotations

import random
import secrets
from typing import Any

from seedream_desktop.simulator.chance import dice
from seedream_desktop.simulator.failures import message_for
from seedream_desktop.simulator.options import Options
from seedream_desktop.simulator.prompt_words import Wishes
from seedream_desktop.simulator.sizes import PIXELS, explicit_size
from seedream_desktop.simulator.tasks import Task, new_task_id

USUAL_S = {"2K": (25.0, 35.0), "4K": (40.0, 55.0)}
"""How long one picture takes (API page)."""
MORE_PER_IMAGE_S = 1.5
PENDING_PART = 0.12
FAILURE_PART = 0.4
"""A task that fails does so after this part of the usual time."""
MOST_IN_A_SET = 15
"""References and pictures of a connected set together (the limits of the model behind the API)."""
CHOSEN_SHAPES = ("1:1", "3:2", "4:3", "3:4", "16:9", "2:3")
"""Shapes the model picks from when no aspect ratio is given."""


def plan(request: dict[str, Any], wishes: Wishes, options: Options, now: float) -> Task:
    """The task for a valid *request* that was accepted at *now*."""
    given = request["input"]
    chance = dice(options.seed, given["prompt"])
    width_px, height_px = _pixels(given, chance)
    duration_s = _duration_s(given, wishes, chance) / options.speed
    return Task(
        id=new_task_id(),
        request=request,
        images=_count(given, wishes),
        width_px=width_px,
        height_px=height_px,
        created_at=now,
        starts_at=now + duration_s * PENDING_PART,
        due_at=None if wishes.stuck else now + duration_s,
        links_token=secrets.token_hex(16),
        fail_code=wishes.fail_code,
        fail_message=message_for(wishes.fail_code) if wishes.fail_code else "",
        working_state=wishes.working_state or "processing",
    )


def resolution(given: dict[str, Any]) -> str:
    """`2K` or `4K`, whichever the request's input comes nearest to."""
    size = given.get("size", given.get("resolution", "2K"))
    pixels = explicit_size(size)
    if pixels is None:
        return str(size)
    return "4K" if pixels[0] * pixels[1] > 8_000_000 else "2K"


def _pixels(given: dict[str, Any], chance: random.Random) -> tuple[int, int]:
    explicit = explicit_size(given.get("size", ""))
    if explicit:
        return explicit
    ratio = given.get("aspect_ratio") or chance.choice(CHOSEN_SHAPES)
    return PIXELS[resolution(given)][ratio]


def _count(given: dict[str, Any], wishes: Wishes) -> int:
    asked = int(given["max_images"])
    if given.get("sequential_image_generation") == "auto":
        asked = max(1, min(asked, MOST_IN_A_SET - len(given.get("image_urls") or [])))
    return min(asked, wishes.images or asked)


def _duration_s(given: dict[str, Any], wishes: Wishes, chance: random.Random) -> float:
    seconds = chance.uniform(*USUAL_S[resolution(given)]) + MORE_PER_IMAGE_S * (given["max_images"] - 1)
    if wishes.fail_code:
        seconds *= FAILURE_PART
    return float(seconds * wishes.slowness)
