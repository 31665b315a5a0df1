"""The simulator's own addresses under `/_sim/`: the ledger, the fault rules and the gates."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from seedream_desktop.simulator.calls import Parts


class Control:
    """What tests and curious people may ask of a running simulator."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[Route]:
        """The routes under `/_sim/`."""
        return [
            Route("/_sim/ledger", self.ledger),
            Route("/_sim/faults", self.set_faults, methods=["POST"]),
            Route("/_sim/gates", self.gates),
            Route("/_sim/gates", self.set_gates, methods=["POST"]),
        ]

    async def ledger(self, _: Request) -> Response:
        """The whole ledger."""
        return JSONResponse(self._parts.ledger.as_json())

    async def set_faults(self, request: Request) -> Response:
        """Replace all fault rules by the list in the body."""
        try:
            self._parts.faults.replace(await request.json())
            self._parts.asked.clear()
        except ValueError as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse({"replaced": True})

    async def gates(self, _: Request) -> Response:
        """Which gates are armed, and what is held at them now."""
        return JSONResponse(self._parts.gates.as_json())

    async def set_gates(self, request: Request) -> Response:
        """`{"hold": [phase…]}` or `{"release": [phase…]}`; an empty release opens all."""
        try:
            wish = await request.json()
            self._parts.gates.hold(wish.get("hold", []))
            if "release" in wish:
                self._parts.gates.release(wish["release"])
        except (ValueError, AttributeError, TypeError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(self._parts.gates.as_json())
