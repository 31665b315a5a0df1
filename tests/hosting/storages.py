"""Real S3 servers in processes of their own, for tests that need one to upload to.

    with MotoServer() as storage:
        host = S3Host(storage.settings(), lambda: storage.owner.secret)

`MotoServer` runs everywhere. `SwiftServer` needs an interpreter that has OpenStack Swift (see `swift_front.py`), named
by the variable SEEDREAM_SWIFT_PYTHON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from seedream_desktop.domain.hosting import HostFault, S3Settings

CHECKOUT = Path(__file__).parent.parent.parent
STOP_LIMIT_S = 5.0
SWIFT_PYTHON = "SEEDREAM_SWIFT_PYTHON"


@dataclass(frozen=True)
class Keys:
    """One user of a storage."""

    access_key_id: str
    secret: str


class S3Server(ABC):
    """One S3 on a free loopback port: signatures, link expiry, the clock and rights are checked.

    *owner* may do everything that the program needs, *reader* may not upload. *public_bucket* can be read by anybody.
    Enter it, or call `start()` and `stop()`; a started server may be stopped and started again on its port.
    """

    bucket = "pictures"
    public_bucket = "shop-window"
    owner: Keys
    reader: Keys
    unknown_key_fault = HostFault.KEY_UNKNOWN
    """What it says of an access key that it does not know."""

    def __init__(self) -> None:
        self.port = 0
        self.process: subprocess.Popen[str] | None = None

    @property
    def endpoint(self) -> str:
        """The address without a bucket, e.g. ``http://127.0.0.1:4711``."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def public_base_url(self) -> str:
        """Where files of *public_bucket* are read without a signature."""
        return f"{self.endpoint}/{self.public_bucket}"

    def settings(self, **changes: Any) -> S3Settings:
        """Settings that work with *owner*'s secret, with *changes*."""
        base = S3Settings(endpoint=self.endpoint, bucket=self.bucket, access_key_id=self.owner.access_key_id)
        return replace(base, **changes)

    def public_settings(self) -> S3Settings:
        """Settings for *public_bucket*, read without a signature."""
        return self.settings(bucket=self.public_bucket, public_base_url=self.public_base_url)

    def start(self) -> Self:
        """Start the child and wait until it listens. Raises: RuntimeError when it does not come up."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "MOTO_"))}
        self.process = subprocess.Popen(
            self._command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=CHECKOUT, env=clean
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.strip().isdigit():
            self.stop()
            raise RuntimeError(f"{type(self).__name__} did not start: {line!r}")
        self.port = int(line)
        return self

    def stop(self) -> None:
        """End the child; everything it kept is gone."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait(STOP_LIMIT_S)
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process = None

    @abstractmethod
    def _command(self) -> list[str]:
        """The child's command line; its first line of output is the port."""

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class MotoServer(S3Server):
    """moto's S3; *owner* may put, get and delete below ``seedream/`` in every bucket, and not even list."""

    owner = Keys("AKIAOWNEROWNEROWNER1", "owner-secret-0123456789abcdefghijklmnop")
    reader = Keys("AKIAREADERREADERREAD", "reader-secret-0123456789abcdefghijklmno")

    def _command(self) -> list[str]:
        files = ["arn:aws:s3:::*/seedream/*"]
        look = ["s3:GetObject", "s3:HeadObject"]
        users = [
            ["owner", self.owner.access_key_id, self.owner.secret, [*look, "s3:PutObject", "s3:DeleteObject"], files],
            ["reader", self.reader.access_key_id, self.reader.secret, look, files],
        ]
        buckets = [self.bucket, self.public_bucket]
        plan = {"buckets": buckets, "public_bucket": self.public_bucket, "port": self.port, "users": users}
        return [sys.executable, str(Path(__file__).with_name("moto_front.py")), json.dumps(plan)]


class SwiftServer(S3Server):
    """OpenStack Swift with its S3 API; an unknown access key is to it a wrong signature."""

    owner = Keys("test:owner", "owner-secret-0123456789abcdefghijklmnop")
    reader = Keys("test:reader", "reader-secret-0123456789abcdefghijklmno")
    unknown_key_fault = HostFault.SECRET_WRONG

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path()

    @staticmethod
    def is_installed() -> bool:
        """Whether an interpreter with Swift is named."""
        return bool(os.environ.get(SWIFT_PYTHON))

    @property
    def public_base_url(self) -> str:
        """Swift's own address of the bucket: its S3 address takes no anonymous reader."""
        return f"{self.endpoint}/v1/AUTH_test/{self.public_bucket}"

    def start(self) -> Self:
        """Start the child on an empty folder."""
        self._folder = Path(tempfile.mkdtemp(prefix="swift-"))
        return super().start()

    def stop(self) -> None:
        """End the child and remove its folder."""
        super().stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _command(self) -> list[str]:
        users = {"test_owner": f"{self.owner.secret} .admin", "test_reader": self.reader.secret}
        plan = {
            "folder": str(self._folder),
            "port": self.port,
            "users": users,
            "bucket": self.bucket,
            "public_bucket": self.public_bucket,
        }
        return [os.environ[SWIFT_PYTHON], str(Path(__file__).with_name("swift_front.py")), json.dumps(plan)]
