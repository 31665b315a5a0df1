"""What the worker process takes from itself before it opens anything: memory, processor time, core dumps."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Final

MEMORY_BYTES: Final = 1024**3
CPU_S: Final = 20
# A reference may have 120 megapixels where a picture of the service has 36: 480 MB as pixels, as much again while it
# is turned or converted, and a progressive JPEG or a HEIC keeps its coefficients or planes beside them.
MOST_MEMORY_BYTES: Final = 2 * 1024**3
MOST_CPU_S: Final = 40


def restrict() -> None:
    """Limit memory, forbid core dumps, and make new files readable by the user alone; for good."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # macOS has the name but may refuse the limit.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MOST_MEMORY_BYTES))


def allow(memory_bytes: int = MEMORY_BYTES, cpu_s: int = CPU_S) -> None:
    """Give the next job its memory and its processor time.

    The system ends a process that needs more time, parent or no parent.
    """
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, MOST_MEMORY_BYTES))
        usage = resource.getrusage(resource.RUSAGE_SELF)
        until_s = int(usage.ru_utime + usage.ru_stime) + 1 + cpu_s
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until_s, hard))
