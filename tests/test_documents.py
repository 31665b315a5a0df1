"""The documents lead somewhere: links, the index of decisions, the files that are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|srcset)=\"([^\"]+)\"")
NAMED = re.compile(r"`((?:[a-z_]+/)+(?:[a-z_]+\.py)?)`")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    targets = ["".join(found) for found in LINK.findall(document.read_text(encoding="utf-8"))]
    files = [target.split("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]

    assert [name for name in files if not (document.parent / name).exists()] == []


def test_every_decision_is_in_the_index_in_its_order_and_by_its_title() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    titles = {path.name: path.read_text(encoding="utf-8").splitlines()[0] for path in decisions}
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")

    listed = re.findall(r"^1\. \[(.+)\]\(decisions/(.+)\)$", index, re.MULTILINE)
    assert [f"# {int(name[:4])}. {title}" for title, name in listed] == [titles[path.name] for path in decisions]


def test_the_files_that_the_architecture_names_are_there() -> None:
    named = set(NAMED.findall((ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")))

    assert named
    assert [
        name for name in sorted(named) if not any((ROOT / part / name).exists() for part in (".", "seedream_desktop"))
    ] == []
