"""Looks a large database through while the window is being built, so that opening it need not.

What it finds counts only when all is in order and the files are still the same when they are opened; in every other
case opening asks by itself. It writes nothing, and never keeps the process from ending.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from seedream_desktop.store.database_files import is_large, marks_of

if TYPE_CHECKING:
    from seedream_desktop.store.inspection import Questions

# None of them is a reason not to start: opening meets it again, if it lasts.
_TROUBLES: Final = (sqlite3.Error, UnicodeDecodeError, OSError)


class EarlyLook:
    """One look at *database*, on a thread of its own that runs from the beginning."""

    @classmethod
    def begin(cls, database: Path) -> EarlyLook | None:
        """Return a look that has begun, or None where it is not worth it or not possible."""
        try:
            return cls(database) if is_large(database) else None
        except OSError:
            return None

    def __init__(self, database: Path) -> None:
        self._database = database
        self._marks = marks_of(database)
        self._connection: sqlite3.Connection | None = None
        self._questions: Questions | None = None
        self._is_wanted = True
        self._is_well = False
        self._thread = Thread(target=self._look, name="early look", daemon=True)
        self._thread.start()

    def found_all_well(self, connection: sqlite3.Connection) -> bool:
        """Return whether nothing is wrong with the files as they are now; False also when that is not known.

        What was not asked until now is asked on *connection* too: to wait takes no longer than to ask anew.
        """
        is_well = self._is_unchanged() and self._helped(connection)
        if not is_well:
            self.end()
        self._thread.join()
        return is_well and self._is_well and self._is_unchanged()

    def end(self) -> None:
        """Break off what still goes on; afterwards the look has no file open any more."""
        self._is_wanted = False
        if self._questions is not None:
            self._questions.drop()
        if self._connection is not None:
            with suppress(sqlite3.ProgrammingError):  # when it is closed already
                self._connection.interrupt()
        self._thread.join()

    def _look(self) -> None:
        # Here, so that the window does not wait for them.
        from seedream_desktop.store.database import connect_read_only
        from seedream_desktop.store.inspection import Questions

        with suppress(*_TROUBLES), closing(connect_read_only(self._database)) as connection:
            self._connection = connection
            self._questions = Questions(connection)
            self._is_well = self._is_wanted and self._questions.are_answered(connection)

    def _helped(self, connection: sqlite3.Connection) -> bool:
        with suppress(*_TROUBLES):
            return self._questions is not None and self._questions.are_answered(connection)
        return False

    def _is_unchanged(self) -> bool:
        with suppress(OSError):
            return marks_of(self._database) == self._marks
        return False
