"""Takes the documentation's pictures of the running window: ``.venv/bin/python packaging/screenshots.py``.

The program runs in demo mode on an X server of its own and is worked through its accessible names, as the tests do it;
nothing is drawn by hand. Needs what the tests of the whole window need: Xvfb, D-Bus and AT-SPI.
"""

from __future__ import annotations

import argparse
import json
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from tests.whole.window import Window, open_window  # noqa: E402 - found only now
from tests.xserver import Desktop, missing_programs, running_desktop  # noqa: E402 - the same

THEMES = ("light", "dark")
MOST_BYTES = 350 * 1024
# Steps between the shades of a channel: up to 8 nobody sees a difference, and every doubling saves a third.
SHADE_STEPS = (2, 4, 8)
# The window leaves room for a title bar, which this desktop does not draw.
TITLE_BAR_PX = 32
# Deadlines shrink with the waits: on a busy machine much less than a fifth of them is too little.
FAST, REAL = 0.2, 1.0
REST_S = 1.0
STILL_S, STILL_LIMIT_S = 0.4, 5.0
RUNNING_FOR_S = 9.0
FRAME_HEADER = struct.Struct(">25I")
COLOUR_BYTES = 12
# The program takes the system's interface font. A bare X server has none, so this one has what many desktops have.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include>/etc/fonts/fonts.conf</include><match><test name="family"><string>sans-serif</string></test>
<edit name="family" mode="prepend" binding="strong"><string>Inter</string><string>Noto Sans</string></edit></match>
</fontconfig>"""

POSTER = "Poster for a jazz night, bold flat shapes, warm colours"
CABIN = "A small cabin by a fjord at dusk, seen from a kite"
CITY = "A city at night after rain, three shots of one chase"
DUNES = "Dunes at first light, long shadows, very wide"
FOX = "A red fox in fresh snow, close portrait, soft light"
BILLBOARD = "Billboard for a famous soft drink, crowd below"
LIGHTHOUSE = "Lighthouse in a winter storm, waves over the pier"
KITE = "Snowy forest seen from a kite, low sun"
MEETING = "Place the fox of figure 1 on the dunes of figure 2, low sun, long shadows, editorial photography"
CHOSEN = f"{FOX}, 2 of 4"
EARLIER: tuple[dict[str, Any], ...] = (
    {"prompt": POSTER, "resolution": "4K", "aspect_ratio": "2:3", "count": 5},
    {"prompt": CABIN, "resolution": "2K", "aspect_ratio": "3:2", "count": 3},
)
LATER: tuple[dict[str, Any], ...] = (
    {"prompt": CITY, "resolution": "2K", "aspect_ratio": "16:9", "count": 3, "sequence": True},
    {"prompt": DUNES, "resolution": "4K", "aspect_ratio": "21:9", "count": 2},
    {"prompt": FOX, "resolution": "2K", "aspect_ratio": "1:1", "count": 4},
)
FAULTS = [
    {
        "call": "status",
        "match": {"prompt": BILLBOARD},
        "do": {
            "state": "failed",
            "fail_code": "CONTENT_VIOLATION",
            "fail_message": "The request may hold protected brands.",
        },
    },
    {"call": "generate", "match": {"prompt": LIGHTHOUSE}, "do": {"drop_after_body": True}},
]


class Studio:
    """Two data folders to take pictures of: one in which orders went wrong, one in which good ones came after them."""

    def __init__(self, folder: Path, time_scale: float) -> None:
        self._time_scale = time_scale
        self.empty, self.failed, self.finished = (folder / name for name in ("empty", "failed", "finished"))
        # A data folder knows where it belongs: a copy in another place would say so in the window. Its name is seen.
        self.work = folder / "Pictures"

    def fill(self) -> None:
        """Have everything made that the pictures show."""
        self._make(EARLIER)
        with screen(1440, 900) as desktop, open_window(desktop, self.work, FAST) as window:
            self._spoil(window)
            order(window, BILLBOARD, resolution="2K", ratio="21:9", count=2)
            order(window, LIGHTHOUSE, resolution="2K", ratio="3:2", count=4)
            rows = {f"{BILLBOARD}, Failed", f"{LIGHTHOUSE}, Outcome unknown"}
            window.wait_for(lambda: rows < set(window.task_rows()), "one order fails and one is lost")
        shutil.copytree(self.work, self.failed)
        self._make(LATER)
        with screen(1440, 900) as desktop, open_window(desktop, self.work, FAST) as window:
            choose(window, CHOSEN)
            window.press("Reuse settings")
            window.wait_for(lambda: window.find("Prompt", "text").text == FOX, "the composer holds the fox")
            time.sleep(REST_S)
        shutil.copytree(self.work, self.finished)

    def originals(self, *prompts: str) -> list[Path]:
        """Return a saved picture of each prompt."""
        saved = sorted((self.work / "Seedream").rglob("*.jpg"))
        return [next(file for file in saved if prompt[:20] in file.name) for prompt in prompts]

    def _make(self, orders: tuple[dict[str, Any], ...]) -> None:
        listed = self.work.with_suffix(".jsonl")
        listed.write_text("\n".join(map(json.dumps, orders)), encoding="utf-8")
        command = [sys.executable, "-m", "seedream_desktop", "--demo", "--time-scale", str(self._time_scale)]
        command += ["--data-dir", str(self.work / "data"), "--library", str(self.work / "Seedream")]
        command += ["generate", "--from", str(listed)]
        subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)

    def _spoil(self, window: Window) -> None:
        """Let the window's simulator treat two orders badly."""
        window.wait_for(lambda: balance_is_known(window), "the simulator answers")
        port = int((self.work / "data" / "simulator" / "port").read_text(encoding="ascii"))
        body = json.dumps(FAULTS).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{port}/_sim/faults", body)
        with urllib.request.urlopen(request):  # noqa: S310 - the same
            pass


class Photographer:
    """Takes all pictures of one theme."""

    def __init__(self, studio: Studio, out: Path, theme: str) -> None:
        self._studio = studio
        self._out = out
        self._theme = theme

    def take_all(self) -> None:
        """Take them and tell of each."""
        with screen(1440, 900) as desktop:
            with self._window(desktop, self._studio.empty) as window:
                window.find("Sample prompt 1")
                self._shoot(desktop, "empty")
            with self._window(desktop, self._studio.failed) as window:
                window.find("Decide…")
                self._shoot(desktop, "failed")
            with self._window(desktop, self._studio.finished) as window:
                self._take_finished(desktop, window)
            with self._window(desktop, self._studio.finished, REAL) as window:
                self._take_running(desktop, window)
        self._take_sized("small", 1100, 700)
        self._take_sized("200-percent", 2880, 1800, scale=2)

    def _take_finished(self, desktop: Desktop, window: Window) -> None:
        choose(window, CHOSEN)
        self._shoot(desktop, "finished")
        choose(window, CHOSEN, twice=True)
        window.find("Back to gallery")
        self._shoot(desktop, "viewer")

    def _take_running(self, desktop: Desktop, window: Window) -> None:
        order(window, KITE, resolution="4K", ratio="16:9", count=2)
        add_references(window, self._studio.originals(FOX, DUNES))
        order(window, MEETING, resolution="2K", ratio="3:2", count=4)
        choose(window, CHOSEN)
        time.sleep(RUNNING_FOR_S)
        self._shoot(desktop, "running")
        window.press("Show tasks")
        window.find("Tasks", "list").focus()
        self._shoot(desktop, "tasks")

    def _take_sized(self, name: str, width_px: int, height_px: int, scale: int = 1) -> None:
        with (
            screen(width_px, height_px, scale) as desktop,
            self._window(desktop, self._studio.finished) as window,
        ):
            choose(window, CHOSEN, scale=scale)
            self._shoot(desktop, name)

    @contextmanager
    def _window(self, desktop: Desktop, data: Path, time_scale: float = FAST) -> Iterator[Window]:
        """The window on a fresh copy of *data*."""
        work = self._studio.work
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(data, work) if data.exists() else (work / "data").mkdir(parents=True)
        (work / "data" / "settings.json").write_text(json.dumps({"theme": self._theme}), encoding="utf-8")
        (work / "data" / "window.ini").unlink(missing_ok=True)
        with open_window(desktop, work, time_scale) as window:
            window.wait_for(lambda: balance_is_known(window), "the balance is known")
            yield window

    def _shoot(self, desktop: Desktop, name: str) -> None:
        """Save what the window shows once it stands still."""
        file = self._out / f"{name}-{self._theme}.png"
        picture = still(desktop)
        save(picture, file)
        print(f"{file.name}: {picture.width} x {picture.height}, {file.stat().st_size // 1024} KB", flush=True)


@contextmanager
def screen(width_px: int, height_px: int, scale: int = 1) -> Iterator[Desktop]:
    """A screen on which the window, without a frame, begins in the corner and has this size."""
    with running_desktop(width_px, height_px + scale * TITLE_BAR_PX, has_window_manager=False) as desktop:
        fonts = desktop.frame_buffer.with_name("fonts.conf")
        fonts.write_text(FONTS, encoding="utf-8")
        own = {"QT_SCALE_FACTOR": str(scale), "FONTCONFIG_FILE": str(fonts)}
        yield replace(desktop, environment={**desktop.environment, **own})


def order(window: Window, prompt: str, *, resolution: str, ratio: str, count: int) -> None:
    """Write an order, send it and wait until the gallery shows it."""
    window.find("Prompt", "text").write(prompt)
    window.press(resolution)
    window.press(ratio)
    window.find("Number of images", "spin box").set_value(count)
    window.generate()
    window.wait_for(lambda: any(name.startswith(prompt) for name in window.pictures()), "the order is in the gallery")
    # For a moment Generate takes no second press.
    time.sleep(REST_S)


def add_references(window: Window, files: list[Path]) -> None:
    """Go to image mode and choose *files* in the file dialog."""
    window.press("Image to image")
    window.wait_for(lambda: "enabled" in window.find("Add references").states, "references can be added")
    window.press("Add references")
    window.find("File name:", "text").write(" ".join(f'"{file}"' for file in files))
    window.press("Open")
    window.wait_for(lambda: window.seen(f"{len(files)} of 14"), "the references are there")


def choose(window: Window, beginning: str, *, twice: bool = False, scale: int = 1) -> None:
    """Click on the picture whose name begins so, then take the pointer away; Qt tells places before scaling."""
    found = window.wait_for(
        lambda: next((seen for seen in window.shown() if seen.name.startswith(beginning)), None), beginning
    )
    x, y = found.node.middle
    window.bus.click(scale * x, scale * y, twice=twice)
    window.bus.point_at(0, 0)
    window.wait_for(lambda: "enabled" in window.find("Save as").states, "a picture is chosen")


def balance_is_known(window: Window) -> bool:
    """Return whether the dock shows the balance, which means that everything behind the window runs."""
    return any(seen.name.startswith("Balance $") for seen in window.shown())


def still(desktop: Desktop) -> Image.Image:
    """Return the window's pixels when two looks find the same, or what there is after five seconds."""
    end_s = time.monotonic() + STILL_LIMIT_S
    before, now = None, frame(desktop)
    while before != now and time.monotonic() < end_s:
        time.sleep(STILL_S)
        before, now = now, frame(desktop)
    return now


def frame(desktop: Desktop) -> Image.Image:
    """Return the screen without the room for a title bar; the X server keeps it as an XWD file."""
    content = desktop.frame_buffer.read_bytes()
    header = FRAME_HEADER.unpack_from(content)
    width_px, height_px, line_bytes, colours = header[4], header[5], header[12], header[19]
    pixels = content[header[0] + colours * COLOUR_BYTES :]
    screen = Image.frombuffer("RGB", (width_px, height_px), pixels, "raw", "BGRX", line_bytes, 1)
    scale = int(desktop.environment["QT_SCALE_FACTOR"])
    return screen.crop((0, 0, width_px, height_px - scale * TITLE_BAR_PX))


def save(picture: Image.Image, file: Path) -> None:
    """Write *picture*; one of more than 350 KB with as many fewer shades as are needed, at most by 8."""
    picture.save(file, optimize=True)
    for step in SHADE_STEPS:
        if file.stat().st_size <= MOST_BYTES:
            return
        shades = [min(255, (shade + step // 2) // step * step) for shade in range(256)]
        picture.point(shades * len(picture.getbands())).save(file, optimize=True)


def main(arguments: list[str]) -> int:
    """Take the pictures and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=CHECKOUT / "docs" / "images", help="the folder for the pictures")
    parser.add_argument("--theme", choices=THEMES, action="append", help="only this one")
    parser.add_argument("--time-scale", type=float, default=REAL, help="makes the finished pictures sooner; default 1")
    options = parser.parse_args(arguments)
    missing = missing_programs()
    if missing:
        print(f"Not installed on this machine: {', '.join(missing)}.", file=sys.stderr)
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        studio = Studio(Path(folder), options.time_scale)
        studio.fill()
        for theme in options.theme or THEMES:
            Photographer(studio, options.to, theme).take_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
