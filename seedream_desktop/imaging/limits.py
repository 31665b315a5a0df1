"""What the worker process takes from itself before it opens anything: memory, processor time, core dumps."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import Final

MEMORY_BYTES: Final = 1024**3
CPU_S: Final = 20


def restrict() -> None:
    """Limit memory, forbid core dumps, and make new files readable by the user alone; for good."""
    os.umask(0o077)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # macOS has the name but may refuse the limit.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def allow_cpu() -> None:
    """Give the next job its processor time; the system ends the process that needs more, parent or no parent."""
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        until_s = int(usage.ru_utime + usage.ru_stime) + 1 + CPU_S
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until_s, hard))
