from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from seedream_desktop.ui.filters.search_edit import SearchEdit


@pytest.mark.parametrize("width_px", [90, 200, 260, 320])
def test_what_is_searched_is_said_in_as_many_words_as_fit(qtbot: QtBot, width_px: int) -> None:
    field = SearchEdit()
    qtbot.addWidget(field)
    field.resize(width_px, 30)
    field.show()

    assert field.fontMetrics().horizontalAdvance(field.placeholderText()) < field.width() - 30
    assert field.placeholderText().startswith("Search")
    assert field.toolTip() == "Search prompts, tags, notes, names"
