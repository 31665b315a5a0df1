"""Shows the findings of the pre-flight beside what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from seedream_desktop.domain.request import Field
from seedream_desktop.ui.composer.preflight import Finding
from seedream_desktop.ui.controls.message_line import MessageLine


class FindingLines(QObject):
    """Says the first finding of each field on its line of *lines*. `remedy_chosen` brings the Remedy pressed."""

    remedy_chosen = Signal(object)

    def __init__(self, lines: Mapping[Field, MessageLine], parent: QObject) -> None:
        super().__init__(parent)
        self._lines = dict(lines)
        self._shown: dict[Field, Finding] = {}
        for field, line in self._lines.items():
            line.repair_requested.connect(lambda field=field: self._choose(field))

    def show(self, found: Sequence[Finding]) -> None:
        """Say *found*, and nothing of what was said before."""
        self._shown = {finding.field: finding for finding in reversed(found) if finding.field is not None}
        for field, line in self._lines.items():
            finding = self._shown.get(field)
            if finding is None:
                line.say("")
            else:
                line.say(finding.sentence, finding.tone, finding.remedy.name if finding.remedy else "")

    def line(self, field: Field) -> MessageLine:
        """Return the line of *field*."""
        return self._lines[field]

    def _choose(self, field: Field) -> None:
        finding = self._shown.get(field)
        if finding is not None and finding.remedy is not None:
            self.remedy_chosen.emit(finding.remedy)
