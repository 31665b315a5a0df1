"""What a whole request took the place of, to be brought back by Undo as long as nobody has written in the new one."""

from __future__ import annotations

from dataclasses import replace

from seedream_desktop.domain.request import GenerationRequest


class Replacement:
    """The requests before and after the last exchange; what the program finds out about references changes neither."""

    def __init__(self) -> None:
        self._before: GenerationRequest | None = None
        self._after: GenerationRequest | None = None

    def remember(self, before: GenerationRequest, after: GenerationRequest) -> None:
        """Keep both, unless there was nothing to lose."""
        is_worth_it = (before.prompt.strip() or before.references) and essence(before) != essence(after)
        self._before, self._after = (before, after) if is_worth_it else (None, None)

    def before(self, now: GenerationRequest) -> GenerationRequest | None:
        """Return what *now* took the place of; None when something was written since."""
        return self._before if self._after is not None and essence(now) == essence(self._after) else None

    def after(self, now: GenerationRequest) -> GenerationRequest | None:
        """Return what had taken the place of *now*, which was brought back; None when something was written since."""
        return self._after if self._before is not None and essence(now) == essence(self._before) else None


def essence(draft: GenerationRequest) -> GenerationRequest:
    """Return *draft* without what the program finds out about its references by itself."""
    bare = (replace(reference, sha256=None, title="") for reference in draft.references)
    return replace(draft, references=tuple(bare))
