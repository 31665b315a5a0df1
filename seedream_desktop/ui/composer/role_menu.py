"""The roles of references in words and signs, and the menu that chooses one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from seedream_desktop.domain.reference import Role
from seedream_desktop.ui.icons import icon

ROLE_ICONS: Final[dict[Role, str]] = {
    Role.SUBJECT: "user-round",
    Role.STYLE: "paintbrush",
    Role.POSE: "person-standing",
    Role.PRODUCT: "package",
    Role.PLACE: "map-pin",
    Role.PALETTE: "palette",
    Role.TEXT: "type",
}


class RoleWords(QObject):
    """What the roles are called."""

    def short(self, role: Role) -> str:
        """Return the word that fits on a tile; "" for a free reference."""
        words = {
            Role.SUBJECT: self.tr("Subject"),
            Role.STYLE: self.tr("Style"),
            Role.POSE: self.tr("Pose"),
            Role.PRODUCT: self.tr("Product"),
            Role.PLACE: self.tr("Place"),
            Role.PALETTE: self.tr("Palette"),
            Role.TEXT: self.tr("Text"),
        }
        return words.get(role, "")

    def full(self, role: Role) -> str:
        """Return the role as a menu names it."""
        if role is Role.TEXT:
            return self.tr("Text or logo")
        return self.short(role) or self.tr("None")


class RoleMenu(QMenu):
    """All roles with a mark at the present one; `chosen` brings a Role."""

    chosen = Signal(object)

    def __init__(self, present: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Role"))
        self._words = RoleWords(self)
        self._group = QActionGroup(self)
        for role in (*ROLE_ICONS, Role.FREE):
            if role is Role.FREE:
                self.addSeparator()
            self._add(role, is_present=role is present)

    def _add(self, role: Role, *, is_present: bool) -> None:
        action = self.addAction(self._words.full(role))
        # Fusion draws no check mark beside an icon once a style sheet is there.
        if is_present or role in ROLE_ICONS:
            action.setIcon(icon("check", "accent") if is_present else icon(ROLE_ICONS[role]))
        action.setCheckable(True)
        action.setChecked(is_present)
        action.triggered.connect(lambda: self.chosen.emit(role))
        self._group.addAction(action)
