"""A small WebDAV server on a real socket: PUT, GET, HEAD, DELETE and MKCOL with a password or a token."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

USER, PASSWORD, TOKEN = "anna", "pässword: 1", "token-0123456789"
METHODS = ["PUT", "GET", "HEAD", "DELETE", "MKCOL"]


class WebDav:
    """Files in memory, readable by anybody; *forced* statuses are given to the next requests of a method."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[bytes, str]] = {}
        self.folders = {"", "open"}
        self.forced: dict[str, list[int]] = {}
        self.requests: list[str] = []
        self.port = 0

    @property
    def url(self) -> str:
        """The address of the folder that exists."""
        return f"http://127.0.0.1:{self.port}/open"

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        path = request.path_params["path"]
        self.requests.append(f"{request.method} /{path}")
        body = await request.body()
        if self.forced.get(request.method):
            status = self.forced[request.method].pop(0)
            return Response("told", status, {"Location": f"http://127.0.0.1:{self.port}/open/elsewhere"})
        if request.method in {"GET", "HEAD"}:
            return self._read(path)
        if not _is_known(request.headers.get("authorization", "")):
            return Response(status_code=401, headers={"WWW-Authenticate": "Basic"})
        return self._change(request, path, body)

    def _read(self, path: str) -> Response:
        content, kind = self.files.get(path, (b"", ""))
        return Response(content, media_type=kind) if path in self.files else Response(status_code=404)

    def _change(self, request: Request, path: str, body: bytes) -> Response:
        if request.method == "DELETE":
            return Response(status_code=204 if self.files.pop(path, None) else 404)
        if request.method == "MKCOL":
            self.folders.add(path.rstrip("/"))
            return Response(status_code=201)
        if path.rpartition("/")[0] not in self.folders:
            return Response(status_code=409)
        self.files[path] = (body, request.headers["content-type"])
        return Response(status_code=201)


@contextlib.contextmanager
def running_webdav() -> Iterator[WebDav]:
    """Yield a server that runs in a thread of its own."""
    dav = WebDav()
    app = Starlette(routes=[Route("/{path:path}", dav.answer, methods=METHODS)])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=0))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        dav.port = listener.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield dav
        finally:
            server.should_exit = server.force_exit = True
            thread.join()


def _is_known(authorization: str) -> bool:
    pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return authorization in {f"Basic {pair}", f"Bearer {TOKEN}"}
