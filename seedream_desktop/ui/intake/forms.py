"""The forms in which something is offered, by the plain names that browsers and file managers give them."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QMimeData

# How Qt names what Windows programs register by a name of their own.
_WINDOWS_NAME: Final = re.compile(r'application/x-qt-windows-mime;value="([^"]+)"')
_BYTE_ORDER_MARKS: Final = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8"))
# A page of markup larger than this is no picture somebody picked.
_MOST_TEXT_BYTES: Final = 48 * 1024 * 1024


class Forms:
    """A view of a QMimeData; asking for names costs nothing, asking for content asks the other program."""

    def __init__(self, mime: QMimeData) -> None:
        self._mime = mime
        self._names = {_plain_name(name): name for name in mime.formats()}

    @property
    def names(self) -> frozenset[str]:
        """The plain names of all forms."""
        return frozenset(self._names)

    def content(self, name: str) -> bytes:
        """Return the bytes of the form called *name*; empty when there is no such form."""
        known = self._names.get(name)
        return bytes(self._mime.data(known).data()) if known is not None else b""

    def text(self, name: str) -> str:
        """Return the text of the form called *name*, whatever its encoding; "" when there is no such form."""
        return decoded(self.content(name)[:_MOST_TEXT_BYTES])

    def lines(self, name: str) -> list[str]:
        """Return the lines of that text that hold anything."""
        return [line for line in map(str.strip, self.text(name).splitlines()) if line]


def decoded(content: bytes) -> str:
    """Return *content* as text: UTF-8, or UTF-16 told by its mark or its zeros; without trailing NULs."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace").rstrip("\0")
    return content.decode(_guessed(content), errors="replace").rstrip("\0")


def _guessed(content: bytes) -> str:
    """Latin letters in UTF-16 have a zero beside each; in UTF-8 there are zeros at the end at most."""
    start = content[:64]
    if len(start) >= 4 and not any(start[1::2]):
        return "utf-16-le"
    if len(start) >= 4 and not any(start[0::2]):
        return "utf-16-be"
    return "utf-8"


def _plain_name(name: str) -> str:
    found = _WINDOWS_NAME.fullmatch(name)
    return found.group(1) if found else name
