"""The lock file holds everything that pyproject.toml asks for, pinned and hashed, and names no place to get it from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
LOCK = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
PINS = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE))


def test_every_requirement_is_locked_at_a_version_that_it_allows() -> None:
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    for extra in PROJECT["project"]["optional-dependencies"].values():
        wanted += extra

    for requirement in map(Requirement, wanted):
        assert PINS[canonicalize_name(requirement.name)] in requirement.specifier


def test_every_pin_has_its_hashes() -> None:
    blocks = re.split(r"^(?=[a-z0-9])", LOCK, flags=re.MULTILINE)[1:]

    assert len(blocks) == len(PINS) > 40
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_lock_names_no_place_to_install_from() -> None:
    assert re.findall(r"://|--(?:extra-)?index|--find-links|@ ", LOCK) == []
