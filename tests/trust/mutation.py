"""A grammar of spoilt replies: true ones of the service, changed in their bytes, their JSON, or both."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from seedream_desktop.ports.service import RawReply

TASK_ID = "8c1f0de5b4a94f0f9d0f3a7be2c85a10"
LINK = "https://r2.apixo.ai/files/8c1f0de5/1.jpeg"
STATUSES = (
    200,
    200,
    200,
    200,
    200,
    201,
    204,
    301,
    400,
    401,
    402,
    404,
    408,
    418,
    422,
    429,
    500,
    502,
    503,
    599,
    100,
    999,
)
RETRY_AFTER = ("", "", "", "7", "0", "-1", "abc", "1e400", "99999999", "nan", "Wed, 21 Oct 2065 07:28:00 GMT", "\udcff")
ODD: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    200,
    401,
    429,
    500,
    2**70,
    1e308,
    1.5,
    "",
    " ",
    "200",
    "success",
    "failed",
    "SUCCESS",
    "a\0b",
    "\ud800",
    "\u202etxt",
    "<b>x</b>",
    "../../x",
    "x" * 5000,
    [],
    [[]],
    [None],
    {},
    {"": None},
    {"error": {"message": "words"}},
    {"taskId": TASK_ID},
    TASK_ID,
    LINK,
    [LINK],
    json.dumps({"resultUrls": [LINK]}),
    json.dumps(json.dumps({"resultUrls": [LINK, LINK, "file:///etc/passwd", 7]})),
    json.dumps({"resultUrls": [f"{LINK}?{n}" for n in range(200)]}),
    "[" * 3000,
)
RAW_ODD = (
    b"\xff",
    b"\0",
    b"\xed\xa0\x80",
    b"NaN",
    b"-Infinity",
    b"1e999",
    b"9" * 5000,
    b"\\ud800",
    b'"',
    b"{",
    b"[" * 500,
    b"\r\n",
)


def submitted() -> dict[str, Any]:
    """Return a true reply to a submit."""
    return {"code": 200, "message": "success", "data": {"taskId": TASK_ID}}


def refused() -> dict[str, Any]:
    """Return a true refusal."""
    return {"code": 400, "message": "Invalid parameters", "data": {"error": "prompt is required"}}


def working() -> dict[str, Any]:
    """Return a true status reply of a task that is being worked on."""
    return _status({"state": "processing", "createTime": 1763650800000})


def succeeded() -> dict[str, Any]:
    """Return a true status reply of a finished task."""
    result = json.dumps({"resultUrls": [LINK, LINK.replace("/1.", "/2.")]})
    return _status({"state": "success", "resultJson": result, "createTime": 1763650800000, "costTime": 25000})


def failed() -> dict[str, Any]:
    """Return a true status reply of a failed task."""
    return _status({"state": "failed", "failCode": "CONTENT_VIOLATION", "failMsg": "The content was flagged"})


def balance() -> dict[str, Any]:
    """Return a true reply to the balance call."""
    return {"code": 200, "message": "success", "data": 74.87}


def _status(data: dict[str, Any]) -> dict[str, Any]:
    return {"code": 200, "message": "success", "data": {"taskId": TASK_ID, **data}}


class Mutator:
    """Spoils replies by a die that falls the same way for the same seed."""

    def __init__(self, seed: int) -> None:
        self.die = random.Random(seed)

    def reply(self, *truths: Callable[[], dict[str, Any]]) -> RawReply:
        """Return one of *truths*, spoilt."""
        value: Any = self.die.choice(truths)()
        for _ in range(self.die.randrange(4)):
            value = self._json_changed(value)
        body = self._dumped(value)
        for _ in range(self.die.choice((0, 0, 1, 1, 2, 8))):
            body = self._bytes_changed(body)
        return RawReply(self.die.choice(STATUSES), self.die.choice(RETRY_AFTER), body)

    def _json_changed(self, value: Any) -> Any:
        """Return *value* with one thing changed, at any depth."""
        if isinstance(value, dict) and value and self.die.random() < 0.85:
            return self._object_changed(value)
        if isinstance(value, list) and value and self.die.random() < 0.7:
            place = self.die.randrange(len(value))
            return [*value[:place], self._json_changed(value[place]), *value[place + 1 :]]
        return self.die.choice(ODD)

    def _object_changed(self, value: dict[str, Any]) -> dict[str, Any]:
        name = self.die.choice(sorted(value))
        match self.die.randrange(6):
            case 0:
                return {key: kept for key, kept in value.items() if key != name}
            case 1:
                return {(key.upper() if key == name else key): kept for key, kept in value.items()}
            case 2:
                return {**value, self.die.choice(("taskId", "state", "code", "data", "error")): self.die.choice(ODD)}
            case _:
                return {**value, name: self._json_changed(value[name])}

    def _dumped(self, value: Any) -> bytes:
        text = json.dumps(value, ensure_ascii=self.die.random() < 0.5)
        encoding = self.die.choices(("utf-8", "utf-8-sig", "utf-16", "utf-32", "latin-1"), (90, 4, 2, 2, 2))[0]
        return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")

    def _bytes_changed(self, body: bytes) -> bytes:
        place = self.die.randrange(len(body) + 1)
        match self.die.randrange(7):
            case 0:
                return body[:place]
            case 1:
                return body[:place] + self.die.choice(RAW_ODD) + body[place:]
            case 2:
                return body[:place] + body[place + self.die.randrange(1, 30) :]
            case 3:
                return body[:place] + body[place // 2 : place] + body[place:]
            case 4:
                return body + body
            case 5:
                return self.die.choice((b"", b"<html>502</html>", b"null", b"[" * 100_000, body[::-1]))
            case _:
                return body[:place] + bytes([self.die.randrange(256)]) + body[place + 1 :]
