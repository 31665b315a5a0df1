"""Reads the service's JSON without ever trusting it: anything may be missing, odd or hostile."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from seedream_desktop.domain.task import ServiceTaskId

MAX_TASK_ID_CHARS: Final = 200
_MAX_INT_DIGITS: Final = 18
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
# A whole "taskId" pair wherever it stands; neither quotes nor escapes can be part of an id.
_TASK_ID_PAIR: Final = re.compile(rb'"taskId"\s*:\s*"([!#-\[\]-~]{1,200})"')
# With room for some white space.
MAX_TASK_ID_PAIR_BYTES: Final = 300


@dataclass(frozen=True, slots=True)
class Envelope:
    """The outer shape of every reply: ``{"code": int, "message": str, "data": …}`` (the API page).

    *code* is None when it is missing or no number, *message* the clearest words found, *data* anything.
    """

    code: int | None
    message: str
    data: Any

    def field(self, name: str) -> Any:
        """Return a field of *data*, or None."""
        return self.data.get(name) if isinstance(self.data, dict) else None


def parse_json(raw: bytes | str) -> Any:
    """Return the value of a JSON text, huge numbers and lone surrogates made harmless.

    Raises:
        ValueError: for everything that is no JSON, nests too deeply, or is not text.
    """
    try:
        value = json.loads(raw, parse_int=_bounded_int, parse_constant=_no_constant)
        return _without_surrogates(value)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def parse_envelope(body: bytes) -> Envelope | None:
    """Return the envelope, or None when the body holds no JSON object."""
    try:
        value = parse_json(body)
    except ValueError:
        return None
    if not isinstance(value, dict):
        return None
    data = value.get("data")
    return Envelope(_code(value.get("code")), _message(value, data), data)


def valid_task_id(value: Any) -> ServiceTaskId | None:
    """Return *value* as a task id when it is 1 to 200 printable ASCII characters without spaces."""
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_TASK_ID_CHARS:
        return None
    if not all("!" <= char <= "~" for char in value) or any(char in "\"'\\/<>" for char in value):
        return None
    return ServiceTaskId(value)


def task_id_in_fragment(body: bytes) -> ServiceTaskId | None:
    """Return the one task id that stands whole in a reply that is cut off or oddly built, or None."""
    found = set(_TASK_ID_PAIR.findall(body))
    return valid_task_id(found.pop().decode("ascii")) if len(found) == 1 else None


def holds_task_id(piece: bytes) -> bool:
    """Whether a whole task id stands in a piece of a reply; which one counts is for the whole reply to say."""
    return _TASK_ID_PAIR.search(piece) is not None


def _code(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MAX_INT_DIGITS:
        return int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_MAX_INT_DIGITS:
        return int(value)
    return value if isinstance(value, int) else None


def _message(envelope: dict[str, Any], data: Any) -> str:
    inner = data.get("error") if isinstance(data, dict) else None
    for words in (inner, envelope.get("message"), envelope.get("error")):
        if isinstance(words, str) and words.strip():
            return words.strip()
        if isinstance(words, dict) and isinstance(words.get("message"), str):
            return str(words["message"]).strip()
    return ""


def _bounded_int(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MAX_INT_DIGITS else None


def _no_constant(_word: str) -> None:
    """NaN and Infinity are no JSON; they count as nothing."""


def _without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {_without_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value
