"""Where the user wants references to be hosted; secrets are never part of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

# A signed link of S3 lives seven days at most (Signature Version 4).
MAX_LINK_DAYS: Final = 7


class HostingKind(StrEnum):
    """The ways to make a file of this computer reachable for the service."""

    NONE = "none"
    S3 = "s3"
    PUT = "put"


@dataclass(frozen=True, slots=True)
class S3Settings:
    """A bucket of the user's own.

    An empty *endpoint* means AWS. With a *public_base_url* the bucket is readable by the world at that address and
    links do not end by themselves; without one each link is signed and ends after *link_days* (1 to 7).
    """

    endpoint: str = ""
    region: str = "us-east-1"
    bucket: str = ""
    access_key_id: str = ""
    prefix: str = "seedream"
    public_base_url: str = ""
    link_days: int = 1


@dataclass(frozen=True, slots=True)
class PutSettings:
    """A folder of a web server that takes PUT (WebDAV among them) at *upload_url*, read at *public_base_url*.

    An empty *public_base_url* means that files are read where they were put; an empty *user* means a bearer token.
    """

    upload_url: str = ""
    user: str = ""
    public_base_url: str = ""


@dataclass(frozen=True, slots=True)
class HostingSettings:
    """The user's choice. In *is_private* mode only links that end by themselves are made."""

    kind: HostingKind = HostingKind.NONE
    s3: S3Settings = field(default_factory=S3Settings)
    put: PutSettings = field(default_factory=PutSettings)
    is_private: bool = False


class HostFault(StrEnum):
    """Why the user's storage will not take, show or delete a file, however often it is asked."""

    INCOMPLETE = "incomplete"
    ADDRESS = "address"
    KEY_UNKNOWN = "key_unknown"
    SECRET_WRONG = "secret_wrong"  # noqa: S105 - the name of a fault, no secret
    FORBIDDEN = "forbidden"
    BUCKET_MISSING = "bucket_missing"
    CLOCK_WRONG = "clock_wrong"
    NO_ROOM = "no_room"
    TOO_LARGE = "too_large"
    NOT_READABLE = "not_readable"
    WRONG_CONTENT = "wrong_content"
    LINKS_DO_NOT_END = "links_do_not_end"
    ODD_ANSWER = "odd_answer"
