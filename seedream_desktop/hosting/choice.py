"""From the user's choice to the host that serves it; a further way to host joins here and nowhere else.

A fourth way (a public link of this computer) is a `HostingKind`, its settings beside the others in `HostingSettings`
and a ReferenceHost: mypy then points at the two functions below that do not know it yet.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Final, assert_never

from seedream_desktop.domain.hosting import HostFault, HostingKind, HostingSettings
from seedream_desktop.hosting.failures import refused
from seedream_desktop.hosting.put import PutHost
from seedream_desktop.hosting.s3 import S3Host
from seedream_desktop.ports.references import ReferenceHost

_WORDS: Final = {
    "bucket": "bucket",
    "region": "region",
    "access_key_id": "access key",
    "upload_url": "upload address",
}


def make_host(
    settings: HostingSettings, reveal: Callable[[], str | None], context: ssl.SSLContext
) -> ReferenceHost | None:
    """Return the host that *settings* choose, or None when they choose none; nothing is sent.

    *reveal* returns the one secret that the host needs (secret access key, password or token), asked for at the first
    use; *context* is what HTTPS connections trust (S3 connections trust this system's certificates).

    Raises:
        HostRefusedError: when a setting is missing (`HostFault.INCOMPLETE`, the detail names it) or is wrong.
    """
    missing = missing_fields(settings)
    if missing:
        raise refused(HostFault.INCOMPLETE, ", ".join(_WORDS[name] for name in missing))
    match settings.kind:
        case HostingKind.NONE:
            return None
        case HostingKind.S3:
            return S3Host(settings.s3, reveal)
        case HostingKind.PUT:
            return PutHost(settings.put, reveal, context)
        case kind:
            assert_never(kind)


def missing_fields(settings: HostingSettings) -> tuple[str, ...]:
    """Return the names of the settings that the chosen way cannot do without and that are empty."""
    match settings.kind:
        case HostingKind.NONE:
            needed: dict[str, str] = {}
        case HostingKind.S3:
            s3 = settings.s3
            needed = {"bucket": s3.bucket, "region": s3.region, "access_key_id": s3.access_key_id}
        case HostingKind.PUT:
            needed = {"upload_url": settings.put.upload_url}
        case kind:
            assert_never(kind)
    return tuple(name for name, value in needed.items() if not value.strip())
