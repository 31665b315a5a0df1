"""The judge of the chaos runs sees what it is there to see."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.chaos import judge
from tests.chaos.program import Program


def submit(nonce: str, task_id: str = "s-1", billed: int = 1) -> dict[str, Any]:
    return {"prompt": f"fox [nonce:{nonce}]", "task_id": task_id, "billed": billed}


def task(nonce: str, **changes: Any) -> dict[str, Any]:
    known = {"prompt": f"fox [nonce:{nonce}]", "state": "done", "task_id": "s-1", "pictures": []}
    return {**known, "attempts": [{"state": "accepted"}], **changes}


def kinds(findings: Any) -> list[str]:
    return sorted(finding.kind for finding in findings)


@pytest.mark.parametrize(
    ("tasks", "submits", "found"),
    [
        ([task("a")], [submit("a")], []),
        ([task("a", state="unknown", task_id=None)], [submit("a")], []),
        ([task("a")], [submit("a", billed=0), submit("a")], []),
        ([task("a")], [submit("a"), submit("a")], ["billed_twice"]),
        ([task("a"), task("a")], [submit("a")], ["billed_twice"]),
        ([], [submit("a")], ["lost", "no_intent"]),
        ([task("a", task_id="s-2")], [submit("a")], ["lost"]),
        ([task("a", state="queued", task_id=None, attempts=[])], [submit("a")], ["lost", "no_intent"]),
        ([task("a", attempts=[{"state": "unsent"}])], [submit("a")], ["no_intent"]),
    ],
)
def test_bills_are_compared_with_tasks(tasks: Any, submits: Any, found: list[str]) -> None:
    assert kinds(judge.bills(tasks, submits)) == found


def test_a_picture_that_is_cut_or_changed_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.effect_noise((64, 64), 50).save(path, "JPEG")
    whole = path.read_bytes()
    picture = {"path": str(path), "saved_path": str(path), "sha256": sha256(whole).hexdigest()}
    cut = {**picture, "sha256": sha256(whole[:900]).hexdigest()}

    assert kinds(judge.pictures([task("a", pictures=[picture])])) == []
    assert kinds(judge.pictures([task("a", pictures=[{**picture, "saved_path": None}])])) == ["not_saved"]
    path.write_bytes(whole[:900])
    assert kinds(judge.pictures([task("a", pictures=[picture])])) == ["bad_picture"]
    assert kinds(judge.pictures([task("a", pictures=[cut])])) == ["bad_picture"]
    path.unlink()
    assert kinds(judge.pictures([task("a", pictures=[picture])])) == ["bad_picture"]


def test_what_lies_about_is_seen(tmp_path: Path) -> None:
    program = Program(tmp_path, "http://127.0.0.1:1/api/v1")
    program.library.mkdir()
    assert kinds(judge.strays(program)) == []

    (program.library / ".seedream-part-x.part").touch()
    assert kinds(judge.strays(program)) == ["stray_part"]


def test_a_database_that_is_none_is_seen(tmp_path: Path) -> None:
    (tmp_path / "seedream.db").write_bytes(b"SQLite format 3\0" + b"rubbish" * 1000)

    assert kinds(judge.integrity(tmp_path / "seedream.db")) == ["integrity"]
