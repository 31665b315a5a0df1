"""The window is on the screen before anything heavy is imported."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = ("httpx", "PIL", "keyring", "uvicorn", "starlette", "truststore", "filelock")
# What is not seen at first, and what nobody needs to see a window.
LATER = (
    "ui.viewer.viewer",
    "ui.compare.view",
    "ui.set_view.view",
    "ui.quick_look",
    "ui.filters.panel",
    "ui.keys.dialog",
    "ui.settings_dialog",
    "ui.actions.browsing",
    "domain.events",
    "engine",
    "ports.service",
)


def test_nothing_heavy_is_imported_before_the_window_is_shown() -> None:
    names = (*HEAVY, *(f"seedream_desktop.{name}" for name in LATER))
    program = (
        "import json, sys, seedream_desktop.app.window, seedream_desktop.ui.main_window;"
        f"print(json.dumps([name for name in {names!r} if name in sys.modules]))"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert json.loads(ended.stdout) == []


def test_httpx_comes_without_its_command_line() -> None:
    program = "import sys, seedream_desktop.api.client; print('rich' in sys.modules, 'click' in sys.modules)"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout.split() == ["False", "False"]


def test_help_is_told_without_qt() -> None:
    program = (
        "import sys, seedream_desktop.__main__ as m;"
        "sys.argv = ['seedream-desktop'];"
        "from seedream_desktop.commands.arguments import build_parser;"
        "build_parser(with_simulator=False).format_help();"
        "print('PySide6' in sys.modules)"
    )

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert ended.stdout.strip() == "False"
