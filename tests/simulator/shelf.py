"""A small web server of the test itself, for what the simulator fetches and whom it calls."""

from __future__ import annotations

import http.server
import json
from typing import Any


class Shelf(http.server.BaseHTTPRequestHandler):
    """Serves whatever the test laid on it, by path; remembers what is posted."""

    served: dict[str, bytes]
    posted: list[Any]
    answers: list[int]

    def do_GET(self) -> None:
        data = self.served.get(self.path)
        self.send_response(404 if data is None else 200)
        self.end_headers()
        self.wfile.write(data or b"")

    def do_POST(self) -> None:
        self.posted.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        self.send_response(self.answers.pop(0) if self.answers else 200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass
