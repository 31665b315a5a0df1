"""Every colour, measure and font of the window; nothing else may name a colour."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui.stylesheet import STYLESHEET

SPACE: Final = 4
SPACE_2: Final = 2 * SPACE
SPACE_3: Final = 3 * SPACE
SPACE_4: Final = 4 * SPACE
RADIUS_PICTURE: Final = 4
RADIUS_CONTROL: Final = 6

# Numbers and signs that lie on pictures, whose colours nobody knows.
OVERLAY: Final = QColor(0, 0, 0, 175)
ON_OVERLAY: Final = QColor("#ffffff")
# What a picture is judged against: the same in the light and in the dark scheme.
BACKDROP_BLACK: Final = QColor("#000000")
BACKDROP_GREY: Final = QColor("#2b2b2b")
BACKDROP_WHITE: Final = QColor("#ffffff")
BACKDROP_CHECKS: Final = (QColor("#8c8c8c"), QColor("#737373"))

_BODY_PX: Final = 13
_LABEL_PX: Final = 12
_SMALL_PX: Final = 11
_PROMPT_PX: Final = 14


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme by what they are used for; `line` parts areas, `edge` bounds what can be worked."""

    ground: QColor
    panel: QColor
    raised: QColor
    field: QColor
    line: QColor
    edge: QColor
    text: QColor
    muted: QColor
    faint: QColor
    accent: QColor
    on_accent: QColor
    selection: QColor
    good: QColor
    care: QColor
    bad: QColor
    is_dark: bool


DARK: Final = Tokens(
    ground=QColor("#1f2022"),
    panel=QColor("#26282b"),
    raised=QColor("#303236"),
    field=QColor("#1f2022"),
    line=QColor("#3f4248"),
    edge=QColor("#73777d"),
    text=QColor("#e8e9ea"),
    muted=QColor("#a9adb3"),
    faint=QColor("#8f949a"),
    accent=QColor("#6ea8fe"),
    on_accent=QColor("#0c1726"),
    selection=QColor("#34486a"),
    good=QColor("#77c59a"),
    care=QColor("#e5b567"),
    bad=QColor("#ef7d76"),
    is_dark=True,
)
LIGHT: Final = Tokens(
    ground=QColor("#f2f2f3"),
    panel=QColor("#fafafa"),
    raised=QColor("#ffffff"),
    field=QColor("#ffffff"),
    line=QColor("#d0d2d6"),
    edge=QColor("#858a91"),
    text=QColor("#1d1f22"),
    muted=QColor("#565b62"),
    faint=QColor("#696e75"),
    accent=QColor("#2563c9"),
    on_accent=QColor("#ffffff"),
    selection=QColor("#dbe7fb"),
    good=QColor("#1c7246"),
    care=QColor("#8a5a00"),
    bad=QColor("#b3312a"),
    is_dark=False,
)


class _Notifier(QObject):
    """Remembers the scheme in force and tells when it changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = Theme.SYSTEM
        self.tokens = DARK
        self.is_following = False

    def follow_system(self) -> None:
        """Take over the system's new scheme, when the user left the choice to the system."""
        app = QApplication.instance()
        if self.theme is Theme.SYSTEM and isinstance(app, QApplication):
            _use(app, _tokens_of(app, Theme.SYSTEM))


notifier: Final = _Notifier()


def tokens() -> Tokens:
    """Return the colours of the scheme in force now."""
    return notifier.tokens


def apply(app: QApplication, theme: Theme) -> None:
    """Give the whole window *theme*; SYSTEM follows the desktop live, dark where it does not say."""
    if app.style().name() != "fusion" and not app.styleSheet():
        app.setStyle("Fusion")
    notifier.theme = theme
    if not notifier.is_following:
        app.styleHints().colorSchemeChanged.connect(notifier.follow_system)
        notifier.is_following = True
    # Tells the window system too, so that title bars and native dialogs match.
    app.styleHints().setColorScheme(_SCHEMES[theme])
    _system_font.cache_clear()
    app.setFont(_font(_BODY_PX))
    _use(app, _tokens_of(app, theme))


@contextmanager
def built_bare() -> Iterator[None]:
    """Leave the style sheet off while a whole window is made, then give it to all of its widgets at once.

    With a style sheet in force Qt looks for every widget's rules again whenever it gets a parent, which makes
    building take two to three times as long.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - a window cannot be made without
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(_sheet(notifier.tokens))
        # What layouts remember was measured without the sheet.
        for widget in app.allWidgets():
            if (layout := widget.layout()) is not None:
                layout.invalidate()
            widget.updateGeometry()


def body_font() -> QFont:
    """Return the system's interface font at 13 px."""
    return _font(_BODY_PX)


def label_font() -> QFont:
    """Return the font of labels and facts, 12 px."""
    return _font(_LABEL_PX)


def small_font() -> QFont:
    """Return the font of captions in tight places, 11 px."""
    return _font(_SMALL_PX)


def prompt_font() -> QFont:
    """Return the font of the prompt, 14 px."""
    return _font(_PROMPT_PX)


_SCHEMES: Final = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}


def _font(size_px: int) -> QFont:
    return QFont(_system_font(size_px))


@cache
def _system_font(size_px: int) -> QFont:
    """Return one object for each size; it is asked for in every painting, and the system takes its time."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPixelSize(size_px)
    return font


def _tokens_of(app: QApplication, theme: Theme) -> Tokens:
    if theme is not Theme.SYSTEM:
        return DARK if theme is Theme.DARK else LIGHT
    return LIGHT if app.styleHints().colorScheme() is Qt.ColorScheme.Light else DARK


def _use(app: QApplication, chosen: Tokens) -> None:
    notifier.tokens = chosen
    app.setPalette(_palette(chosen))
    app.setStyleSheet(_sheet(chosen))
    notifier.changed.emit()


def _sheet(chosen: Tokens) -> str:
    return STYLESHEET.substitute(_names(chosen))


def _names(chosen: Tokens) -> dict[str, str]:
    """Return what the style sheet calls the colours, as ``#rrggbb``."""
    colours = {field.name: getattr(chosen, field.name) for field in fields(chosen)}
    return {name: colour.name() for name, colour in colours.items() if isinstance(colour, QColor)}


def _palette(chosen: Tokens) -> QPalette:
    palette = QPalette()
    for role, colour in _roles(chosen).items():
        palette.setColor(role, colour)
    disabled = QPalette.ColorGroup.Disabled
    role_of = QPalette.ColorRole
    for role in (role_of.WindowText, role_of.Text, role_of.ButtonText, role_of.HighlightedText):
        palette.setColor(disabled, role, chosen.faint)
    palette.setColor(disabled, role_of.Highlight, chosen.line)
    return palette


def _roles(chosen: Tokens) -> dict[QPalette.ColorRole, QColor]:
    role = QPalette.ColorRole
    return {
        role.Window: chosen.panel,
        role.WindowText: chosen.text,
        role.Base: chosen.ground,
        role.AlternateBase: chosen.panel,
        role.Text: chosen.text,
        role.PlaceholderText: chosen.faint,
        role.Button: chosen.raised,
        role.ButtonText: chosen.text,
        role.BrightText: chosen.bad,
        role.Highlight: chosen.selection,
        role.HighlightedText: chosen.text,
        role.ToolTipBase: chosen.raised,
        role.ToolTipText: chosen.text,
        role.Link: chosen.accent,
        role.LinkVisited: chosen.accent,
        role.Accent: chosen.accent,
        role.Light: chosen.raised,
        role.Midlight: chosen.raised,
        role.Mid: chosen.line,
        role.Dark: chosen.line,
        role.Shadow: chosen.ground,
    }
