"""Turns our English into the user's language; Qt-free: whoever has a translator hands it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

_CONTEXT: Final = "Sentences"


def _in_english(_context: str, text: str) -> str:
    return text


_translate: Callable[[str, str], str] = _in_english


def use_translator(translate: Callable[[str, str], str]) -> None:
    """Let *translate(context, text)* turn every sentence into the user's language from now on."""
    global _translate  # noqa: PLW0603 - one language per process, set once at its start
    _translate = translate


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - the name the extraction tool looks for
    """Mark *text* for extraction and return it."""
    return text


def say(text: str, **values: object) -> str:
    """Return *text*, marked for extraction where it stands, in the user's language with its *values* put in."""
    return _translate(_CONTEXT, text).format(**values)
