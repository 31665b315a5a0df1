"""What is ordered while the program behind the window still starts is not lost."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from seedream_desktop.app.loop import AppEventLoop
from seedream_desktop.app.window import WindowRun
from seedream_desktop.domain.request import GenerationRequest
from seedream_desktop.store.opening import open_read_only
from seedream_desktop.system.scrubber import Scrubber
from tests.app.demo import demo_options


@pytest.mark.timeout(60)
def test_generate_pressed_during_the_start_makes_an_order(qapp: QApplication, tmp_path: Path) -> None:
    qapp.setQuitOnLastWindowClosed(False)
    options = demo_options(tmp_path)

    async def body() -> tuple[int, list[str]]:
        run = WindowRun(options, Scrubber())
        window_over = asyncio.ensure_future(run.main())
        await asyncio.sleep(0)
        run._window.composer.set_request(GenerationRequest("too early"))
        run._window.composer.requested.emit(run._window.composer.request())
        await _until_stored(options.data_dir)
        run._stop.set()
        code = await window_over
        store = await open_read_only(options.data_dir)
        prompts = [task.request.prompt for task in await store.tasks.newest(10)]
        await store.close()
        return code, prompts

    with asyncio.Runner(loop_factory=lambda: AppEventLoop(qapp)) as runner:
        code, prompts = runner.run(body())

    assert (code, prompts) == (0, ["too early"])


async def _until_stored(data_dir: Path) -> None:
    async with asyncio.timeout(30):
        while not (data_dir / "seedream.db").exists():
            await asyncio.sleep(0.05)
        while True:
            store = await open_read_only(data_dir)
            found = await store.tasks.newest(1)
            await store.close()
            if found:
                return
            await asyncio.sleep(0.05)
