"""The data folders that the documentation's pictures are taken of, made by the program itself in demo mode."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from seedream_desktop.domain.reference import Crop, Reference, Role
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode
from seedream_desktop.store.opening import open_store
from tests.programs import CHECKOUT
from tests.screenshots.board import make_board, make_panorama
from tests.screenshots.library import MEETING, ORDERS, sort_out
from tests.screenshots.screen import screen
from tests.screenshots.work import REST_S, balance_is_known, choose, order
from tests.whole.window import Window, open_window

# Deadlines shrink with the waits: on a busy machine much less than a fifth of them is too little.
FAST, REAL = 0.2, 1.0

POSTER: Final = "Poster for a jazz night, bold flat shapes, warm colours"
CABIN: Final = "A small cabin by a fjord at dusk, seen from a kite"
CITY: Final = "A city at night after rain, three shots of one chase"
DUNES: Final = "Dunes at first light, long shadows, very wide"
FOX: Final = "A red fox in fresh snow, close portrait, soft light"
BILLBOARD: Final = "Billboard for a famous soft drink, crowd below"
LIGHTHOUSE: Final = "Lighthouse in a winter storm, waves over the pier"
CAMPAIGN: Final = (
    "The animal of Figure 1 walks over the dunes of Figure 2 past the house of Figure 3 in the evening light of"
    " Figure 6, set like the poster of Figure 4"
)
MISTAKEN: Final = "Put the fox of Figure 1 into the panorama of Figure 2, in the colours of Figure 3 and Figure ?"
CHOSEN: Final = f"{FOX}, 2 of 4"
_ROLES: Final = (
    Role.SUBJECT,
    Role.PLACE,
    Role.FREE,
    Role.STYLE,
    Role.TEXT,
    Role.PALETTE,
    Role.POSE,
    Role.PRODUCT,
)
_EARLIER: Final[tuple[dict[str, Any], ...]] = (
    {"prompt": POSTER, "resolution": "4K", "aspect_ratio": "2:3", "count": 5},
    {"prompt": CABIN, "resolution": "2K", "aspect_ratio": "3:2", "count": 3},
)
_LATER: Final[tuple[dict[str, Any], ...]] = (
    {"prompt": CITY, "resolution": "2K", "aspect_ratio": "16:9", "count": 3, "sequence": True},
    {"prompt": DUNES, "resolution": "4K", "aspect_ratio": "21:9", "count": 2},
    {"prompt": FOX, "resolution": "2K", "aspect_ratio": "1:1", "count": 4},
)
_FAULTS: Final = [
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
    """Data folders by what they show: orders that went wrong, good ones after them, references, mistaken references.

    *sorted* is a larger library that somebody has looked through.
    """

    def __init__(self, folder: Path, time_scale: float) -> None:
        self._time_scale = time_scale
        names = ("empty", "failed", "finished", "references", "mistaken", "sorted")
        folders = (folder / name for name in names)
        self.empty, self.failed, self.finished, self.references, self.mistaken, self.sorted = folders
        # A data folder knows where it belongs: a copy in another place would say so in the window. Its name is seen.
        self.work = folder / "Pictures"

    def fill(self) -> None:
        """Have everything made that the pictures show."""
        self._make(_EARLIER)
        self._fill_failed()
        self._make(_LATER)
        self._fill_finished()
        self._fill_references()
        self._fill_sorted()

    def originals(self, *prompts: str) -> list[Path]:
        """Return a saved picture of each prompt."""
        saved = sorted((self.work / "Seedream").rglob("*.jpg"))
        return [next(file for file in saved if prompt[:20] in file.name) for prompt in prompts]

    def _fill_failed(self) -> None:
        with screen(1440, 900) as desktop, open_window(desktop, self.work, FAST) as window:
            self._spoil(window)
            order(window, BILLBOARD, resolution="2K", ratio="21:9", count=2)
            order(window, LIGHTHOUSE, resolution="2K", ratio="3:2", count=4)
            rows = {f"{BILLBOARD}, Failed", f"{LIGHTHOUSE}, Outcome unknown"}
            window.wait_for(lambda: rows < set(window.task_rows()), "one order fails and one is lost")
        shutil.copytree(self.work, self.failed)

    def _fill_finished(self) -> None:
        with screen(1440, 900) as desktop, open_window(desktop, self.work, FAST) as window:
            choose(window, CHOSEN)
            window.press("Use everything")
            window.wait_for(lambda: window.find("Prompt", "text").text == FOX, "the composer holds the fox")
            time.sleep(REST_S)
        shutil.copytree(self.work, self.finished)

    def _fill_references(self) -> None:
        """One order hosts some of the references; then all fourteen stand in a draft, or some that cannot be sent."""
        board = make_board(sorted((self.work / "Seedream").rglob("*.jpg")), self.work / "Mood board")
        hosted = {
            "prompt": MEETING,
            "references": [str(file) for file in board[:6]],
        }
        self._make(({**hosted, "resolution": "2K", "aspect_ratio": "3:2", "count": 2},))
        references = [Reference(str(file), _role(place)) for place, file in enumerate(board)]
        references[6] = replace(references[6], crop=Crop(0.2, 0.12, 0.86, 0.78))
        self._draft(_campaign(CAMPAIGN, references))
        shutil.copytree(self.work, self.references)
        panorama = make_panorama(board[1], self.work / "Mood board" / "coast, all of it.jpg")
        dead = Reference(f"http://127.0.0.1:{self._port()}/uploads/harbour-at-dusk.jpg", Role.PALETTE)
        mistaken = [Reference(str(board[0]), Role.SUBJECT), Reference(str(panorama), Role.PLACE), dead]
        self._draft(_campaign(MISTAKEN, mistaken))
        shutil.copytree(self.work, self.mistaken)

    def _fill_sorted(self) -> None:
        self._make(ORDERS)
        self._draft(GenerationRequest(str(ORDERS[-1]["prompt"]), aspect_ratio=AspectRatio.LANDSCAPE_3_2))
        sort_out(self.work / "data", self.work / "Seedream")
        shutil.copytree(self.work, self.sorted)

    def _make(self, orders: tuple[dict[str, Any], ...]) -> None:
        listed = self.work.with_suffix(".jsonl")
        listed.write_text("\n".join(map(json.dumps, orders)), encoding="utf-8")
        command = [sys.executable, "-m", "seedream_desktop", "--demo", "--time-scale", str(self._time_scale)]
        command += ["--data-dir", str(self.work / "data"), "--library", str(self.work / "Seedream")]
        command += ["generate", "--from", str(listed)]
        subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.DEVNULL)

    def _draft(self, request: GenerationRequest) -> None:
        """Let the composer hold this when the window opens, as it does what was typed and not sent."""

        async def save() -> None:
            store = await open_store(self.work / "data", self.work / "Seedream")
            try:
                await store.drafts.save_draft(request)
            finally:
                await store.close()

        asyncio.run(save())

    def _spoil(self, window: Window) -> None:
        """Let the window's simulator treat two orders badly."""
        window.wait_for(lambda: balance_is_known(window), "the simulator answers")
        body = json.dumps(_FAULTS).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self._port()}/_sim/faults", body)
        with urllib.request.urlopen(request):
            pass

    def _port(self) -> int:
        return int((self.work / "data" / "simulator" / "port").read_text(encoding="ascii"))


def _campaign(prompt: str, references: list[Reference]) -> GenerationRequest:
    return GenerationRequest(
        prompt,
        Mode.IMAGE_TO_IMAGE,
        aspect_ratio=AspectRatio.LANDSCAPE_3_2,
        references=tuple(references),
        adds_role_line=True,
    )


def _role(place: int) -> Role:
    return _ROLES[place] if place < len(_ROLES) else Role.FREE
