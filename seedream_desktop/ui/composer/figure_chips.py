"""Draws each figure of the prompt as a chip around the very words that are sent; the text itself stays plain."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QPainter,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextLayout,
)

from seedream_desktop.domain.figures import Figure, figures_in
from seedream_desktop.ui import theme

# Two chips with a space between them do not touch.
_AROUND_PX: Final = 2.0
_RADIUS_PX: Final = 4.0
_LOST_TINT: Final = 30


def chips_of(block: QTextBlock) -> tuple[Figure, ...]:
    """Return the figures of *block* in their order, placed as text cursors count (UTF-16 units of the document)."""
    return tuple(_moved(each, block.position()) for each in _in_units(block.text()))


def chips_in(document: QTextDocument) -> Iterator[Figure]:
    """Yield the chips of the whole *document*."""
    block = document.begin()
    while block.isValid():
        yield from chips_of(block)
        block = block.next()


class ChipHighlighter(QSyntaxHighlighter):
    """Underlines and colours the figures that no reference stands for, which `set_references` tells apart."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._references: int | None = None
        theme.notifier.changed.connect(self.rehighlight)

    def set_references(self, count: int | None) -> None:
        """Hold figures against so many references; None: no pictures go along, and figures are mere words."""
        if count == self._references:
            return
        before = self._marks()
        self._references = count
        # A whole layout of a long prompt is not to be had for nothing.
        if self._marks() != before:
            self.rehighlight()

    def is_drawn(self) -> bool:
        """Return whether figures are more than words now."""
        return self._references is not None

    def is_lost(self, chip: Figure) -> bool:
        """Return whether no reference stands for *chip*."""
        return self._references is not None and not chip.stands(self._references)

    def highlightBlock(self, text: str) -> None:
        """Mark the lost figures of the block that Qt is at."""
        look = _lost_format()
        for chip in _in_units(text):
            if self.is_lost(chip):
                self.setFormat(chip.start, chip.end - chip.start, look)

    def _marks(self) -> list[bool]:
        return [self.is_lost(chip) for chip in chips_in(self.document())]


def draw_chips(painter: QPainter, block: QTextBlock, place: QRectF, shown: QRect, chips: ChipHighlighter) -> None:
    """Draw the grounds of those chips of *block* (drawn at *place*) that touch *shown*; one on each line of a chip."""
    painter.setPen(Qt.PenStyle.NoPen)
    visible = QRectF(shown).translated(-place.topLeft())
    for chip in _in_units(block.text()):
        painter.setBrush(lost_ground() if chips.is_lost(chip) else theme.tokens().selection)
        for box in _boxes(block.layout(), chip, visible):
            painter.drawRoundedRect(box.translated(place.topLeft()), _RADIUS_PX, _RADIUS_PX)


def lost_ground() -> QColor:
    """Return the colour beneath a figure without a picture: the bad one, thinned."""
    ground = QColor(theme.tokens().bad)
    ground.setAlpha(_LOST_TINT)
    return ground


def _boxes(layout: QTextLayout, chip: Figure, visible: QRectF) -> Iterator[QRectF]:
    line = layout.lineForTextPosition(chip.start)
    while line.isValid() and line.textStart() < chip.end and line.y() <= visible.bottom():
        if line.y() + line.height() >= visible.top():
            first = max(chip.start, line.textStart())
            last = min(chip.end, line.textStart() + line.textLength())
            # In a text that runs from right to left the first position is the right one.
            sides = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
            box = QRectF(sides[0], line.y(), sides[1] - sides[0], line.height())
            yield box.adjusted(-_AROUND_PX, 0, _AROUND_PX, 0)
        if line.lineNumber() + 1 == layout.lineCount():
            return
        line = layout.lineAt(line.lineNumber() + 1)


def _x(answer: object) -> float:
    """Return the offset out of what `cursorToX` gives: PySide adds the position it used."""
    x = answer[0] if isinstance(answer, tuple | list) else answer
    return float(str(x))


def _lost_format() -> QTextCharFormat:
    chosen = theme.tokens()
    look = QTextCharFormat()
    look.setForeground(chosen.bad)
    look.setUnderlineColor(chosen.bad)
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
    return look


# A key press asks for the same text several times: to step, to mark, and to draw.
@lru_cache(maxsize=8)
def _in_units(text: str) -> tuple[Figure, ...]:
    """Return the figures of *text*, placed in UTF-16 units."""
    moved: list[Figure] = []
    chars = units = 0
    for each in figures_in(text):
        units += len(text[chars : each.end].encode("utf-16-le", "surrogatepass")) // 2
        chars = each.end
        moved.append(_moved(each, units - chars))
    return tuple(moved)


def _moved(each: Figure, by: int) -> Figure:
    return Figure(each.start + by, each.end + by, each.words, each.number)
