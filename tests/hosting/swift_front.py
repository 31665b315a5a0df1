"""Runs OpenStack Swift with its S3 API in this process, a second S3 by other people; started by `storages.py`.

Swift is no dependency of the project and needs an interpreter of its own:

    python3 -m venv swift && swift/bin/pip install swift
    SEEDREAM_SWIFT_PYTHON=$PWD/swift/bin/python python -m pytest tests/hosting

It checks signatures in headers and links, payload hashes, expiry and clocks by itself. One process plays its four
servers (proxy, account, container, object), each with one device and one replica.
"""
# ruff: noqa: E402 - eventlet has to patch the standard library before anything else is imported
# mypy: ignore-errors
# (neither eventlet nor swift is installed where the project is checked, and neither has types)

from __future__ import annotations

import eventlet

eventlet.monkey_patch()

import json
import logging
import sys
from pathlib import Path

from eventlet import wsgi
from swift.common import storage_policy, utils
from swift.common.ring import RingBuilder
from swift.common.swob import Request
from swift.common.wsgi import loadapp

_BACKENDS = ("account", "container", "object")
_PROXY = """
[DEFAULT]
swift_dir = {folder}
log_level = CRITICAL
[pipeline:main]
pipeline = catch_errors gatekeeper listing_formats s3api tempauth copy slo dlo versioned_writes proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
{users}
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = us-east-1
auth_pipeline_check = false
"""
_PROXY_FILTERS = ("catch_errors", "gatekeeper", "listing_formats", "copy", "slo", "dlo", "versioned_writes")
_BACKEND = """
[DEFAULT]
devices = {folder}/devices
mount_check = false
swift_dir = {folder}
log_level = CRITICAL
[pipeline:main]
pipeline = {kind}-server
[app:{kind}-server]
use = egg:swift#{kind}
"""


def write_ring(folder: Path, kind: str, port: int) -> None:
    """Write a ring of one device at *port*."""
    ring = RingBuilder(1, 1, 0)
    device = {"region": 1, "zone": 1, "ip": "127.0.0.1", "port": port, "device": "sda", "weight": 1.0}
    ring.add_dev({**device, "replication_ip": "127.0.0.1", "replication_port": port})
    ring.rebalance()
    ring.get_ring().save(str(folder / f"{kind}.ring.gz"))


def serve(folder: Path, name: str, words: str, listener):
    """Answer on *listener* with the application that the configuration *words* describes, and return that."""
    path = folder / f"{name}.conf"
    path.write_text(words)
    quiet = logging.getLogger(f"quiet-{name}")
    quiet.addHandler(logging.NullHandler())
    quiet.propagate = False
    application = loadapp(str(path))
    eventlet.spawn(wsgi.server, listener, application, quiet, log_output=False)
    return application


def make_bucket(application, name: str, headers: dict[str, str]) -> None:
    """Make a bucket, as nobody outside this process could: without a signature."""
    request = Request.blank(f"/v1/AUTH_test/{name}", {"swift.authorize_override": True, "swift_owner": True}, headers)
    request.method = "PUT"
    answer = request.get_response(application)
    if answer.status_int != 201:
        raise SystemExit(f"no bucket: {answer.status}")


def main(plan: dict) -> None:
    """Serve as *plan* says (port 0 takes a free one), print the port as the first line, and stay until killed."""
    folder = Path(plan["folder"])
    (folder / "devices/sda").mkdir(parents=True)
    (folder / "swift.conf").write_text("[swift-hash]\nswift_hash_path_suffix = tests\n")
    utils.SWIFT_CONF_FILE = str(folder / "swift.conf")
    utils.validate_hash_conf()
    storage_policy.reload_storage_policies()
    listeners = {kind: eventlet.listen(("127.0.0.1", 0)) for kind in _BACKENDS}
    for kind, listener in listeners.items():
        write_ring(folder, kind, listener.getsockname()[1])
    for kind, listener in listeners.items():
        serve(folder, kind, _BACKEND.format(folder=folder, kind=kind), listener)
    door = eventlet.listen(("127.0.0.1", plan["port"]))
    lines = "\n".join(f"user_{name} = {rights}" for name, rights in plan["users"].items())
    filters = "".join(f"[filter:{name}]\nuse = egg:swift#{name}\n" for name in _PROXY_FILTERS)
    proxy = serve(folder, "proxy", _PROXY.format(folder=folder, users=lines) + filters, door)
    make_bucket(proxy, plan["bucket"], {})
    make_bucket(proxy, plan["public_bucket"], {"X-Container-Read": ".r:*"})
    sys.stdout.write(f"{door.getsockname()[1]}\n")
    sys.stdout.flush()
    while True:
        eventlet.sleep(3600)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
