"""A key that sings: every spelling of it that could give it away, and where to listen."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

CANARY = "sk-c4n4ry/Zq7+9x=%4f9a1c77e2b0"


def spellings() -> Iterator[bytes]:
    """Yield the canary as it is, percent-encoded, in base64 at each of its three places, in hex and in UTF-16."""
    raw = CANARY.encode()
    yield raw
    yield from (quote(CANARY, safe="").encode(), quote(CANARY).encode(), quote_plus(CANARY).encode())
    yield from (raw.hex().encode(), raw.hex().upper().encode())
    yield CANARY.encode("utf-16-le")
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + raw)
        # The ends depend on what stands before and behind.
        yield from (core := encoded[4:-4], core.replace(b"+", b"-").replace(b"/", b"_"))


def sings_in(content: bytes) -> bool:
    """Whether any spelling of the canary stands in *content*."""
    lowered = content.lower()
    return any(spelling in content or spelling.lower() in lowered for spelling in spellings())


def singing_files(*folders: Path) -> list[str]:
    """Return the files that hold the canary, by content or by name."""
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [str(file) for file in files if sings_in(file.read_bytes()) or sings_in(str(file).encode())]
