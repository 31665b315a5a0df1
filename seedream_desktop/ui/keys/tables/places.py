"""Groups of places in which many commands hold."""

from __future__ import annotations

from typing import Final

from seedream_desktop.ui.keys.commands import Place

ANYWHERE: Final = (Place.ANYWHERE,)
PICTURES: Final = (Place.GALLERY, Place.VIEWER, Place.INSPECTOR)
UNDOABLE: Final = (*PICTURES, Place.RAIL)
SEEN: Final = (Place.VIEWER, Place.COMPARE)
