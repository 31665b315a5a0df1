"""Turns the arguments of `generate`, or a file of prompts, into requests; refuses what could never be sent."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.domain.reference import Reference
from seedream_desktop.domain.request import AspectRatio, GenerationRequest, Mode, Provider, Resolution
from seedream_desktop.imaging.probe import sniff_format
from seedream_desktop.sentences import problem_sentence

MAX_REFERENCE_BYTES: Final = 10 * 1024 * 1024
_FIELDS: Final = frozenset(
    {"prompt", "reference", "references", "resolution", "aspect_ratio", "count", "sequence", "provider", "callback_url"}
)


def requests_from(arguments: Namespace) -> list[GenerationRequest]:
    """Return the requests to send, one or many, all of them within the service's limits.

    Raises:
        CommandError: with a sentence that names what is wrong.
    """
    if (arguments.prompt is None) == (arguments.from_file is None):
        raise CommandError(Exit.BAD_ARGUMENTS, "Give either a prompt or a file of prompts with --from.")
    if arguments.from_file is None:
        return [_checked(_request(vars(arguments)))]
    return [_checked(_request({**vars(arguments), **fields})) for fields in _lines(Path(arguments.from_file))]


def _lines(file: Path) -> list[dict[str, Any]]:
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(Exit.BAD_ARGUMENTS, f"The file {file} cannot be read: {error}.") from error
    lines = [_line(file, number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise CommandError(Exit.BAD_ARGUMENTS, f"The file {file} holds no prompts.")
    return lines


def _line(file: Path, number: int, line: str) -> dict[str, Any]:
    if not line.lstrip().startswith("{"):
        return {"prompt": line.strip()}
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise CommandError(Exit.BAD_ARGUMENTS, f"{file}, line {number}: this is not JSON ({error}).") from error
    unknown = sorted(set(fields) - _FIELDS)
    if unknown:
        raise CommandError(Exit.BAD_ARGUMENTS, f"{file}, line {number}: there is no field {unknown[0]!r}.")
    return {("reference" if name == "references" else name): value for name, value in fields.items()}


def _request(fields: Mapping[str, Any]) -> GenerationRequest:
    references = tuple(_reference(str(source)) for source in _as_list(fields["reference"]))
    ratio = fields["aspect_ratio"]
    try:
        return GenerationRequest(
            prompt=str(fields["prompt"]),
            mode=Mode.IMAGE_TO_IMAGE if references else Mode.TEXT_TO_IMAGE,
            resolution=Resolution(fields["resolution"]),
            aspect_ratio=None if ratio in (None, "auto") else AspectRatio(ratio),
            count=int(fields["count"]),
            sequence=bool(fields["sequence"]),
            provider=Provider(fields["provider"]),
            references=references,
            callback_url=fields["callback_url"],
        )
    except (TypeError, ValueError) as error:
        raise CommandError(Exit.BAD_ARGUMENTS, f"A field of the request cannot be used: {error}.") from error


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _reference(source: str) -> Reference:
    reference = Reference(source)
    if reference.is_link:
        return reference
    path = Path(source).expanduser().absolute()
    try:
        with path.open("rb") as file:
            start = file.read(64)
        size_bytes = path.stat().st_size
    except OSError as error:
        raise CommandError(Exit.BAD_ARGUMENTS, f"The reference {source} cannot be read: {error.strerror}.") from error
    if sniff_format(start) is None:
        sentence = f"{path.name} is not a picture the model can use: JPEG, PNG or WebP."
        raise CommandError(Exit.BAD_ARGUMENTS, sentence)
    if size_bytes > MAX_REFERENCE_BYTES:
        raise CommandError(Exit.BAD_ARGUMENTS, f"{path.name} is larger than 10 MB, the most the service takes.")
    return Reference(str(path))


def _checked(request: GenerationRequest) -> GenerationRequest:
    for problem in request.problems():
        if problem.forbids:
            raise CommandError(Exit.BAD_ARGUMENTS, problem_sentence(problem))
    return request
