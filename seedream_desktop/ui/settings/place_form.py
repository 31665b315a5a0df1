"""What the forms of all storages have in common: a secret that belongs to the place typed above it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal

from seedream_desktop.ui.settings.form import Form
from seedream_desktop.ui.settings.secret_field import SecretField

_REST_MS: Final = 300


class PlaceForm(Form):
    """A form with a `secret`; `place_changed` follows when the typing has come to rest."""

    place_changed = Signal()

    def __init__(self, secret_object_name: str, secret_name: str, widest: str) -> None:
        super().__init__(widest)
        self.secret = SecretField(self.field(secret_object_name, secret_name))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.place_changed)

    def leave_place(self) -> None:
        """Show no saved secret until it is known whether there is one for the new place."""
        self.secret.forget_state()
        self._rest.start()
