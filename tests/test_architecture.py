"""The house keeps to its plan: the import contracts hold, each of them bites, and some habits are forbidden."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
PACKAGE = CHECKOUT / "seedream_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))
CONTRACTS = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
MAX_LINES = 400

LAYERS = "Layers: what is above may import what is below, never the other way"
NO_QT = "Qt only in the window and where the program is put together"
NO_HTTPX = "httpx only where the service is spoken to"
NO_SQLITE = "SQLite only in the store"
NO_PILLOW = "Pillow only in imaging and in the simulator's pictures"
PURE = "The domain is pure"
STRANGER = "The simulator knows nothing of the program"
NO_CYCLES = "No cycles between the packages"

# (the contract it breaks, where it is planted, the line that breaks it)
VIOLATIONS = [
    (LAYERS, "domain/planted.py", "import seedream_desktop.engine"),
    (LAYERS, "engine/planted.py", "import seedream_desktop.ui"),
    (LAYERS, "ui/planted.py", "import seedream_desktop.simulator"),
    (LAYERS, "store/planted.py", "import seedream_desktop.api"),
    (LAYERS, "unheard_of/__init__.py", ""),
    (NO_QT, "engine/planted.py", "import PySide6.QtCore"),
    (NO_QT, "commands/planted.py", "import qasync"),
    (NO_HTTPX, "engine/planted.py", "import httpx"),
    (NO_HTTPX, "ui/planted.py", "from httpx import URL"),
    (NO_SQLITE, "engine/planted.py", "import sqlite3"),
    (NO_PILLOW, "ui/planted.py", "from PIL import Image"),
    (PURE, "domain/planted.py", "import asyncio"),
    (PURE, "domain/planted.py", "import logging"),
    (PURE, "domain/planted.py", "from os import environ"),
    (STRANGER, "simulator/planted.py", "from seedream_desktop.domain.request import PixelSize"),
    (STRANGER, "simulator/planted.py", "import seedream_desktop.system.clock"),
    (NO_CYCLES, "domain/planted.py", "import seedream_desktop.ports"),
]


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or "lint-imports"
    environment = {**os.environ, "PYTHONPATH": str(folder), "NO_COLOR": "1", "COLUMNS": "200"}
    command = [program, "--no-cache", "--config", str(folder / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package that a test may spoil."""
    shutil.copytree(PACKAGE, tmp_path / "seedream_desktop", ignore=shutil.ignore_patterns("__pycache__", "*.svg"))
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_contract_is_kept() -> None:
    ended = lint_imports(CHECKOUT)

    assert ended.returncode == 0, ended.stdout
    assert f"Contracts: {len(CONTRACTS)} kept, 0 broken." in ended.stdout


@pytest.mark.parametrize(("contract", "where", "line"), VIOLATIONS)
def test_each_contract_bites(copy: Path, contract: str, where: str, line: str) -> None:
    planted = copy / "seedream_desktop" / where
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f'"""Planted."""\n{line}\n', encoding="utf-8")

    ended = lint_imports(copy)

    assert ended.returncode != 0
    if where.startswith("unheard_of"):
        assert "unheard_of" in ended.stdout
    else:
        assert f"{contract} BROKEN" in ended.stdout


def test_no_contract_goes_untested() -> None:
    assert {contract["name"] for contract in CONTRACTS} == {contract for contract, _, _ in VIOLATIONS}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def calls(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each call as what it is called on and its last name, e.g. ``("self._box", "exec")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=called):
                    yield "", called
                case ast.Attribute(value=owner, attr=called):
                    yield ast.unparse(owner), called


def offenders(forbidden: set[str], *, allowed: str = "", on_anything: bool = True) -> list[str]:
    """Return ``module: owner.call`` for each call of a forbidden name outside the modules that *allowed* matches."""
    return [
        f"{name_of(path)}: {owner}.{called}"
        for path in MODULES
        if not (allowed and re.match(allowed, name_of(path)))
        for owner, called in calls(ast.parse(path.read_text(encoding="utf-8")))
        if called in forbidden and (on_anything or not owner)
    ]


def test_coroutines_that_outlive_their_caller_belong_to_the_supervisor() -> None:
    assert offenders({"create_task", "ensure_future"}, allowed=r"engine/supervisor\.py|simulator/") == []


def test_no_loop_is_nested_in_another() -> None:
    found = offenders({"exec", "exec_", "processEvents", "asyncSlot"})

    # Qt has no other way to drag out than QDrag.exec, and a mouse event, not a coroutine, starts it.
    assert [line for line in found if not line.endswith(": drag.exec")] == []


def test_labels_that_would_read_words_from_outside_as_markup_are_not_used() -> None:
    assert offenders({"QLabel"}, allowed="ui/controls/") == []


def test_only_commands_print() -> None:
    # app/window.py is the window's command: whoever started it from a terminal reads there why it cannot begin.
    allowed = r"commands/|__main__\.py|simulator/|app/window\.py"

    assert offenders({"print"}, allowed=allowed, on_anything=False) == []


def test_what_looks_for_forbidden_calls_finds_them() -> None:
    found = list(calls(ast.parse("asyncio.create_task(x)\nself.box.exec()\nQLabel('a')\n@asyncSlot()\ndef f(): ...")))

    assert {("asyncio", "create_task"), ("self.box", "exec"), ("", "QLabel"), ("", "asyncSlot")} <= set(found)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_why_it_exists_and_stays_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert ast.get_docstring(ast.parse(source)), "no docstring"
    assert source.count("\n") <= MAX_LINES


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


@pytest.mark.parametrize("path", [path for path in MODULES if name_of(path).startswith("domain/")], ids=name_of)
def test_the_domain_imports_the_standard_library_and_itself_only(path: Path) -> None:
    for module in imported(ast.parse(path.read_text(encoding="utf-8"))):
        assert module.split(".")[0] in sys.stdlib_module_names or module.startswith("seedream_desktop.domain")
