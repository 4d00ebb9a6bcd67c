"""A test authority stamps the head at the close; one altered byte, or another head, is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.voting.ballot_box.authority import Authority
from tests.voting.ballot_box.browser import ask
from tests.voting.ballot_box.world import Meeting, convene
from thidua.voting.ballot_box import timestamps
from thidua.voting.ballot_box.package import Package, write_package

Stamp = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))


@pytest.fixture
def stamp(authority: Authority) -> Stamp:
    return authority.reply


def closed(seed: int = 1) -> Meeting:
    meeting = convene(6, seed=seed)
    for voter in range(6):
        meeting.vote(voter, [[1, 0, 0]])
    meeting.close()
    return meeting


def test_the_head_at_the_close_is_stamped_and_travels_in_the_package(
    authority: Authority, stamp: Stamp, tmp_path: Path
) -> None:
    meeting = closed()
    head = timestamps.head_at_close(meeting.ledger)
    token = stamp(timestamps.request(head))
    timestamps.verify(head, token, authority.root)
    assert "GMT" in timestamps.told_time(token)
    package = Package.of(meeting.manifest, meeting.entries, token)
    (tmp_path / "goi.zip").write_bytes(write_package(package))
    read = ask("zip", path=str(tmp_path / "goi.zip"))
    files = (package.manifest, package.board, token)
    assert tuple(bytes.fromhex(read[name]) for name in ("manifest", "board", "timestamp")) == files


def test_an_altered_token_or_another_head_is_refused(authority: Authority, stamp: Stamp) -> None:
    head, other = (timestamps.head_at_close(closed(seed).ledger) for seed in (1, 2))
    token = stamp(timestamps.request(head))
    with pytest.raises(timestamps.NoTimestamp):
        timestamps.verify(other, token, authority.root)
    imprint = token.index(head)
    year = token.index(b"\x18\x0f20", imprint) + 5  # GeneralizedTime of the token
    for at in (*range(imprint, imprint + 32), year, len(token) - 1):
        changed = bytearray(token)
        changed[at] ^= 1
        with pytest.raises(timestamps.NoTimestamp):
            timestamps.verify(head, bytes(changed), authority.root)


def test_an_authority_nobody_named_is_refused(authority: Authority, stamp: Stamp) -> None:
    head = timestamps.head_at_close(closed().ledger)
    token = stamp(timestamps.request(head))
    with pytest.raises(timestamps.NoTimestamp):
        timestamps.verify(head, token, authority.folder / "tsa.csr")
    with pytest.raises(timestamps.NoTimestamp):
        timestamps.told_time(b"not a reply")


def test_nothing_is_stamped_before_the_close(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="Chưa đóng phiếu"):
        timestamps.head_at_close(convene(6).ledger)
    monkeypatch.setattr(timestamps, "OPENSSL", "openssl-is-not-here")
    with pytest.raises(timestamps.NoTimestamp):
        timestamps.request(bytes(32))
