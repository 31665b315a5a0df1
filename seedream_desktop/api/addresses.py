"""Which addresses may be spoken to: the service itself, and the links it gives for pictures."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Final

import httpx

from seedream_desktop.domain.failure import Failure, FailureKind
from seedream_desktop.ports.errors import NotAnImageError, UnreachableError

DEFAULT_BASE_URL: Final = "https://api.apixo.ai/api/v1"
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_MAX_LINK_CHARS: Final = 2048
_MAX_PORT: Final = 65535
_CARRIERS: Final = tuple(ipaddress.IPv6Network(net) for net in ("::/96", "::ffff:0:0/96", "64:ff9b::/96"))


class BadAddressError(Exception):
    """The base URL cannot be used; the text says why, for the user."""


def parse_base_url(text: str) -> httpx.URL:
    """Return the service's address without a slash at its end.

    Raises:
        BadAddressError: unless it is https, or http on this machine.
    """
    url = _parsed(text.strip().rstrip("/"))
    if url is None:
        raise BadAddressError(f"The base URL {text!r} is not an address.")
    if url.userinfo:
        raise BadAddressError("The base URL must hold no user name.")
    if url.query or url.fragment:
        raise BadAddressError(f"The base URL {text!r} must end with its path, without ? or #.")
    if url.scheme == "https" or (url.scheme == "http" and is_loopback(url)):
        return url
    raise BadAddressError("The base URL must begin with https://; plain http is for this machine only.")


def is_loopback(url: httpx.URL) -> bool:
    """Whether *url* names this machine literally."""
    return url.host in _LOOPBACK


def parse_link(text: str, *, allow_loopback: bool, any_port: bool = False) -> httpx.URL:
    """Return a link that is safe to fetch: https on the usual port, or http on loopback where allowed.

    With *any_port* https may be on any port: for links that the user gave or whose storage the user chose, unlike
    those that the service sends.

    Raises:
        NotAnImageError: when the link breaks a rule.
    """
    if len(text) > _MAX_LINK_CHARS or "\\" in text or any(not char.isprintable() for char in text):
        raise _bad_link("malformed")
    url = _parsed(text)
    if url is None:
        raise _bad_link("malformed")
    if url.userinfo:
        raise _bad_link("a user name in it")
    if allow_loopback and is_loopback(url) and url.scheme in ("http", "https"):
        return url
    if url.scheme != "https":
        raise _bad_link("not https")
    if not any_port and url.port not in (None, 443):
        raise _bad_link("not on the usual port")
    return url


async def allowed_addresses(host: str, port: int, *, allow_loopback: bool) -> tuple[str, ...]:
    """Resolve *host* and return its addresses, every one of the public internet, or loopback where allowed.

    Raises:
        UnreachableError: when the name does not resolve.
        NotAnImageError: when any of its addresses is private, loopback or otherwise special.
    """
    may_be_here = allow_loopback and host in _LOOPBACK
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host.encode("ascii"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(Failure(FailureKind.OFFLINE, "", "the name does not resolve")) from error
    addresses = tuple(dict.fromkeys(str(address[0]) for *_, address in found))
    if not may_be_here and not all(is_public(address) for address in addresses):
        raise _bad_link("not a public address")
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address, or the IPv4 address it carries inside, is one of the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.is_site_local:
            return False
        ip = _carried(ip)
    return ip.is_global and not ip.is_multicast


def _carried(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the IPv4 address inside a mapped, compatible, NAT64 or 6to4 address, else the address itself."""
    if any(ip in network for network in _CARRIERS):
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.sixtofour or ip


def _parsed(text: str) -> httpx.URL | None:
    """Return the address, or None when it has no host, one that cannot be spelled out, or an impossible port."""
    try:
        url = httpx.URL(text)
        return url if url.host and (url.port or 0) <= _MAX_PORT else None
    except (httpx.InvalidURL, UnicodeError):
        return None


def _bad_link(why: str) -> NotAnImageError:
    return NotAnImageError(Failure(FailureKind.PICTURES_BAD, "LINK_REFUSED", f"The link was not followed: {why}."))
