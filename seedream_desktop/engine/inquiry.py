"""One free status call, with everything the gate and the limiter must learn from how it went."""

from __future__ import annotations

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.domain.pacing import STATUS_DEADLINE_S
from seedream_desktop.domain.task import ServiceTaskId
from seedream_desktop.engine.core import Core
from seedream_desktop.ports.errors import BusyError, KeyRefusedError, UnreachableError
from seedream_desktop.ports.service import StatusReport


async def ask_status(core: Core, task_id: ServiceTaskId) -> StatusReport:
    """Return how the task stands; raises a ServiceError, which the gate already knows of."""
    try:
        async with core.gate.free_call(), core.clock.deadline(STATUS_DEADLINE_S):
            report = await core.service.status(task_id)
    except TimeoutError:
        core.gate.unreachable()
        raise UnreachableError(Failure(FailureKind.OFFLINE, "TimeoutError")) from None
    except KeyRefusedError as error:
        core.gate.key_turned_down(error.failure.kind)
        raise
    except BusyError as error:
        core.gate.busy(error)
        raise
    except UnreachableError:
        core.gate.unreachable()
        raise
    core.gate.answered()
    return report
