"""The main job as a designer does it, in the real window of the real program, by accessible names alone."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path

from tests.whole.processes import descendants_of, is_alive
from tests.whole.window import TASK_LIMIT_S, Window, open_window
from tests.xserver import Desktop, wait_until

FOX = "a red fox in fresh snow"
CITY = "a city at night, seen from a roof"
SLOW_CITY = f"{CITY} [slow]"
CLOSE_LIMIT_S = 2.0
MOST_TRIES = 4


def order(window: Window, prompt: str, *, resolution: str, ratio: str, count: int) -> None:
    """Fill the composer in and press Generate."""
    window.find("Prompt", "text").write(prompt)
    window.press(resolution)
    window.press(ratio)
    window.find("Number of images", "spin box").set_value(count)
    window.generate()


def close(window: Window) -> float:
    """Close the window by the window manager's key; return the seconds until the process was gone."""
    started_s = time.monotonic()
    window.bus.press("F4", "Alt")
    window.process.wait(TASK_LIMIT_S)
    return time.monotonic() - started_s


def choose_first_picture(window: Window) -> None:
    window.find("Gallery", "list").focus()
    window.wait_for(lambda: "focused" in window.find("Gallery", "list").states, "the gallery has the keyboard")
    window.bus.press("Home")
    window.wait_for(lambda: "enabled" in window.find("Save as").states, "a chosen picture can be saved")


def choose_as_a_screen_reader(window: Window, name: str) -> None:
    """Go to the picture of this name without keyboard and mouse."""
    window.find(name, "list item").focus()
    window.wait_for(lambda: window.find(name, "list item").description == "Chosen", "the picture is chosen")


def save_as(window: Window, target: Path) -> None:
    """Save the chosen picture through the file dialog and wait until the dock says so."""
    window.press("Save as")
    window.find("Save picture", "dialog")
    window.find("File name:", "text").write(str(target))
    window.press("Save")
    window.wait_for(lambda: target.name in window.find("Status").description, "the status names the saved file")


def test_a_prompt_becomes_pictures_one_is_saved_and_a_task_outlives_the_window(
    desktop: Desktop, tmp_path: Path
) -> None:
    with open_window(desktop, tmp_path) as window:
        order(window, FOX, resolution="4K", ratio="3:4", count=3)
        names = [f"{FOX}, {place} of 3, 3520 x 4704" for place in (1, 2, 3)]
        window.wait_for(lambda: window.pictures() == names, "three finished pictures in the gallery", TASK_LIMIT_S)

        choose_first_picture(window)
        choose_as_a_screen_reader(window, names[1])
        save_as(window, tmp_path / "fox.jpg")
        assert sha256(tmp_path / "fox.jpg") in {sha256(file) for file in originals(tmp_path)}

        order(window, SLOW_CITY, resolution="2K", ratio="16:9", count=1)
        window.wait_for(lambda: f"{SLOW_CITY}, Generating" in window.task_rows(), "the second task is under way")
        children = descendants_of(window.process.pid)
        assert len(children) >= 2, "the simulator and the worker that opens pictures"

        close(window)

        assert window.process.returncode == 0, window.process.communicate()
        assert [pid for pid in children if is_alive(pid)] == []

    with open_window(desktop, tmp_path) as window:
        rows = [f"{SLOW_CITY}, Done", f"{FOX}, Done"]
        window.wait_for(lambda: window.task_rows() == rows, "both tasks are done", TASK_LIMIT_S)
        window.wait_for(
            lambda: f"{SLOW_CITY}, 1 of 1, 2848 x 1600" in window.pictures(), "the second task's picture is there"
        )


def test_closing_while_a_task_runs_takes_less_than_two_seconds(desktop: Desktop, tmp_path: Path) -> None:
    # The fastest of a few counts: what else this machine does only ever adds to the time.
    times_s = [closing_time_s(desktop, tmp_path / "first")]
    while times_s[-1] >= CLOSE_LIMIT_S and len(times_s) < MOST_TRIES:
        times_s.append(closing_time_s(desktop, tmp_path / f"again {len(times_s)}"))

    assert min(times_s) < CLOSE_LIMIT_S


def closing_time_s(desktop: Desktop, folder: Path) -> float:
    with open_window(desktop, folder) as window:
        window.find("Balance $100.00")
        window.find("Prompt", "text").write(SLOW_CITY)
        window.generate()
        window.wait_for(lambda: f"{SLOW_CITY}, Generating" in window.task_rows(), "the task is under way")
        return close(window)


def test_closing_while_the_program_still_starts_leaves_no_process_behind(desktop: Desktop, tmp_path: Path) -> None:
    with open_window(desktop, tmp_path) as window:
        window.wait_for(lambda: descendants_of(window.process.pid), "the simulator is started")
        children = descendants_of(window.process.pid)

        close(window)

        assert window.process.returncode == 0
        wait_until(lambda: not any(map(is_alive, children)), "every child has ended", CLOSE_LIMIT_S)


def originals(folder: Path) -> list[Path]:
    return [file for file in (folder / "data" / "originals").rglob("*") if file.is_file()]


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_window_whose_parts_came_late_ends_in_order(desktop: Desktop, tmp_path: Path) -> None:
    with open_window(desktop, tmp_path) as window:
        order(window, FOX, resolution="2K", ratio="1:1", count=1)
        window.wait_for(lambda: len(window.pictures()) == 1, "a finished picture in the gallery", TASK_LIMIT_S)
        choose_first_picture(window)
        window.press("Filter")
        window.find("Filters")
        window.find("Gallery", "list").focus()
        window.bus.press("Home")
        window.bus.press("Return")
        window.find("Viewer")

        close(window)

        assert window.process.returncode == 0, window.process.communicate()
