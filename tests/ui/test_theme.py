from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.resources import resource_path

UI = Path(theme.__file__).parent
# Which colour is written on which: all that must be read.
PAIRS = [
    (words, ground)
    for words in ("text", "muted", "faint", "good", "care", "bad", "accent")
    for ground in ("ground", "panel", "raised", "field")
    if (words, ground) != ("faint", "raised")
] + [("on_accent", "accent"), ("text", "selection")]


def _luminance(colour: QColor) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_everything_that_must_be_read_has_a_contrast_of_4_5(tokens: theme.Tokens, words: str, ground: str) -> None:
    assert contrast(getattr(tokens, words), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("ground", ["ground", "panel", "field"])
def test_the_edge_of_what_can_be_worked_has_a_contrast_of_3(tokens: theme.Tokens, ground: str) -> None:
    assert contrast(tokens.edge, getattr(tokens, ground)) >= 3


@pytest.mark.parametrize("chosen", [Theme.DARK, Theme.LIGHT])
def test_the_palette_mends_what_fusion_leaves_too_pale(qapp: QApplication, chosen: Theme) -> None:
    theme.apply(qapp, chosen)
    palette = qapp.palette()
    role = QPalette.ColorRole

    for words, ground in (
        (role.PlaceholderText, role.Base),
        (role.HighlightedText, role.Highlight),
        (role.ToolTipText, role.ToolTipBase),
        (role.ButtonText, role.Button),
        (role.Link, role.Window),
    ):
        assert contrast(palette.color(words), palette.color(ground)) >= 4.5, words


def test_a_change_of_theme_is_told_and_takes_hold_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, Theme.DARK)
    assert theme.tokens().is_dark

    with qtbot.waitSignal(theme.notifier.changed):
        theme.apply(qapp, Theme.LIGHT)

    assert not theme.tokens().is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.LIGHT.panel


def test_a_chosen_theme_does_not_follow_the_system(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.LIGHT)
    theme.notifier.follow_system()
    assert not theme.tokens().is_dark


def test_fonts_have_the_sizes_of_the_design(qapp: QApplication) -> None:
    theme.apply(qapp, Theme.DARK)
    sizes = [font.pixelSize() for font in (qapp.font(), theme.label_font(), theme.prompt_font())]
    assert sizes == [13, 12, 14]


def test_every_icon_named_in_the_window_is_shipped() -> None:
    sources = "\n".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    names = set(re.findall(r'(?:\bicon\(|draw_icon\(\w+, )"([a-z0-9-]+)"', sources))

    assert len(names) >= 4
    for name in names:
        assert resource_path(f"icons/{name}.svg").is_file()


def test_icons_come_with_their_licence() -> None:
    assert "ISC License" in resource_path("icons/LICENSE").read_text(encoding="utf-8")


def test_only_the_theme_names_colours() -> None:
    for path in UI.rglob("*.py"):
        if path.name != "theme.py":
            assert not re.search(r'"#[0-9a-fA-F]{6}"', path.read_text(encoding="utf-8")), path.name
