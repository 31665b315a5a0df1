"""The panel on the right: what is known and said of one picture, of several, of none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from seedream_desktop.domain.judging import Change, Flag, Judgment
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import Reference, Role
from seedream_desktop.domain.request import AspectRatio
from seedream_desktop.domain.task import Task
from seedream_desktop.ports.family import Kin, UsedReference
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.inspector import Inspector
from seedream_desktop.ui.inspector.common import Common, Summary
from seedream_desktop.ui.inspector.note import NoteField
from seedream_desktop.ui.inspector.stars import Stars
from seedream_desktop.ui.inspector.tags import TagField
from tests.ui.gallery.samples import ThumbnailFolder, stored, task

W = TypeVar("W", bound=QWidget)
HINT = "Choose a picture to see its size, its cost and its prompt here."


@pytest.fixture
def folder(tmp_path: Path) -> ThumbnailFolder:
    return ThumbnailFolder(tmp_path)


@pytest.fixture
def inspector(qtbot: QtBot, folder: ThumbnailFolder) -> Inspector:
    found = Inspector(folder.path_of)
    qtbot.addWidget(found)
    found.resize(272, 800)
    found.show()
    return found


def seen(inspector: Inspector) -> list[str]:
    return [label.text() for label in inspector.findChildren(Label) if label.isVisible()]


def visible(inspector: Inspector, kind: type[W]) -> W:
    return next(found for found in inspector.findChildren(kind) if found.isVisible())


def button(inspector: Inspector, name: str) -> QPushButton:
    return next(found for found in inspector.findChildren(QPushButton, name) if found.isVisible())


def test_with_nothing_chosen_it_says_what_it_is_for(inspector: Inspector) -> None:
    assert seen(inspector) == [HINT]


def test_it_shows_the_facts_of_the_chosen_picture(inspector: Inspector) -> None:
    found = task("a red fox", count=4)
    inspector.show_picture(found, found.pictures[1])

    assert {"2048 × 2048 as asked", "1:1 · 2K", "JPEG 2.4 MB", "31 s · $0.04", "a red fox"} <= set(seen(inspector))
    assert button(inspector, "show_in_folder").text() == "Pictures/Seedream"


def test_a_picture_of_another_size_says_what_was_asked(inspector: Inspector) -> None:
    odd = stored(1, size=PixelSize(2000, 2048))
    inspector.show_picture(task("fox", pictures=(odd,)), odd)

    assert "2000 × 2048, asked 2048 × 2048" in seen(inspector)


def test_a_shape_left_to_the_model_is_just_named(inspector: Inspector) -> None:
    found = task("fox", ratio=None)
    inspector.show_picture(found, found.pictures[0])

    assert {"2048 × 2048", "2K"} <= set(seen(inspector))


def test_cleared_it_shows_the_hint_again_and_asks_for_nothing(qtbot: QtBot, inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0])
    inspector.clear()
    with qtbot.assertNotEmitted(inspector.action_requested):
        inspector.findChildren(QPushButton, "use_everything")[0].click()

    assert seen(inspector) == [HINT]


@pytest.mark.parametrize(
    ("name", "action"),
    [
        ("use_everything", "reuse"),
        ("remix", "remix"),
        ("use_as_reference", "reference"),
        ("next_frame", "next_frame"),
        ("copy_prompt", "copy_prompt"),
        ("show_in_folder", "folder"),
        ("open_with", "open_with"),
    ],
)
def test_its_buttons_tell_what_is_wanted(qtbot: QtBot, inspector: Inspector, name: str, action: str) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0])
    button(inspector, "file_section").click()
    with qtbot.waitSignal(inspector.action_requested) as asked:
        button(inspector, name).click()

    assert asked.args == [found, action]


def test_the_longest_prompt_makes_the_panel_no_wider(inspector: Inspector) -> None:
    found = task("x" * 5000)
    inspector.show_picture(found, found.pictures[0])

    assert inspector.width() == 272


def test_the_preview_is_drawn_in_the_shape_of_the_picture(
    qtbot: QtBot, inspector: Inspector, folder: ThumbnailFolder
) -> None:
    found = task("fox", ratio=AspectRatio.SQUARE, count=1)
    folder.make(found.pictures[0], "red")
    inspector.show_picture(found, found.pictures[0])

    qtbot.waitUntil(lambda: inspector.grab().toImage().pixelColor(136, 100).red() > 240)


def test_the_marks_are_shown_and_changed(qtbot: QtBot, inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0], Judgment(3, Flag.PICK, is_favourite=True))
    stars = visible(inspector, Stars)
    changes: list[Change] = []
    inspector.judged.connect(changes.append)

    assert (stars.value(), button(inspector, "pick").isChecked(), button(inspector, "favourite").isChecked()) == (
        3,
        True,
        True,
    )
    QTest.keyClick(stars, Qt.Key.Key_Right)
    for name in ("pick", "reject", "favourite"):
        button(inspector, name).click()

    assert changes == [
        Change(stars=4),
        Change(flag=Flag.NONE),
        Change(flag=Flag.REJECT),
        Change(is_favourite=False),
    ]


def test_a_click_on_the_last_star_takes_all_back(inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0])
    stars = visible(inspector, Stars)
    given: list[int] = []
    stars.rated.connect(given.append)
    third = QPoint(4 + 2 * 21 + 8, 10)

    QTest.mouseClick(stars, Qt.MouseButton.LeftButton, pos=third)
    QTest.mouseClick(stars, Qt.MouseButton.LeftButton, pos=third)

    assert given == [3, 0]


def test_tags_are_entered_by_enter_comma_and_leaving_and_dropped_by_their_chips(inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0], Judgment(tags=("client",)))
    field = visible(inspector, TagField)
    changes: list[Change] = []
    inspector.judged.connect(changes.append)

    QTest.keyClicks(field, "  second   round ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "web,")
    QTest.keyClicks(field, "p")
    inspector.flush()
    button(inspector, "tag").click()

    assert changes == [Change(adds=(tag,)) for tag in ("second round", "web", "p")] + [Change(drops=("client",))]
    assert field.text() == ""


def test_a_note_is_told_when_another_picture_is_shown_in_mid_typing(inspector: Inspector) -> None:
    found = task("fox")
    first, second = found.pictures[:2]
    inspector.show_picture(found, first)
    note = visible(inspector, NoteField)
    told: list[tuple[str, str, bool]] = []
    inspector.note_written.connect(lambda *args: told.append(args))

    QTest.keyClicks(note, "softer")
    inspector.show_picture(found, second, Judgment(note="harder"))

    assert told == [(first.sha256, "softer", True)]
    assert note.toPlainText() == "harder"


def test_a_note_is_told_after_a_pause_and_what_the_disk_says_of_it_does_not_disturb_the_writing(
    qtbot: QtBot, inspector: Inspector
) -> None:
    found = task("fox")
    first = found.pictures[0]
    inspector.show_picture(found, first)
    note = visible(inspector, NoteField)
    with qtbot.waitSignal(inspector.note_written, timeout=3000) as told:
        QTest.keyClicks(note, "soft")
    QTest.keyClicks(note, "er")
    inspector.show_judgments({first.sha256 or "": Judgment(note="soft")})

    assert told.args == [first.sha256, "soft", False]
    assert note.toPlainText() == "softer"


def test_several_pictures_are_summed_up_with_what_they_share(inspector: Inspector) -> None:
    found = task("fox", count=3)
    shown = [(found, picture) for picture in found.pictures]
    common = Common.of([Judgment(4, tags=("a", "b")), Judgment(4, Flag.PICK, tags=("a",))])
    inspector.show_many(Summary.of(5, shown), common)

    assert {"5 pictures", "7.2 MB", "$0.12 estimated", "2048 × 2048", "mixed", "fox"} <= set(seen(inspector))
    chips = [chip.text() for chip in inspector.findChildren(QPushButton, "tag") if chip.isVisible()]
    assert chips == ["a", "b (some)"]
    assert (common.stars, common.flag, common.is_favourite) == (4, None, False)


def test_references_and_family_lead_on(qtbot: QtBot, inspector: Inspector) -> None:
    parent, child = task("parent", count=1), task("child", count=1)
    gone = UsedReference(2, Reference("/gone.jpg", role=Role.STYLE))
    own = UsedReference(1, Reference("/fox.jpg"), (parent, parent.pictures[0]), Path("/kept.jpg"))
    found = task("fox")
    found = found.but(request=replace(found.request, references=(own.reference, gone.reference)))
    inspector.show_picture(found, found.pictures[0])
    inspector.show_kin(Kin((own, gone), (child,), 30))

    first, second = inspector.findChildren(QPushButton, "used_reference")
    assert first.accessibleName() == "Reference 1, no role: fox.jpg, show in gallery"
    assert second.accessibleName() == "Reference 2, Style: gone.jpg, no longer on this disk"
    assert not second.isEnabled()
    assert {"No longer on this disk: 2", "Used in 30 orders, the newest 1:"} <= set(seen(inspector))
    with qtbot.waitSignal(inspector.reference_pressed) as pressed:
        first.click()
    assert pressed.args == [own]
    gone_to: list[tuple[Task, int]] = []
    inspector.relative_pressed.connect(lambda *args: gone_to.append(args))
    for relative in inspector.findChildren(QPushButton, "relative"):
        relative.click()
    assert gone_to == [(parent, 0), (child, 0)]


def test_a_changed_task_is_shown_at_once_and_another_task_is_not(inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0])
    inspector.change_task(task("owl"))
    inspector.change_task(found.but(pictures=(found.pictures[0].but(size=PixelSize(10, 20)), *found.pictures[1:])))

    assert "10 × 20, asked 2048 × 2048" in seen(inspector)


def test_folded_parts_stay_folded_the_next_time(qtbot: QtBot, folder: ThumbnailFolder, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    for expected in (True, False):
        one = Inspector(folder.path_of)
        qtbot.addWidget(one)
        one.load(settings)
        found = task("fox")
        one.show_picture(found, found.pictures[0])
        one.show()
        assert button(one, "prompt_section").accessibleDescription() == ("open" if expected else "closed")
        button(one, "prompt_section").click()
        one.save(settings)


def test_every_button_has_a_name_and_no_label_hides_its_words(inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0], Judgment(tags=("a",)))
    for name in ("asked", "file", "order"):
        button(inspector, f"{name}_section").click()

    assert all(each.accessibleName() for each in inspector.findChildren(QPushButton) if each.isVisible())
    assert not [label.text() for label in inspector.findChildren(Label) if label.accessibleName()]
    copied = button(inspector, "copy_sha256")
    copied.click()
    assert QGuiApplication.clipboard().text() == found.pictures[0].sha256


def test_a_button_that_copied_says_so_for_a_moment(qtbot: QtBot, inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0])
    button(inspector, "file_section").click()
    copied = button(inspector, "copy_sha256")
    before = copied.icon().pixmap(12, 12).toImage()

    copied.click()
    assert copied.icon().pixmap(12, 12).toImage() != before

    qtbot.waitUntil(lambda: copied.icon().pixmap(12, 12).toImage() == before, timeout=4000)


def test_tab_goes_down_the_page_as_it_is_seen(inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0], Judgment(tags=("client", "fox")))
    inspector.activateWindow()
    visible(inspector, Stars).setFocus()
    stops = []
    for _ in range(12):
        focused = inspector.focusWidget()
        assert focused is not None
        stops.append(focused.objectName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)

    assert stops == [
        *("stars", "pick", "reject", "favourite", "show_in_folder", "tags_section", "tag", "tag", "add_tag"),
        *("notes_section", "note", "prompt_section"),
    ]


def test_of_the_long_prompt_that_several_share_the_beginning_is_shown(inspector: Inspector) -> None:
    found = task("fox", count=2)
    found = replace(found, request=replace(found.request, prompt="Leaves seen from below. " * 200))

    inspector.show_many(Summary.of(2, [(found, each) for each in found.pictures]), Common.of([Judgment()]))

    (shown,) = [words for words in seen(inspector) if words.startswith("Leaves")]
    assert len(shown) <= 301
    assert shown.endswith("…")


def test_a_tag_in_use_is_meant_in_whatever_case_it_is_written(qtbot: QtBot, inspector: Inspector) -> None:
    found = task("fox")
    inspector.show_picture(found, found.pictures[0])
    inspector.set_known_tags(["fog", "Été", "FOG"])
    field = visible(inspector, TagField)

    with qtbot.waitSignal(inspector.judged) as told:
        field.setText("Fog, été, New")
        field.enter()

    assert told.args == [Change(adds=("fog", "Été", "New"))]
