"""A network folder that never answers makes its own pictures unusable, and holds up nothing else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedream_desktop.domain.preparation import ReferenceFault
from seedream_desktop.domain.reference import Reference
from seedream_desktop.engine.references import looking
from seedream_desktop.ports.errors import UnusableReferenceError
from tests.engine.bench import Bench
from tests.engine.reference_fakes import jpeg

MANY = 40


@pytest.fixture
def silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder about whose files nobody gets an answer before the test is over."""
    folder, over, stat = tmp_path / "silent", threading.Event(), Path.stat

    def patient_stat(path: Path, **more: bool) -> object:
        if path.parent == folder:
            over.wait(30)
        return stat(path, **more)

    monkeypatch.setattr(Path, "stat", patient_stat)
    monkeypatch.setattr(looking.answered, "__defaults__", (0.5,))
    yield folder
    over.set()


async def test_files_of_a_silent_folder_are_unusable_and_others_are_not(tmp_path: Path, silent: Path) -> None:
    (tmp_path / "here.jpg").write_bytes(jpeg())
    bench = Bench(tmp_path)
    bench.preparer.takes_s = 0.0
    references = bench.engine.references
    asked = [references.ready(Reference(str(silent / f"{number}.jpg"))) for number in range(MANY)]
    async with asyncio.timeout(10):
        lost = asyncio.gather(*asked, return_exceptions=True)
        await asyncio.sleep(0.1)
        here = await references.ready(Reference(str(tmp_path / "here.jpg")))
        assert not lost.done()
        errors = await lost

    assert here.path.read_bytes() == jpeg()
    assert {error.fault for error in errors if isinstance(error, UnusableReferenceError)} == {
        ReferenceFault.FILE_UNREADABLE
    }
    assert len(errors) == MANY
