"""A window of its own, for a second screen, that shows the gallery's current picture and follows it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.keys import CommandId, KeyMap, Place
from seedream_desktop.ui.viewer.backdrop import BackdropChoice
from seedream_desktop.ui.viewer.placing import place_of_second
from seedream_desktop.ui.viewer.viewer import Viewer

_SMALLEST_PX: Final = (320, 240)
_FRAME_PX: Final = 32


class ViewerWindow(QWidget):
    """Used by its `viewer`, as the one in the main window is: pictures and pixels go in there, wishes come out.

    Esc leaves the full screen, then closes; closing hides it, and the next `open_beside` shows it again.
    """

    def __init__(self, *, key_map: KeyMap, backdrop: BackdropChoice) -> None:
        super().__init__(None, Qt.WindowType.Window)
        set_name(self, "viewer_window", self.tr("Picture"))
        self.setWindowTitle(self.tr("Seedream Desktop: picture"))
        self.setMinimumSize(*_SMALLEST_PX)
        # The program ends with its main window, whatever this one does.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._keys = key_map
        key_map.offer([CommandId.FULL_SCREEN])
        self.viewer = Viewer(self, key_map=key_map, backdrop=backdrop)
        self.viewer.bar.hide_back()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.viewer)
        self.viewer.closed.connect(self._leave)

    def open_beside(self, window: QWidget) -> None:
        """Show itself on another screen when there is one, else beside *window*; where it is when it is seen."""
        if self.isVisible():
            self.raise_()
            return
        app_screens = [screen.availableGeometry() for screen in window.screen().virtualSiblings()]
        home = window.screen().availableGeometry()
        place = place_of_second(app_screens, home, window.frameGeometry())
        # Title bars are drawn by the system around the size that is asked for.
        self.setGeometry(place.adjusted(0, _FRAME_PX, 0, 0))
        self.show()

    def toggle_full_screen(self) -> None:
        """Fill the screen with the picture, or not."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def changeEvent(self, event: QEvent) -> None:
        """Show the bar unless the picture has the whole screen."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange:
            self.viewer.show_bar(is_shown=not self.isFullScreen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change to the full screen and back; close with the key that opens it, or that closes the program."""
        match self._keys.command_at(Place.VIEWER, event.keyCombination()):
            case CommandId.FULL_SCREEN:
                self.toggle_full_screen()
            case CommandId.SECOND_WINDOW | CommandId.CLOSE_WINDOW:
                self.close()
            case _:
                super().keyPressEvent(event)

    def _leave(self) -> None:
        if self.isFullScreen():
            self.toggle_full_screen()
        else:
            self.close()
