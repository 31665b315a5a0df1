"""Secrets that do not slip into a log, a message or a file by accident, and the check of a pasted key."""

from __future__ import annotations

import hmac
from typing import Final, NoReturn

MASK: Final = "•••"
_ENDS: Final = " \t\r\n"


class BadKeyError(ValueError):
    """A text cannot be an API key; the words say why and hold nothing of the text."""


class Secret:
    """A text that shows itself only when asked by `reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Hold *text*."""
        self._text = text

    def reveal(self) -> str:
        """Return the text itself; ask as late as possible and keep no copy."""
        return self._text

    def __repr__(self) -> str:
        return MASK

    def __str__(self) -> str:
        return MASK

    def __format__(self, format_spec: str) -> str:
        return format(MASK, format_spec)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._bytes(), other._bytes())

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is never pickled or copied")

    def _bytes(self) -> bytes:
        return self._text.encode("utf-8", "surrogatepass")


def parse_key(text: str) -> Secret:
    """Return the API key in *text*, freed of spaces and line breaks at its ends.

    Raises:
        BadKeyError: for a text that no HTTP header can carry as a key.
    """
    key = text.strip(_ENDS)
    if not key:
        raise BadKeyError("The API key is empty.")
    if any(char.isspace() for char in key):
        raise BadKeyError("The API key has a space or a line break inside. Copy it again in one piece.")
    if not (key.isascii() and key.isprintable()):
        raise BadKeyError("The API key holds a character that no key can have. Copy it again from the service's page.")
    return Secret(key)
