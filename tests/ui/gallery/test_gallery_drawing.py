"""What is drawn anew when something changes, and how little of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import Judgment
from seedream_desktop.domain.task import Task, TaskState
from seedream_desktop.ui.gallery import Gallery
from seedream_desktop.ui.gallery.layout import Box
from seedream_desktop.ui.gallery.painting import Brush, bold_font
from seedream_desktop.ui.gallery.scene import Scene
from seedream_desktop.ui.gallery.selection import Selection
from seedream_desktop.ui.gallery.thumbnails import Thumbnails
from tests.ui.gallery.library import Library, index_of, show
from tests.ui.gallery.samples import NOW, stored, task

# Longer than sizes count as changing.
SETTLED_MS = 300


class Drawn(QObject):
    """Notes which parts of a gallery are drawn."""

    def __init__(self, gallery: Gallery) -> None:
        super().__init__()
        self.places: list[QRect] = []
        gallery.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            self.places.append(event.rect())
        return False


def at_rest(qtbot: QtBot, gallery: Gallery) -> Drawn:
    """Wait until nothing has been drawn for a while, which a busy machine puts off; note what is drawn from then on."""
    drawn = Drawn(gallery)
    for _ in range(20):
        drawn.places.clear()
        qtbot.wait(SETTLED_MS)
        if not drawn.places:
            return drawn
    raise AssertionError("the gallery never comes to rest")


def library_of(gallery: Gallery, count: int) -> tuple[Library, list[Task]]:
    """Show a library whose tasks come when a test says so."""
    tasks = [task(f"t{number}", count=2, age_s=3_600 * (number + 1)) for number in range(count)]
    library = Library(gallery, tasks, is_slow=True)
    gallery.set_index(index_of(tasks))
    return library, tasks


def test_tasks_that_come_for_places_out_of_sight_draw_nothing(qtbot: QtBot, gallery: Gallery) -> None:
    library, tasks = library_of(gallery, 200)
    qtbot.waitUntil(lambda: bool(library.wanted))
    library.answer(library.wanted[0])
    drawn = at_rest(qtbot, gallery)
    gallery.take_tasks(tasks[150:160])
    qtbot.wait(SETTLED_MS)

    assert drawn.places == []


def test_tasks_that_come_are_drawn_where_they_stand(qtbot: QtBot, gallery: Gallery) -> None:
    _, tasks = library_of(gallery, 200)
    drawn = at_rest(qtbot, gallery)
    gallery.take_tasks(tasks[:1])
    qtbot.waitUntil(lambda: bool(drawn.places))

    (place,) = drawn.places
    assert place.top() == 0
    assert place.height() < gallery.viewport().height()


def test_what_comes_while_sizes_change_is_drawn_when_that_is_over(qtbot: QtBot, gallery: Gallery) -> None:
    picture = stored(1)
    show(gallery, [task("fox", TaskState.DONE, pictures=(picture,))])
    at_rest(qtbot, gallery)
    gallery.set_row_height(160)
    QCoreApplication.sendPostedEvents()
    drawn = Drawn(gallery)
    assert picture.sha256 is not None
    gallery.show_judgments({picture.sha256: Judgment(stars=3)})
    QCoreApplication.sendPostedEvents()
    assert drawn.places == []
    qtbot.waitUntil(lambda: gallery.viewport().rect() in drawn.places)


def test_where_something_moves_while_sizes_change_all_of_it_is_drawn(qtbot: QtBot, gallery: Gallery) -> None:
    library, tasks = library_of(gallery, 200)
    library.answer([each.id for each in tasks[:20]])
    at_rest(qtbot, gallery)
    gallery.set_row_height(160)
    QCoreApplication.sendPostedEvents()
    drawn = Drawn(gallery)
    gallery.verticalScrollBar().setValue(40)
    QCoreApplication.sendPostedEvents()

    assert drawn.places == [gallery.viewport().rect()]


@pytest.mark.parametrize(
    "prompt",
    [
        "A quiet harbour at dawn " * 12,
        "i" * 300 + "W" * 100,
        "W" * 40 + "i" * 360,
        "静かな港の夜明け" * 30,
        "ميناء هادئ " * 30,
    ],
)
@pytest.mark.parametrize("room_px", [40, 200, 431])
@pytest.mark.usefixtures("qapp")
def test_a_long_title_is_cut_as_if_all_of_it_had_been_measured(prompt: str, room_px: int) -> None:
    metrics = QFontMetrics(bold_font())
    whole_px = metrics.horizontalAdvance(prompt)
    cut = Brush()._shortened(prompt, whole_px, room_px)

    assert cut != prompt
    assert metrics.horizontalAdvance(cut) <= room_px
    # A sign more or less, for the letters beside a cut are shaped by what follows them.
    usual = metrics.elidedText(prompt, Qt.TextElideMode.ElideRight, room_px)
    assert abs(len(cut) - len(usual)) <= 1


class _Words(Brush):
    """Notes the words of headings instead of drawing them."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: list[str] = []

    def header(self, painter: QPainter, box: Box, prompt: str, facts: str) -> None:
        self.facts.append(facts)


@pytest.mark.usefixtures("qapp")
def test_the_facts_of_a_finished_task_follow_the_day_and_its_changes() -> None:
    now = [NOW]
    scene = Scene(Thumbnails(lambda _sha, _edge: Path("/nowhere")), Selection(), lambda: now[0], len)
    scene.brush = words = _Words()
    done = task("fox", TaskState.DONE, pictures=(stored(1), stored(2)))

    def told(shown: int | None = None) -> str:
        scene.paint_header(QPainter(), done, shown, Box(0, 0, 400, 20))
        return words.facts[-1]

    today = told()
    assert told() == today
    assert told(1) != today
    now[0] += timedelta(days=1)
    assert told() != today
