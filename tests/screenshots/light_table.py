"""Takes the pictures of the gallery and the light table, all of a library that somebody has looked through."""

from __future__ import annotations

import time
from typing import Final

from tests.screenshots.camera import Camera, dialog
from tests.screenshots.library import MEETING, PERFUME, SAILS
from tests.screenshots.screen import screen
from tests.screenshots.work import REST_S, choose, click, starting, wheel_down
from tests.whole.window import Window
from tests.xserver import Desktop

_HERO: Final = f"{SAILS}, 1 of 4"
_BOTTLE: Final = f"{PERFUME}, 1 of 6"
_MET: Final = f"{MEETING}, 1 of 2"
# Heights of a row in pixels, by the name of the picture.
_SIZES_PX: Final = {"flat-small": 84, "flat": 148, "flat-large": 300}
_ZOOM_STEPS: Final = 2


class LightTable:
    """Takes its pictures with *camera*."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera

    def take_all(self, desktop: Desktop) -> None:
        """Take those of a common window."""
        self._take_gallery(desktop)
        self._take_candidates(desktop)
        self._take_places(desktop)

    def take_doubled(self) -> None:
        """Take those of a window at twice the size."""
        if not self._camera.wants("groups-200", "set-200"):
            return
        with (
            screen(2880, 1800, scale=2) as desktop,
            self._camera.window(desktop, self._camera.studio.sorted) as window,
        ):
            choose(window, _HERO, scale=2)
            self._camera.shoot(desktop, "groups-200")
            _open_set(window)
            self._camera.shoot(desktop, "set-200")

    def _take_gallery(self, desktop: Desktop) -> None:
        camera = self._camera
        if not camera.wants("groups", "filters", *_SIZES_PX):
            return
        with camera.window(desktop, camera.studio.sorted) as window:
            choose(window, _HERO)
            window.bus.press("G")
            camera.shoot(desktop, "groups")
            window.bus.press("G")
            window.press("Flat")
            for name, height_px in _SIZES_PX.items():
                window.find("Thumbnail size", "slider").set_value(height_px)
                camera.shoot(desktop, name)
            window.press("Groups")
            window.find("Thumbnail size", "slider").set_value(_SIZES_PX["flat"])
            window.press("Filter")
            click(window, "hero")
            starting(window, "Remove filter")
            camera.shoot(desktop, "filters")

    def _take_candidates(self, desktop: Desktop) -> None:
        """From an order to its pictures: quick look, set, comparison, viewer."""
        camera = self._camera
        if not camera.wants("quick-look", "set", "compare", "compare-slider", "zoomed"):
            return
        with camera.window(desktop, camera.studio.sorted) as window:
            choose(window, _HERO)
            window.bus.press("Space")
            window.find("Quick look")
            camera.shoot(desktop, "quick-look")
            window.bus.press("Space")
            choose(window, _BOTTLE)
            _open_set(window)
            camera.shoot(desktop, "set")
            window.bus.press("Right", "Shift")
            window.bus.press("C")
            window.find("Take this one")
            camera.shoot(desktop, "compare")
            window.press("Slider")
            camera.shoot(desktop, "compare-slider")
            window.press("Leave the comparison")
            self._take_zoomed(desktop, window)

    def _take_zoomed(self, desktop: Desktop, window: Window) -> None:
        window.find("Pictures of the set").focus()
        window.bus.press("Return")
        window.find("Next background")
        for _ in range(_ZOOM_STEPS):
            window.bus.press("=")
        self._camera.shoot(desktop, "zoomed")

    def _take_places(self, desktop: Desktop) -> None:
        """The inspector, the trash, which gets what was rejected, and the list of keys."""
        camera = self._camera
        if not camera.wants("inspector", "family", "bin", "keys"):
            return
        with camera.window(desktop, camera.studio.sorted) as window:
            window.find("Search", "text").write("fox")
            choose(window, _MET)
            camera.shoot(desktop, "inspector")
            self._take_family(desktop, window)
            window.find("Search", "text").write("")
            # The picture that was chosen stays in sight: from there to the newest.
            time.sleep(REST_S)
            window.find("Gallery").focus()
            window.bus.press("Home")
            choose(window, _HERO)
            window.bus.press("Backspace", "Control")
            time.sleep(REST_S)
            click(window, "Trash")
            window.wait_for(lambda: window.seen("Pictures in the trash: 3"), "the rejected pictures are in the trash")
            camera.shoot(desktop, "bin")
            # The last one: without a window manager nothing gives the keyboard back to the window.
            window.bus.press("F1")
            camera.shoot(desktop, "keys", dialog(window))

    def _take_family(self, desktop: Desktop, window: Window) -> None:
        """The lower end of the inspector."""
        wheel_down(window, window.find("Note").middle)
        self._camera.shoot(desktop, "family", window.find("Inspector"))


def _open_set(window: Window) -> None:
    window.bus.press("S")
    window.find("Pictures of the set")
