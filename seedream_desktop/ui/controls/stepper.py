"""A number field with − and + at its sides, a plain spin box underneath."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QPalette, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSpinBox, QToolButton, QWidget

from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.icons import icon


class CalmSpinBox(QSpinBox):
    """A spin box that the wheel changes only while it has the focus, so that scrolling past alters nothing."""

    focus_changed = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the field is being edited."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field is left."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies behind unless the field is being edited."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Stepper(QFrame):
    """Whole numbers from *lowest* to *highest*; `changed` is emitted with the new one."""

    changed = Signal(int)

    def __init__(self, lowest: int, highest: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "field")
        self.spin_box = CalmSpinBox()
        self.spin_box.setFrame(False)
        # The frame around all three is the field; a style sheet on a spin box without buttons hides its number.
        ground = QPalette()
        ground.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.spin_box.setPalette(ground)
        font = self.spin_box.font()
        font.setWeight(QFont.Weight.DemiBold)
        self.spin_box.setFont(font)
        self.spin_box.focus_changed.connect(self._mark_focus)
        self.spin_box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.spin_box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.spin_box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.spin_box.setRange(lowest, highest)
        self.spin_box.valueChanged.connect(self._on_changed)
        self._less = self._step_button("minus", self.tr("Less"), -1)
        self._more = self._step_button("plus", self.tr("More"), 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(0)
        layout.addWidget(self._less)
        layout.addWidget(self.spin_box)
        layout.addWidget(self._more)
        self._on_changed(self.spin_box.value())

    def value(self) -> int:
        """Return the number as it stands."""
        return self.spin_box.value()

    def set_value(self, value: int) -> None:
        """Show *value*, held within the range."""
        self.spin_box.setValue(value)

    def _step_button(self, picture: str, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(icon(picture))
        button.setProperty("look", "quiet")
        button.setAutoRepeat(True)
        # The arrow keys of the spin box do the same; two more stops of the Tab key would only be in the way.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_name(button, picture, name)
        button.clicked.connect(lambda: self.spin_box.stepBy(step))
        return button

    def _mark_focus(self, has_focus: bool) -> None:  # noqa: FBT001 - a slot
        """Draw the ring round the whole control, − and + included."""
        self.setProperty("focused", has_focus)
        self.style().unpolish(self)
        self.style().polish(self)

    def _on_changed(self, value: int) -> None:
        self._less.setEnabled(value > self.spin_box.minimum())
        self._more.setEnabled(value < self.spin_box.maximum())
        self.changed.emit(value)
