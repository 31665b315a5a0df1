"""Which system libraries are missing, and the words that help."""

from __future__ import annotations

from seedream_desktop.system.qt_libraries import NEEDED, can_load, install_command, missing_libraries


def test_a_library_that_exists_loads_and_one_that_does_not_is_found_out() -> None:
    assert can_load("libc.so.6")
    assert not can_load("libno-such-thing.so.9")


def test_the_missing_ones_are_named_with_their_packages() -> None:
    missing = missing_libraries(loads=lambda name: "xcb" not in name, system="linux")

    assert missing["libxcb-cursor.so.0"] == "libxcb-cursor0"
    assert all("xcb" in name for name in missing)
    assert len(missing) < len(NEEDED)


def test_windows_and_macos_need_nothing_of_the_system() -> None:
    assert missing_libraries(loads=lambda _: False, system="win32") == {}
    assert missing_libraries(loads=lambda _: False, system="darwin") == {}


def test_the_command_names_each_package_once() -> None:
    assert install_command(["libgl1", "libegl1", "libgl1"]) == (
        "apt-get install -y --no-install-recommends libegl1 libgl1"
    )
