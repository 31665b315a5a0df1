"""Puts the parts of the simulated service together and gives them their addresses."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from seedream_desktop.simulator.apicalls import Balance, Generate, Status
from seedream_desktop.simulator.background import Background
from seedream_desktop.simulator.board import Board
from seedream_desktop.simulator.callbacks import Callbacks
from seedream_desktop.simulator.calls import Parts
from seedream_desktop.simulator.control import Control
from seedream_desktop.simulator.faults import FaultBook
from seedream_desktop.simulator.filecalls import Picture, Reference, Removal, Upload
from seedream_desktop.simulator.gates import Gates
from seedream_desktop.simulator.journal import Journal
from seedream_desktop.simulator.ledger import Ledger
from seedream_desktop.simulator.links import Links
from seedream_desktop.simulator.options import Options
from seedream_desktop.simulator.painter import Painter
from seedream_desktop.simulator.references import ReferenceFetcher
from seedream_desktop.simulator.replies import Voice
from seedream_desktop.simulator.uploads import Uploads
from seedream_desktop.simulator.workers import Workers

BASE = "/api/v1"
FETCHERS = 4


def build(options: Options, rules: object, root_url: str) -> Starlette:
    """The whole service as an ASGI application, reachable at *root_url*. Raises: ValueError for a bad rule."""
    journal = Journal(options.folder / "journal.jsonl")
    ledger = Ledger(journal, options.balance_usd, options.price_usd)
    voice, faults, fetchers = Voice(options.readings), FaultBook(rules), Workers(FETCHERS, "fetcher")
    links = Links(root_url, options.links_live_s, options.folder)
    painter = Painter(Workers(max(2, (os.cpu_count() or 2) - 1), "painter"), links, options)
    board = Board(journal, options, painter, ReferenceFetcher(fetchers), links, Background())
    board.tell = Callbacks(board, voice, faults, ledger, links, fetchers, options.speed).tell
    uploads = Uploads(options.folder, root_url, options.links_live_s, ledger)
    parts = Parts(options, voice, ledger, board, links, uploads, faults, Gates(), root_url)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        board.resume()
        yield

    return Starlette(routes=_routes(parts), lifespan=lifespan, exception_handlers={404: _unknown(voice)})


def _routes(parts: Parts) -> list[Route]:
    return [
        Route(f"{BASE}/generateTask/{{model}}", Generate(parts), methods=["POST"]),
        Route(f"{BASE}/statusTask/{{model}}", Status(parts), methods=["GET"]),
        Route(f"{BASE}/apikeys/current-balance", Balance(parts), methods=["GET"]),
        Route("/files/{token}/{number:int}.{ending}", Picture(parts), methods=["GET"]),
        Route("/uploads/{name}", Reference(parts), methods=["GET"]),
        Route("/uploads/{name}", Removal(parts), methods=["DELETE"]),
        Route("/_sim/upload", Upload(parts), methods=["POST"]),
        *Control(parts).routes(),
    ]


def _unknown(voice: Voice) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def handle(_: Request, __: Exception) -> Response:
        reply = voice.refusal(404, "Unknown address")
        return Response(reply.body, reply.status, dict(reply.headers))

    return handle
