"""The rows above the gallery: search and filters, how the pictures are shown, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from seedream_desktop.domain.query import Query
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.segmented import Segmented
from seedream_desktop.ui.controls.tab_order import put_after
from seedream_desktop.ui.filters.chips import FilterChips
from seedream_desktop.ui.filters.saved import SavedSearchMenu
from seedream_desktop.ui.filters.search_edit import SearchEdit
from seedream_desktop.ui.filters.size_slider import SizeSlider
from seedream_desktop.ui.filters.wording import count_words, parts_of
from seedream_desktop.ui.gallery.layout import MARGIN_PX
from seedream_desktop.ui.icons import icon
from seedream_desktop.ui.on_first_use import OnFirstUse

if TYPE_CHECKING:
    from seedream_desktop.ports.gallery import Counts
    from seedream_desktop.ports.searching import FilterCounts
    from seedream_desktop.ui.filters.day_list import DayList
    from seedream_desktop.ui.filters.panel import FilterPanel
    from seedream_desktop.ui.filters.panel_room import PanelRoom

_SIGN_PX: Final = 16
# The slider ends where the pictures below it end.
_SCROLL_BAR_PX: Final = 10
_ROOMY_FROM_PX: Final = 640
# Less has no room for the slider; Ctrl and the wheel do the same.
_SIZES_FROM_PX: Final = 460
_LEAST_PX: Final = 470
_GROUPS, _FLAT = "groups", "flat"


class GalleryHeader(QWidget):
    """``filter_changed`` carries a Query; it is told again when the same is asked for again.

    ``row_height_changed`` is in pixels, ``grouped_changed`` whether groups are shown, ``day_chosen`` carries a date.
    ``pictures_wanted`` leads to the pictures, ``first_wanted`` to the first of what is looked for. ``days_wanted`` and
    ``counts_wanted`` are answered by `show_days`, and by `show_filter_counts` and `show_tags`.
    """

    filter_changed = Signal(object)
    row_height_changed = Signal(int)
    grouped_changed = Signal(bool)
    day_chosen = Signal(object)
    days_wanted = Signal()
    counts_wanted = Signal()
    reference_wanted = Signal()
    pictures_wanted = Signal()
    first_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = Query()
        self._is_tight = False
        self.search = SearchEdit(self)
        self.filter_button = self._made_button("list-filter", "filter", self.tr("Filter"))
        self.saved = SavedSearchMenu(self)
        self.grouping = Segmented(
            [(_GROUPS, self.tr("Groups")), (_FLAT, self.tr("Flat"))], self, takes_clicks_focus=False
        )
        self.day_button = self._made_button("calendar-days", "go_to_day", self.tr("Go to a day"))
        self.sizes = SizeSlider(self)
        self.slider = self.sizes.slider
        self._room: OnFirstUse[PanelRoom] = OnFirstUse(self._make_room)
        self.chips = FilterChips(self)
        self._days: OnFirstUse[DayList] = OnFirstUse(self._make_days)
        self._prepare()
        self._lay_out()
        self._connect()

    @property
    def query(self) -> Query:
        """What is asked for, as far as it was told."""
        return self._query

    @property
    def wants_counts(self) -> bool:
        """Whether the filters with their numbers are seen."""
        return self._room.made is not None and not self._room.made.isHidden()

    @property
    def panel(self) -> FilterPanel:
        """The filters, made when they are first shown."""
        return self._room.get().panel

    def set_query(self, query: Query) -> None:
        """Ask for *query*, and show it in every part."""
        self._query = query
        self.search.show_text(query.text)
        if self._room.made is not None:
            self._room.made.panel.show_query(query)
        self.chips.show_query(query)
        self.saved.show_query(query)
        self._show_filters_on()
        self.filter_changed.emit(query)

    def filter_by_reference(self, sha256: str) -> None:
        """Ask for all that was made with a picture, whatever else was asked for before."""
        self.set_query(Query(reference_sha256=sha256))

    def clear_search(self) -> None:
        """Take off all filters, empty the search and show everything at once."""
        self.set_query(Query())

    def set_row_height(self, height_px: int) -> None:
        """Let the slider stand where the gallery's rows are, after Ctrl and the wheel changed them."""
        self.slider.setValue(height_px)

    def show_counts(self, found: Counts, everything: Counts | None) -> None:
        """Say how much there is, of how much in this place when a filter leaves something out; nothing of nothing."""
        is_empty = everything is None and not found.tasks
        self.chips.count.setText("" if is_empty else count_words(found, everything))

    def show_filter_counts(self, counts: FilterCounts | None) -> None:
        """Show how many orders each value of a filter would leave; None when that is not known."""
        if self._room.made is not None:
            self._room.made.panel.show_counts(counts)

    def show_tags(self, used: Sequence[tuple[str, int]]) -> None:
        """Offer the tags in use, the most used first."""
        if self._room.made is not None:
            self._room.made.panel.show_tags(used)

    def show_days(self, days: Sequence[tuple[date, int]]) -> None:
        """List the days that hold what is shown."""
        self._days.get().show_days(days)

    def focus_search(self) -> None:
        """Go to the search and mark what is in it."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def turn_filters(self) -> None:
        """Show the filters and go to them, or hide them."""
        self.filter_button.click()
        if self.wants_counts:
            self.panel.ratios.option(self.panel.ratios.values()[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_day(self) -> None:
        """Let the user choose a day to go to."""
        self._days.get().open_beneath(self.day_button)
        self.days_wanted.emit()

    def save(self, settings: QSettings) -> None:
        """Keep how pictures are shown."""
        settings.setValue("gallery/grouped", self.grouping.value() == _GROUPS)
        settings.setValue("gallery/row_height_px", self.slider.value())

    def load(self, settings: QSettings) -> None:
        """Show pictures as they were shown the last time; what makes no sense is left out."""
        is_grouped = settings.value("gallery/grouped", defaultValue=True, type=bool)
        self.grouping.set_value(_GROUPS if is_grouped else _FLAT)
        height_px = settings.value("gallery/row_height_px", defaultValue=self.slider.value(), type=int)
        if isinstance(height_px, int):
            self.slider.setValue(height_px)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the narrow form, whichever there is now."""
        return QSize(_LEAST_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what can be missed where there is little room."""
        super().resizeEvent(event)
        if self._is_tight is not (self.width() < _ROOMY_FROM_PX):
            self._is_tight = not self._is_tight
            self.sizes.set_tight(is_tight=self._is_tight)
            self._show_filters_on()
        self.sizes.setVisible(self.width() >= _SIZES_FROM_PX)
        if self._room.made is not None:
            self._room.made.updateGeometry()

    def _search(self, text: str) -> None:
        self.set_query(replace(self._query, text=text))

    def _use(self, query: Query) -> None:
        """Ask for other filters, with the text as it stands in the field."""
        self.set_query(replace(query, text=self.search.text()))

    def _turn_panel(self, is_open: bool) -> None:  # noqa: FBT001 - a signal's argument
        room = self._room.get()
        if not is_open and room.isAncestorOf(self.focusWidget() or self):
            self.filter_button.setFocus(Qt.FocusReason.OtherFocusReason)
        room.setVisible(is_open)
        if is_open:
            self.counts_wanted.emit()

    def _show_filters_on(self) -> None:
        """Say at the button how many filters are on, for the panel may be closed."""
        number = len(parts_of(self._query))
        words = self.tr("Filter")
        parts = ("" if self._is_tight else words, str(number) if number else "")
        # Fusion sets icon and text closer than they can be read.
        self.filter_button.setText("".join(f" {part}" for part in parts if part))
        self.filter_button.setIcon(icon("list-filter", "accent" if number else "muted"))
        self.filter_button.setAccessibleDescription(
            self.tr("{count} filters are on").format(count=number) if number else ""
        )

    def _made_button(self, sign: str, name: str, words: str) -> QPushButton:
        button = QPushButton(self)
        set_name(button, name, words)
        button.setToolTip(words)
        button.setProperty("look", "quiet")
        button.setIcon(icon(sign, "muted"))
        button.setIconSize(QSize(_SIGN_PX, _SIGN_PX))
        return button

    def _prepare(self) -> None:
        self.filter_button.setCheckable(True)
        set_name(self.grouping, "grouping", self.tr("Groups or flat"))
        for part in (self.grouping, self.sizes):
            # In a wide window the room is left free instead of pulling these apart.
            part.setSizePolicy(QSizePolicy.Policy.Maximum, part.sizePolicy().verticalPolicy())
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._show_filters_on()

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(MARGIN_PX, theme.SPACE_3, MARGIN_PX + _SCROLL_BAR_PX, theme.SPACE_2)
        column.setSpacing(theme.SPACE_2)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        row.addWidget(self.search, 1)
        row.addWidget(self.filter_button)
        row.addWidget(self.saved)
        row.addStretch(0)
        row.addWidget(self.grouping)
        row.addWidget(self.day_button)
        row.addWidget(self.sizes)
        column.addLayout(row)
        column.addWidget(self.chips)

    def _make_days(self) -> DayList:
        from seedream_desktop.ui.filters.day_list import DayList

        days = DayList(self)
        days.chosen.connect(self.day_chosen)
        return days

    def _make_room(self) -> PanelRoom:
        from seedream_desktop.ui.filters.panel import FilterPanel
        from seedream_desktop.ui.filters.panel_room import PanelRoom

        panel = FilterPanel(self)
        panel.show_query(self._query)
        panel.changed.connect(self._use)
        panel.reference_wanted.connect(self.reference_wanted)
        room = PanelRoom(panel, self)
        room.hide()
        self._column.insertWidget(self._column.indexOf(self.chips), room)
        put_after(self.slider, room)
        return room

    def _connect(self) -> None:
        self.search.searched.connect(self._search)
        self.search.left_down.connect(self.pictures_wanted)
        self.search.entered.connect(self.first_wanted)
        self.filter_button.toggled.connect(self._turn_panel)
        self.chips.changed.connect(self._use)
        self.chips.cleared.connect(self.clear_search)
        self.chips.emptied.connect(self.pictures_wanted)
        self.saved.opened.connect(self.set_query)
        self.grouping.chosen.connect(lambda value: self.grouped_changed.emit(value == _GROUPS))
        self.day_button.clicked.connect(self.ask_day)
        self.slider.valueChanged.connect(self.row_height_changed)
