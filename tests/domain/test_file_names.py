"""Prompts become file names that every system takes."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedream_desktop.domain.naming import EXTENSIONS, MAX_SLUG_BYTES, picture_name, slug

RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³]|conin\$|conout\$) *(\..*)?", re.IGNORECASE)
DAY = datetime(2026, 11, 20, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a red fox in fresh snow", "a red fox in fresh snow"),
        ("  a  red\n\tfox ", "a red fox"),
        ("../../etc/passwd", "_.._etc_passwd"),
        (r"C:\Windows\x", "C__Windows_x"),
        ('<>:"/\\|?*', "_________"),
        ("fox. . .", "fox"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("fox\0.exe", "fox.exe"),
        ("fox\u202egpj.exe", "foxgpj.exe"),
        ("f\u200bo\u2066x\ufeff", "fox"),
        ("Cafe\u0301", "Café"),
        ("лиса 狐 🦊", "лиса 狐 🦊"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Aux .tar.gz", "_Aux .tar.gz"),
        ("com1", "_com1"),
        ("LPT³", "_LPT³"),
        ("conin$", "_conin$"),
        ("COM10", "COM10"),
        ("console", "console"),
        ("", "picture"),
        (" \n.", "picture"),
        ("\u202e\u200b", "picture"),
        ("\ud800", "picture"),
    ],
)
def test_a_text_becomes_a_safe_part_of_a_file_name(text: str, name: str) -> None:
    assert slug(text) == name


def test_a_long_text_is_cut_between_two_characters() -> None:
    assert slug("ф" * 100) == "ф" * 40
    assert slug("a" + "狐" * 100) == "a" + "狐" * 26


@given(st.text())
@example("con." + "a" * 200)
@example("ф" * 39 + "a. b")
@example(" CON \u200b")
def test_any_text_gives_a_name_that_every_system_takes(text: str) -> None:
    name = slug(text)

    assert 1 <= len(name.encode()) <= MAX_SLUG_BYTES
    assert not set(name) & set('<>:"/\\|?*')
    assert not RESERVED.fullmatch(name)
    assert name[0] not in ".- "
    assert name[-1] not in ". "
    assert all(unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in name)


@given(st.text())
def test_any_prompt_gives_one_name_within_a_folder(prompt: str) -> None:
    name = picture_name(DAY, prompt, "1f3c9a2b77", 0, "jpg")

    assert "/" not in name
    assert "\\" not in name
    assert len(name.encode()) <= 255
    assert name.startswith("2026-11-20_")
    assert name.endswith("_1f3c9a2b_1.jpg")


def test_a_picture_is_named_by_day_prompt_task_and_place() -> None:
    prompt = "a red fox in fresh snow at dawn with birches behind it"

    assert (
        picture_name(DAY, prompt, "1f3c9a2b77", 2, "webp")
        == "2026-11-20_a red fox in fresh snow at dawn_1f3c9a2b_3.webp"
    )


def test_the_endings_are_a_closed_set() -> None:
    assert EXTENSIONS == {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
