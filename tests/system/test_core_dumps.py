"""A crash leaves no copy of the memory behind."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core files by itself")
def test_core_files_are_forbidden_for_good() -> None:
    program = (
        "import resource; from seedream_desktop.system.core_dumps import forbid_core_dumps;"
        "forbid_core_dumps(); print(resource.getrlimit(resource.RLIMIT_CORE))"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "(0, 0)"
