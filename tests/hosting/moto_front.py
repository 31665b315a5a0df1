"""Runs moto's S3 in this process, behind a door that checks what moto leaves unchecked; started by `storages.py`.

moto checks the signature in a header and the IAM policy, but no signed link, no expiry and no clock. The door checks
those with botocore's own signer, and hands the request on signed by the link's owner, so that moto checks the policy.
"""

from __future__ import annotations

import hmac
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, quote

import moto.settings
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth  # type: ignore[import-untyped]  # botocore ships no types
from botocore.awsrequest import AWSRequest  # type: ignore[import-untyped]  # botocore ships no types
from botocore.credentials import Credentials  # type: ignore[import-untyped]  # botocore ships no types
from moto.iam.models import iam_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import make_server

Environ = dict[str, Any]
Reply = Callable[..., Any]

ACCOUNT: Final = "123456789012"
REGION: Final = "us-east-1"
_MOST_SKEW: Final = timedelta(minutes=15)
_STAMP: Final = "%Y%m%dT%H%M%SZ"
_EMPTY_SHA256: Final = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


class TurnedAwayError(Exception):
    """The door answers 403 with this S3 code."""


class Door:
    """A WSGI application in front of moto's."""

    def __init__(self, inner: Any, secrets: Mapping[str, str], owner: str, public_bucket: str) -> None:
        self._inner = inner
        self._secrets = secrets
        self._owner = owner
        self._public_bucket = public_bucket

    def __call__(self, environ: Environ, start: Reply) -> Iterable[bytes]:
        """Answer one request."""
        try:
            self._check(environ)
        except TurnedAwayError as refusal:
            code, words = refusal.args
            start("403 Forbidden", [("Content-Type", "application/xml")])
            head = environ["REQUEST_METHOD"] == "HEAD"
            return [] if head else [f"<Error><Code>{code}</Code><Message>{words}</Message></Error>".encode()]
        inside: Iterable[bytes] = self._inner(environ, start)
        return inside

    def _check(self, environ: Environ) -> None:
        query = parse_qs(environ["QUERY_STRING"])
        if "HTTP_AUTHORIZATION" in environ:
            _check_clock(environ.get("HTTP_X_AMZ_DATE", ""))
        elif "X-Amz-Signature" in query:
            self._sign_as(self._owner_of_link(environ, query), environ)
        elif environ["PATH_INFO"].startswith(f"/{self._public_bucket}/") and environ["REQUEST_METHOD"] == "GET":
            self._sign_as(self._owner, environ)
        else:
            raise TurnedAwayError("AccessDenied", "Access Denied")

    def _owner_of_link(self, environ: Environ, query: dict[str, list[str]]) -> str:
        """Return the access key of a signed link that is right and still lives."""
        key = query["X-Amz-Credential"][0].partition("/")[0]
        if key not in self._secrets:
            raise TurnedAwayError("InvalidAccessKeyId", "The access key does not exist")
        if not hmac.compare_digest(self._signature(key, environ, query), query["X-Amz-Signature"][0]):
            raise TurnedAwayError("SignatureDoesNotMatch", "The signature does not match")
        born = datetime.strptime(query["X-Amz-Date"][0], _STAMP).replace(tzinfo=UTC)
        if datetime.now(UTC) >= born + timedelta(seconds=int(query["X-Amz-Expires"][0])):
            raise TurnedAwayError("AccessDenied", "Request has expired")
        return key

    def _signature(self, key: str, environ: Environ, query: dict[str, list[str]]) -> str:
        parts = [part for part in environ["QUERY_STRING"].split("&") if not part.startswith("X-Amz-Signature=")]
        address = f"http://{environ['HTTP_HOST']}{quote(environ['PATH_INFO'])}?{'&'.join(parts)}"
        request = AWSRequest(environ["REQUEST_METHOD"], address, headers={"host": environ["HTTP_HOST"]})
        request.context["timestamp"] = query["X-Amz-Date"][0]
        region = query["X-Amz-Credential"][0].split("/")[2]
        signer = S3SigV4QueryAuth(Credentials(key, self._secrets[key]), "s3", region)
        signature: str = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        return signature

    def _sign_as(self, key: str, environ: Environ) -> None:
        """Make the request one that *key* signed in its headers, the only way that moto can check."""
        environ["QUERY_STRING"] = ""
        address = f"http://{environ['HTTP_HOST']}{quote(environ['PATH_INFO'])}"
        request = AWSRequest(environ["REQUEST_METHOD"], address, headers={"X-Amz-Content-SHA256": _EMPTY_SHA256})
        S3SigV4Auth(Credentials(key, self._secrets[key]), "s3", REGION).add_auth(request)
        for name, value in request.headers.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value


def _check_clock(stamp: str) -> None:
    told = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    if abs(datetime.now(UTC) - told) > _MOST_SKEW:
        raise TurnedAwayError("RequestTimeTooSkewed", "The difference between the clocks is too large")


def _add_user(name: str, key: str, secret: str, actions: list[str], resources: list[str]) -> None:
    iam = iam_backends[ACCOUNT]["aws"]
    iam.create_user(REGION, name)
    access = iam.create_access_key(name)
    access.access_key_id, access.secret_access_key = key, secret
    statement = {"Effect": "Allow", "Action": actions, "Resource": resources}
    policy = {"Version": "2012-10-17", "Statement": [statement]}
    iam.put_user_policy(name, "rights", json.dumps(policy))


def main(plan: Mapping[str, Any]) -> None:
    """Make buckets and users as *plan* says, print the port as the first line, then serve until killed."""
    for bucket in plan["buckets"]:
        s3_backends[ACCOUNT]["aws"].create_bucket(bucket, REGION)
    for name, key, secret, actions, resources in plan["users"]:
        _add_user(name, key, secret, actions, resources)
    moto.settings.INITIAL_NO_AUTH_ACTION_COUNT = 0
    secrets = {key: secret for _, key, secret, _, _ in plan["users"]}
    door = Door(DomainDispatcherApplication(create_backend_app), secrets, plan["users"][0][1], plan["public_bucket"])
    server = make_server("127.0.0.1", plan["port"], door, threaded=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
