"""Takes the documentation's pictures of the running window: ``.venv/bin/python packaging/screenshots.py``.

The program runs on an X server of its own and is worked through its accessible names, as the tests do it; nothing is
drawn by hand. Needs what the tests of the whole window need: Xvfb, D-Bus and AT-SPI. The parts are in
``tests/screenshots``, beside what they share with those tests.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(CHECKOUT))

from tests.screenshots.camera import Camera  # noqa: E402 - found only now
from tests.screenshots.photographer import Photographer  # noqa: E402 - the same
from tests.screenshots.studio import REAL, Studio  # noqa: E402 - the same
from tests.xserver import missing_programs  # noqa: E402 - the same

THEMES = ("light", "dark")


def main(arguments: list[str]) -> int:
    """Take the pictures and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=CHECKOUT / "docs" / "images", help="the folder for the pictures")
    parser.add_argument("--theme", choices=THEMES, action="append", help="only this one")
    parser.add_argument(
        "--only", metavar="NAME", action="append", help="only this picture, such as finished; again for each"
    )
    parser.add_argument("--time-scale", type=float, default=REAL, help="makes the finished pictures sooner; default 1")
    options = parser.parse_args(arguments)
    missing = missing_programs()
    if missing:
        print(f"Not installed on this machine: {', '.join(missing)}.", file=sys.stderr)
        return 1
    options.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        studio = Studio(Path(folder), options.time_scale)
        studio.fill()
        for theme in options.theme or THEMES:
            Photographer(Camera(studio, options.to, theme, frozenset(options.only or ()))).take_all()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
