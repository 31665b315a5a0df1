"""Seedream Desktop: the Seedream 4.5 image model on a designer's desk."""

import os
import sys

__version__ = "0.1.0"

# qasync looks for PyQt first, and some tools sort its import above PySide6.
os.environ.setdefault("QT_API", "pyside6")

# httpx would import its own command line, and with it rich and pygments where they are installed: longer than itself.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None makes the import fail, as httpx expects
