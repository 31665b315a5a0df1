"""The process that opens foreign pictures, so that a file which breaks a decoder breaks nothing else.

It reads jobs from its standard input, answers on its standard output and ends when the input does: a program that
died leaves no worker behind. It knows no secrets, because it is started without any.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import BinaryIO, Final

from seedream_desktop.domain.reference import Crop
from seedream_desktop.imaging.limits import MOST_CPU_S, MOST_MEMORY_BYTES, allow, restrict
from seedream_desktop.imaging.protocol import BrokenPipeProtocolError, Message, receive, send
from seedream_desktop.ports.errors import UndecodableError, UnusableReferenceError


def main() -> int:
    """Serve jobs until the input ends; returns the exit code."""
    # Ctrl+C reaches all processes of a terminal; when to end is the program's decision.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = _own_output()
    restrict()
    try:
        _serve(sys.stdin.buffer, answers)
    except (BrokenPipeProtocolError, OSError):
        return 0  # the program is gone, and so is the reason to be here
    return 0


def _own_output() -> BinaryIO:
    """Return the answers' pipe, and send whatever else prints to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    from seedream_desktop.imaging import jobs as _loads_pillow  # noqa: F401 - after the limits, before the first job

    send(answers, {"ready": True})
    while True:
        job = receive(jobs)
        allow()
        send(answers, _answer(job))


def _answer(job: Message) -> Message:
    try:
        return {"ok": True, **_do(job)}
    except UnusableReferenceError as error:
        return {"ok": False, "unusable": str(error.fault), "detail": error.detail}
    except UndecodableError as error:
        return {"ok": False, "undecodable": str(error)}
    except MemoryError:
        return {"ok": False, "undecodable": "opening it needs more memory than it is given"}
    except OSError as error:
        return {"ok": False, "errno": error.errno, "words": error.strerror or str(error)}


def _do(job: Message) -> Message:
    return _JOBS[job["job"]](job, Path(job["path"]))


def _examine(_job: Message, path: Path) -> Message:
    from seedream_desktop.imaging import jobs

    return jobs.examine(path)


def _thumbnails(job: Message, path: Path) -> Message:
    from seedream_desktop.imaging import jobs

    return jobs.make_thumbnails(path, {int(edge): Path(target) for edge, target in job["targets"].items()})


def _render(job: Message, path: Path) -> Message:
    from seedream_desktop.imaging import jobs

    return jobs.render(path, Path(job["into"]))


def _prepare(job: Message, path: Path) -> Message:
    from seedream_desktop.imaging.prepare import prepare

    allow(MOST_MEMORY_BYTES, MOST_CPU_S)
    crop = Crop(*job["crop"]) if job["crop"] else None
    return prepare(path, crop, Path(job["into"]))


def _preview(job: Message, path: Path) -> Message:
    from seedream_desktop.imaging.preview import preview

    allow(MOST_MEMORY_BYTES, MOST_CPU_S)
    return preview(path, Path(job["into"]), int(job["edge_px"]))


def _traces(_job: Message, path: Path) -> Message:
    from seedream_desktop.imaging.traces import traces

    allow(MOST_MEMORY_BYTES, MOST_CPU_S)
    return traces(path)


def _inscribe(job: Message, path: Path) -> Message:
    from seedream_desktop.imaging.traces import inscribe

    return inscribe(path, Path(job["into"]), job["recipe"])


_JOBS: Final = {
    "examine": _examine,
    "thumbnails": _thumbnails,
    "render": _render,
    "prepare": _prepare,
    "preview": _preview,
    "traces": _traces,
    "inscribe": _inscribe,
}


if __name__ == "__main__":
    sys.exit(main())
