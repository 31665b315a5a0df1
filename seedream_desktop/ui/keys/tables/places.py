"""Groups of places in which many commands hold."""

from __future__ import annotations

from typing import Final

from seedream_desktop.ui.keys.commands import Place

ANYWHERE: Final = (Place.ANYWHERE,)
PICTURES: Final = (Place.GALLERY, Place.SET, Place.VIEWER, Place.INSPECTOR)
SEEN_OR_LISTED: Final = (Place.GALLERY, Place.SET, Place.VIEWER, Place.COMPARE)
JUDGED: Final = (*PICTURES, Place.COMPARE)
UNDOABLE: Final = (*JUDGED, Place.RAIL)
SEEN: Final = (Place.VIEWER, Place.COMPARE)
