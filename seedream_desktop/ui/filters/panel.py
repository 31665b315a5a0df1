"""All filters at a glance, folded out between the search and the pictures, so that one sees what each of them does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from seedream_desktop.domain.judging import Flag
from seedream_desktop.domain.query import Query
from seedream_desktop.domain.request import AspectRatio, Mode, Resolution
from seedream_desktop.domain.task import TaskState
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.filters.day_range import DayRange
from seedream_desktop.ui.filters.flow import FlowLayout
from seedream_desktop.ui.filters.options import OPTION_PX, Options
from seedream_desktop.ui.filters.stars import StarPicker
from seedream_desktop.ui.filters.tag_choice import TagChoice
from seedream_desktop.ui.filters.wording import STATE_GROUPS, flag_words, mode_words, state_words

if TYPE_CHECKING:
    from seedream_desktop.ports.searching import FilterCounts

_FLAGS: Final = (Flag.PICK, Flag.REJECT, Flag.NONE)


class FilterPanel(QWidget):
    """``changed`` carries the Query with the filters as the user set them, its text as it was shown last.

    ``reference_wanted`` asks for what was made with the reference that is chosen in the composer.
    """

    changed = Signal(object)
    reference_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "filters", self.tr("Filters"))
        self._query = Query()
        self.ratios = Options(self.tr("Ratio"), [(ratio, ratio.value) for ratio in AspectRatio], self)
        self.resolutions = Options(self.tr("Size"), [(size, size.value) for size in Resolution], self)
        self.modes = Options(self.tr("Mode"), [(mode, mode_words(mode)) for mode in Mode], self)
        self.states = Options(self.tr("State"), [(states, state_words(name)) for name, states in STATE_GROUPS], self)
        self.stars = StarPicker(self)
        self.flags = Options(self.tr("Flag"), [(flag, flag_words(flag)) for flag in _FLAGS], self, is_single=True)
        self.favourites = Options(self.tr("Favourites"), [(True, self.tr("Favourites"))], self)
        self.days = DayRange(self)
        self.tags = TagChoice(self)
        self.reference = self._made_reference_button()
        self._name_states()
        self._lay_out()
        for part in (self.ratios, self.resolutions, self.modes, self.states, self.flags, self.favourites):
            part.changed.connect(self._tell)
        for other in (self.stars, self.days, self.tags):
            other.changed.connect(self._tell)

    def show_query(self, query: Query) -> None:
        """Show what is asked for without telling of it."""
        self._query = query
        self.ratios.set_chosen(query.ratios)
        self.resolutions.set_chosen(query.resolutions)
        self.modes.set_chosen(query.modes)
        self.states.set_chosen([states for _, states in STATE_GROUPS if set(states) & set(query.states)])
        self.stars.set_stars(query.rating_at_least)
        self.flags.set_chosen([] if query.flag is None else [query.flag])
        self.favourites.set_chosen([True] if query.is_favourite else [])
        self.days.set_days(query.first_day, query.last_day)
        self.tags.set_tags(query.tags)

    def show_counts(self, counts: FilterCounts | None) -> None:
        """Show how many orders each value would leave; None when that is not known."""
        self.ratios.show_counts(None if counts is None else counts.ratios)
        self.resolutions.show_counts(None if counts is None else counts.resolutions)
        self.modes.show_counts(None if counts is None else counts.modes)
        self.states.show_counts(None if counts is None else _by_group(counts))

    def show_tags(self, used: Sequence[tuple[str, int]]) -> None:
        """Offer the tags in use, the most used first."""
        self.tags.show_used(used)

    def _tell(self) -> None:
        first, last = self.days.days()
        flags = self.flags.chosen()
        self._query = replace(
            self._query,
            ratios=self.ratios.chosen(),
            resolutions=self.resolutions.chosen(),
            modes=self.modes.chosen(),
            states=tuple(state for states in self.states.chosen() for state in states),
            rating_at_least=self.stars.stars,
            flag=flags[0] if flags else None,
            is_favourite=bool(self.favourites.chosen()),
            tags=self.tags.tags(),
            first_day=first,
            last_day=last,
        )
        self.changed.emit(self._query)

    def _name_states(self) -> None:
        for (name, _), option in zip(STATE_GROUPS, map(self.states.option, self.states.values()), strict=True):
            option.setObjectName(f"state_{name.lower().replace(' ', '_')}")

    def _made_reference_button(self) -> QPushButton:
        button = QPushButton(self.tr("Made with the reference chosen on the left"), self)
        set_name(button, "made_with_the_chosen_reference", button.text())
        button.setProperty("look", "link")
        button.setFont(theme.label_font())
        button.setFixedHeight(OPTION_PX)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self.reference_wanted)
        return button

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.SPACE, 0, theme.SPACE)
        grid.setHorizontalSpacing(theme.SPACE_3)
        grid.setVerticalSpacing(theme.SPACE)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (self.tr("Ratio"), (self.ratios,)),
            (self.tr("Size"), (self.resolutions, self.modes)),
            (self.tr("State"), (self.states,)),
            (self.tr("Judged"), (self.stars, self.flags, self.favourites)),
            (self.tr("Day"), (self.days,)),
            (self.tr("Tags"), (self.tags,)),
            (self.tr("Reference"), (self.reference,)),
        )
        for number, (words, parts) in enumerate(rows):
            label = Label(words, self, tone="muted")
            label.setFont(theme.label_font())
            label.setFixedHeight(OPTION_PX)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(_side_by_side(parts, self), number, 1)


def _by_group(counts: FilterCounts) -> dict[tuple[TaskState, ...], int]:
    return {states: sum(counts.states.get(state, 0) for state in states) for _, states in STATE_GROUPS}


def _side_by_side(parts: Sequence[QWidget], parent: QWidget) -> QWidget:
    """Return what holds *parts* in a row, or in several where there is no room for one."""
    if len(parts) == 1:
        return parts[0]
    holder = QWidget(parent)
    flow = FlowLayout(holder, theme.SPACE, theme.SPACE_4)
    for part in parts:
        flow.addWidget(part)
    return holder
