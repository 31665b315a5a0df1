"""Replies of the service as bytes, sound and spoilt."""

from __future__ import annotations

import json
from typing import Any

from seedream_desktop.ports.service import RawReply

TASK_ID = "0123456789abcdef0123456789abcdef"


def raw(body: bytes | str, http_status: int = 200, retry_after: str = "") -> RawReply:
    return RawReply(http_status, retry_after, body.encode() if isinstance(body, str) else body)


def envelope(
    data: Any = None, code: Any = 200, message: Any = "success", http_status: int = 200, retry_after: str = ""
) -> RawReply:
    return raw(json.dumps({"code": code, "message": message, "data": data}), http_status, retry_after)


def status_data(state: Any, **fields: Any) -> RawReply:
    return envelope({"taskId": TASK_ID, "state": state, **fields})


def success(result: Any) -> RawReply:
    """A success whose `resultJson` is *result* as it stands."""
    return status_data("success", resultJson=result)
