"""`doctor` says what works here, and sends nothing to find out about the storage for references."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.programs import CommandLine
from tests.store.samples import opened

S3 = {"kind": "s3", "s3": {"bucket": "pictures", "access_key_id": "AKIDEXAMPLE", "endpoint": "https://s3.example"}}


def findings(line: CommandLine) -> dict[str, dict[str, Any]]:
    ended = line.run("doctor", "--json")
    assert ended.code == 0, ended.err
    return {finding["name"]: finding for finding in json.loads(ended.out)["findings"]}


def test_it_names_versions_formats_and_the_service(tmp_path: Path) -> None:
    found = findings(CommandLine(tmp_path))

    assert "HEIC" in found["image formats"]["detail"]
    assert {"obstore", "pillow-heif", "httpx"} <= found.keys()
    assert found["service"]["ok"]


@pytest.mark.parametrize(
    ("hosting", "ok", "words"),
    [
        ({}, True, "none chosen"),
        (S3, True, "hosting s3 s3.example/pictures"),
        ({**S3, "private": True}, True, "private mode"),
        ({"kind": "put"}, False, "upload_url"),
    ],
)
def test_it_says_where_references_are_hosted(tmp_path: Path, hosting: dict[str, Any], ok: bool, words: str) -> None:
    line = CommandLine(tmp_path)
    line.data_dir.mkdir()
    (line.data_dir / "settings.json").write_text(json.dumps({"hosting": hosting}))

    found = findings(line)["hosting"]

    assert found["ok"] is ok
    assert words in found["detail"]


def test_it_names_the_folder_of_a_project_that_is_not_there(tmp_path: Path) -> None:
    line = CommandLine(tmp_path)
    assert findings(line)["project folders"]["ok"]

    asyncio.run(_make_project(line.data_dir, tmp_path / "unplugged"))
    found = findings(line)["project folders"]

    assert not found["ok"]
    assert "Harbour" in found["detail"]
    assert str(tmp_path / "unplugged") in found["detail"]
    assert not (tmp_path / "unplugged").exists()


async def _make_project(data_dir: Path, folder: Path) -> None:
    async with opened(data_dir) as store:
        await store.sorting.make_project("Harbour", str(folder))
