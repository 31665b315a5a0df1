from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.settings import Theme
from seedream_desktop.ui import theme
from seedream_desktop.ui.filters.search_edit import SearchEdit


def shown(qtbot: QtBot, width_px: int) -> SearchEdit:
    field = SearchEdit()
    qtbot.addWidget(field)
    field.resize(width_px, 32)
    field.show()
    qtbot.waitExposed(field)
    return field


def words_in(field: SearchEdit) -> QImage:
    """Return what is seen of the words, from their beginning to where they would end uncut."""
    end_px = field.cursorRect().center().x() + field.fontMetrics().horizontalAdvance(field.placeholderText())
    return field.grab().toImage().copy(30, 4, end_px - 30, 24)


def test_what_is_searched_is_said_in_as_many_words_as_fit_and_never_cut(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, Theme.DARK)
    wordings = set()
    for width_px in range(130, 321, 3):
        field, roomy = shown(qtbot, width_px), shown(qtbot, 320)
        roomy.setPlaceholderText(field.placeholderText())
        wordings.add(field.placeholderText())

        assert words_in(field) == words_in(roomy), width_px
        assert field.toolTip() == "Search prompts, tags, notes, names"
    assert len(wordings) == 4
