"""A name server that keeps silent holds up neither a call for ever nor the end of the program."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tests.programs import CHECKOUT

SILENT = """
import asyncio, socket, time
from seedream_desktop.app import name_resolution

def silent(*_):
    time.sleep(60)

socket.getaddrinfo = silent
name_resolution.LOOKUP_LIMIT_S = 1.0

async def ask():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout({patience_s}):
            await loop.getaddrinfo("name.example", 443)
    except TimeoutError:
        print("gave up")

name_resolution.run_to_end(ask())
"""


@pytest.mark.parametrize("patience_s", [0.2, 30], ids=["the caller gives up", "the lookup gives up"])
def test_a_lookup_that_never_ends_does_not_hold_the_end(patience_s: float) -> None:
    began_s = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", SILENT.format(patience_s=patience_s)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )

    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "gave up\n", "")
    assert time.monotonic() - began_s < 30
