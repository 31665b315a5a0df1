"""Takes secrets out of any text on its way to a log: known ones in every spelling, unknown ones by their marks."""

from __future__ import annotations

import base64
import json
import re
import threading
from typing import Final
from urllib.parse import quote, quote_plus

from seedream_desktop.system.secret import MASK, Secret

# Shorter texts would blank out half of every line and are no keys.
MIN_SECRET_CHARS: Final = 6
_MARKS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"(?i)\b(bearer\s+)[^\s'\",;]+"), rf"\1{MASK}"),
    (re.compile(r"(://)[^/\s@'\"]+@"), rf"\1{MASK}@"),
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://[^\s?#'\"<>]+)\?[^\s'\"<>]*"), rf"\1?{MASK}"),
    (re.compile(r"(?i)\b(x-amz-[\w-]+['\"]?\s*[=:]\s*['\"]?)[^\s&'\",;]+"), rf"\1{MASK}"),
    (re.compile(r"(?i)\b((?:sig|signature|token)=)[^\s&'\",;]+"), rf"\1{MASK}"),
    # The name of a hosted picture: in a public bucket nothing else keeps it from being read.
    (re.compile(r"(?<![\w-])[\w-]{43}(?=\.(?:jpg|png|webp)\b)"), MASK),
)


class Scrubber:
    """Knows the secrets of this run; may be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._spellings: set[str] = set()
        self._known: re.Pattern[str] | None = None

    def register(self, secret: Secret) -> None:
        """Blank *secret* out from now on: as it is, percent-encoded, in JSON, in base64 and in hex."""
        text = secret.reveal()
        if len(text) < MIN_SECRET_CHARS:
            return
        with self._lock:
            self._spellings |= spellings(text)
            longest_first = sorted(self._spellings, key=len, reverse=True)
            self._known = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)

    def scrub(self, text: str) -> str:
        """Return *text* with every known secret and everything that looks like one replaced by a mask."""
        known = self._known
        if known is not None:
            text = known.sub(MASK, text)
        for mark, replacement in _MARKS:
            text = mark.sub(replacement, text)
        return text


def spellings(text: str) -> set[str]:
    """Return the forms in which *text* may stand in a URL, a JSON document, a header or a dump."""
    data = text.encode("utf-8", "surrogatepass")
    percent = {quote(data, safe=""), quote(data, safe="/:"), quote_plus(data)}
    return {text, json.dumps(text)[1:-1], repr(text)[1:-1], data.hex(), *percent, *_base64_cores(data)}


def _base64_cores(data: bytes) -> set[str]:
    """The characters that *data* alone decides in base64, for each of the three places it may start at."""
    cores = set()
    for shift in range(3):
        encoded = base64.b64encode(bytes(shift) + data).decode()
        first, last = -(-shift * 8 // 6), (shift + len(data)) * 8 // 6
        core = encoded[first:last]
        cores |= {core, core.translate(str.maketrans("+/", "-_"))}
    return cores
