"""Clients that are always closed again, and one simulator for the tests that want the true service."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from seedream_desktop.api.addresses import parse_base_url
from seedream_desktop.api.client import ApixoService
from seedream_desktop.api.pictures import LinkSource
from seedream_desktop.api.transport import trusted_context
from tests.simulators import SimulatorProcess

KEY = "sk-a-key-that-must-not-leak"


@pytest.fixture(scope="session")
def context() -> ssl.SSLContext:
    return trusted_context()


@pytest.fixture
async def service_at(context: ssl.SSLContext) -> AsyncIterator[Callable[..., ApixoService]]:
    made: list[ApixoService] = []

    def make(base_url: str, key: str | None = KEY) -> ApixoService:
        made.append(ApixoService(parse_base_url(base_url), lambda: key, context))
        return made[-1]

    yield make
    for service in made:
        await service.close()


@pytest.fixture
async def source_at(context: ssl.SSLContext) -> AsyncIterator[Callable[[str], LinkSource]]:
    made: list[LinkSource] = []

    def make(base_url: str) -> LinkSource:
        made.append(LinkSource(parse_base_url(base_url), context))
        return made[-1]

    yield make
    for source in made:
        await source.close()


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    with SimulatorProcess(speed=400, options=["--plain-pictures"]) as running:
        yield running
