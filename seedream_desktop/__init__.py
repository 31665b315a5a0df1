"""Seedream Desktop: the Seedream 4.5 image model on a designer's desk."""

import os

__version__ = "0.1.0"

# qasync looks for PyQt first, and some tools sort its import above PySide6.
os.environ.setdefault("QT_API", "pyside6")
