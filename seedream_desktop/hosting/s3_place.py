"""From the user's settings to where a bucket is: AWS S3, Cloudflare R2, MinIO, Backblaze B2 and their like.

The rule: without an endpoint it is AWS, and the bucket goes into the host name (virtual-hosted) unless it has a dot,
which AWS's certificate would not fit. An endpoint whose host begins with the bucket's name is taken at its word. Every
other endpoint gets the bucket into the path, which R2, MinIO and Backblaze all take.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import httpx

from seedream_desktop.domain.hosting import HostFault, S3Settings
from seedream_desktop.hosting.addresses import checked_address, is_this_computer, without_scheme
from seedream_desktop.hosting.failures import refused

_BUCKET: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]+")
_REGION: Final = re.compile(r"[A-Za-z0-9-]+")
_FOLDER: Final = re.compile(r"[\w.-]+(?:/[\w.-]+)*", re.ASCII)
_KEY_ID: Final = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True)
class S3Place:
    """A bucket that can be asked. *endpoint* has the bucket's name in its host when *is_virtual_hosted*."""

    endpoint: str
    is_virtual_hosted: bool
    bucket: str
    region: str
    access_key_id: str
    folder: str
    public_address: httpx.URL | None
    title: str

    @property
    def is_plain_http(self) -> bool:
        """Whether nothing is encrypted, as only the loopback of this computer may have it."""
        return self.endpoint.startswith("http://")


def place_of(settings: S3Settings) -> S3Place:
    """Return the place that *settings* name.

    Raises:
        HostRefusedError: when they name none; the detail says which of them is wrong.
    """
    bucket, region = settings.bucket.strip(), settings.region.strip()
    if not _BUCKET.fullmatch(bucket):
        raise refused(HostFault.BUCKET_MISSING, bucket)
    if not _REGION.fullmatch(region):
        raise refused(HostFault.ADDRESS, f"there is no region {region}")
    if not _KEY_ID.fullmatch(settings.access_key_id.strip()):
        raise refused(HostFault.KEY_UNKNOWN)
    public = checked_address(settings.public_base_url) if settings.public_base_url.strip() else None
    endpoint, is_virtual_hosted = _endpoint(settings.endpoint.strip(), bucket, region)
    return S3Place(
        endpoint=endpoint,
        is_virtual_hosted=is_virtual_hosted,
        bucket=bucket,
        region=region,
        access_key_id=settings.access_key_id.strip(),
        folder=_folder(settings.prefix),
        public_address=public,
        title=_title(bucket, settings.endpoint.strip(), public),
    )


def _endpoint(text: str, bucket: str, region: str) -> tuple[str, bool]:
    if not text:
        return _of_aws(bucket, region)
    address = checked_address(text)
    if address.host.startswith(f"{bucket.lower()}.") and not is_this_computer(address.host):
        return str(address).rstrip("/"), True
    # R2 shows the address of a bucket with the bucket's name at its end.
    if address.path == f"/{bucket}":
        address = address.copy_with(path="/")
    return str(address).rstrip("/"), False


def _of_aws(bucket: str, region: str) -> tuple[str, bool]:
    if "." in bucket:
        return f"https://s3.{region}.amazonaws.com", False
    return f"https://{bucket}.s3.{region}.amazonaws.com", True


def _folder(prefix: str) -> str:
    folder = prefix.strip().strip("/")
    if folder and (not _FOLDER.fullmatch(folder) or {".", ".."} & set(folder.split("/"))):
        raise refused(HostFault.ADDRESS, "the folder in the bucket: only letters, digits and - _ . /")
    return folder


def _title(bucket: str, endpoint: str, public: httpx.URL | None) -> str:
    """Return what people call it, and what tells records apart.

    The same bucket name may exist at another address, and a link that never ends is no link of the same bucket once it
    has signed ones.
    """
    if public is not None:
        return f"S3 {bucket}, public at {without_scheme(public)}"
    return f"S3 {bucket} ({without_scheme(checked_address(endpoint))})" if endpoint else f"S3 {bucket}"
