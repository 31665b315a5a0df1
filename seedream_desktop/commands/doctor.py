"""The `doctor` command: what works on this machine, found out without spending anything."""

from __future__ import annotations

import asyncio
import tempfile
from argparse import Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Final

from seedream_desktop.api.addresses import DEFAULT_BASE_URL, BadAddressError, parse_base_url
from seedream_desktop.api.client import ApixoService
from seedream_desktop.api.transport import trusted_context
from seedream_desktop.app.folders_check import check_project_folders
from seedream_desktop.app.hosting import place_of
from seedream_desktop.app.key import DEMO_KEY, KeyRing, keychain_for
from seedream_desktop.app.name_resolution import run_to_end
from seedream_desktop.app.options import Options
from seedream_desktop.app.simulator import SimulatorChild, SimulatorError
from seedream_desktop.app.trash_check import check_trash
from seedream_desktop.commands.exits import Exit
from seedream_desktop.commands.output import print_json, print_line
from seedream_desktop.domain.hosting import HostingKind
from seedream_desktop.domain.money import dollars
from seedream_desktop.domain.settings import Settings
from seedream_desktop.hosting.choice import missing_fields
from seedream_desktop.imaging.formats import readable_formats
from seedream_desktop.ports.errors import ServiceError, StorageError
from seedream_desktop.sentences import failure_sentence
from seedream_desktop.store.layout import Layout
from seedream_desktop.store.settings_file import SettingsFile
from seedream_desktop.system.diagnosis import Finding, diagnose
from seedream_desktop.system.scrubber import Scrubber
from seedream_desktop.system.secret import BadKeyError, Secret

_LIMIT_S: Final = 10.0
_SERVICE: Final = "service"
_HOSTING: Final = "hosting"


def run(arguments: Namespace) -> int:
    """Print the findings; returns 0 whatever they are, since finding out did work."""
    findings = run_to_end(_findings(Options.from_namespace(arguments)))
    if arguments.json:
        print_json({"ok": all(finding.ok for finding in findings), "findings": [asdict(f) for f in findings]})
        return Exit.DONE
    for finding in findings:
        print_line(f"{'ok     ' if finding.ok else 'PROBLEM'}  {finding.name:<20}  {finding.detail}")
    return Exit.DONE


async def _findings(options: Options) -> list[Finding]:
    keychain = keychain_for(options)

    async def service() -> Finding:
        return await _reach(options, KeyRing(Scrubber(), keychain))

    async def formats() -> Finding:
        return Finding("image formats", ok=True, detail=", ".join(readable_formats()))

    async def hosting() -> Finding:
        return _hosting(await asyncio.to_thread(_settings, options))

    async def trash() -> Finding:
        return await check_trash(await asyncio.to_thread(_library, options))

    async def folders() -> Finding:
        return await check_project_folders(options.data_dir)

    further = (folders, trash, formats, hosting, service)
    return await diagnose(options.data_dir, _library(options), keychain, further)


def _library(options: Options) -> Path:
    return options.library_for(_settings(options).library)


def _settings(options: Options) -> Settings:
    try:
        return SettingsFile(Layout(options.data_dir).settings).load()
    except StorageError:
        return Settings()


def _hosting(settings: Settings) -> Finding:
    """Say where references go; nothing is uploaded to find out."""
    hosting = settings.hosting
    missing = missing_fields(hosting)
    if hosting.kind is HostingKind.NONE:
        return Finding(_HOSTING, ok=True, detail="none chosen: references have to be public links, but in demo mode")
    if missing:
        return Finding(_HOSTING, ok=False, detail=f"{hosting.kind}, not complete: {', '.join(missing)}")
    return Finding(_HOSTING, ok=True, detail=f"{place_of(hosting)}{', private mode' if hosting.is_private else ''}")


async def _reach(options: Options, key: KeyRing) -> Finding:
    """Ask for the balance, which is free; in demo mode at a simulator of its own."""
    if not options.is_demo:
        return await _ask_balance(options.base_url or DEFAULT_BASE_URL, key)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        simulator = SimulatorChild(Path(folder), speed=1)
        key.use(Secret(DEMO_KEY))
        try:
            return await _ask_balance(await simulator.start(), key)
        except SimulatorError as error:
            return Finding(_SERVICE, ok=False, detail=str(error))
        finally:
            await simulator.stop()


async def _ask_balance(address: str, key: KeyRing) -> Finding:
    try:
        base_url = parse_base_url(address)
        if key.last_four is None and not key.take_from_environment():
            await key.take_from_keychain()
    except (BadAddressError, BadKeyError) as error:
        return Finding(_SERVICE, ok=False, detail=str(error))
    client = ApixoService(base_url, key.reveal, trusted_context())
    try:
        async with asyncio.timeout(_LIMIT_S):
            balance_usd = await client.balance()
    except ServiceError as error:
        return Finding(_SERVICE, ok=False, detail=f"{base_url.host}: {failure_sentence(error.failure)}")
    except TimeoutError:
        return Finding(_SERVICE, ok=False, detail=f"{base_url.host} does not answer.")
    finally:
        await client.close()
    return Finding(_SERVICE, ok=True, detail=f"{base_url.host}: the balance is {dollars(balance_usd)}")
