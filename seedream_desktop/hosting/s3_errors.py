"""Reads what obstore says of a failed request and gives it our names; none of its own words go any further.

obstore has no codes: its text holds the status, S3's XML answer and the kind of the network trouble, but the address
and the signature of a link as well.
"""

from __future__ import annotations

import re
from typing import Final

from seedream_desktop.domain.hosting import HostFault
from seedream_desktop.hosting.failures import refused, unreachable
from seedream_desktop.ports.errors import ServiceError

_STATUS: Final = re.compile(r"non-2xx status code: (\d{3})")
_CODE: Final = re.compile(r"<Code>\s*([A-Za-z0-9]{1,60})\s*</Code>")
_REGION: Final = re.compile(r"<Region>\s*([a-z0-9-]{1,40})\s*</Region>")
_KIND: Final = re.compile(r"kind: (Connect|Timeout|Request|Interrupted|Decode)\b")
# Sources: the lists of error codes of S3 and R2, MinIO's and Ceph's own code.
_FAULTS: Final[dict[str, HostFault]] = {
    "InvalidAccessKeyId": HostFault.KEY_UNKNOWN,
    "InvalidClientTokenId": HostFault.KEY_UNKNOWN,
    "InvalidSecurity": HostFault.KEY_UNKNOWN,
    "Unauthorized": HostFault.KEY_UNKNOWN,  # R2
    "SignatureDoesNotMatch": HostFault.SECRET_WRONG,
    "AccessDenied": HostFault.FORBIDDEN,
    "AllAccessDisabled": HostFault.FORBIDDEN,
    "AccountProblem": HostFault.FORBIDDEN,
    "NotSignedUp": HostFault.FORBIDDEN,
    "NotEntitled": HostFault.FORBIDDEN,  # R2
    "NoSuchBucket": HostFault.BUCKET_MISSING,
    "InvalidBucketName": HostFault.BUCKET_MISSING,
    "RequestTimeTooSkewed": HostFault.CLOCK_WRONG,
    "ExpiredRequest": HostFault.CLOCK_WRONG,  # R2
    "QuotaExceeded": HostFault.NO_ROOM,  # Ceph
    "EntityTooLarge": HostFault.TOO_LARGE,
    "XMinioStorageFull": HostFault.NO_ROOM,
    "XMinioAdminBucketQuotaExceeded": HostFault.NO_ROOM,
    "AuthorizationHeaderMalformed": HostFault.ADDRESS,
    "PermanentRedirect": HostFault.ADDRESS,
    "IllegalLocationConstraintException": HostFault.ADDRESS,
}
_STATUS_FAULTS: Final = {401: HostFault.KEY_UNKNOWN, 403: HostFault.FORBIDDEN, 507: HostFault.NO_ROOM}
_FOR_NOW: Final = frozenset({408, 425, 429})
# They come with a 400 and mean that the body did not arrive as it was sent.
_CODES_FOR_NOW: Final = frozenset({"RequestTimeout", "IncompleteBody", "ClientDisconnect", "BadDigest"})


def failure_of(words: str, operation: str, bucket: str) -> ServiceError:
    """Return the error for what obstore said about *operation* (for people: "upload") in *words*."""
    code, status = _first(_CODE, words), _first(_STATUS, words)
    fault = _fault_of(code, words)
    if fault is not None:
        return refused(fault, _detail(fault, code, operation, bucket, words))
    if code in _CODES_FOR_NOW:
        return unreachable(code)
    if status:
        return _by_status(int(status), operation, words)
    return _by_words(words)


def _fault_of(code: str, words: str) -> HostFault | None:
    # R2's answer to a key that cannot be one: "Credential access key has length 20, should be 32".
    if code == "InvalidArgument" and "access key" in words:
        return HostFault.KEY_UNKNOWN
    return _FAULTS.get(code)


def _detail(fault: HostFault, code: str, operation: str, bucket: str, words: str) -> str:
    match fault:
        case HostFault.FORBIDDEN:
            return f"{operation}: {code}"
        case HostFault.BUCKET_MISSING:
            return bucket
        case HostFault.ADDRESS:
            region = _first(_REGION, words)
            return f"the bucket is in the region {region}" if region else "the bucket is in another region"
        case _:
            return code


def _by_status(status: int, operation: str, words: str) -> ServiceError:
    if status in _FOR_NOW or (status >= 500 and status not in _STATUS_FAULTS):
        return unreachable(str(status))
    if "<html" in words.lower():
        return refused(HostFault.ODD_ANSWER, f"{status} and a web page")
    if 300 <= status < 400:
        return refused(HostFault.ADDRESS, f"it sends elsewhere: {status}")
    fault = _STATUS_FAULTS.get(status, HostFault.ODD_ANSWER)
    return refused(fault, f"{operation}: {status}")


def _by_words(words: str) -> ServiceError:
    if "InvalidCertificate" in words:
        return refused(HostFault.ADDRESS, "its certificate is not to be trusted")
    if "BareRedirect" in words:
        return refused(HostFault.ADDRESS, "the bucket is in another region")
    if "MissingEtag" in words:
        return refused(HostFault.ODD_ANSWER, "it does not answer like S3")
    return unreachable(_first(_KIND, words).lower() or "broken")


def _first(pattern: re.Pattern[str], words: str) -> str:
    found = pattern.search(words)
    return found[1] if found else ""
