"""What is wrong with a request before it is sent."""

from __future__ import annotations

from typing import Final

from seedream_desktop.domain.figures import LOST
from seedream_desktop.domain.request import Problem, ProblemCode
from seedream_desktop.sentences.language import QT_TRANSLATE_NOOP, say

_PROBLEMS: Final[dict[ProblemCode, str]] = {
    ProblemCode.PROMPT_EMPTY: QT_TRANSLATE_NOOP("Sentences", "Write a prompt first: what should the picture show?"),
    ProblemCode.PROMPT_TOO_LONG: QT_TRANSLATE_NOOP(
        "Sentences", "The prompt has {actual} characters; the service takes at most {limit}."
    ),
    ProblemCode.PROMPT_UNPRINTABLE: QT_TRANSLATE_NOOP(
        "Sentences", "The prompt holds a character that cannot be sent. Type the last pasted part again."
    ),
    ProblemCode.COUNT_OUT_OF_RANGE: QT_TRANSLATE_NOOP(
        "Sentences", "Ask for 1 to {limit} images at a time; {actual} is outside of that."
    ),
    ProblemCode.REFERENCES_MISSING: QT_TRANSLATE_NOOP(
        "Sentences", "Image to image needs at least one reference image."
    ),
    ProblemCode.REFERENCES_TOO_MANY: QT_TRANSLATE_NOOP(
        "Sentences", "The service takes at most {limit} reference images; {actual} were given."
    ),
    ProblemCode.REFERENCES_UNUSED: QT_TRANSLATE_NOOP(
        "Sentences", "Text to image uses no reference images. Choose image to image, or remove them."
    ),
    ProblemCode.FIGURE_WITHOUT_PICTURE: QT_TRANSLATE_NOOP(
        "Sentences", "The prompt speaks of {words}, but there is no such reference: {limit} are given."
    ),
    ProblemCode.FIGURE_IN_TEXT_MODE: QT_TRANSLATE_NOOP(
        "Sentences", "The prompt speaks of {words}, but text to image sends no references."
    ),
    ProblemCode.SET_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Sentences",
        "References and images of a connected set make {actual} together; above {limit} the set may come back short.",
    ),
    ProblemCode.CALLBACK_URL_NOT_PUBLIC: QT_TRANSLATE_NOOP(
        "Sentences", "The callback URL must be a public address that begins with https://."
    ),
}


_LOST_FIGURE: Final = QT_TRANSLATE_NOOP("Sentences", "The prompt speaks of a reference that was taken out ({words}).")


def problem_sentence(problem: Problem) -> str:
    """Return the sentence about a problem of a request; it names the limit."""
    is_lost = problem.code is ProblemCode.FIGURE_WITHOUT_PICTURE and problem.words.endswith(LOST)
    return say(
        _LOST_FIGURE if is_lost else _PROBLEMS[problem.code],
        actual=problem.actual,
        limit=problem.limit,
        words=problem.words,
    )
