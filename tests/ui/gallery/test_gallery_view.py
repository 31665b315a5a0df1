"""What the gallery shows, and what stays where it is when something comes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.task import TaskId, TaskState
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.gallery import Gallery
from tests.ui.gallery.handling import CTRL, Key, buttons, middle_of, names, press
from tests.ui.gallery.library import index_of, show
from tests.ui.gallery.samples import ThumbnailFolder, coming, task


def test_a_connected_set_is_joined(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=2)])
    single = gallery.viewport().grab().toImage()
    gallery.change_task(task("fox", count=2, sequence=True))
    joined = gallery.viewport().grab().toImage()
    gap = middle_of(qtbot, gallery, "fox, 1 of 2") + QPoint(148 // 2 + 4, 0)

    assert single.pixelColor(gap) == theme.tokens().ground
    assert joined.pixelColor(gap) == theme.tokens().muted


def test_ctrl_and_the_wheel_change_the_height_of_the_rows(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=1)])
    before = gallery.row_height_px
    with qtbot.waitSignal(gallery.row_height_changed) as changed:
        _wheel(gallery, 120)

    assert changed.args == [gallery.row_height_px]
    assert gallery.row_height_px > before
    for _ in range(40):
        _wheel(gallery, -120)
    assert gallery.row_height_px == 80


def test_pictures_are_sharp_again_in_the_size_that_stays(
    qtbot: QtBot, gallery: Gallery, folder: ThumbnailFolder
) -> None:
    fox = task("fox", count=1)
    folder.make(fox.pictures[0])
    show(gallery, [fox])
    qtbot.waitUntil(lambda: gallery.preview(fox.pictures[0]) is not None, timeout=5_000)
    gallery.set_row_height(300)

    def width_px() -> int:
        seen = gallery.preview(fox.pictures[0])
        return seen.width() if seen else 0

    assert width_px() == 148
    qtbot.waitUntil(lambda: width_px() == 300, timeout=5_000)


def _wheel(gallery: Gallery, delta: int) -> None:
    point = QPointF(100, 100)
    QApplication.sendEvent(
        gallery.viewport(),
        QWheelEvent(
            point, point, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False
        ),
    )


def test_what_one_looks_at_stays_when_a_new_task_comes_on_top(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task(f"t{n}", count=2) for n in range(50)])
    gallery.verticalScrollBar().setValue(1500)
    before = middle_of(qtbot, gallery, names(qtbot, gallery)[0])
    first = names(qtbot, gallery)[0]
    gallery.add_task(task("new", TaskState.PROCESSING, count=10))

    assert middle_of(qtbot, gallery, first) == before


def test_what_one_looks_at_stays_at_the_top_when_the_window_changes_its_width(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task(f"t{n}", count=9) for n in range(50)])
    gallery.verticalScrollBar().setValue(3000)
    first = names(qtbot, gallery)[0].split(",")[0]
    gallery.resize(500, 600)

    assert first in {name.split(",")[0] for name in names(qtbot, gallery)}


def test_at_the_top_a_new_task_is_seen_at_once(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task(f"t{n}", count=2) for n in range(50)])
    gallery.add_task(task("new", TaskState.QUEUED, count=1))

    assert names(qtbot, gallery)[0] == "new, 1 of 1, Queued"


def test_nobody_is_told_that_there_are_no_pictures_before_the_library_was_read(gallery: Gallery) -> None:
    assert not [label for label in gallery.viewport().findChildren(Label) if label.isVisible()]
    assert not buttons(gallery)


def test_an_empty_gallery_says_what_to_do_and_offers_three_prompts(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [])
    samples = buttons(gallery)
    with qtbot.waitSignal(gallery.sample_chosen) as sample:
        samples[1].click()

    assert len(samples) == 3
    assert sample.args == [samples[1].text()]
    assert [button.accessibleName() for button in samples] == [f"Sample prompt {n}" for n in (1, 2, 3)]
    gallery.add_task(task("fox"))
    qtbot.waitUntil(lambda: not buttons(gallery))


def test_a_search_without_a_match_says_so_and_loses_nothing(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", count=1)])
    press(gallery, Key.Key_Home)
    gallery.set_index(index_of([]), is_everything=False, looked_for=["“owl”", "4K"])
    assert gallery.current() is None
    assert names(qtbot, gallery) == []
    assert [label.text() for label in gallery.viewport().findChildren(Label) if label.isVisible()] == [
        "No pictures fit",
        "You look for: “owl”  ·  4K",
    ]
    with qtbot.waitSignal(gallery.clear_requested):
        buttons(gallery)[0].click()
    gallery.set_index(index_of([task("fox", count=1)]))

    assert names(qtbot, gallery) == ["fox, 1 of 1, 2048 x 2048"]
    assert not [label for label in gallery.viewport().findChildren(Label) if label.isVisible()]


def test_thumbnails_are_drawn_when_they_come(qtbot: QtBot, gallery: Gallery, folder: ThumbnailFolder) -> None:
    done = task("fox", count=1)
    folder.make(done.pictures[0], "red")
    show(gallery, [done])
    point = middle_of(qtbot, gallery, "fox")

    qtbot.waitUntil(lambda: gallery.viewport().grab().toImage().pixelColor(point).red() > 240)
    assert gallery.preview(done.pictures[0]) is not None


def test_a_missing_thumbnail_is_told_with_its_task(qtbot: QtBot, gallery: Gallery, folder: ThumbnailFolder) -> None:
    done = task("fox", count=1)
    with qtbot.waitSignal(gallery.thumbnail_missing) as missing:
        show(gallery, [done])
    assert missing.args == [done, done.pictures[0]]

    folder.make(done.pictures[0], "red")
    gallery.thumbnail_made(str(done.pictures[0].sha256))
    point = middle_of(qtbot, gallery, "fox")
    qtbot.waitUntil(lambda: gallery.viewport().grab().toImage().pixelColor(point).red() > 240)


def test_progress_changes_what_is_drawn(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("fox", TaskState.DOWNLOADING, pictures=(coming(1),))])
    before = gallery.viewport().grab().toImage()
    gallery.show_progress(TaskId("fox"), 1, 61, 100)

    assert gallery.viewport().grab().toImage() != before


def test_the_clock_ticks_only_while_something_runs_and_is_seen(qtbot: QtBot, gallery: Gallery) -> None:
    show(gallery, [task("run", TaskState.PROCESSING)])
    qtbot.waitUntil(gallery._seconds.isActive)
    gallery.hide()
    assert not gallery._seconds.isActive()
    gallery.show()
    qtbot.waitUntil(gallery._seconds.isActive)
    gallery.change_task(task("run", TaskState.DONE))
    qtbot.waitUntil(lambda: not gallery._seconds.isActive())
