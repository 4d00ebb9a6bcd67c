"""A test authority stamps the head at the close; one altered byte, or another head, is refused."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.voting.ballot_box.browser import ask
from tests.voting.ballot_box.world import Meeting, convene
from thidua.voting.ballot_box import timestamps
from thidua.voting.ballot_box.package import Package, read_package, write_package

Stamp = Callable[[bytes], bytes]

SETTINGS = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Co quan cap dau thoi gian thu nghiem
[tsa]
dir = {folder}
serial = $dir/serial
crypto_device = builtin
signer_cert = $dir/tsa.pem
certs = $dir/ca.pem
signer_key = $dir/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[tsa_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[ca_cert]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a root certificate and an authority under it."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "openssl.cnf").write_text(SETTINGS.format(folder=folder), encoding="ascii")
    (folder / "serial").write_text("01\n", encoding="ascii")

    def run(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "openssl.cnf")
    run("req", "-x509", *new, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-extensions", "ca_cert")
    run("req", *new, "-subj", "/CN=TSA", "-keyout", "tsa.key", "-out", "tsa.csr")
    signing = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "30")
    exts = ("-extfile", "openssl.cnf", "-extensions", "tsa_cert")
    run("x509", "-req", "-in", "tsa.csr", *signing, *exts, "-out", "tsa.pem")
    return folder


@pytest.fixture
def stamp(authority: Path, tmp_path: Path) -> Stamp:
    """What an authority answers to a request."""

    def reply(request: bytes) -> bytes:
        asked, told = tmp_path / "request.tsq", tmp_path / "reply.tsr"
        asked.write_bytes(request)
        words = ["-queryfile", str(asked), "-out", str(told), "-config", str(authority / "openssl.cnf")]
        command = ["openssl", "ts", "-reply", "-section", "tsa", *words]
        subprocess.run(command, check=True, capture_output=True)
        return told.read_bytes()

    return reply


def closed(seed: int = 1) -> Meeting:
    meeting = convene(6, seed=seed)
    for voter in range(6):
        meeting.vote(voter, [[1, 0, 0]])
    meeting.close()
    return meeting


def test_the_head_at_the_close_is_stamped_and_travels_in_the_package(
    authority: Path, stamp: Stamp, tmp_path: Path
) -> None:
    meeting = closed()
    head = timestamps.head_at_close(meeting.ledger)
    token = stamp(timestamps.request(head))
    timestamps.verify(head, token, authority / "ca.pem")
    assert "GMT" in timestamps.told_time(token)
    package = Package.of(meeting.manifest, meeting.entries, token)
    (tmp_path / "goi.zip").write_bytes(write_package(package))
    assert read_package(tmp_path / "goi.zip") == package
    read = ask("zip", path=str(tmp_path / "goi.zip"))
    assert bytes.fromhex(read["timestamp"]) == token


def test_an_altered_token_or_another_head_is_refused(authority: Path, stamp: Stamp) -> None:
    head, other = (timestamps.head_at_close(closed(seed).ledger) for seed in (1, 2))
    token = stamp(timestamps.request(head))
    with pytest.raises(timestamps.NoTimestamp):
        timestamps.verify(other, token, authority / "ca.pem")
    imprint = token.index(head)
    year = token.index(b"\x18\x0f20", imprint) + 5  # GeneralizedTime of the token
    for at in (*range(imprint, imprint + 32), year, len(token) - 1):
        changed = bytearray(token)
        changed[at] ^= 1
        with pytest.raises(timestamps.NoTimestamp):
            timestamps.verify(head, bytes(changed), authority / "ca.pem")


def test_an_authority_nobody_named_is_refused(authority: Path, stamp: Stamp) -> None:
    head = timestamps.head_at_close(closed().ledger)
    token = stamp(timestamps.request(head))
    with pytest.raises(timestamps.NoTimestamp):
        timestamps.verify(head, token, authority / "tsa.csr")
    with pytest.raises(timestamps.NoTimestamp):
        timestamps.told_time(b"not a reply")


def test_nothing_is_stamped_before_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="Chưa đóng phiếu"):
        timestamps.head_at_close(convene(6).ledger)
    monkeypatch.setattr(timestamps, "OPENSSL", "openssl-is-not-here")
    with pytest.raises(timestamps.NoTimestamp):
        timestamps.request(bytes(32))
