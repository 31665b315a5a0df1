"""What the service answers, before anything is done to it on the wire."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

JSON_TYPE = "application/json"


@dataclass(frozen=True)
class Reply:
    """One HTTP answer: status, headers with names in lower case, and the body's bytes as sent."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        """The body read as JSON. Raises: ValueError."""
        return json.loads(self.body)

    @property
    def envelope(self) -> dict[str, Any] | None:
        """The body when it is a JSON object; None for anything else."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return value if isinstance(value, dict) else None

    def with_json(self, value: object) -> Reply:
        """The same reply with *value* as its body."""
        return self.with_body(json.dumps(value).encode(), JSON_TYPE)

    def with_body(self, body: bytes, kind: str) -> Reply:
        """The same reply with *body* of the content type *kind*."""
        return replace(self, body=body, headers={**self.headers, "content-type": kind})

    def with_header(self, name: str, value: str) -> Reply:
        """The same reply with one header more."""
        return replace(self, headers={**self.headers, name: value})


def plain_json(value: object) -> Reply:
    """A reply outside the API's envelope, as the simulator's own addresses give it."""
    return Reply(200).with_json(value)


class Voice:
    """Speaks the API's envelope in the way the chosen readings ask for."""

    def __init__(self, readings: frozenset[str]) -> None:
        self._readings = readings

    def success(self, data: object) -> Reply:
        """Code 200 around *data*."""
        return Reply(200).with_json(self._envelope(200, "success", {"data": data}))

    def refusal(self, code: int, message: str, detail: str | None = None, *, status: int | None = None) -> Reply:
        """A refused call; *detail* goes to `data.error`. *status*: the HTTP status, if not as the readings say."""
        if status is None:
            status = 200 if "refusals-with-200" in self._readings else code
        return Reply(status).with_json(self._envelope(code, message, self._error(detail or message)))

    def _error(self, detail: str) -> dict[str, Any]:
        if "no-data" in self._readings:
            return {}
        return {"data": None if "null-data" in self._readings else {"error": detail}}

    def _envelope(self, code: int, message: str, data: dict[str, Any]) -> dict[str, Any]:
        envelope = {"code": code, "message": message, **data}
        if "no-code" in self._readings:
            del envelope["code"]
        return envelope
