"""The words for states: of tasks and of pictures."""

from __future__ import annotations

from typing import Final

from seedream_desktop.domain.picture import PictureState
from seedream_desktop.domain.task import TaskState
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP, say

_STATES: Final[dict[TaskState, str]] = {
    TaskState.DRAFT: QT_TRANSLATE_NOOP("Sentences", "Draft"),
    TaskState.QUEUED: QT_TRANSLATE_NOOP("Sentences", "Queued"),
    TaskState.SUBMITTING: QT_TRANSLATE_NOOP("Sentences", "Sending"),
    TaskState.REFUSED: QT_TRANSLATE_NOOP("Sentences", "Refused"),
    TaskState.UNKNOWN: QT_TRANSLATE_NOOP("Sentences", "Outcome unknown"),
    TaskState.PROCESSING: QT_TRANSLATE_NOOP("Sentences", "Generating"),
    TaskState.DOWNLOADING: QT_TRANSLATE_NOOP("Sentences", "Downloading"),
    TaskState.DONE: QT_TRANSLATE_NOOP("Sentences", "Done"),
    TaskState.PARTIAL: QT_TRANSLATE_NOOP("Sentences", "Partly done"),
    TaskState.FAILED: QT_TRANSLATE_NOOP("Sentences", "Failed"),
    TaskState.NOT_FOUND: QT_TRANSLATE_NOOP("Sentences", "Not found"),
    TaskState.WRITTEN_OFF: QT_TRANSLATE_NOOP("Sentences", "Written off"),
}


_PICTURES: Final[dict[PictureState, str]] = {
    PictureState.PLANNED: QT_TRANSLATE_NOOP("Sentences", "Waiting to download"),
    PictureState.DOWNLOADING: QT_TRANSLATE_NOOP("Sentences", "Downloading"),
    PictureState.STORED: QT_TRANSLATE_NOOP("Sentences", "Saved"),
    PictureState.EXPIRED: QT_TRANSLATE_NOOP("Sentences", "Link expired"),
    PictureState.UNDECODABLE: QT_TRANSLATE_NOOP("Sentences", "Damaged picture"),
    PictureState.NOT_AN_IMAGE: QT_TRANSLATE_NOOP("Sentences", "Not a picture"),
    PictureState.MISSING: QT_TRANSLATE_NOOP("Sentences", "File missing"),
}


def state_word(state: TaskState) -> str:
    """Return the one word or two that name a task's state."""
    return say(_STATES[state])


def picture_word(state: PictureState) -> str:
    """Return the words that name a picture's state."""
    return say(_PICTURES[state])
