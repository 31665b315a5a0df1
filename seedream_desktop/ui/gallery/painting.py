"""How the parts of the gallery look: pure drawing of what it is given; must not know tasks or files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QTextLayout, QTextOption

from seedream_desktop.domain.judging import Flag, Judgment
from seedream_desktop.ui import theme
from seedream_desktop.ui.gallery.layout import (
    CARD_LINE_GAP_PX,
    CARD_PADDING_PX,
    MAX_SENTENCE_LINES,
    MAX_WORDS_LINES,
    Box,
)
from seedream_desktop.ui.icons import draw_icon
from seedream_desktop.ui.signs import draw_plate, fitting, plate_size, signs_of

LINE_PX: Final = 18
_FACTS_GAP_PX: Final = 12
_TITLE_PART: Final = 0.6
_LINK_PX: Final = 3
_WAITING_PART: Final = 0.55
_RING_PX: Final = 2
_RING_GAP_PX: Final = 2
_BAR_PX: Final = 3
_BAR_GAP_PX: Final = 8
_BAR_PART: Final = 0.66
# A tile's rounded edge, which a strip across it leaves free.
_EDGE_PX: Final = 2
_SIGN_PX: Final = 20
_ABSENT_PX: Final = 10
_ABSENT_WIDTH_PX: Final = 240
# No line of the gallery is longer; cutting first keeps the shaping of a 5,000 character prompt out of painting.
_MOST_CHARS: Final = 400
_CARD_TINT: Final = 0.10
_CARD_EDGE: Final = 0.55
_BADGE_SIGN_PX: Final = 9
_BADGE_AWAY_PX: Final = 6
_BADGE_LEAST_AWAY_PX: Final = 1
_REJECTED_PART: Final = 0.4
_NEARLY: Final = 1.3
# Letters are not all of one width: this much more of a title is looked at than the room for it has on average.
_CUT_PART, _CUT_CHARS = 1.2, 8
# A megabyte each for large pictures on a screen with double resolution.
_MOST_GROUNDS: Final = 6
_MOST_STRIPS: Final = 16
# Of a screen of small pictures; places only, the plates are few.
_MOST_BADGES: Final = 512


def bold_font() -> QFont:
    """Return the font of a group's prompt."""
    font = theme.body_font()
    font.setWeight(QFont.Weight.DemiBold)
    return font


def qrect(box: Box) -> QRect:
    """Return the box as Qt's rectangle."""
    return QRect(box.x, box.y, box.width, box.height)


def blend(over: QColor, under: QColor, part: float) -> QColor:
    """Return *part* (0..1) of one colour over the other."""
    red = over.redF() * part + under.redF() * (1 - part)
    green = over.greenF() * part + under.greenF() * (1 - part)
    blue = over.blueF() * part + under.blueF() * (1 - part)
    return QColor.fromRgbF(red, green, blue)


def wrapped(text: str, font: QFont, width_px: int, most_lines: int) -> list[str]:
    """Return *text* broken at words into at most *most_lines* lines; the last one is elided when more would follow."""
    layout = QTextLayout(text, font)
    layout.setTextOption(_WRAPPING)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= most_lines and (line := layout.createLine()).isValid():
        line.setLineWidth(width_px)
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    lines = [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]
    if len(lines) <= most_lines:
        return lines
    rest = text[starts[most_lines - 1] :]
    return [*lines[: most_lines - 1], _elided(rest, QFontMetrics(font), width_px)]


_WRAPPING: Final = QTextOption()
_WRAPPING.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def _plate(signs: Sequence[str], pixel_ratio: float) -> QPixmap:
    size = plate_size(signs, _BADGE_SIGN_PX)
    pixmap = QPixmap((size.toSizeF() * pixel_ratio).toSize())
    pixmap.setDevicePixelRatio(pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_plate(painter, signs, 0, 0, _BADGE_SIGN_PX)
    painter.end()
    return pixmap


def _plate_place(size: QSizeF, width_px: int) -> QRectF:
    """Return where a plate stands from the lower left corner of a picture, smaller where there is too little room."""
    away = max(_BADGE_LEAST_AWAY_PX, min(_BADGE_AWAY_PX, (width_px - size.width()) // 2))
    fitted = size * min(1.0, (width_px - 2 * away) / size.width())
    return QRectF(QPointF(away, -away - fitted.height()), fitted)


def _elided(text: str, metrics: QFontMetrics, width_px: int) -> str:
    return metrics.elidedText(text[:_MOST_CHARS], Qt.TextElideMode.ElideRight, width_px)


class Brush:
    """Draws headers, tiles and cards in the colours of the theme in force."""

    def __init__(self) -> None:
        # Of what is drawn on: asking a painter's device for it each time takes longer than drawing a small picture.
        self.pixel_ratio = 1.0
        self.refresh()

    def refresh(self) -> None:
        """Take over the theme's colours and fonts."""
        self.tokens = theme.tokens()
        self._bold, self._body, self._small = bold_font(), theme.body_font(), theme.label_font()
        self._bold_metrics, self._small_metrics = QFontMetrics(self._bold), QFontMetrics(self._small)
        # Of the headers in sight: shaping their words again takes longer than drawing them.
        self._bold_px = lru_cache(maxsize=256)(self._bold_metrics.horizontalAdvance)
        self._small_px = lru_cache(maxsize=256)(self._small_metrics.horizontalAdvance)
        self._card_lines = lru_cache(maxsize=256)(wrapped)
        self._plate = lru_cache(maxsize=64)(_plate)
        self._badge = lru_cache(maxsize=_MOST_BADGES)(self._found_badge)
        self._ground = lru_cache(maxsize=_MOST_GROUNDS)(self._drawn_ground)
        self._progress = lru_cache(maxsize=_MOST_STRIPS)(self._drawn_progress)

    def sentence_px(self, text: str) -> int:
        """Return the width of a card's sentence on one line."""
        return QFontMetrics(self._body).horizontalAdvance(text)

    def words_px(self, text: str) -> int:
        """Return the width of a card's small words on one line."""
        return self._small_metrics.horizontalAdvance(text)

    def header(self, painter: QPainter, box: Box, prompt: str, facts: str) -> None:
        """Draw prompt and facts on one line; the prompt is elided first, and the facts follow it closely."""
        facts_px, title = self._small_px(facts), prompt[:_MOST_CHARS]
        room = min(round(box.width * _TITLE_PART), max(box.width - facts_px - _FACTS_GAP_PX, box.width // 3))
        if (whole_px := self._bold_px(title)) > room:
            title = self._shortened(title, whole_px, room)
        baseline = box.y + (box.height + self._bold_metrics.ascent() - self._bold_metrics.descent()) // 2
        painter.setFont(self._bold)
        painter.setPen(self.tokens.text)
        painter.drawText(box.x, baseline, title)
        x = box.x + self._bold_px(title) + _FACTS_GAP_PX
        painter.setFont(self._small)
        painter.setPen(self.tokens.muted)
        if x + facts_px > box.right:
            facts = _elided(facts, self._small_metrics, box.right - x)
        painter.drawText(x, baseline, facts)

    def _shortened(self, title: str, whole_px: int, room: int) -> str:
        """Return what fits of a longer title; most of a long one is cut off first, for shaping it takes long."""
        near = title[: _CUT_CHARS + int(_CUT_PART * len(title) * room / whole_px)]
        cut = _elided(near, self._bold_metrics, room)
        return cut if cut != near else _elided(title, self._bold_metrics, room)

    def absent_words(self, painter: QPainter, box: Box) -> None:
        """Draw a quiet bar where a prompt will stand."""
        bar = QRectF(box.x, box.y + (box.height - _ABSENT_PX) / 2, min(_ABSENT_WIDTH_PX, box.width), _ABSENT_PX)
        self._pill(painter, bar, self.tokens.raised)

    def picture(self, painter: QPainter, box: Box, pixmap: QPixmap | None, *, is_rejected: bool = False) -> None:
        """Draw a stored picture, a quiet place for it while its pixels are read; a rejected one steps back."""
        if pixmap is None:
            self._draw_ground(painter, box, self.tokens.raised, None)
            return
        # A stand-in of nearly the right size is seen for moments; smoothing thirty of them would take a frame and more.
        far = max(box.width, 1) * self.pixel_ratio / max(pixmap.width(), 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not 1 / _NEARLY < far < _NEARLY)
        if is_rejected:
            painter.setOpacity(_REJECTED_PART)
        painter.drawPixmap(box.x, box.y, box.width, box.height, pixmap)
        if is_rejected:
            painter.setOpacity(1.0)

    def judgment(self, painter: QPainter, box: Box, judgment: Judgment) -> None:
        """Draw stars and flags in the lower left corner."""
        badge = self._badge(judgment.stars, judgment.flag, judgment.is_favourite, box.width, self.pixel_ratio)
        if badge is not None:
            plate, place = badge
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(place.translated(box.x, box.bottom), plate, QRectF(plate.rect()))

    def words(self, painter: QPainter, box: Box, words: str, sign: str = "") -> None:
        """Draw a tile of words, with a sign above them when one is named."""
        self._panel(painter, box, self.tokens.panel, self.tokens.line)
        middle = box.y + box.height // 2
        if sign:
            place = QRectF(box.x + (box.width - _SIGN_PX) / 2, middle - _SIGN_PX, _SIGN_PX, _SIGN_PX)
            draw_icon(painter, sign, place, self.tokens.care)
            middle += _SIGN_PX - LINE_PX // 2 + 4
        self._centred(painter, box, middle - LINE_PX // 2, words)

    def link(self, painter: QPainter, left: Box, right: Box) -> None:
        """Draw the short line that joins two pictures of a connected set."""
        middle = left.y + (left.height - _LINK_PX) // 2
        painter.fillRect(left.right, middle, right.x - left.right, _LINK_PX, self.tokens.muted)

    def progress(self, painter: QPainter, box: Box, words: str, part: float, *, is_known: bool = True) -> None:
        """Draw a tile of words with a bar of which *part* (0..1) is full, paler when that is no more than usual."""
        self._draw_ground(painter, box, self.tokens.panel, self.tokens.line)
        width = box.width - 2 * _EDGE_PX
        full_px = max(_BAR_PX, round(width * _BAR_PART * part * self.pixel_ratio) / self.pixel_ratio)
        strip = self._progress(width, self.pixel_ratio, words, full_px, is_known)
        painter.drawPixmap(box.x + _EDGE_PX, box.y + box.height // 2 - LINE_PX, strip)

    def card(self, painter: QPainter, box: Box, texts: tuple[str, str], colour: QColor, button_px: int) -> None:
        """Draw a card with our sentence and the service's words, room for the button left free."""
        ground = self.tokens.ground
        fill, edge = blend(colour, ground, _CARD_TINT), blend(colour, ground, _CARD_EDGE)
        self._panel(painter, box, fill, edge, theme.RADIUS_CONTROL)
        sentence, service = texts
        width = max(1, box.width - button_px - 3 * CARD_PADDING_PX)
        first = self._card_lines(sentence[:2000], self._body, width, MAX_SENTENCE_LINES)
        second = self._card_lines(service, self._small, width, MAX_WORDS_LINES) if service else []
        height = (len(first) + len(second)) * LINE_PX + (CARD_LINE_GAP_PX if second else 0)
        y = box.y + (box.height - height) // 2
        x = box.x + CARD_PADDING_PX
        y = self._lines(painter, x, y, first, (self._body, self.tokens.text))
        self._lines(painter, x, y + CARD_LINE_GAP_PX, second, (self._small, self.tokens.muted))

    def rings(self, painter: QPainter, box: Box, *, chosen: bool, focused: bool) -> None:
        """Draw the ring of a chosen cell, and the thin one of the cell that the keyboard stands on."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            self._ring(painter, box, _RING_GAP_PX + _RING_PX / 2, QPen(self.tokens.accent, _RING_PX))
        if focused:
            away = _RING_GAP_PX + _RING_PX + 0.5 if chosen else _RING_GAP_PX + 0.5
            self._ring(painter, box, away, QPen(self.tokens.text, 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _ring(self, painter: QPainter, box: Box, away: float, pen: QPen) -> None:
        painter.setPen(pen)
        radius = theme.RADIUS_PICTURE + away
        painter.drawRoundedRect(QRectF(qrect(box)).adjusted(-away, -away, away, away), radius, radius)

    def _found_badge(
        self,
        stars: int,
        flag: Flag,
        is_favourite: bool,  # noqa: FBT001 - a cache tells by position
        width_px: int,
        ratio: float,
    ) -> tuple[QPixmap, QRectF] | None:
        """Return the plate of a judgment and its place in pictures of one width; None when nothing was judged."""
        signs = signs_of(Judgment(stars, flag, is_favourite))
        if not signs:
            return None
        plate = self._plate(fitting(signs, _BADGE_SIGN_PX, width_px - 2 * _BADGE_AWAY_PX), ratio)
        return plate, _plate_place(plate.deviceIndependentSize(), width_px)

    def _draw_ground(self, painter: QPainter, box: Box, fill: QColor, edge: QColor | None) -> None:
        """Draw the panel of a tile; many of one size are seen at once, so it is drawn once for each size."""
        ground = self._ground(box.width, box.height, self.pixel_ratio, fill.rgb(), edge and edge.rgb())
        painter.drawPixmap(box.x, box.y, ground)

    def _drawn_ground(self, width: int, height: int, ratio: float, fill: int, edge: int | None) -> QPixmap:
        pixmap = QPixmap(round(width * ratio), round(height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self._panel(painter, Box(0, 0, width, height), QColor(fill), None if edge is None else QColor(edge))
        painter.end()
        return pixmap

    def _drawn_progress(self, width: int, ratio: float, words: str, full_px: float, is_known: bool) -> QPixmap:  # noqa: FBT001 - a cache tells by position
        """Return words above a bar on a tile's colour; a group's tiles say the same, and a hundred may be seen."""
        height = LINE_PX + _BAR_GAP_PX + _BAR_PX
        pixmap = QPixmap(round(width * ratio), round(height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self.tokens.panel)
        painter = QPainter(pixmap)
        self._centred(painter, Box(0, 0, width, height), 0, words)
        whole_px = width * _BAR_PART
        bar = QRectF((width - whole_px) / 2, height - _BAR_PX, whole_px, _BAR_PX)
        self._pill(painter, bar, self.tokens.line)
        bar.setWidth(full_px)
        full = self.tokens.accent if is_known else blend(self.tokens.accent, self.tokens.panel, _WAITING_PART)
        self._pill(painter, bar, full)
        painter.end()
        return pixmap

    def _panel(
        self, painter: QPainter, box: Box, fill: QColor, edge: QColor | None, radius: int = theme.RADIUS_PICTURE
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        inset = 0.5 if edge else 0.0
        painter.drawRoundedRect(QRectF(qrect(box)).adjusted(inset, inset, -inset, -inset), radius, radius)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _pill(self, painter: QPainter, rect: QRectF, fill: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _centred(self, painter: QPainter, box: Box, top: int, words: str) -> None:
        painter.setFont(self._small)
        painter.setPen(self.tokens.muted)
        room = box.width - 2 * theme.SPACE
        text = words if self._small_px(words) <= room else _elided(words, self._small_metrics, room)
        painter.drawText(QRect(box.x, top, box.width, LINE_PX), Qt.AlignmentFlag.AlignCenter, text)

    def _lines(self, painter: QPainter, x: int, y: int, lines: list[str], style: tuple[QFont, QColor]) -> int:
        """Draw the lines one below the other and return where they end."""
        font, colour = style
        painter.setFont(font)
        painter.setPen(colour)
        metrics = QFontMetrics(font)
        lift = (LINE_PX + metrics.ascent() - metrics.descent()) / 2
        for line in lines:
            painter.drawText(QPointF(x, y + lift), line)
            y += LINE_PX
        return y
