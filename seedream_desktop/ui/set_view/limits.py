"""How much a set holds; apart from the view, which is made only when a set is opened."""

from __future__ import annotations

from typing import Final

# More are too small to be judged; a task has at most 15 with its references.
MOST: Final = 15
