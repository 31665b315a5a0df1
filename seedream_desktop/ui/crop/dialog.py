"""The crop dialog; the picture itself is never changed, only the part that is meant."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from seedream_desktop.domain.pixels import PixelSize
from seedream_desktop.domain.reference import MAX_REFERENCE_RATIO, MIN_REFERENCE_SIDE_PX, Crop
from seedream_desktop.domain.request import AspectRatio
from seedream_desktop.ui import theme
from seedream_desktop.ui.controls.button import push_button
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.message_line import MessageLine
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.crop.canvas import CropCanvas
from seedream_desktop.ui.crop.frame import Frame, FrameFault, frame_of

_RATIOS = ("1:1", "4:3", "3:4", "16:9", "9:16", "2:3", "3:2", "21:9")


class CropDialog(QDialog):
    """Opened with `open()`; `chosen` brings the Crop, or None for the whole picture.

    *size* is that of the whole picture, when *image* is a smaller view of it; a view of 2000 px or so is enough, and
    is drawn at once.

    Raises:
        ValueError: when *image* is null.
    """

    chosen = Signal(object)

    def __init__(
        self,
        image: QImage,
        crop: Crop | None,
        title: str,
        parent: QWidget | None = None,
        *,
        size: PixelSize | None = None,
    ) -> None:
        super().__init__(parent)
        if image.isNull():
            raise ValueError("there is no picture to crop")
        self.setWindowTitle(title)
        self.setModal(True)
        self.resize(760, 620)
        size = size or PixelSize(image.width(), image.height())
        self.canvas = CropCanvas(image, _first_frame(crop, size))
        self._size = Label()
        set_name(self._size, "crop_size", "")
        self._warning = MessageLine()
        self._make_controls()
        self._compose()
        self._connect()
        self._on_framed()
        if crop is None and not self.canvas.frame().is_whole:
            self._warning.say(self._shortened(), "muted")
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_controls(self) -> None:
        self._ratio = ComboBox()
        self._ratio.setObjectName("crop_ratio")
        self._ratio.addItem(self.tr("Free"), None)
        for ratio in _RATIOS:
            self._ratio.addItem(ratio, AspectRatio(ratio))
        self._mend = push_button("longest_that_fits", self._mend_words(), takes_enter=True)
        self._mend.setProperty("look", "link")
        self._reset = push_button("reset_crop", self.tr("Reset"), takes_enter=True)
        self._reset.setToolTip(self.tr("The whole picture"))
        self._cancel = push_button("cancel_crop", self.tr("Cancel"), takes_enter=True)
        self._use = push_button("use_crop", self.tr("Use"), takes_enter=True)
        self._use.setProperty("look", "primary")
        self._use.setDefault(True)

    def _mend_words(self) -> str:
        return self.tr("Longest that fits {ratio}:1").format(ratio=MAX_REFERENCE_RATIO)

    def _compose(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        layout.setSpacing(theme.SPACE_3)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(self._warning_row())
        layout.addLayout(self._foot())

    def _warning_row(self) -> QHBoxLayout:
        """Keep its height without a warning too, so that the picture does not jump."""
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_4)
        row.addStrut(self._mend.sizeHint().height())
        row.addWidget(self._warning, 1)
        row.addWidget(self._mend)
        return row

    def _foot(self) -> QHBoxLayout:
        label = Label(self.tr("Ratio"), tone="muted")
        label.setBuddy(self._ratio)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_2)
        for widget in (label, self._ratio, self._reset):
            row.addWidget(widget)
        row.addSpacing(theme.SPACE_2)
        row.addWidget(self._size)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._use)
        return row

    def _connect(self) -> None:
        self.canvas.framed.connect(self._on_framed)
        self._ratio.activated.connect(self._on_ratio)
        self._reset.clicked.connect(self._on_reset)
        self._mend.clicked.connect(self._on_mend)
        self._cancel.clicked.connect(self.reject)
        self._use.clicked.connect(self._on_used)

    def sizeHint(self) -> QSize:
        """Return a size that shows a picture well on a small screen too."""
        return QSize(760, 620)

    def _on_framed(self) -> None:
        frame = self.canvas.frame()
        words = self.tr("{width} × {height} px")
        self._size.setText(words.format(width=frame.pixels.width_px, height=frame.pixels.height_px))
        self._warning.say(self._fault_sentence(frame.fault), "care")
        self._mend.setVisible(frame.fault is FrameFault.TOO_LONG)
        if frame.ratio is None:
            self._ratio.setCurrentIndex(0)

    def _on_ratio(self, _row: int) -> None:
        ratio = self._ratio.currentData()
        width, height = map(int, ratio.split(":")) if ratio else (0, 1)
        self.canvas.set_frame(self.canvas.frame().with_ratio(width / height if ratio else None))

    def _on_reset(self) -> None:
        self.canvas.set_frame(self.canvas.frame().whole())

    def _on_mend(self) -> None:
        self.canvas.set_frame(self.canvas.frame().longest_allowed())
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_used(self) -> None:
        self.chosen.emit(self.canvas.frame().crop())
        self.accept()

    def _shortened(self) -> str:
        words = self.tr("The whole is more than {ratio} times as long as wide: this is the longest part it takes.")
        return words.format(ratio=MAX_REFERENCE_RATIO)

    def _fault_sentence(self, fault: FrameFault | None) -> str:
        match fault:
            case FrameFault.TOO_LONG:
                words = self.tr("More than {ratio} times as long as wide: the model does not take this.")
                return words.format(ratio=MAX_REFERENCE_RATIO)
            case FrameFault.TOO_SMALL:
                words = self.tr("A side under {limit} px is too little for the model; this part would be enlarged.")
                return words.format(limit=MIN_REFERENCE_SIDE_PX)
            case None:
                return ""


def _first_frame(crop: Crop | None, size: PixelSize) -> Frame:
    """Return the frame to begin with: of a whole picture that the model does not take, the longest part it does."""
    frame = frame_of(crop, size)
    return frame.longest_allowed() if crop is None and frame.fault is FrameFault.TOO_LONG else frame
