"""The panel on the right: what is known of the chosen picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePath
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from seedream_desktop.domain.money import dollars
from seedream_desktop.domain.picture import Picture
from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.domain.task import Task
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.gallery.thumbnails import ThumbnailKey, Thumbnails
from seedream_desktop.ui.gallery.wording import duration
from seedream_desktop.ui.viewer.wording import format_text, pixels_text

WIDTH_PX: Final = 272
_PREVIEW_HEIGHT_PX: Final = 240


class Preview(QWidget):
    """The chosen picture in the panel's width, never higher than 240 px."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._picture: Picture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        thumbnails.ready.connect(self._update_if_mine)

    def thumbnail_made(self, sha256: str) -> None:
        """Try a picture again whose thumbnail was missing."""
        self._thumbnails.made(sha256)
        self.update()

    def show_picture(self, picture: Picture) -> None:
        """Show another picture."""
        self._picture = picture
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size the picture takes."""
        return QSize(self._room().width(), self._shape().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture in the middle, a quiet place for it while it is read."""
        shape = self._shape()
        left = (self.width() - shape.width()) // 2
        painter = QPainter(self)
        pixmap = self._pixmap(shape, painter.device().devicePixelRatio())
        if pixmap is None:
            painter.fillRect(left, 0, shape.width(), shape.height(), theme.tokens().raised)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(left, 0, shape.width(), shape.height(), pixmap)
        painter.end()

    def _pixmap(self, shape: QSize, ratio: float) -> QPixmap | None:
        if self._picture is None or self._picture.sha256 is None:
            return None
        radius = round(theme.RADIUS_PICTURE * ratio)
        width, height = round(shape.width() * ratio), round(shape.height() * ratio)
        return self._thumbnails.pixmap(ThumbnailKey(self._picture.sha256, width, height, radius))

    def _room(self) -> QSize:
        return QSize(WIDTH_PX - 2 * theme.SPACE_4, _PREVIEW_HEIGHT_PX)

    def _shape(self) -> QSize:
        size = self._picture.size if self._picture else None
        full = QSize(size.width_px, size.height_px) if size else QSize(1, 1)
        return full.scaled(self._room(), Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))

    def _update_if_mine(self, sha256: str) -> None:
        if self._picture is not None and self._picture.sha256 == sha256:
            self.update()


class Inspector(QWidget):
    """Preview, facts, prompt and what can be done; a calm hint while nothing is chosen."""

    action_requested = Signal(object, str)

    def __init__(self, thumbnail_path: Callable[[str, int], Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_name(self, "inspector", self.tr("Inspector"))
        self.setFixedWidth(WIDTH_PX)
        self._task: Task | None = None
        self._preview = Preview(Thumbnails(thumbnail_path, self), self)
        self._facts = QGridLayout()
        self._values: dict[str, Label] = {}
        self._folder = QPushButton(self)
        self._prompt = Label("", self)
        self._pages = QStackedWidget(self)
        self._build()

    def show_picture(self, task: Task, picture: Picture) -> None:
        """Show a picture that is on this disk."""
        self._task = task
        self._preview.show_picture(picture)
        self._values["pixels"].setText(self._pixels_text(task.request, picture.size))
        self._values["ratio"].setText(_ratio_text(task.request))
        self._values["format"].setText(format_text(picture))
        self._values["took"].setText(_took_text(task))
        self._show_folder(picture)
        self._prompt.setText(task.request.prompt)
        self._pages.setCurrentIndex(1)

    def thumbnail_made(self, sha256: str) -> None:
        """Draw the preview whose thumbnail was missing a moment ago."""
        self._preview.thumbnail_made(sha256)

    def clear(self) -> None:
        """Show the hint."""
        self._task = None
        self._pages.setCurrentIndex(0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line on the left."""
        painter = QPainter(self)
        painter.fillRect(0, 0, 1, self.height(), theme.tokens().line)
        painter.end()

    def _pixels_text(self, request: GenerationRequest, size: PixelSize | None) -> str:
        asked = request.pixels
        if size is None:
            return "—"
        if asked is None:
            return pixels_text(size)
        if size == asked:
            return self.tr("{pixels} as asked").format(pixels=pixels_text(size))
        return self.tr("{pixels}, asked {asked}").format(pixels=pixels_text(size), asked=pixels_text(asked))

    def _show_folder(self, picture: Picture) -> None:
        folder = PurePath(picture.saved_path).parent if picture.saved_path else None
        name = "/".join(folder.parts[-2:]) if folder else self.tr("in the program's store")
        metrics = self._folder.fontMetrics()
        shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, WIDTH_PX - 8 * theme.SPACE_4)
        self._folder.setText(shown.replace("&", "&&"))
        self._folder.setAccessibleDescription(str(folder or name))

    def _build(self) -> None:
        hint = Label(self.tr("Choose a picture to see its size, its cost and its prompt here."), self, tone="faint")
        hint.setFont(theme.label_font())
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        hint.setContentsMargins(theme.SPACE_4 - 1, theme.SPACE_4, theme.SPACE_4, 0)
        self._pages.addWidget(hint)
        self._pages.addWidget(self._scrolled(self._page()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self._pages)

    def _scrolled(self, page: QWidget) -> QScrollArea:
        """A prompt of 5,000 characters is longer than any screen."""
        area = QScrollArea(self)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(page)
        return area

    def _page(self) -> QWidget:
        page = QWidget(self)
        # A word longer than the panel is cut; it does not push everything else out of sight.
        page.setMaximumWidth(WIDTH_PX - 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(theme.SPACE_4 - 1, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        column.setSpacing(theme.SPACE_3)
        column.addWidget(self._preview)
        column.addLayout(self._facts_grid())
        column.addWidget(_rule(page))
        column.addLayout(self._prompt_head())
        column.addSpacing(theme.SPACE_2 - theme.SPACE_3)
        self._prompt.setWordWrap(True)
        self._prompt.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._prompt)
        column.addLayout(self._actions())
        column.addStretch(1)
        return page

    def _facts_grid(self) -> QGridLayout:
        self._facts.setHorizontalSpacing(theme.SPACE_3)
        self._facts.setVerticalSpacing(theme.SPACE_2)
        self._facts.setColumnStretch(1, 1)
        self._add_fact("pixels", self.tr("Pixels"))
        self._add_fact("ratio", self.tr("Ratio"))
        self._add_fact("format", self.tr("Format"))
        self._add_fact("took", self.tr("Took"))
        self._add_folder()
        return self._facts

    def _add_fact(self, key: str, name: str) -> None:
        value = Label("", self)
        value.setFont(theme.label_font())
        value.setWordWrap(True)
        self._values[key] = value
        self._add_row(name, value)

    def _add_folder(self) -> None:
        self._folder.setProperty("look", "link")
        self._folder.setCursor(Qt.CursorShape.PointingHandCursor)
        self._folder.setFont(theme.label_font())
        set_name(self._folder, "show_in_folder", self.tr("Show in folder"))
        self._folder.setToolTip(self.tr("Show in folder"))
        self._folder.clicked.connect(lambda: self._ask("folder"))
        self._add_row(self.tr("Saved"), self._folder)

    def _add_row(self, name: str, value: QWidget) -> None:
        row = self._facts.rowCount()
        label = Label(name, self, tone="muted")
        label.setFont(theme.label_font())
        self._facts.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._facts.addWidget(value, row, 1)

    def _prompt_head(self) -> QHBoxLayout:
        label = Label(self.tr("Prompt"), self, tone="muted")
        label.setFont(theme.label_font())
        row = QHBoxLayout()
        row.addWidget(label)
        row.addStretch(1)
        copy = self._button("copy_prompt", self.tr("Copy"), self.tr("Copy prompt"), self._copy_prompt, look="link")
        copy.setFont(theme.label_font())
        copy.setCursor(Qt.CursorShape.PointingHandCursor)
        row.addWidget(copy)
        return row

    def _actions(self) -> QVBoxLayout:
        """One beneath the other: side by side they are wider than the panel in many a font and language."""
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE_2)
        reuse, reference = self.tr("Reuse settings"), self.tr("Use as reference")
        column.addWidget(self._button("use_as_reference", reference, reference, lambda: self._ask("reference")))
        column.addWidget(self._button("reuse_settings", reuse, reuse, lambda: self._ask("reuse")))
        return column

    def _button(
        self, object_name: str, text: str, spoken: str, action: Callable[[], None], *, look: str = ""
    ) -> QPushButton:
        button = QPushButton(text, self)
        set_name(button, object_name, spoken)
        if look:
            button.setProperty("look", look)
        button.clicked.connect(action)
        return button

    def _copy_prompt(self) -> None:
        QGuiApplication.clipboard().setText(self._prompt.text())

    def _ask(self, action: str) -> None:
        if self._task is not None:
            self.action_requested.emit(self._task, action)


def _rule(parent: QWidget) -> QWidget:
    rule = QWidget(parent)
    rule.setFixedHeight(1)
    rule.setBackgroundRole(rule.palette().ColorRole.Mid)
    rule.setAutoFillBackground(True)
    return rule


def _ratio_text(request: GenerationRequest) -> str:
    parts = (request.aspect_ratio.value if request.aspect_ratio else None, request.resolution.value)
    return " · ".join(part for part in parts if part)


def _took_text(task: Task) -> str:
    each_usd = task.estimated_cost_usd / max(1, task.request.count)
    took = duration(task.duration_s) if task.duration_s is not None else None
    return " · ".join(part for part in (took, dollars(each_usd)) if part)
