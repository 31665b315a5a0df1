"""What the rows of lists look like: a chosen one's ground, the line beneath others, words cut to their place."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle

from seedream_desktop.ui import theme


def paint_ground(
    painter: QPainter, rect: QRect, state: QStyle.StateFlag, *, radius_px: int, line_ends_px: int = 0
) -> None:
    """Paint what is beneath a row's words: the ground of a chosen row, round by *radius_px*, else the line below.

    The line ends *line_ends_px* before the right edge. The painter smooths its edges from then on in a chosen row.
    """
    tokens = theme.tokens()
    if not state & QStyle.StateFlag.State_Selected:
        width_px = rect.width() - theme.SPACE_2 - line_ends_px
        painter.fillRect(rect.left() + theme.SPACE_2, rect.bottom(), width_px, 1, tokens.line)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
    painter.setPen(QPen(tokens.accent, 2) if has_focus else Qt.PenStyle.NoPen)
    painter.setBrush(tokens.selection)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius_px, radius_px)


def write(painter: QPainter, rect: QRect, words: str, style: tuple[QFont, QColor], *, right: bool = False) -> None:
    """Write *words* on one line in *rect*, at its left or *right*, cut with an ellipsis where they do not fit."""
    font, colour = style
    painter.setFont(font)
    painter.setPen(colour)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
