"""The log files of a run: rotating, scrubbed, and never the reason why the program stops or spends money.

Nothing here writes to the terminal; what a user reads is made elsewhere.
"""

from __future__ import annotations

import copy
import faulthandler
import io
import logging
import os
import sys
import threading
import time
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from seedream_desktop.system.scrubber import Scrubber

LOG_FOLDER: Final = "logs"
LOG_NAME: Final = "seedream.log"
CRASH_NAME: Final = "crash.log"
MAX_FILE_BYTES: Final = 2_000_000
FILES: Final = 5
# httpx tells whole addresses at INFO, queries included.
_TALKATIVE: Final = ("httpx", "httpcore")
_FORMAT: Final = "%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"
_CONTROLS: Final = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160)) if code != ord("\t")}

log = logging.getLogger(__name__)


class ScrubbingFormatter(logging.Formatter):
    """Scrubs everything, tracebacks included, and keeps a message on its one line."""

    def __init__(self, scrubber: Scrubber) -> None:
        """Use *scrubber* for every line."""
        super().__init__(_FORMAT)
        self.converter = time.gmtime
        self.default_time_format = "%Y-%m-%dT%H:%M:%S"
        self.default_msec_format = "%s.%03dZ"
        self._scrubber = scrubber

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's lines, scrubbed."""
        own = copy.copy(record)
        own.exc_text = None  # another handler may have left its own traceback there
        return self._scrubber.scrub(super().format(own))

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Return the first line; words from outside cannot begin a line of their own."""
        return super().formatMessage(record).translate(_CONTROLS)

    def formatException(  # noqa: N802 - logging's own name
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        """Return the traceback, without local variables, set in so that it cannot pass for a line of the log."""
        lines = super().formatException(ei).splitlines()
        return "\n".join(f"    {line.translate(_CONTROLS)}" for line in lines)


class PrivateRotatingFileHandler(RotatingFileHandler):
    """A rotating log file that only its owner can read."""

    def _open(self) -> io.TextIOWrapper:
        # Lone surrogates from outside must not stop a line from being written.
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")


class Logs:
    """Logging of this process into ``logs`` in the data folder, from `start` to `close`."""

    def __init__(self, data_dir: Path, scrubber: Scrubber) -> None:
        """Name the place; nothing is written yet."""
        self.folder = data_dir / LOG_FOLDER
        self._scrubber = scrubber
        self._handler: logging.Handler = logging.NullHandler()
        self._crash_file: IO[str] | None = None
        self._hooks: tuple[Any, Any, Any] = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self._old_level = logging.getLogger().level

    def start(self, level: int = logging.INFO) -> Self:
        """Begin to log *level* and above; a folder that cannot be written means no log, not an error."""
        logging.raiseExceptions = False
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._handler = self._open_handler()
            self._open_crash_file()
        root = logging.getLogger()
        root.addHandler(self._handler)
        root.setLevel(level)
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(max(level, logging.WARNING))
        sys.excepthook, threading.excepthook, sys.unraisablehook = _log_uncaught, _log_thread, _log_unraisable
        return self

    def close(self) -> None:
        """Put the process back as it was before `start`."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        root = logging.getLogger()
        root.removeHandler(self._handler)
        root.setLevel(self._old_level)
        self._handler.close()
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None

    def _open_handler(self) -> logging.Handler:
        path = self.folder / LOG_NAME
        handler = PrivateRotatingFileHandler(path, maxBytes=MAX_FILE_BYTES, backupCount=FILES - 1)
        handler.setFormatter(ScrubbingFormatter(self._scrubber))
        return handler

    def _open_crash_file(self) -> None:
        """The interpreter itself writes here when it dies: names of functions, no values."""
        path = self.folder / CRASH_NAME
        if path.exists() and path.stat().st_size > MAX_FILE_BYTES:
            path.unlink()
        self._crash_file = open(path, "a", encoding="utf-8", opener=_open_private)  # noqa: SIM115 - kept open
        faulthandler.enable(self._crash_file, all_threads=True)


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("uncaught %s", kind.__name__, exc_info=(kind, error, trace))


def _log_thread(given: threading.ExceptHookArgs) -> None:
    if given.exc_value is not None and given.exc_type is not SystemExit:
        name = given.thread.name if given.thread else "a thread"
        trouble = (given.exc_type, given.exc_value, given.exc_traceback)
        log.critical("uncaught %s in %s", given.exc_type.__name__, name, exc_info=trouble)


def _log_unraisable(given: sys.UnraisableHookArgs) -> None:
    if given.exc_value is not None:
        trouble = (given.exc_type, given.exc_value, given.exc_traceback)
        log.error("ignored %s: %s", given.exc_type.__name__, given.err_msg or "", exc_info=trouble)
