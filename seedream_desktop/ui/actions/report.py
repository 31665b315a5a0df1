"""A task as text for a support request: everything needed to find it at the service, nothing secret."""

from __future__ import annotations

import json

from seedream_desktop import __version__
from seedream_desktop.domain.task import Task
from seedream_desktop.domain.task_object import task_object


def task_report(task: Task) -> str:
    """Return the task as indented JSON without its prompt, its result links and this machine's paths."""
    report = task_object(task)
    report["prompt"] = f"({len(task.request.prompt)} characters, left out)"
    report["references"] = f"({len(task.request.references)}, left out)"
    report["callback_url"] = None
    for picture in report["pictures"]:
        for private in ("url", "path", "saved_path"):
            picture.pop(private)
    return json.dumps({"program": __version__, "task": report}, indent=2, ensure_ascii=False)
