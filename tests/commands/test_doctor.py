"""`doctor` says what works here, and sends nothing to find out about the storage for references."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.programs import CommandLine

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
