"""What the stories of the whole window have in common."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.app.reference_desk import Story, reference_desk
from tests.trust.test_app_loop import on_the_loop


@pytest.fixture
def at_a_desk(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Story], None]:
    """Return what runs a story on the program's own loop."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

    def run(story: Story) -> None:
        async def main() -> None:
            async with reference_desk(tmp_path) as desk:
                await story(desk)

        on_the_loop(qapp, main)

    return run
