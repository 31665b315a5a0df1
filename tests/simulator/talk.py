"""A small client for the simulator's tests: it speaks as the API page says, and raw bytes where HTTP clients refuse."""

from __future__ import annotations

import io
import json
import socket
import time
from typing import Any

import httpx
from PIL import Image

from tests.simulators import SimulatorProcess

GENERATE = "/generateTask/seedream-4-5"
STATUS = "/statusTask/seedream-4-5"


def request(prompt: str = "dunes", **given: Any) -> dict[str, Any]:
    """A valid body for a submit; `input` fields by name, None leaves one out."""
    fields = {"mode": "text-to-image", "prompt": prompt, "max_images": 1, "resolution": "2K", "aspect_ratio": "1:1"}
    kept = {name: value for name, value in {**fields, **given}.items() if value is not None}
    return {"request_type": "async", "input": kept}


class Talk:
    """One client of one simulator; each request has a connection of its own."""

    def __init__(self, simulator: SimulatorProcess, key: str = "demo") -> None:
        self.simulator = simulator
        self.http = httpx.Client(
            headers={"Authorization": f"Bearer {key}"},
            limits=httpx.Limits(max_keepalive_connections=0),
            trust_env=False,
            timeout=20,
        )

    def post(self, body: object) -> httpx.Response:
        return self.http.post(self.simulator.url + GENERATE, json=body)

    def submit(self, prompt: str = "dunes", **given: Any) -> str:
        """Submit a task; its id."""
        return str(self.post(request(prompt, **given)).json()["data"]["taskId"])

    def status(self, task_id: str) -> httpx.Response:
        return self.http.get(self.simulator.url + STATUS, params={"taskId": task_id})

    def finished(self, task_id: str, limit_s: float = 20.0) -> dict[str, Any]:
        """The data of the final status."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end:
            data: dict[str, Any] = self.status(task_id).json()["data"]
            if data["state"] in ("success", "failed"):
                return data
            time.sleep(0.02)
        raise TimeoutError(f"{task_id} did not end within {limit_s} s")

    def links(self, prompt: str = "dunes", **given: Any) -> list[str]:
        """Submit, wait, and return the result links."""
        return links_of(self.finished(self.submit(prompt, **given)))

    def balance(self) -> float:
        return float(self.http.get(self.simulator.url + "/apikeys/current-balance").json()["data"])

    def upload(self, data: bytes) -> httpx.Response:
        return self.http.post(self.simulator.root + "/_sim/upload", content=data)

    def raw(self, head: str, body: bytes = b"", limit_s: float = 5.0) -> bytes:
        """Send raw bytes and return all that comes back until the end of the connection. Raises: OSError."""
        with socket.create_connection(("127.0.0.1", self.simulator.port), timeout=limit_s) as peer:
            peer.sendall(head.encode() + b"\r\n\r\n" + body)
            return _until_end(peer)

    def raw_get(self, url: str, *, limit_s: float = 5.0) -> bytes:
        path = url.removeprefix(self.simulator.root)
        return self.raw(
            f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer k", limit_s=limit_s
        )

    def raw_submit(self, prompt: str, *, limit_s: float = 5.0) -> bytes:
        body = json.dumps(request(prompt)).encode()
        head = f"POST /api/v1{GENERATE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer k\r\n"
        return self.raw(head + f"Content-Length: {len(body)}", body, limit_s)

    def close(self) -> None:
        self.http.close()


def fault(talk: Talk, call: str, do: dict[str, Any], **more: Any) -> None:
    """Put one rule in the place of all."""
    talk.simulator.set_faults([{"call": call, "do": do, **more}])


def last_submit(talk: Talk) -> dict[str, Any]:
    """The ledger's newest submit."""
    return talk.simulator.submits()[-1]


def links_of(data: dict[str, Any]) -> list[str]:
    """The links in the data of a successful status."""
    return list(json.loads(data["resultJson"])["resultUrls"])


def picture(size: tuple[int, int] = (64, 64), kind: str = "PNG", colour: str = "teal") -> bytes:
    """The bytes of a small picture."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    return file.getvalue()


def _until_end(peer: socket.socket) -> bytes:
    received = bytearray()
    while part := peer.recv(65536):
        received += part
    return bytes(received)
