"""Takes the documentation's pictures of one theme, each of the running program."""

from __future__ import annotations

import shutil
import time
from typing import Final

from tests.screenshots.camera import Camera, dialog
from tests.screenshots.light_table import LightTable
from tests.screenshots.screen import screen
from tests.screenshots.service import open_window_with_key
from tests.screenshots.studio import CHOSEN, DUNES, FOX, REAL
from tests.screenshots.work import (
    add_references,
    all_hosted,
    balance_is_known,
    choose,
    choose_tile,
    dragged_over,
    open_crop,
    order,
)
from tests.whole.window import Window
from tests.xserver import Desktop

_KITE: Final = "Snowy forest seen from a kite, low sun"
_MEETING: Final = "Place the fox of Figure 1 on the dunes of Figure 2, low sun, long shadows, editorial photography"
_HOSTING: Final = {
    "kind": "s3",
    "s3": {
        "endpoint": "https://0f3c8a51d27e4b96.r2.cloudflarestorage.com",
        "region": "auto",
        "bucket": "studio-references",
        "access_key_id": "7d41c09be2f84a35",
        "prefix": "seedream",
        "link_days": 2,
    },
}
_RUNNING_FOR_S: Final = 9.0
_PHONE_PHOTO: Final = 6
_PANORAMA: Final = 2
_CROPPED: Final = 7


class Photographer:
    """Takes all pictures of one theme."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._studio = camera.studio

    def take_all(self) -> None:
        """Take those that are wanted and tell of each."""
        with screen(1440, 900) as desktop:
            self._take_orders(desktop)
            self._take_references(desktop)
            self._take_settings(desktop)
            LightTable(self._camera).take_all(desktop)
        self._take_sized("small", 1100, 700)
        self._take_sized("200-percent", 2880, 1800, scale=2)
        LightTable(self._camera).take_doubled()

    def _take_orders(self, desktop: Desktop) -> None:
        camera, studio = self._camera, self._studio
        if camera.wants("empty"):
            with camera.window(desktop, studio.empty) as window:
                window.find("Sample prompt 1")
                camera.shoot(desktop, "empty")
        if camera.wants("failed"):
            with camera.window(desktop, studio.failed) as window:
                window.find("Decide…")
                camera.shoot(desktop, "failed")
        if camera.wants("finished", "viewer"):
            with camera.window(desktop, studio.finished) as window:
                self._take_finished(desktop, window)
        if camera.wants("running", "tasks"):
            with camera.window(desktop, studio.finished, REAL) as window:
                self._take_running(desktop, window)

    def _take_references(self, desktop: Desktop) -> None:
        camera, studio = self._camera, self._studio
        if camera.wants("references-problem"):
            with camera.window(desktop, studio.mistaken) as window:
                choose_tile(window, _PANORAMA)
                camera.shoot(desktop, "references-problem")
        if camera.wants("drop"):
            with (
                camera.window(desktop, studio.finished) as window,
                dragged_over(window, CHOSEN, "Use as reference"),
            ):
                camera.shoot(desktop, "drop")
        if camera.wants("references-full", "crop", "hosted"):
            with camera.window(desktop, studio.references, REAL) as window:
                self._take_strip(desktop, window)

    def _take_finished(self, desktop: Desktop, window: Window) -> None:
        choose(window, CHOSEN)
        self._camera.shoot(desktop, "finished")
        choose(window, CHOSEN, twice=True)
        window.find("Back to gallery")
        self._camera.shoot(desktop, "viewer")

    def _take_running(self, desktop: Desktop, window: Window) -> None:
        order(window, _KITE, resolution="4K", ratio="16:9", count=2)
        add_references(window, self._studio.originals(FOX, DUNES))
        order(window, _MEETING, resolution="2K", ratio="3:2", count=4)
        choose(window, CHOSEN)
        time.sleep(_RUNNING_FOR_S)
        self._camera.shoot(desktop, "running")
        window.press("Show tasks")
        window.find("Tasks", "list").focus()
        self._camera.shoot(desktop, "tasks")

    def _take_strip(self, desktop: Desktop, window: Window) -> None:
        choose_tile(window, _PHONE_PHOTO)
        self._camera.shoot(desktop, "references-full")
        open_crop(window, _CROPPED)
        self._camera.shoot(desktop, "crop", dialog(window))
        window.press("Cancel")
        window.generate()
        window.wait_for(lambda: all_hosted(window), "the references are hosted")
        window.press("Hosted pictures")
        window.find("Close")
        time.sleep(_RUNNING_FOR_S)
        self._camera.shoot(desktop, "hosted", dialog(window))

    def _take_settings(self, desktop: Desktop) -> None:
        if not self._camera.wants("hosting"):
            return
        work = self._studio.work
        shutil.rmtree(work, ignore_errors=True)
        (work / "data").mkdir(parents=True)
        self._camera.write_settings({"hosting": _HOSTING})
        with open_window_with_key(desktop, work) as window:
            window.wait_for(lambda: balance_is_known(window), "the balance is known")
            window.press("Settings")
            window.press("Hosting")
            self._camera.shoot(desktop, "hosting", dialog(window))

    def _take_sized(self, name: str, width_px: int, height_px: int, scale: int = 1) -> None:
        if not self._camera.wants(name):
            return
        with (
            screen(width_px, height_px, scale) as desktop,
            self._camera.window(desktop, self._studio.finished) as window,
        ):
            choose(window, CHOSEN, scale=scale)
            self._camera.shoot(desktop, name)
