"""The storage's secret is nowhere at all, and a signed link or a hosted file's name in no log, whatever goes wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hosting.storages import Keys, MotoServer
from tests.programs import CHECKOUT, CommandLine, Ended
from tests.simulators import SimulatorProcess
from tests.trust.canary import CANARY, singing_files, sings_in
from tests.trust.recorders import Recorder
from tests.trust.referencing import KEY, jpeg
from tests.trust.test_canary import PROXIES

SIGNATURE = re.compile(rb"X-Amz-(?:Signature|Credential)=[^*\s]", re.IGNORECASE)
# It keeps strangers out of a public bucket.
NAME = re.compile(rb"seedream/[\w-]{43}\.jpg")


class SingingServer(MotoServer):
    """A storage whose owner's secret is the canary."""

    owner = Keys("AKIAOWNEROWNEROWNER1", CANARY)


@pytest.fixture(scope="module")
def storage() -> Iterator[SingingServer]:
    with SingingServer() as running:
        yield running


@pytest.fixture
def program(simulator: SimulatorProcess, proxy: Recorder, storage: SingingServer, tmp_path: Path) -> CommandLine:
    simulator.set_faults([])
    (tmp_path / "photo.jpg").write_bytes(jpeg("teal"))
    program = CommandLine(tmp_path, base_url=simulator.url)
    program.environment |= {
        "SEEDREAM_API_KEY": KEY,
        "SEEDREAM_HOSTING_SECRET": CANARY,
        **dict.fromkeys(PROXIES, proxy.url),
    }
    choose(program, storage)
    return program


def choose(program: CommandLine, storage: SingingServer, **changes: str) -> None:
    """Write down that references are hosted at *storage*."""
    s3 = {
        "endpoint": storage.endpoint,
        "bucket": storage.bucket,
        "access_key_id": storage.owner.access_key_id,
        **changes,
    }
    program.data_dir.mkdir(parents=True, exist_ok=True)
    (program.data_dir / "settings.json").write_text(json.dumps({"hosting": {"kind": "s3", "s3": s3}}), "utf-8")


def order(program: CommandLine) -> tuple[str, ...]:
    photo = program.data_dir.parent / "photo.jpg"
    return ("generate", "blend", "--reference", str(photo), "--json", "--log-level", "debug", "--timeout", "5")


def silent(program: CommandLine, ended: Ended) -> bool:
    """Whether the secret is nowhere, and no signed link in a log or on the terminal."""
    assert not sings_in((ended.out + ended.err).encode())
    assert singing_files(program.data_dir, program.library) == []
    for said in (logs(program), ended.err.encode(), (program.data_dir / "settings.json").read_bytes()):
        assert said or ended.err == ""
        assert SIGNATURE.findall(said) == []
    return True


def logs(program: CommandLine) -> bytes:
    """Return all that was logged."""
    files = (program.data_dir / "logs").iterdir()
    return b"".join(file.read_bytes() for file in files)


def test_the_detector_hears_signed_links_and_names() -> None:
    assert SIGNATURE.search(b"http://a/b?X-Amz-Signature=0af")
    assert not SIGNATURE.search(b"http://a/b?X-Amz-Signature=***")
    assert NAME.search(b"seedream/" + b"a" * 43 + b".jpg")


@pytest.mark.parametrize("is_public", [False, True])
def test_a_good_run_keeps_the_storages_secret_to_itself(
    program: CommandLine, simulator: SimulatorProcess, storage: SingingServer, proxy: Recorder, is_public: bool
) -> None:
    if is_public:
        choose(program, storage, bucket=storage.public_bucket, public_base_url=storage.public_base_url)
    ended = program.run(*order(program))

    assert ended.code == 0, ended.err
    assert storage.endpoint in simulator.submits()[-1]["image_urls"][0]
    assert proxy.connections == []
    assert silent(program, ended)
    assert NAME.search(logs(program)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"bucket": "no-such-bucket"},
        {"prefix": "elsewhere"},
        {"region": "eu-west-3"},
        {"endpoint": "http://127.0.0.1:1"},
    ],
    ids=str,
)
def test_a_storage_in_trouble_tells_nothing(
    program: CommandLine, storage: SingingServer, changes: dict[str, str]
) -> None:
    choose(program, storage, **changes)

    assert silent(program, program.run(*order(program)))


def test_a_service_that_quotes_the_link_is_not_quoted_in_the_log(
    program: CommandLine, simulator: SimulatorProcess
) -> None:
    assert program.run(*order(program)).code == 0
    link = simulator.submits()[-1]["image_urls"][0]
    for fault in (
        {"call": "generate", "do": {"code": 400, "message": f"cannot download {link}"}},
        {"call": "status", "do": {"state": "failed", "fail_code": "IMAGE_DOWNLOAD", "fail_message": f"dead: {link}"}},
    ):
        simulator.set_faults([fault])
        ended = program.run(*order(program))
        assert ended.task["state"] in ("refused", "failed")
        # What the service says is shown to the user as it is.
        assert silent(program, Ended(ended.code, ended.out, ""))


SABOTAGE = """
import sys
from seedream_desktop.{module} import {owner}

async def broken(*parts, **named):
    told = [getattr(part, "url", part) for part in parts]
    raise RuntimeError("secret", {secret!r}, told, {secret!r}.encode().hex())

{owner}.{method} = broken
from seedream_desktop.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("module", "owner", "method"),
    [
        ("hosting.s3_store", "S3Bucket", "put"),
        ("engine.references.verifying", "LinkVerifier", "look"),
        ("store.references", "SqliteReferenceStore", "save_hosted"),
    ],
)
def test_a_crash_on_the_way_to_the_storage_is_told_without_secrets(
    program: CommandLine, simulator: SimulatorProcess, module: str, owner: str, method: str
) -> None:
    sabotage = SABOTAGE.format(module=module, owner=owner, method=method, secret=CANARY)
    given = ["--base-url", simulator.url, "--data-dir", str(program.data_dir), "--library", str(program.library)]
    done = subprocess.run(
        [sys.executable, "-c", sabotage, *given, "--time-scale", "0.02", *order(program)[:-1], "3"],
        cwd=CHECKOUT,
        env={**os.environ, **program.environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert "RuntimeError" in (program.data_dir / "logs" / "seedream.log").read_text("utf-8")
    assert silent(program, Ended(done.returncode, done.stdout, done.stderr))
