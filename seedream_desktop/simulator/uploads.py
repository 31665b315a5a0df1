"""A place for reference images: raw bytes in, a link without credentials out."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

from seedream_desktop.simulator.ledger import Ledger

LARGEST_BYTES = 10 * 1024 * 1024
MAGIC = {
    "jpg": (b"\xff\xd8\xff", b""),
    "png": (b"\x89PNG\r\n\x1a\n", b""),
    "webp": (b"RIFF", b"WEBP"),
}
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


class Uploads:
    """Keeps what was uploaded, under unguessable names."""

    def __init__(self, folder: Path, root_url: str, live_s: float, ledger: Ledger) -> None:
        self._folder = folder / "uploads"
        self._root_url = root_url
        self._live_s = live_s
        self._ledger = ledger

    def add(self, data: bytes) -> dict[str, object]:
        """Keep *data*, whose kind is known; returns the `url` and when it dies (`expires_at`, Unix seconds)."""
        name = f"{secrets.token_urlsafe(16)}.{kind_of(data)}"
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / name).write_bytes(data)
        url, expires_at = f"{self._root_url}/uploads/{name}", time.time() + self._live_s
        self._ledger.note("uploads", {"url": url, "bytes": len(data), "received_at": time.time()})
        return {"url": url, "expires_at": expires_at}

    def open(self, name: str) -> tuple[bytes, str] | None:
        """The bytes and content type behind a link's last part; None when it is unknown or has expired."""
        file = self._folder / name
        if file.parent != self._folder or not file.is_file():
            return None
        if time.time() > file.stat().st_mtime + self._live_s:
            return None
        return file.read_bytes(), TYPES[file.suffix[1:]]

    def remove(self, name: str) -> bool:
        """Forget what is behind a link's last part; False when it is unknown."""
        file = self._folder / name
        if file.parent != self._folder or not file.is_file():
            return False
        file.unlink()
        return True


def kind_of(data: bytes) -> str | None:
    """`jpg`, `png` or `webp` by the first bytes; None for anything else."""
    for kind, (start, at_eight) in MAGIC.items():
        if data.startswith(start) and data[8:].startswith(at_eight):
            return kind
    return None
