"""Quitting asks for an orderly stop."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent

from seedream_desktop.app.stopping import Application


def test_told_to_quit_the_application_asks_for_a_stop_and_goes_on(qapp: Application) -> None:
    asked: list[str] = []
    about_to_quit: list[str] = []
    qapp.aboutToQuit.connect(lambda: about_to_quit.append("quit"))
    quitting = QEvent(QEvent.Type.Quit)

    with qapp.asking(lambda: asked.append("stop")):
        QCoreApplication.sendEvent(qapp, quitting)

    assert (asked, about_to_quit) == (["stop"], [])
    assert not quitting.isAccepted()
