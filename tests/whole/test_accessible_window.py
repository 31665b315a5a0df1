"""What a screen reader finds in the window, and what the keyboard alone can reach."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from tests.programs import CommandLine
from tests.whole.atspi import GoneError, Node
from tests.whole.window import TASK_LIMIT_S, Window, open_window
from tests.xserver import Desktop

RATIOS: Final = ("Auto", "1:1", "2:3", "3:2", "3:4", "4:3", "9:16", "16:9", "21:9")
# Name, then role, of what is in the window from the start.
CONTROLS: Final = (
    ("Prompt", "text"),
    ("Text to image", "radio button"),
    ("Image to image", "radio button"),
    ("2K", "radio button"),
    ("4K", "radio button"),
    *((ratio, "radio button") for ratio in RATIOS),
    ("Number of images", "spin box"),
    ("Connected set", "check box"),
    ("Add references", "push button"),
    ("References", "list"),
    ("Gallery", "list"),
    ("Search", "text"),
    ("Save as", "push button"),
    ("Settings", "push button"),
    ("Advanced", "push button"),
    ("Show tasks", "push button"),
)
# Where the Tab key stops in a window nobody has touched; of each group of choices it stops at the chosen one.
STOPS: Final = {
    "Prompt", "Text to image", "Paste reference", "1:1", "2K", "Number of images", "Connected set", "Advanced",
    "Generate 1 · $0.04", "Gallery", "Search", "Thumbnail size", "Show tasks", "Settings",
}  # fmt: skip
OPERABLE: Final = {"push button", "radio button", "check box", "text", "spin box", "slider", "combo box", "list"}
MOST_STOPS: Final = 40
WALK_S: Final = 5.0
LEAST_WALKS: Final = 4


@pytest.fixture(scope="module")
def used(desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A window for tests that need no keyboard and each work controls of their own: starting one takes seconds."""
    with open_window(desktop, tmp_path_factory.mktemp("used")) as window:
        yield window


def test_every_control_is_there_from_the_start_by_its_name(used: Window) -> None:
    used.find("Generate 1 · $0.04", "push button")
    shown = {(seen.name, seen.role) for seen in used.shown()}

    assert set(CONTROLS) - shown == set()


def test_the_controls_offer_what_assistive_technology_works_them_by(used: Window) -> None:
    prompt, count = used.find("Prompt", "text"), used.find("Number of images", "spin box")
    assert "multi line" in prompt.states
    prompt.write("first line\nsecond line")
    assert prompt.text == "first line\nsecond line"
    assert count.value_range == (1.0, 10.0)
    count.set_value(4)
    assert count.value == 4
    used.find("Generate 4 · $0.16", "push button")
    used.press("Image to image")
    used.wait_for(lambda: "enabled" in used.find("Add references").states, "references can be added")
    used.wait_for(lambda: used.find("Status").description == "Ready", "the status can be read")


def test_the_folded_parts_open_by_their_buttons(used: Window) -> None:
    assert used.seen("Callback URL", "text") is None
    used.press("Advanced")
    used.find("Callback URL", "text").write("https://example.org/done")
    used.find("Provider", "combo box")
    assert used.seen("Tasks", "list") is None
    used.press("Show tasks")
    used.find("Tasks", "list")


def test_a_filter_is_used_and_left_by_its_button(desktop: Desktop, tmp_path: Path) -> None:
    CommandLine(tmp_path, time_scale=0.01).run("generate", "a fjord", "--resolution", "2K")

    with open_window(desktop, tmp_path) as window:
        window.wait_for(window.pictures, "the gallery shows a picture")
        window.press("Filter")
        window.press("3 stars or more")
        window.wait_for(lambda: not fjords(window), "pictures without stars are left out")
        window.press("3 stars or more")
        window.wait_for(lambda: fjords(window), "they are shown again")


def fjords(window: Window) -> list[str]:
    """Return the names of the pictures in sight; there may be no gallery."""
    return [seen.name for seen in window.shown() if seen.role == "list item" and seen.name.startswith("a fjord, ")]


def test_no_control_is_without_a_name(desktop: Desktop, tmp_path: Path) -> None:
    with open_window(desktop, tmp_path) as window:
        window.find("Search", "text").write("fox")
        window.press("Filter")
        window.find("3 stars or more")
        window.press("Advanced")
        window.press("Show tasks")
        window.find("Tasks", "list")
        window.press("Settings")
        window.wait_for(lambda: window.seen("Settings", "dialog"), "the settings are open")

        assert unnamed(window) == []


def unnamed(window: Window) -> list[str]:
    """Return where in the window there are controls without a name or label, as their roles and neighbours."""
    shown = window.shown()
    return [
        f"{seen.role} after {before.name!r}"
        for before, seen in pairwise(shown)
        if seen.role in OPERABLE and not (seen.name or seen.label)
    ]


def test_tab_leaves_the_prompt_and_comes_by_every_control(desktop: Desktop, tmp_path: Path) -> None:
    with open_window(desktop, tmp_path) as window:
        prompt = window.find("Prompt", "text")
        window.wait_for(lambda: "focused" in prompt.states, "the prompt has the keyboard at the start")
        window.find("Balance $100.00")

        assert stops_of_tab(window) >= STOPS
        assert prompt.text == ""

        window.bus.press("Tab", "Shift")
        window.wait_for(lambda: "focused" not in prompt.states, "Shift+Tab leaves the prompt")
        assert prompt.text == ""


def stops_of_tab(window: Window) -> set[str]:
    """Press Tab until it comes back to the prompt; return the names of what it came by."""
    stops, here = {"Prompt"}, "Prompt"
    for _ in range(MOST_STOPS):
        window.bus.press("Tab")
        here = window.wait_for(partial(focus_after, window, here), f"Tab leaves {here!r}")
        if here == "Prompt":
            return stops
        stops.add(here)
    raise AssertionError(f"Tab does not come back to the prompt: {stops}")


def focus_after(window: Window, before: str) -> str | None:
    """Return the name of what has the keyboard once that is not *before* any more."""
    name = window.focused_name()
    return name if name != before else None


def test_arrows_choose_within_a_group(desktop: Desktop, tmp_path: Path) -> None:
    with open_window(desktop, tmp_path) as window:
        window.find("Text to image", "radio button")
        # Read once: reading the whole window takes longer than all the rest.
        choices = {seen.name: seen.node for seen in window.shown() if seen.role == "radio button"}
        for first, *others in (("Text to image", "Image to image"), ("2K", "4K"), RATIOS[1:]):
            choices[first].focus()
            for name in others:
                window.bus.press("Right")
                window.wait_for(partial(is_checked, choices[name]), f"an arrow chooses {name}")


def is_checked(choice: Node) -> bool:
    return "checked" in choice.states


def test_a_client_that_reads_the_whole_tree_over_and_over_does_no_harm(desktop: Desktop, tmp_path: Path) -> None:
    prompts = tmp_path / "prompts.txt"
    prompts.write_text("".join(f"view {number} of a fjord\n" for number in range(8)), encoding="utf-8")
    CommandLine(tmp_path, time_scale=0.01).run("generate", "--from", str(prompts), "--resolution", "2K")

    with open_window(desktop, tmp_path, time_scale=0.02) as window:
        window.wait_for(window.pictures, "the gallery shows pictures")
        window.bus.listen("object:", "focus:", "window:")
        window.find("Prompt", "text").write("waves against a pier")
        window.press("Show tasks")
        walks, names = read_over_and_over(window)

        assert walks >= LEAST_WALKS
        assert any(name.startswith("waves against a pier, 1 of 1") for name in names)
        assert len({name for name in names if name.startswith("view ")}) > 6
        window.wait_for(lambda: all(row.endswith(", Done") for row in window.task_rows()), "all is done", TASK_LIMIT_S)
        assert window.process.poll() is None


def read_over_and_over(window: Window) -> tuple[int, set[str]]:
    """For five seconds or more read all while tasks run and the gallery scrolls; return how often, and all names."""
    gallery = window.find("Gallery", "list")
    walks, names, end_s = 0, set[str](), time.monotonic() + WALK_S
    while time.monotonic() < end_s or walks < LEAST_WALKS:
        window.generate()
        gallery.focus()
        for key in ("End", "Home"):
            window.bus.press(key)
            names |= {said(node) for node in window.everything()}
            walks += 1
    return walks, names


def said(node: Node) -> str:
    """Return the name, after asking for all a screen reader asks for."""
    try:
        assert node.role
        assert node.interfaces
        assert node.description is not None
        return node.name
    except GoneError:
        return ""
