"""A reference knows whether it is a link, and its name for people."""

from __future__ import annotations

import pytest

from seedream_desktop.domain.reference import Reference, Role


@pytest.mark.parametrize(
    ("source", "is_link", "name"),
    [
        ("https://pictures.example/a/fox.jpg", True, "fox.jpg"),
        ("HTTPS://pictures.example/fox.jpg?size=1/2", True, "fox.jpg"),
        ("http://127.0.0.1:8000/uploads/fox.png#top", True, "fox.png"),
        ("https://pictures.example/folder/", True, "folder"),
        ("https://pictures.example", True, "pictures.example"),
        ("/home/ann/fox.jpg", False, "fox.jpg"),
        ("/home/ann/what? a fox#1.jpg", False, "what? a fox#1.jpg"),
        (r"C:\Pictures\fox.jpg", False, "fox.jpg"),
        ("httpsfox.jpg", False, "httpsfox.jpg"),
        ("ftp://pictures.example/fox.jpg", False, "fox.jpg"),
    ],
)
def test_a_reference_is_a_link_or_a_file_and_has_a_name(source: str, is_link: bool, name: str) -> None:
    reference = Reference(source)

    assert (reference.is_link, reference.name) == (is_link, name)


def test_a_reference_is_free_of_any_role_at_first() -> None:
    assert Reference("/a.jpg").role is Role.FREE
