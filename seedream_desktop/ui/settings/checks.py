"""What is wrong with what was typed about a storage, in sentences; "" where nothing is."""

from __future__ import annotations

import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from PySide6.QtCore import QCoreApplication

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,62}")
_FOLDER: Final = re.compile(r"[\w.-]+(?:/[\w.-]+)*", re.ASCII)
_ODD: Final = re.compile(r"[\s\\<>{}\x00-\x1f\x7f]")


def address_problem(text: str) -> str:
    """Return what is wrong with an address that pictures or secrets are sent to or read at."""
    if "<" in text or ">" in text:
        return QCoreApplication.translate("HostingChecks", "Put your own words in place of those in <…>.")
    if text.lower().startswith("http://") and not _is_this_computer(text):
        return QCoreApplication.translate(
            "HostingChecks", "The address must begin with https://: over http:// others can read along."
        )
    parts = _parts(text)
    if parts is None:
        return QCoreApplication.translate("HostingChecks", "This is no address; one begins with https://.")
    return _parts_problem(parts)


def endpoint_problem(text: str, bucket: str) -> str:
    """Return what is wrong with a storage's address; some providers show it with the bucket's name at its end."""
    problem = address_problem(text)
    parts = _parts(text)
    if not problem and parts is not None and parts.path.strip("/") not in ("", bucket):
        return QCoreApplication.translate(
            "HostingChecks", "The endpoint is the server alone; the bucket has a field of its own."
        )
    return problem


def bucket_problem(text: str) -> str:
    """Return what is wrong with a bucket's name."""
    if not text:
        return QCoreApplication.translate("HostingChecks", "The bucket's name is missing.")
    if not _NAME.fullmatch(text):
        return QCoreApplication.translate(
            "HostingChecks", "A bucket's name has 3 to 63 letters, digits, points and hyphens, and nothing else."
        )
    return ""


def region_problem(text: str) -> str:
    """Return what is wrong with a region."""
    if not text or _ODD.search(text):
        return QCoreApplication.translate("HostingChecks", "The region is missing, e.g. us-east-1.")
    return ""


def access_key_problem(text: str) -> str:
    """Return what is wrong with an access key ID."""
    if not text:
        return QCoreApplication.translate("HostingChecks", "The access key ID is missing.")
    if _ODD.search(text) or not text.isascii():
        return QCoreApplication.translate("HostingChecks", "An access key ID has no spaces; copy it again.")
    return ""


def secret_key_problem(text: str, *, is_saved: bool) -> str:
    """Return what is wrong with a secret access key; none need be typed while one *is_saved*."""
    if not text and not is_saved:
        return QCoreApplication.translate("HostingChecks", "The secret access key is missing.")
    if any(char.isspace() for char in text) or not (text.isascii() and text.isprintable()):
        return QCoreApplication.translate(
            "HostingChecks", "A secret access key has no spaces and no accented letters; copy it again."
        )
    return ""


def password_problem(text: str, *, is_token: bool) -> str:
    """Return what is wrong with a password, or with a token, which stands in for one where there is no user."""
    if any(not char.isprintable() for char in text):
        return QCoreApplication.translate("HostingChecks", "The password holds a character that cannot be sent.")
    if is_token and (" " in text or not text.isascii()):
        return QCoreApplication.translate(
            "HostingChecks", "A token has no spaces and no accented letters. For a password, give its user too."
        )
    return ""


def folder_problem(text: str) -> str:
    """Return what is wrong with the folder in a bucket."""
    if text and (not _FOLDER.fullmatch(text) or {".", ".."} & set(text.split("/"))):
        return QCoreApplication.translate(
            "HostingChecks", "A folder has letters, digits and - _ . with single slashes between, e.g. seedream/refs."
        )
    return ""


def user_problem(text: str) -> str:
    """Return what is wrong with a user's name: a colon would end it (RFC 7617)."""
    if ":" in text or any(not char.isprintable() for char in text):
        return QCoreApplication.translate("HostingChecks", "A user's name has no colon.")
    return ""


def _parts_problem(parts: SplitResult) -> str:
    if parts.username is not None or parts.password is not None:
        return QCoreApplication.translate(
            "HostingChecks", "Leave user and password out of the address; they have fields of their own."
        )
    if parts.query or parts.fragment:
        return QCoreApplication.translate("HostingChecks", "Leave out what follows the ? or # in the address.")
    return ""


def _parts(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if is_address and not _ODD.search(text) else None


def _is_this_computer(text: str) -> bool:
    parts = _parts(text)
    host = parts.hostname or "" if parts else ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
