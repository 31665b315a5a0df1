"""Which addresses of the user's are taken for storage: https, and plain http on this computer only."""

from __future__ import annotations

import ipaddress

import httpx

from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.hosting.failures import refused


def checked_address(text: str) -> httpx.URL:
    """Return the address in *text* without a slash at its end.

    Raises:
        HostRefusedError: `HostFault.ADDRESS`, when it is no such address, or holds a password, a query or a fragment.
    """
    address = _parsed(text.strip())
    if address.userinfo or address.query or address.fragment:
        raise refused(HostFault.ADDRESS, f"{address.host}: only the address itself, nothing before @ or after ? or #")
    if not is_safe(address):
        raise refused(HostFault.ADDRESS, f"{address.host}: it has to begin with https://")
    return address.copy_with(path=address.path.rstrip("/") or "/")


def joined(address: httpx.URL, name: str) -> str:
    """Return the link to *name*, made of letters that no link has to quote, below *address*."""
    return f"{str(address).rstrip('/')}/{name}"


def without_scheme(address: httpx.URL) -> str:
    """Return an address as people write it, e.g. ``nas.example:9000/dav``."""
    return f"{address.netloc.decode('ascii')}{address.path}".rstrip("/")


def is_safe(address: httpx.URL) -> bool:
    """Whether what is sent there stays between us and the storage."""
    return address.scheme == "https" or (address.scheme == "http" and is_this_computer(address.host))


def is_this_computer(host: str) -> bool:
    """Whether *host* names the loopback of this computer."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _parsed(text: str) -> httpx.URL:
    try:
        address = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise refused(HostFault.ADDRESS, "it cannot be read") from None
    if not address.host or address.scheme not in {"https", "http"}:
        raise refused(HostFault.ADDRESS, "it has to begin with https://")
    return address
