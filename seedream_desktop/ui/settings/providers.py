"""What is known beforehand of the S3-compatible storages people use; sources are the providers' own manuals."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit


class Provider(StrEnum):
    """Whose storage it is; not stored, since the endpoint tells."""

    AWS = "aws"
    R2 = "r2"
    B2 = "b2"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Preset:
    """The pattern of a provider's endpoint, "" when none is needed, and the region to begin with."""

    endpoint: str
    region: str
    domain: str = ""


PRESETS: Final[dict[Provider, Preset]] = {
    Provider.AWS: Preset("", "us-east-1"),
    Provider.R2: Preset("https://<account>.r2.cloudflarestorage.com", "auto", "r2.cloudflarestorage.com"),
    Provider.B2: Preset("https://s3.<region>.backblazeb2.com", "us-west-004", "backblazeb2.com"),
    Provider.OTHER: Preset("https://storage.example.com", "us-east-1"),
}


def provider_of(endpoint: str) -> Provider:
    """Return whose storage stands at *endpoint*; an empty one is AWS."""
    if not endpoint.strip():
        return Provider.AWS
    host = _host(endpoint)
    known = (one for one, preset in PRESETS.items() if preset.domain and host.endswith(f".{preset.domain}"))
    return next(known, Provider.OTHER)


def region_in(endpoint: str) -> str:
    """Return the region that an endpoint of Backblaze names, e.g. ``us-west-004``, or ""."""
    parts = _host(endpoint).split(".")
    return parts[1] if provider_of(endpoint) is Provider.B2 and len(parts) == 4 and parts[0] == "s3" else ""


def _host(endpoint: str) -> str:
    try:
        return urlsplit(endpoint.strip()).hostname or ""
    except ValueError:
        return ""
