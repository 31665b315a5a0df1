"""Exit codes that scripts rely on, and the one way to end a command with a sentence."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What a command ended with."""

    DONE = 0
    TASK_ENDED_BADLY = 1
    """Also when standard output cannot be written, or on an error of the program's own."""
    BAD_ARGUMENTS = 2
    TIMED_OUT = 3
    KEY = 4
    DATA_FOLDER = 5
    INTERRUPTED = 130


class CommandError(Exception):
    """Ends the command with *code* and one plain sentence on standard error."""

    def __init__(self, code: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
