"""Prompts of earlier orders, one at a time."""

from __future__ import annotations

from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task, TaskId
from seedream_desktop.ports.prompt_history import OrderedPrompt, PromptHistory
from seedream_desktop.store.opening import Store
from tests.store.samples import task_of


def ordered(name: str, prompt: str, *, age_s: float) -> Task:
    """Return an order for *prompt* made *age_s* seconds before noon."""
    return task_of(name, age_s=age_s).but(request=GenerationRequest(prompt))


async def back(history: PromptHistory, written: str = "") -> list[str]:
    """Return the prompts of all steps back from what is being written."""
    found: list[str] = []
    place: TaskId | None = None
    shown = written
    while (step := await history.older(place, shown)) is not None:
        place, shown = step.task_id, step.prompt
        found.append(shown)
    return found


async def test_without_orders_there_is_nothing(store: Store) -> None:
    assert await store.prompts.older(None, "") is None
    assert await store.prompts.newer(TaskId("nobody"), "") is None


async def test_steps_back_and_forward_meet_each_change_of_words_once(store: Store) -> None:
    prompts = ("dunes", "fox", "fox", "dunes", "fox in snow")
    for number, prompt in enumerate(prompts):
        await store.tasks.save(ordered(f"order-{number}", prompt, age_s=100 - number))

    assert await back(store.prompts) == ["fox in snow", "dunes", "fox", "dunes"]
    forward = await store.prompts.newer(TaskId("order-0"), "dunes")
    assert forward == OrderedPrompt(TaskId("order-1"), "fox")
    assert await store.prompts.newer(TaskId("order-1"), "fox") == OrderedPrompt(TaskId("order-3"), "dunes")
    assert await store.prompts.newer(TaskId("order-4"), "fox in snow") is None


async def test_the_prompt_that_stands_there_already_is_passed_over(store: Store) -> None:
    await store.tasks.save(ordered("first", "dunes", age_s=2))
    await store.tasks.save(ordered("second", "fox", age_s=1))

    assert await back(store.prompts, "fox") == ["dunes"]


async def test_orders_of_the_same_instant_have_an_order_too(store: Store) -> None:
    for name, prompt in (("a", "one"), ("b", "two"), ("c", "three")):
        await store.tasks.save(ordered(name, prompt, age_s=5))

    assert await back(store.prompts) == ["three", "two", "one"]
    assert await store.prompts.newer(TaskId("a"), "one") == OrderedPrompt(TaskId("b"), "two")


async def test_words_that_no_file_can_hold_are_looked_for_as_they_were_kept(store: Store) -> None:
    await store.tasks.save(ordered("odd", "fox \ud800", age_s=1))

    kept = await store.prompts.older(None, "")
    assert kept is not None
    assert await store.prompts.older(None, "fox \ud800") is None
