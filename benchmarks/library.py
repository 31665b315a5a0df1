"""Makes a library of many pictures straight in SQLite, for the benchmarks of the gallery and of the search.

The same number of pictures always gives the same library, about one task for four pictures. No task is under way, so
nothing is asked of the service; originals are not made. Run it with
``python -m benchmarks.library FOLDER PICTURES [--thumbnails]``.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PIL import Image

from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Resolution, pixels_for
from seedream_desktop.store.codec import canonical, request_to_json
from seedream_desktop.store.database import connect, in_transaction
from seedream_desktop.store.files import make_private
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.schema import migrate
from seedream_desktop.store.search import read_pending
from seedream_desktop.store.times import to_text

EDGES_PX: Final = (256, 512)
_NEWEST: Final = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
_DISTINCT_THUMBNAILS: Final = 300
_SEED: Final = 20261121
_SUBJECTS: Final = (
    *("red fox", "lighthouse", "perfume bottle", "old fisherman", "ceramic teapot", "astronaut", "snow leopard"),
    *("running shoe", "wooden chair", "bowl of ramen", "café terrace", "electric car", "dancer", "origami crane"),
    *("cathedral", "market stall", "violin", "wristwatch", "tram in Zürich", "一只红色的狐狸", "京都の寺"),
)
_STYLES: Final = (
    *("studio photograph", "gouache illustration", "isometric render", "film noir still", "risograph print"),
    *("art nouveau poster", "pencil sketch", "product shot", "double exposure", "watercolour", "claymation still"),
)
_PLACES: Final = (
    *("in the morning mist", "on a marble table", "under neon rain", "against a seamless grey backdrop"),
    *("in a field of lavender", "at the edge of a frozen lake", "on a crowded street", "in an empty swimming pool"),
)
_LIGHTS: Final = ("soft window light", "low golden sun", "hard flash", "overcast sky", "candlelight", "rim light")
_NOUNS: Final = ("headline", "margin", "shadow", "texture", "grain", "palette", "lens", "fabric", "brass", "linen")
_TAGS: Final = ("client", "final", "moodboard", "cover", "retouch", "second round", "print", "web")
_COUNTS: Final = (1, 2, 4, 4, 4, 4, 6, 10)
_STATES: Final = ("done",) * 94 + ("partial",) * 2 + ("failed",) * 3 + ("refused",)
_FAILURES: Final = {
    "failed": ("moderation", "CONTENT_POLICY", "The content was refused."),
    "refused": ("bad_request", "PARAM_INVALID", "A parameter is not valid."),
}


@dataclass(frozen=True, slots=True)
class Order:
    """One task of the library; *pictures* is how many it brought."""

    number: int
    created_at: datetime
    request: GenerationRequest
    state: str
    pictures: int

    @property
    def task_id(self) -> str:
        """An id of the shape the program makes."""
        return hashlib.md5(f"task {self.number}".encode(), usedforsecurity=False).hexdigest()

    def sha256(self, position: int) -> str:
        """The name of a picture that does not exist."""
        return hashlib.sha256(f"{self.number}/{position}".encode()).hexdigest()


def make_library(data_dir: Path, pictures: int, *, thumbnails: bool) -> None:
    """Make a data folder with exactly *pictures* stored pictures; *data_dir* must hold no database yet.

    With *thumbnails* each picture has both of its thumbnails, a few hundred files under many names.
    """
    layout = Layout.at(data_dir)
    make_private(layout.root)
    with closing(connect(layout.database)) as connection:
        migrate(connection)
        connection.execute("PRAGMA synchronous = OFF")
        in_transaction(connection, lambda connection: _fill(connection, pictures))
        while in_transaction(connection, lambda connection: read_pending(connection, 5_000)):
            pass
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if thumbnails:
        _link_thumbnails(layout, pictures)


def orders(pictures: int) -> Iterator[Order]:
    """Yield the tasks that bring exactly *pictures* pictures together, oldest first."""
    chance = random.Random(_SEED)  # noqa: S311 - the same each time
    made = number = 0
    created_at = _NEWEST - timedelta(minutes=2.5 * pictures)
    while made < pictures:
        created_at = min(created_at + timedelta(seconds=chance.expovariate(1 / 600)), _NEWEST)
        order = _order(chance, number, created_at, pictures - made)
        made, number = made + order.pictures, number + 1
        yield order


def _order(chance: random.Random, number: int, created_at: datetime, left: int) -> Order:
    state = chance.choice(_STATES)
    asked = chance.choice(_COUNTS)
    got = {"done": asked, "partial": max(1, asked - 1)}.get(state, 0)
    request = GenerationRequest(
        prompt=_prompt(chance),
        resolution=chance.choice(tuple(Resolution)),
        aspect_ratio=chance.choice(tuple(AspectRatio)),
        count=asked,
        mode=Mode.TEXT_TO_IMAGE,
    )
    return Order(number, created_at, request, state, min(got, left))


def _prompt(chance: random.Random) -> str:
    parts = [f"{chance.choice(_STYLES)} of a {chance.choice(_SUBJECTS)} {chance.choice(_PLACES)}"]
    parts.append(chance.choice(_LIGHTS))
    parts += (f"{chance.choice(_NOUNS)} and {chance.choice(_NOUNS)}" for _ in range(chance.randrange(6)))
    # A long tail of words that hardly any other prompt has, as with names and places.
    parts.append(f"series {chance.randrange(50_000):x}")
    return ", ".join(parts)


def _fill(connection: sqlite3.Connection, pictures: int) -> None:
    chance = random.Random(_SEED + 1)  # noqa: S311 - the same each time
    for order in orders(pictures):
        _write_task(connection, order)
        for position in range(order.pictures):
            _write_picture(connection, order, position)
            _write_judgment(connection, order.sha256(position), chance)


def _write_task(connection: sqlite3.Connection, order: Order) -> None:
    request = request_to_json(order.request)
    kind, code, message = _FAILURES.get(order.state, (None, None, None))
    accepted_at, finished_at = order.created_at + timedelta(seconds=2), order.created_at + timedelta(seconds=41)
    row = {
        **{name: value for name, value in request.items() if name not in ("references", "adds_role_line")},
        "id": order.task_id,
        "created_at": to_text(order.created_at),
        "state": order.state,
        "request": canonical(request),
        "estimated_cost_usd": f"{0.04 * order.request.count:.2f}",
        "service_task_id": f"task_{order.task_id}",
        "service_state": order.state,
        "is_watched": 1,
        "accepted_at": to_text(accepted_at),
        "finished_at": to_text(finished_at),
        "failure_kind": kind,
        "failure_code": code,
        "failure_message": message,
    }
    _insert(connection, "tasks", row)
    _insert(connection, "attempts", _attempt(order, to_text(order.created_at), to_text(accepted_at)))


def _attempt(order: Order, started_at: str, ended_at: str) -> dict[str, object]:
    return {
        "id": f"{order.task_id}-1",
        "task_id": order.task_id,
        "position": 0,
        "state": "refused" if order.state == "refused" else "accepted",
        "started_at": started_at,
        "wire_at": started_at,
        "ended_at": ended_at,
        "http_status": 400 if order.state == "refused" else 200,
        "detail": "",
    }


def _write_picture(connection: sqlite3.Connection, order: Order, position: int) -> None:
    sha256 = order.sha256(position)
    ratio = order.request.aspect_ratio or AspectRatio.SQUARE
    size = pixels_for(ratio, order.request.resolution)
    row = {
        "task_id": order.task_id,
        "position": position,
        "url": f"https://pictures.invalid/{order.task_id}/{position}.png",
        "state": "stored",
        "tries": 1,
        "sha256": sha256,
        "path": f"originals/{sha256[:2]}/{sha256}.png",
        "saved_path": f"/library/{order.created_at:%Y-%m-%d}/picture-{order.number:06}-{position + 1}.png",
        "width_px": size.width_px,
        "height_px": size.height_px,
        "size_bytes": size.width_px * size.height_px,
        "stored_at": to_text(order.created_at + timedelta(seconds=40)),
    }
    _insert(connection, "pictures", row)


def _write_judgment(connection: sqlite3.Connection, sha256: str, chance: random.Random) -> None:
    """About a third of the pictures is judged, a tenth has tags."""
    if chance.random() < 0.35:
        stars = chance.choice((0, 1, 2, 3, 3, 4, 4, 5))
        flag = chance.choice(("none", "none", "pick", "reject"))
        row = {"sha256": sha256, "stars": stars, "flag": flag, "is_favourite": int(chance.random() < 0.1)}
        _insert(connection, "judgments", row)
    if chance.random() < 0.1:
        for tag in chance.sample(_TAGS, 2):
            _insert(connection, "picture_tags", {"sha256": sha256, "tag": tag})


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)  # noqa: S608 - own names


def _link_thumbnails(layout: Layout, pictures: int) -> None:
    models: dict[tuple[AspectRatio, int, int], Path] = {}
    for order in orders(pictures):
        ratio = order.request.aspect_ratio or AspectRatio.SQUARE
        for position in range(order.pictures):
            for edge_px in EDGES_PX:
                place = layout.thumbnail(order.sha256(position), edge_px)
                key = ratio, (order.number + position) % (_DISTINCT_THUMBNAILS // len(AspectRatio)), edge_px
                _link(models, key, place)


def _link(models: dict[tuple[AspectRatio, int, int], Path], key: tuple[AspectRatio, int, int], place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if key not in models:
        place.write_bytes(_thumbnail(*key))
        models[key] = place
    else:
        os.link(models[key], place)


def _thumbnail(ratio: AspectRatio, kind: int, edge_px: int) -> bytes:
    """Return a picture like a photograph in weight: slopes of two colours under a little grain."""
    size = pixels_for(ratio, Resolution.TWO_K)
    scale = edge_px / max(size.width_px, size.height_px)
    wanted_px = round(size.width_px * scale), round(size.height_px * scale)
    chance = random.Random(f"{ratio} {kind}")  # noqa: S311 - the same each time
    grain = Image.effect_noise(wanted_px, chance.uniform(20, 60))
    slope = Image.linear_gradient("L").rotate(90 * chance.randrange(4)).resize(wanted_px)
    disc = Image.radial_gradient("L").resize(wanted_px)
    bands = [slope, disc, grain]
    chance.shuffle(bands)
    buffer = io.BytesIO()
    Image.merge("RGB", bands).save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def main() -> None:
    """Make a library and print what it took as one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("pictures", type=int)
    parser.add_argument("--thumbnails", action="store_true")
    chosen = parser.parse_args()
    begin = time.perf_counter()
    make_library(chosen.folder, chosen.pictures, thumbnails=chosen.thumbnails)
    took = {"pictures": chosen.pictures, "seconds": round(time.perf_counter() - begin, 1)}
    sys.stdout.write(json.dumps(took) + "\n")


if __name__ == "__main__":
    main()
