"""The area in which a page of the panel scrolls, and where Tab goes down the page as it is seen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from seedream_desktop.ui.controls.tab_stops import is_stop
from seedream_desktop.ui.inspector.preview import SCROLL_BAR_PX, WIDTH_PX

# What stands in a line may be of different heights.
_LINE_PX: Final = 12


class PageArea(QScrollArea):
    """Holds *page*; the room of the bar is always left free, so that nothing moves when it comes."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        page.setFixedWidth(WIDTH_PX - 1 - SCROLL_BAR_PX)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setWidget(page)
        self._page = page

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt's own name and argument
        """Go to what stands next on the page: chips and small pictures come later than what stands below them."""
        stops = self._stops()
        current = self.focusWidget()
        at = stops.index(current) + (1 if next else -1) if current in stops else -1
        target = stops[at] if 0 <= at < len(stops) else self._beyond(is_next=next)
        if target is None:
            return super().focusNextPrevChild(next)
        target.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        if self.isAncestorOf(target):
            self.ensureWidgetVisible(target)
        return True

    def _stops(self) -> list[QWidget]:
        """Return what Tab stops at, line after line."""
        stops = [each for each in self._page.findChildren(QWidget) if is_stop(each)]
        places = {each: each.mapTo(self._page, QPoint(0, each.height() // 2)) for each in stops}
        return sorted(stops, key=lambda each: (places[each].y() // _LINE_PX, places[each].x()))

    def _beyond(self, *, is_next: bool) -> QWidget | None:
        """Return the stop after or before the whole page, None when there is no other."""
        found: QWidget | None = self
        while found is not None:
            found = found.nextInFocusChain() if is_next else found.previousInFocusChain()
            if found is self or found is None:
                return None
            if is_stop(found) and not self.isAncestorOf(found):
                return found
        return None
