"""The fields of a web server that takes files by PUT, WebDAV among them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.hosting import PutSettings
from seedream_desktop.ui.settings import checks
from seedream_desktop.ui.settings.place_form import PlaceForm


class PutForm(PlaceForm):
    """Shows and reads `PutSettings`; another server is another place, with another secret."""

    def __init__(self, widest: str = "") -> None:
        super().__init__("password_or_token", self.tr("Password or token"), widest)
        self._upload = self.field(
            "upload_address", self.tr("Upload address"), self.tr("https://files.example.com/references")
        )
        self._user = self.field("user", self.tr("User"), self.tr("none: the field below is a token"))
        same = self.tr("the same as the upload address")
        self._public = self.field("public_address", self.tr("Public address"), same)
        self.add_row(self.tr("Upload address"), self._upload)
        self.add_row(self.tr("User"), self._user)
        self.add_row(self.tr("Password or token"), self.secret, buddy=self.secret.edit)
        self.add_row(self.tr("Public address"), self._public)
        self._upload.textEdited.connect(self.leave_place)

    def set_settings(self, settings: PutSettings) -> None:
        """Show *settings*."""
        self._upload.setText(settings.upload_url)
        self._user.setText(settings.user)
        self._public.setText(settings.public_base_url)
        self.clear_problems()

    def settings(self) -> PutSettings:
        """Return what stands in the fields."""
        return PutSettings(
            upload_url=self._upload.text().strip().rstrip("/"),
            user=self._user.text().strip(),
            public_base_url=self._public.text().strip().rstrip("/"),
        )

    def problems(self) -> list[tuple[QWidget, str]]:
        """Return the fields that make no sense, each with a sentence, from top to bottom."""
        now = self.settings()
        public = now.public_base_url
        found: list[tuple[QWidget, str]] = [
            (self._upload, checks.address_problem(now.upload_url) if now.upload_url else self._missing()),
            (self._user, checks.user_problem(now.user)),
            (self.secret.edit, checks.password_problem(self.secret.text(), is_token=not now.user)),
            (self._public, checks.address_problem(public) if public else ""),
        ]
        return [(field, sentence) for field, sentence in found if sentence]

    def _missing(self) -> str:
        return self.tr("The upload address is missing.")
