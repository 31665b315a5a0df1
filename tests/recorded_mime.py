"""What real programs put on a drag or on the clipboard, from the files in tests/fixtures/mime.

Each file says which program, which system, what was done, and whether it was recorded or written from documents.
Pictures were replaced by small ones, names and addresses by made-up ones.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

FOLDER: Final = Path(__file__).parent / "fixtures" / "mime"
HOST: Final = "http://pictures.example"
NAMES: Final = tuple(sorted(path.stem for path in FOLDER.glob("*.json")))
_QT_IMAGE: Final = "application/x-qt-image"


def record(name: str) -> dict[str, Any]:
    """Return everything that is written about the recording called *name*."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def forms(name: str, instead: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """Return the forms of a recording with their bytes, with the keys of *instead* replaced by its values."""
    return {form: _replaced(_content(entry), instead or {}) for form, entry in record(name)["formats"].items()}


def mime_of(contents: Mapping[str, bytes]) -> QMimeData:
    """Return *contents* as Qt hands them to a window."""
    mime = QMimeData()
    for form, content in contents.items():
        if form == _QT_IMAGE:
            mime.setImageData(QImage.fromData(content))
        else:
            mime.setData(form, content)
    return mime


def recorded(name: str, instead: Mapping[str, str] | None = None) -> QMimeData:
    """Return a recording as Qt hands it to a window."""
    return mime_of(forms(name, instead))


def _content(entry: Mapping[str, str]) -> bytes:
    return entry["text"].encode() if "text" in entry else base64.b64decode(entry["base64"])


def _replaced(content: bytes, instead: Mapping[str, str]) -> bytes:
    for old, new in instead.items():
        for encoding in ("utf-8", "utf-16-le"):
            content = content.replace(old.encode(encoding), new.encode(encoding))
    return content
