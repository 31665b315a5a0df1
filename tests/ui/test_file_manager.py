"""The file manager is asked to select a file; where there is none, the folder is opened."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.programs import CHECKOUT

if sys.platform == "linux":
    from jeepney import (  # type: ignore[import-untyped]  # it has no types
        DBusAddress,
        new_method_call,
        new_method_return,
    )
    from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # it has no types

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("dbus-daemon") is None, reason="a session bus is needed"
)
NAME = "org.freedesktop.FileManager1"
# Says what the system is asked to open, and gives up after a while.
ASKING = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from seedream_desktop.ui.file_manager import show_in_folder
app = QGuiApplication([])
class Opener(QObject):
    @Slot(QUrl)
    def take(self, url):
        print("opened", url.toLocalFile(), flush=True)
        app.quit()
opener = Opener()
QDesktopServices.setUrlHandler("file", opener, "take")
show_in_folder(Path(sys.argv[1]), lambda: print("failed", flush=True))
QTimer.singleShot(1500, app.quit)
app.exec()
"""


@pytest.fixture
def bus() -> Iterator[str]:
    """The address of a session bus of our own."""
    command = ["dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def asking(bus: str, path: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": bus, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", ASKING, str(path)]
    return subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True)


def test_the_file_manager_is_asked_to_select_the_file(bus: str) -> None:
    with open_dbus_connection(bus) as connection:
        own = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        connection.send_and_get_reply(new_method_call(own, "RequestName", "su", (NAME, 0)))
        with asking(bus, Path("/pictures/a fox #1.jpg")) as process:
            message = connection.receive(timeout=20)
            while message.header.fields.get(3) != "ShowItems":
                message = connection.receive(timeout=20)
            connection.send(new_method_return(message))
            out, _ = process.communicate(timeout=20)

    assert message.body == (["file:///pictures/a%20fox%20%231.jpg"], "")
    assert out == ""


def test_without_a_file_manager_the_folder_is_opened(bus: str) -> None:
    with asking(bus, Path("/pictures/fox.jpg")) as process:
        out, _ = process.communicate(timeout=20)

    assert out == "opened /pictures\n"


def test_without_a_bus_the_folder_is_opened() -> None:
    with asking("unix:path=/nowhere", Path("/pictures/fox.jpg")) as process:
        out, _ = process.communicate(timeout=20)

    assert out == "opened /pictures\n"


def test_where_nothing_opens_a_folder_that_is_told() -> None:
    script = ASKING.replace("QDesktopServices.setUrlHandler", "#")
    environment = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "QT_QPA_PLATFORM": "offscreen", "PATH": "/nowhere"}
    command = [sys.executable, "-c", script, "/nowhere/fox.jpg"]
    ended = subprocess.run(
        command,
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )

    assert ended.stdout == "failed\n"
