"""Opens the program for a command, and turns what can stand in its way into sentences and exit codes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager

from seedream_desktop.api.addresses import BadAddressError
from seedream_desktop.app.key import KeyRing, keychain_for
from seedream_desktop.app.options import Options
from seedream_desktop.app.program import Program, running_program
from seedream_desktop.app.simulator import SimulatorError
from seedream_desktop.commands.exits import CommandError, Exit
from seedream_desktop.ports.errors import StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.system.instance import DataFolderInUseError
from seedream_desktop.system.logs import Logs
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.secret import BadKeyError

log = logging.getLogger(__name__)


@contextmanager
def _logged() -> Iterator[None]:
    """Write an unexpected end to the log while there is one; what has a sentence of its own is no such end."""
    try:
        yield
    except (CommandError, StorageError, BadAddressError, DataFolderInUseError, SimulatorError, BadKeyError):
        raise
    except Exception:  # only logged here, and raised on
        log.critical("unexpected end", exc_info=True)
        raise


@asynccontextmanager
async def opened(options: Options, *, resumes: bool = True) -> AsyncIterator[Program]:
    """Yield the running program, at work on everything unfinished if it *resumes*.

    Raises:
        CommandError: when it cannot start, or the disk fails it on the way.
    """
    scrubber = Scrubber()
    key = KeyRing(scrubber, keychain_for(options))
    try:
        has_key = key.take_from_environment()
        if not has_key and not options.is_demo:
            await key.take_from_keychain()
        logs = Logs(options.data_dir, scrubber).start(logging.getLevelNamesMapping()[options.log_level.upper()])
        with closing(logs), _logged():
            async with running_program(options, key, resumes=resumes) as program:
                yield program
    except BadKeyError as error:
        raise CommandError(Exit.BAD_ARGUMENTS, str(error)) from error
    except BadAddressError as error:
        raise CommandError(Exit.BAD_ARGUMENTS, str(error)) from error
    except (DataFolderInUseError, SimulatorError) as error:
        raise CommandError(Exit.DATA_FOLDER, str(error)) from error
    except StorageError as error:
        raise CommandError(Exit.DATA_FOLDER, failure_sentence(error.failure)) from error
