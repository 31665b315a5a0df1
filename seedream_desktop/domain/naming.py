"""File names that every system takes, made from prompts that nobody wrote as file names."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Final

MAX_SLUG_BYTES: Final = 80
_FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$) *(\..*)?",
    re.IGNORECASE,
)
EXTENSIONS: Final[dict[str, str]] = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


def slug(text: str) -> str:
    """Return *text* as a safe part of a file name, at most 80 bytes of UTF-8; never empty."""
    clean = "".join(char for char in unicodedata.normalize("NFC", text) if _is_visible(char))
    clean = _FORBIDDEN.sub("_", re.sub(r"\s+", " ", clean)).strip().lstrip(".- ")
    clean = _cut(clean)
    if _RESERVED.fullmatch(clean):
        return _cut(f"_{clean}")
    return clean or "picture"


def picture_name(created_at: datetime, prompt: str, task_id: str, position: int, extension: str) -> str:
    """Return e.g. ``2026-11-20_a red fox_1f3c9a2b_1.jpg``; *position* counts from 0, names from 1."""
    short = " ".join(prompt.split()[:8])
    return f"{created_at:%Y-%m-%d}_{slug(short)}_{task_id[:8]}_{position + 1}.{extension}"


def _is_visible(char: str) -> bool:
    """Controls, text direction marks and lone surrogates have no place in a name; white space is folded later."""
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _cut(text: str) -> str:
    """Return *text* cut to the limit between two characters, with no dot or space at its end."""
    return text.encode()[:MAX_SLUG_BYTES].decode(errors="ignore").rstrip(". ")
