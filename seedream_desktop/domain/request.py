"""What a designer may ask of the model, and every limit the service puts on it (source: the API page)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from seedream_desktop.domain.figures import figures_without_picture, role_line
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Reference

MODEL: Final = "seedream-4-5"
MAX_PROMPT_CHARS: Final = 5000
MAX_COUNT: Final = 10
MAX_REFERENCES: Final = 14
# The model makes at most 15 pictures out of references and results together in a connected set.
MAX_SET_PICTURES: Final = 15


class Mode(StrEnum):
    """Whether reference images go along with the prompt."""

    TEXT_TO_IMAGE = "text-to-image"
    IMAGE_TO_IMAGE = "image-to-image"


class Resolution(StrEnum):
    """The two sizes the model paints at."""

    TWO_K = "2K"
    FOUR_K = "4K"


class AspectRatio(StrEnum):
    """The eight shapes of the API page; no ratio at all lets the model choose."""

    SQUARE = "1:1"
    PORTRAIT_2_3 = "2:3"
    LANDSCAPE_3_2 = "3:2"
    PORTRAIT_3_4 = "3:4"
    LANDSCAPE_4_3 = "4:3"
    PORTRAIT_9_16 = "9:16"
    LANDSCAPE_16_9 = "16:9"
    PANORAMA_21_9 = "21:9"


class Provider(StrEnum):
    """The service's routing of a request."""

    AUTO = "auto"
    VALUE = "value"
    OFFICIAL = "official"


_PIXELS: Final[dict[AspectRatio, tuple[PixelSize, PixelSize]]] = {
    AspectRatio.SQUARE: (PixelSize(2048, 2048), PixelSize(4096, 4096)),
    AspectRatio.PORTRAIT_2_3: (PixelSize(1664, 2496), PixelSize(3328, 4992)),
    AspectRatio.LANDSCAPE_3_2: (PixelSize(2496, 1664), PixelSize(4992, 3328)),
    AspectRatio.PORTRAIT_3_4: (PixelSize(1728, 2304), PixelSize(3520, 4704)),
    AspectRatio.LANDSCAPE_4_3: (PixelSize(2304, 1728), PixelSize(4704, 3520)),
    AspectRatio.PORTRAIT_9_16: (PixelSize(1600, 2848), PixelSize(3040, 5504)),
    AspectRatio.LANDSCAPE_16_9: (PixelSize(2848, 1600), PixelSize(5504, 3040)),
    AspectRatio.PANORAMA_21_9: (PixelSize(3136, 1344), PixelSize(6240, 2656)),
}


def pixels_for(ratio: AspectRatio, resolution: Resolution) -> PixelSize:
    """Return the exact size the model paints *ratio* at (the API page's table)."""
    two_k, four_k = _PIXELS[ratio]
    return two_k if resolution is Resolution.TWO_K else four_k


class Field(StrEnum):
    """The part of a request that a problem is about; the window shows the problem beside it."""

    PROMPT = "prompt"
    REFERENCES = "references"
    COUNT = "count"
    SEQUENCE = "sequence"
    CALLBACK_URL = "callback_url"


class ProblemCode(StrEnum):
    """Why a request cannot be sent as it stands, or should be thought over."""

    PROMPT_EMPTY = "prompt_empty"
    PROMPT_TOO_LONG = "prompt_too_long"
    PROMPT_UNPRINTABLE = "prompt_unprintable"
    COUNT_OUT_OF_RANGE = "count_out_of_range"
    REFERENCES_MISSING = "references_missing"
    REFERENCES_TOO_MANY = "references_too_many"
    REFERENCES_UNUSED = "references_unused"
    FIGURE_WITHOUT_PICTURE = "figure_without_picture"
    FIGURE_IN_TEXT_MODE = "figure_in_text_mode"
    SET_TOO_LARGE = "set_too_large"
    CALLBACK_URL_NOT_PUBLIC = "callback_url_not_public"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request: *actual* against *limit* where numbers are meant, *words* of the prompt."""

    code: ProblemCode
    field: Field
    actual: int = 0
    limit: int = 0
    words: str = ""

    @property
    def forbids(self) -> bool:
        """Whether the request must not be sent; a warning leaves the choice to the user."""
        return self.code not in (ProblemCode.SET_TOO_LARGE, ProblemCode.FIGURE_IN_TEXT_MODE)


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One order as the user gave it; immutable, and stored with the task for good.

    With *adds_role_line* the roles of the references are told to the model after the prompt.
    """

    prompt: str
    mode: Mode = Mode.TEXT_TO_IMAGE
    resolution: Resolution = Resolution.TWO_K
    aspect_ratio: AspectRatio | None = AspectRatio.SQUARE
    count: int = 1
    sequence: bool = False
    provider: Provider = Provider.AUTO
    references: tuple[Reference, ...] = ()
    callback_url: str | None = None
    adds_role_line: bool = False

    @property
    def sent_prompt(self) -> str:
        """The prompt as the service gets it: the user's words, and the line of the roles where it is wanted."""
        line = role_line(self.references) if self.adds_role_line and self.mode is Mode.IMAGE_TO_IMAGE else ""
        return f"{self.prompt}\n\n{line}" if line else self.prompt

    @property
    def pixels(self) -> PixelSize | None:
        """The size that will be painted, or None when the model chooses the shape."""
        if self.aspect_ratio is None:
            return None
        return pixels_for(self.aspect_ratio, self.resolution)

    def problems(self) -> tuple[Problem, ...]:
        """Return everything that is wrong, in the order of the composer; empty means it may be sent."""
        return (
            *_prompt_problems(self),
            *_reference_problems(self),
            *_count_problems(self),
            *_callback_problems(self.callback_url),
        )

    @property
    def is_sendable(self) -> bool:
        """Whether no problem forbids sending."""
        return not any(problem.forbids for problem in self.problems())


def _prompt_problems(request: GenerationRequest) -> list[Problem]:
    sent = request.sent_prompt
    if not request.prompt.strip():
        return [Problem(ProblemCode.PROMPT_EMPTY, Field.PROMPT)]
    if len(sent) > MAX_PROMPT_CHARS:
        return [Problem(ProblemCode.PROMPT_TOO_LONG, Field.PROMPT, len(sent), MAX_PROMPT_CHARS)]
    if any(_is_unsendable(char) for char in sent):
        return [Problem(ProblemCode.PROMPT_UNPRINTABLE, Field.PROMPT)]
    return _figure_problems(request)


def _figure_problems(request: GenerationRequest) -> list[Problem]:
    """A figure without its picture is a mistake where pictures go along; in text mode it may be meant as words."""
    if request.mode is Mode.TEXT_TO_IMAGE:
        found = figures_without_picture(request.prompt, 0)
        return [Problem(ProblemCode.FIGURE_IN_TEXT_MODE, Field.PROMPT, words=words) for words in found]
    if not request.references:
        return []
    lost = figures_without_picture(request.prompt, len(request.references))
    code = ProblemCode.FIGURE_WITHOUT_PICTURE
    return [Problem(code, Field.PROMPT, limit=len(request.references), words=words) for words in lost]


def _is_unsendable(char: str) -> bool:
    """A NUL or a lone surrogate: JSON can carry neither faithfully."""
    return char == "\0" or "\ud800" <= char <= "\udfff"


def _reference_problems(request: GenerationRequest) -> list[Problem]:
    given = len(request.references)
    if request.mode is Mode.TEXT_TO_IMAGE:
        return [Problem(ProblemCode.REFERENCES_UNUSED, Field.REFERENCES, given)] if given else []
    if not given:
        return [Problem(ProblemCode.REFERENCES_MISSING, Field.REFERENCES)]
    if given > MAX_REFERENCES:
        return [Problem(ProblemCode.REFERENCES_TOO_MANY, Field.REFERENCES, given, MAX_REFERENCES)]
    return []


def _count_problems(request: GenerationRequest) -> list[Problem]:
    if not 1 <= request.count <= MAX_COUNT:
        return [Problem(ProblemCode.COUNT_OUT_OF_RANGE, Field.COUNT, request.count, MAX_COUNT)]
    pictures = len(request.references) + request.count
    if request.sequence and pictures > MAX_SET_PICTURES:
        return [Problem(ProblemCode.SET_TOO_LARGE, Field.SEQUENCE, pictures, MAX_SET_PICTURES)]
    return []


def _callback_problems(url: str | None) -> list[Problem]:
    if url is None or _is_callback_url(url):
        return []
    return [Problem(ProblemCode.CALLBACK_URL_NOT_PUBLIC, Field.CALLBACK_URL)]


def _is_callback_url(url: str) -> bool:
    """HTTPS with a host; plain HTTP is let through for loopback, where the simulator listens."""
    if any(char.isspace() or not char.isprintable() for char in url):
        return False
    scheme, separator, rest = url.partition("://")
    host = rest.split("/")[0].split(":")[0]
    if not separator or not host:
        return False
    scheme = scheme.lower()
    return scheme == "https" or (scheme == "http" and host in ("127.0.0.1", "localhost"))
