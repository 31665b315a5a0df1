"""Everything that is known against an order before money moves, each with the one click that mends it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.money import dollars, estimate_usd
from seedream_desktop.domain.request import (
    MAX_PROMPT_CHARS,
    MAX_SET_PICTURES,
    Field,
    GenerationRequest,
    Problem,
    ProblemCode,
)
from seedream_desktop.sentences import failure_sentence, problem_sentence
from seedream_desktop.ui.composer.reference_model import shown_name

# Nobody is told off for what he has not come to yet: these show only once Generate was pressed.
_QUIET_AT_FIRST: Final = frozenset({ProblemCode.PROMPT_EMPTY, ProblemCode.REFERENCES_MISSING})


class Cure(StrEnum):
    """What one press can do about a finding."""

    TAKE_FIGURE_OUT = "take_figure_out"
    LEAVE_ROLES_OUT = "leave_roles_out"
    SET_COUNT = "set_count"
    CLEAR_CALLBACK = "clear_callback"
    CHOOSE_HOST = "choose_host"


@dataclass(frozen=True, slots=True)
class Remedy:
    """A *cure* under the *name* of its button, with the *count* or the *words* it is about."""

    cure: Cure
    name: str
    count: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence in its *tone*, beside *field* or, with None, at the foot; one that *forbids* must be mended."""

    field: Field | None
    sentence: str
    forbids: bool = True
    remedy: Remedy | None = None

    @property
    def tone(self) -> str:
        """The colour it is said in."""
        return "bad" if self.forbids else "care"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an order is held against besides the limits; *balance_usd* is None while it is not known."""

    price_usd: Decimal
    balance_usd: Decimal | None = None
    takes_local_files: bool = True
    was_pressed: bool = False


def findings(request: GenerationRequest, known: Circumstances) -> tuple[Finding, ...]:
    """Return what stands against *request*, in the order of the composer; the first of each field is what is shown."""
    return (
        *_from_limits(request, known),
        *_from_hosting(request, known),
        *_from_balance(request, known),
    )


def _from_limits(request: GenerationRequest, known: Circumstances) -> Iterator[Finding]:
    for problem in request.problems():
        if known.was_pressed or problem.code not in _QUIET_AT_FIRST:
            yield Finding(problem.field, problem_sentence(problem), problem.forbids, _remedy(problem, request))


def _from_hosting(request: GenerationRequest, known: Circumstances) -> Iterator[Finding]:
    local = next((reference for reference in request.references if not reference.is_link), None)
    if local is not None and not known.takes_local_files:
        sentence = failure_sentence(Failure(FailureKind.NO_HOST_FOR_FILES, message=shown_name(local)))
        name = QCoreApplication.translate("Preflight", "Choose hosting…")
        yield Finding(Field.REFERENCES, sentence, remedy=Remedy(Cure.CHOOSE_HOST, name))


def _from_balance(request: GenerationRequest, known: Circumstances) -> Iterator[Finding]:
    """Warn only: the price is an estimate, and the service has the last word."""
    estimate = estimate_usd(request.count, known.price_usd)
    if known.balance_usd is None or known.balance_usd >= estimate:
        return
    words = QCoreApplication.translate("Preflight", "The balance of {balance} may be too low: about {sum} is needed.")
    sentence = words.format(balance=dollars(known.balance_usd), sum=dollars(estimate))
    affordable = int(known.balance_usd // known.price_usd) if known.price_usd else 0
    yield Finding(None, sentence, forbids=False, remedy=_fewer(affordable) if affordable > 0 else None)


def _remedy(problem: Problem, request: GenerationRequest) -> Remedy | None:
    match problem.code:
        case ProblemCode.FIGURE_WITHOUT_PICTURE:
            name = QCoreApplication.translate("Preflight", "Take it out of the prompt")
            return Remedy(Cure.TAKE_FIGURE_OUT, name, words=problem.words)
        case ProblemCode.PROMPT_TOO_LONG if request.adds_role_line and len(request.prompt) <= MAX_PROMPT_CHARS:
            return Remedy(Cure.LEAVE_ROLES_OUT, QCoreApplication.translate("Preflight", "Leave the roles out"))
        case ProblemCode.SET_TOO_LARGE:
            return _fewer(MAX_SET_PICTURES - len(request.references))
        case ProblemCode.CALLBACK_URL_NOT_PUBLIC:
            return Remedy(Cure.CLEAR_CALLBACK, QCoreApplication.translate("Preflight", "Send without it"))
        case _:
            return None


def _fewer(count: int) -> Remedy:
    if count == 1:
        return Remedy(Cure.SET_COUNT, QCoreApplication.translate("Preflight", "Make it 1 image"), count)
    name = QCoreApplication.translate("Preflight", "Make it {count} images").format(count=count)
    return Remedy(Cure.SET_COUNT, name, count)
