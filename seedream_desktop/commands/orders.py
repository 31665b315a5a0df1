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
from seedream_desktop.sentences import problem_sentence

# The fields of a JSON line, by the kinds of value they take.
_FIELDS: Final[dict[str, tuple[type, ...]]] = {
    "prompt": (str,),
    "reference": (str, list),
    "references": (list,),
    "resolution": (str,),
    "aspect_ratio": (str, type(None)),
    "count": (int,),
    "sequence": (bool,),
    "provider": (str,),
    "callback_url": (str, type(None)),
}
_KIND_NAMES: Final[dict[type, str]] = {
    str: "text",
    list: "a list of texts",
    int: "a whole number",
    bool: "true or false",
    type(None): "null",
}


def requests_from(arguments: Namespace) -> list[GenerationRequest]:
    """Return the requests to send, one or many, all of them within the service's limits.

    Raises:
        CommandError: with a sentence that names what is wrong, and the line of a file.
    """
    if (arguments.prompt is None) == (arguments.from_file is None):
        raise CommandError(Exit.BAD_ARGUMENTS, "Give either a prompt or a file of prompts with --from.")
    if arguments.from_file is None:
        return [_checked(_request(vars(arguments)))]
    return _requests_in(Path(arguments.from_file), vars(arguments))


def _requests_in(file: Path, common: Mapping[str, Any]) -> list[GenerationRequest]:
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(Exit.BAD_ARGUMENTS, f"The file {file} cannot be read: {error}.") from error
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise CommandError(Exit.BAD_ARGUMENTS, f"The file {file} holds no prompts.")
    requests = []
    for number, line in lines:
        try:
            requests.append(_checked(_request({**common, **_fields(line)})))
        except CommandError as error:
            raise CommandError(error.code, f"{file}, line {number}: {error}") from error
    return requests


def _fields(line: str) -> dict[str, Any]:
    """Return what a line asks for: JSON where it begins like an object, else the whole line is the prompt."""
    if not line.lstrip().startswith("{"):
        return {"prompt": line.strip()}
    try:
        fields = json.loads(line)
    except ValueError as error:
        raise CommandError(Exit.BAD_ARGUMENTS, f"this is not JSON ({error}).") from error
    for name, value in fields.items():
        _check_field(name, value)
    if "references" in fields:
        fields["reference"] = fields.pop("references")
    return {"prompt": "", **fields}


def _check_field(name: str, value: object) -> None:
    """Refuse a field that does not exist or is of another kind: what nobody wrote must not be paid for."""
    kinds = _FIELDS.get(name)
    if kinds is None:
        raise CommandError(Exit.BAD_ARGUMENTS, f"there is no field {name!r}.")
    is_list_of_text = isinstance(value, list) and all(isinstance(item, str) for item in value)
    if type(value) not in kinds or (isinstance(value, list) and not is_list_of_text):
        wanted = " or ".join(_KIND_NAMES[kind] for kind in kinds)
        raise CommandError(Exit.BAD_ARGUMENTS, f"the field {name!r} must be {wanted}.")


def _request(fields: Mapping[str, Any]) -> GenerationRequest:
    references = tuple(_reference(source) for source in _as_list(fields["reference"]))
    ratio = fields["aspect_ratio"]
    try:
        return GenerationRequest(
            prompt=fields["prompt"],
            mode=Mode.IMAGE_TO_IMAGE if references else Mode.TEXT_TO_IMAGE,
            resolution=Resolution(fields["resolution"]),
            aspect_ratio=None if ratio in (None, "auto") else AspectRatio(ratio),
            count=fields["count"],
            sequence=fields["sequence"],
            provider=Provider(fields["provider"]),
            references=references,
            callback_url=fields["callback_url"],
        )
    except ValueError as error:
        raise CommandError(Exit.BAD_ARGUMENTS, f"A field of the request cannot be used: {error}.") from error


def _as_list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _reference(source: str) -> Reference:
    reference = Reference(source)
    if reference.is_link:
        return reference
    if not source.strip() or "://" in source:
        sentence = f"The reference {source!r} is neither a file nor a link that begins with https://."
        raise CommandError(Exit.BAD_ARGUMENTS, sentence)
    path = Path(source).expanduser().absolute()
    try:
        path.open("rb").close()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise CommandError(Exit.BAD_ARGUMENTS, f"The reference {source} cannot be read: {reason}.") from error
    return Reference(str(path))


def _checked(request: GenerationRequest) -> GenerationRequest:
    for problem in request.problems():
        if problem.forbids:
            raise CommandError(Exit.BAD_ARGUMENTS, problem_sentence(problem))
    return request
