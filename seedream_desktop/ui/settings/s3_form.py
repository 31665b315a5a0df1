"""The fields of an S3-compatible storage."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from seedream_desktop.domain.hosting import MAX_LINK_DAYS, S3Settings
from seedream_desktop.ui.controls.combo_box import ComboBox
from seedream_desktop.ui.controls.label import Label
from seedream_desktop.ui.controls.naming import set_name
from seedream_desktop.ui.controls.stepper import Stepper
from seedream_desktop.ui.settings import checks
from seedream_desktop.ui.settings.form import label_for
from seedream_desktop.ui.settings.place_form import PlaceForm
from seedream_desktop.ui.settings.providers import PRESETS, Provider, provider_of, region_in

_SHORT_PX: Final = 124


class S3Form(PlaceForm):
    """Shows and reads `S3Settings`; another server or bucket is another place, with another secret."""

    def __init__(self, widest: str = "") -> None:
        super().__init__("secret_access_key", self.tr("Secret access key"), widest)
        self._endpoints: dict[Provider, str] = {}
        self._provider_shown = Provider.AWS
        self._make_fields()
        self._compose()
        self._connect()
        self.set_settings(S3Settings())

    def set_settings(self, settings: S3Settings) -> None:
        """Show *settings*."""
        self._endpoints = {}
        self._show_provider(provider_of(settings.endpoint))
        self._endpoint.setText(settings.endpoint)
        self._region.setText(settings.region)
        self._bucket.setText(settings.bucket)
        self._access_key_id.setText(settings.access_key_id)
        self._prefix.setText(settings.prefix)
        self._public.setText(settings.public_base_url)
        self._days.set_value(settings.link_days)
        self._show_life()
        self.clear_problems()

    def settings(self) -> S3Settings:
        """Return what stands in the fields."""
        return S3Settings(
            endpoint="" if self._provider() is Provider.AWS else self._endpoint.text().strip().rstrip("/"),
            region=self._region.text().strip(),
            bucket=self._bucket.text().strip(),
            access_key_id=self._access_key_id.text().strip(),
            prefix=self._prefix.text().strip().strip("/"),
            public_base_url=self._public.text().strip().rstrip("/"),
            link_days=self._days.value(),
        )

    def problems(self, *, is_private: bool) -> list[tuple[QWidget, str]]:
        """Return the fields that make no sense, each with a sentence, from top to bottom."""
        now = self.settings()
        needs_endpoint = self._provider() is not Provider.AWS
        found: list[tuple[QWidget, str]] = [
            (self._endpoint, checks.endpoint_problem(now.endpoint, now.bucket) if needs_endpoint else ""),
            (self._bucket, checks.bucket_problem(now.bucket)),
            (self._region, checks.region_problem(now.region)),
            (self._access_key_id, checks.access_key_problem(now.access_key_id)),
            (self.secret.edit, self._secret_problem()),
            (self._prefix, checks.folder_problem(now.prefix)),
            (self._public, self._public_problem(now.public_base_url, is_private=is_private)),
        ]
        return [(field, sentence) for field, sentence in found if sentence]

    def _secret_problem(self) -> str:
        return checks.secret_key_problem(self.secret.text().strip(), is_saved=self.secret.may_be_saved)

    def _public_problem(self, address: str, *, is_private: bool) -> str:
        if not address:
            return ""
        if is_private:
            return self.tr("Links at a public address do not end by themselves. Leave it empty in private mode.")
        return checks.address_problem(address)

    def _make_fields(self) -> None:
        self._provider_box = ComboBox()
        for provider, name in self._providers():
            self._provider_box.addItem(name, provider)
        set_name(self._provider_box, "storage_provider", self.tr("Provider"))
        self._endpoint = self.field("endpoint", self.tr("Endpoint"))
        self._bucket = self.field("bucket", self.tr("Bucket"))
        self._region = self.field("region", self.tr("Region"))
        self._region.setFixedWidth(_SHORT_PX)
        self._access_key_id = self.field("access_key_id", self.tr("Access key ID"))
        self._prefix = self.field("folder_in_the_bucket", self.tr("Folder"), self.tr("none"))
        self._days = Stepper(1, MAX_LINK_DAYS)
        self._days.setFixedWidth(_SHORT_PX)
        set_name(self._days.spin_box, "links_live", self.tr("Links live"))
        none = self.tr("none: links are signed and end by themselves")
        self._public = self.field("public_address", self.tr("Public address"), none)

    def _providers(self) -> tuple[tuple[Provider, str], ...]:
        return (
            (Provider.AWS, self.tr("AWS S3")),
            (Provider.R2, self.tr("Cloudflare R2")),
            (Provider.B2, self.tr("Backblaze B2")),
            (Provider.OTHER, self.tr("MinIO or other")),
        )

    def _compose(self) -> None:
        region, live = self.tr("Region"), self.tr("Links live")
        days = Label(self.tr("days"), tone="muted")
        self.add_row(self.tr("Provider"), self._provider_box)
        self.add_row(self.tr("Endpoint"), self._endpoint)
        self.add_row(self.tr("Bucket"), self._bucket, label_for(region, self._region), self._region)
        self.add_row(self.tr("Access key ID"), self._access_key_id)
        self.add_row(self.tr("Secret access key"), self.secret, buddy=self.secret.edit)
        self.add_row(self.tr("Folder"), self._prefix, label_for(live, self._days.spin_box), self._days, days)
        self.add_row(self.tr("Public address"), self._public)

    def _connect(self) -> None:
        self._provider_box.activated.connect(self._change_provider)
        for edit in (self._endpoint, self._bucket):
            edit.textEdited.connect(self.leave_place)
        self._endpoint.editingFinished.connect(self._take_region)
        self._public.textChanged.connect(self._show_life)
        self._days.changed.connect(self.edited)

    def _provider(self) -> Provider:
        return Provider(self._provider_box.currentData())

    def _change_provider(self) -> None:
        """Show the new provider's pattern and region; what was typed for another one returns with it."""
        old = PRESETS[self._provider_shown]
        self._endpoints[self._provider_shown] = self._endpoint.text()
        provider = self._provider()
        self._show_provider(provider)
        self._endpoint.setText(self._endpoints.get(provider, ""))
        if self._region.text().strip() in ("", old.region):
            self._region.setText(PRESETS[provider].region)
        self.clear_problems()
        self.edited.emit()
        self.leave_place()

    def _show_provider(self, provider: Provider) -> None:
        self._provider_shown = provider
        self._provider_box.setCurrentIndex(self._provider_box.findData(provider))
        self._endpoint.setPlaceholderText(PRESETS[provider].endpoint)
        self._region.setPlaceholderText(PRESETS[provider].region)
        self.set_row_visible(self._endpoint, is_visible=provider is not Provider.AWS)

    def _take_region(self) -> None:
        if found := region_in(self._endpoint.text()):
            self._region.setText(found)

    def _show_life(self) -> None:
        """Let the days be chosen only where links end."""
        self._days.setEnabled(not self._public.text().strip())
