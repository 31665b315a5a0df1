"""The panel on the right: all that is known of the chosen picture, or of several, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from seedream_desktop.domain.judging import UNJUDGED, Judgment
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.family import Kin
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.tab_order import put_after
from seedream_desktop.ui.gallery.thumbnails import Thumbnails
from seedream_desktop.ui.inspector.preview import WIDTH_PX
from seedream_desktop.ui.on_first_use import OnFirstUse

if TYPE_CHECKING:
    from seedream_desktop.ui.inspector.common import Common, Summary
    from seedream_desktop.ui.inspector.many import ManyPage
    from seedream_desktop.ui.inspector.one import OnePage

Shown = tuple[Task, Picture]


class Inspector(QWidget):
    """Shows one picture, several, or a calm hint while nothing is chosen; each page is made at its first use.

    ``action_requested`` carries the Task and what is wanted of it; ``judged`` a Change of what is shown;
    ``note_written`` the SHA-256 it is about, the text, and whether the writing is over; ``known_tags_wanted`` asks for
    `set_known_tags`; ``relative_pressed`` carries a Task and the index of its picture; ``reference_pressed`` a
    UsedReference; ``thumbnail_missing`` the SHA-256 of a small picture that is not there; ``picture_shown`` the Task
    and the Picture that came in the place of another, or into sight; ``left`` wants the keyboard among the pictures;
    ``page_made`` carries a page at its first use.
    """

    action_requested = Signal(object, str)
    judged = Signal(object)
    note_written = Signal(str, str, bool)
    known_tags_wanted = Signal()
    relative_pressed = Signal(object, int)
    reference_pressed = Signal(object)
    thumbnail_missing = Signal(str)
    picture_shown = Signal(object, object)
    left = Signal()
    page_made = Signal(object)

    def __init__(self, thumbnail_path: Callable[[str, int], Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "inspector", self.tr("Inspector"))
        self.setFixedWidth(WIDTH_PX)
        self._shown: Shown | None = None
        self._thumbnails = Thumbnails(thumbnail_path, self)
        self._thumbnails.missing.connect(self.thumbnail_missing)
        self._known_tags: Sequence[str] = ()
        # Settings that are still held at the very end bring Qt down.
        self._settings_file = ""
        self._one: OnFirstUse[OnePage] = OnFirstUse(self._make_one)
        self._many: OnFirstUse[ManyPage] = OnFirstUse(self._make_many)
        self._pages = QStackedWidget(self)
        self._hint = self._make_hint()
        self._pages.addWidget(self._hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self._pages)

    @property
    def shown(self) -> Shown | None:
        """The picture that is shown, with its task; None while none is, or several are."""
        return self._shown

    def show_picture(self, task: Task, picture: Picture, judgment: Judgment | None = None) -> None:
        """Show a picture that is on this disk, with *judgment* as far as it is known by now."""
        is_other = self._shown is None or self._shown[1].sha256 != picture.sha256
        if is_other or self._shown is None or self._shown[0].id != task.id:
            self.flush()
            self._one.get().show_kin(Kin(), is_known=not task.request.references)
            self._one.get().show_balances(None)
        self._shown = task, picture
        self._one.get().show_picture(task, picture)
        if is_other or judgment is not None:
            self._one.get().show_judgment(picture.sha256, judgment or UNJUDGED)
        self._turn_to(self._one.get())
        if is_other:
            self.picture_shown.emit(task, picture)

    def change_task(self, task: Task) -> None:
        """Show the new value of the task whose picture is shown."""
        if self._shown is not None and self._shown[0].id == task.id:
            position = self._shown[1].position
            picture = next((each for each in task.pictures if each.position == position), None)
            if picture is not None:
                self.show_picture(task, picture)

    def show_many(self, summary: Summary, common: Common) -> None:
        """Show several chosen pictures; shown again, what is being written stays."""
        if not self._shows(self._many.get()):
            self.flush()
        self._shown = None
        self._many.get().show_summary(summary, common)
        self._turn_to(self._many.get())

    def clear(self) -> None:
        """Show the hint."""
        self.flush()
        self._shown = None
        self._pages.setCurrentWidget(self._hint)

    def show_judgments(self, judgments: Mapping[str, Judgment]) -> None:
        """Show what is said of the picture, when it is among these."""
        sha256 = self._shown[1].sha256 if self._shown else None
        if sha256 is not None and sha256 in judgments:
            self._one.get().show_judgment(sha256, judgments[sha256])

    def show_kin(self, kin: Kin) -> None:
        """Show the references and the family of the picture that is shown."""
        if self._one.made is not None:
            self._one.made.show_kin(kin, is_known=True)

    def show_balances(self, balances_usd: tuple[Decimal, Decimal] | None) -> None:
        """Show the balance in dollars before and after the order, where both were read."""
        if self._one.made is not None:
            self._one.made.show_balances(balances_usd)

    def set_known_tags(self, tags: Sequence[str]) -> None:
        """Offer *tags* while one is written."""
        self._known_tags = tags
        for page in (self._one.made, self._many.made):
            if page is not None:
                page.set_known_tags(tags)

    def write_tag(self) -> None:
        """Put the keyboard where tags of what is shown are written; nowhere while nothing is shown."""
        for page in (self._one.made, self._many.made):
            if page is not None and self._shows(page):
                page.write_tag()

    def write_note(self) -> None:
        """Put the keyboard where the note of the picture is written; nowhere while none or several are shown."""
        if self._one.made is not None and self._shows(self._one.made):
            self._one.made.write_note()

    def thumbnail_made(self, sha256: str) -> None:
        """Draw a picture whose thumbnail was missing a moment ago."""
        self._thumbnails.made(sha256)

    def flush(self) -> None:
        """Tell what is being written, before anything else is shown or the window closes."""
        for page in (self._one.made, self._many.made):
            if page is not None and self._shows(page):
                page.flush()

    def save(self, settings: QSettings) -> None:
        """Keep which parts are open, where that was seen at all."""
        if self._one.made is not None:
            for section in self._one.made.sections:
                section.save(settings)

    def load(self, settings: QSettings) -> None:
        """Open the parts that were open."""
        self._settings_file = settings.fileName()
        if self._one.made is not None:
            for section in self._one.made.sections:
                section.load(settings)

    def showEvent(self, event: object) -> None:
        """Have looked up what was not while nobody saw it."""
        super().showEvent(event)  # type: ignore[arg-type]  # the stubs want the exact event class
        if self._shown is not None:
            self.picture_shown.emit(*self._shown)

    def hideEvent(self, event: object) -> None:
        """Lose nothing that was written."""
        self.flush()
        super().hideEvent(event)  # type: ignore[arg-type]  # the stubs want the exact event class

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line on the left."""
        painter = QPainter(self)
        painter.fillRect(0, 0, 1, self.height(), theme.tokens().line)
        painter.end()

    def _make_one(self) -> OnePage:
        from seedream_desktop.ui.inspector.one import OnePage

        page = OnePage(self._thumbnails)
        if self._settings_file:
            settings = QSettings(self._settings_file, QSettings.Format.IniFormat)
            for section in page.sections:
                section.load(settings)
        page.action_requested.connect(self._ask)
        page.note_written.connect(self.note_written)
        page.relative_pressed.connect(self.relative_pressed)
        page.reference_pressed.connect(self.reference_pressed)
        self._join(page)
        return page

    def _make_many(self) -> ManyPage:
        from seedream_desktop.ui.inspector.many import ManyPage

        page = ManyPage()
        self._join(page)
        return page

    def _join(self, page: OnePage | ManyPage) -> None:
        from seedream_desktop.ui.inspector.page_area import PageArea

        page.judged.connect(self.judged)
        page.known_tags_wanted.connect(self.known_tags_wanted)
        page.left.connect(self.left)
        page.set_known_tags(self._known_tags)
        area = PageArea(page)
        self._pages.addWidget(area)
        put_after(self._hint, area)
        self.page_made.emit(page)

    def _shows(self, page: QWidget) -> bool:
        area = self._pages.currentWidget()
        return area is not None and area.isAncestorOf(page)

    def _turn_to(self, page: QWidget) -> None:
        for number in range(self._pages.count()):
            area = self._pages.widget(number)
            if area is not None and area.isAncestorOf(page):
                self._pages.setCurrentIndex(number)

    def _ask(self, action: str) -> None:
        if self._shown is not None:
            self.action_requested.emit(self._shown[0], action)

    def _make_hint(self) -> Label:
        hint = Label(self.tr("Choose a picture to see its size, its cost and its prompt here."), self, tone="faint")
        hint.setFont(theme.label_font())
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        hint.setContentsMargins(theme.SPACE_4 - 1, theme.SPACE_4, theme.SPACE_4, 0)
        return hint
