from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = """
import ctypes
from pathlib import Path
from seedream_desktop.system.memory import give_back_large_pieces

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]

def resident_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

def after_dropping():
    large = libc.malloc(8_000_000)
    libc.free(large)  # glibc learns from this that eight megabytes are nothing special
    pieces = [libc.malloc(200_000) for _ in range(300)]
    for piece in pieces:
        ctypes.memset(piece, 1, 200_000)
    held = libc.malloc(100_000)
    before = resident_mb()
    for piece in pieces:
        libc.free(piece)
    return before - resident_mb()

if {is_told}:
    assert give_back_large_pieces()
print(after_dropping())
"""


def given_back_mb(*, is_told: bool) -> float:
    program = _PROGRAM.replace("{is_told}", str(is_told))
    return float(subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other C libraries")
def test_dropped_pixels_go_back_to_the_system_at_once() -> None:
    assert given_back_mb(is_told=True) > 50
    # What it is good for: without it the same pieces stay.
    assert given_back_mb(is_told=False) < 50
