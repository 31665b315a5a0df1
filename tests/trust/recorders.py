"""A server that keeps every byte it is sent, to prove what reached it and what did not."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LAST_WORDS_S = 0.3
PAGE = b"<html>nothing to see</html>"


@dataclass
class Recorder:
    """What came to one recording server, connection by connection."""

    port: int
    answer: bytes
    connections: list[bytearray] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def everything(self) -> bytes:
        return b"\n".join(bytes(one) for one in self.connections)


@contextmanager
def recording(answer: bytes = PAGE, head: bytes = b"HTTP/1.1 404 Not Found\r\n") -> Iterator[Recorder]:
    """Listen on a free loopback port, note what comes, and answer every request the same way."""
    raw = head + b"content-length: %d\r\nconnection: close\r\n\r\n" % len(answer) + answer
    recorder = Recorder(0, raw)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            received = bytearray()
            recorder.connections.append(received)
            self.request.settimeout(LAST_WORDS_S)
            try:
                while b"\r\n\r\n" not in received and (chunk := self.request.recv(65536)):
                    received += chunk
                self.request.sendall(recorder.answer)
            except OSError:
                return

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    recorder.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield recorder
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
