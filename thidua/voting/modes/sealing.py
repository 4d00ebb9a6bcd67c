"""The manifest: what is asked, of whom, under which keys; written once, before opening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thidua.base.audit.refusals import Refused
from thidua.voting.ballot_box.canonical import word
from thidua.voting.ballot_box.hashing import PROTOCOL
from thidua.voting.ballot_box.manifest import FEWEST_BALLOTS, Manifest, write_manifest
from thidua.voting.ballot_box.trustees import Round1, Trustees, commitment_to
from thidua.voting.counting import needed
from thidua.voting.models import (
    Ballot,
    BallotOption,
    CommitteeKey,
    Credential,
    Election,
    Mode,
    ThresholdBase,
    Trustee,
)
from thidua.voting.modes.client import client_hash
from thidua.voting.modes.receiving import unit_word
from thidua.voting.modes.writing import composed, legible, milliseconds

PAIR_OF_SHARE = 64  # bytes of one sealed share
SIGNERS = 2  # members of the committee who together replace a lost credential


def kind_of(ballot: Ballot) -> str:
    """As the manifest calls it."""
    if ballot.mode == Mode.POLL:
        return "poll"
    return "rehearsal" if ballot.rehearses_id else "official"


def least_ballots(ballot: Ballot, voters: int) -> int:
    """Fewer are never opened, because too few hide nobody: the quorum, never under five."""
    if ballot.rehearses_id:
        return 1
    return max(needed(ballot.quorum, voters), FEWEST_BALLOTS)


@dataclass(frozen=True)
class Hours:
    """From when to when ballots are taken."""

    opens: datetime
    closes: datetime


def trustee_block(election: Election, trustees: Sequence[Trustee]) -> Trustees:
    """Everything the ceremony brought forth, as the ballot box reads it."""
    first = bytes(election.server_round1)
    return Trustees(
        meeting=election.meeting,
        needed=election.needed,
        names=tuple(one.person_name for one in trustees),
        commits=(commitment_to(election.meeting, first), *(bytes(one.commit or b"") for one in trustees)),
        round1=(first, *(bytes(one.round1 or b"") for one in trustees)),
        sealed=tuple(shares_of(one) for one in trustees),
    )


def shares_of(trustee: Trustee) -> tuple[bytes, ...]:
    """The sealed shares one trustee sent, one for each."""
    data = bytes(trustee.sealed or b"")
    return tuple(data[at : at + PAIR_OF_SHARE] for at in range(0, len(data), PAIR_OF_SHARE))


def revealed(election: Election, trustees: Sequence[Trustee]) -> tuple[Round1, ...]:
    """What everybody revealed, the server first."""
    return trustee_block(election, trustees).revealed


def compose(ballot: Ballot, election: Election, hours: Hours, at: datetime) -> Manifest:
    """The manifest of this ballot as it stands; refuses what the ballot box would not read."""
    trustees = list(election.trustees.all())
    block = trustee_block(election, trustees)
    client = client_hash()
    if client is None:
        raise Refused("Chưa có chương trình bỏ phiếu cho trình duyệt trên máy chủ này.")
    voters = ballot.roll.count()
    told: dict[str, Any] = {
        "client": client.hex(),
        "closes_ms": milliseconds(hours.closes),
        "committee": {"keys": [bytes(key).hex() for key in committee_keys(ballot)], "needed": SIGNERS},
        "disclosure": election.disclosure,
        "held_by": composed(ballot.held_by or ballot.owner_unit.name),
        "joint_key": block.joint_key().hex(),
        "kind": kind_of(ballot),
        "meeting": election.meeting,
        "members": voters,
        "min_ballots": least_ballots(ballot, voters),
        "opens_ms": milliseconds(hours.opens),
        "protocol": PROTOCOL,
        "questions": _questions(ballot, voters),
        "revote": election.revote,
        "roll": _roll(ballot, election),
        "server_key": bytes(election.server_key).hex(),
        "title": composed(str(ballot)),
        "trustees": {
            "commits": [commit.hex() for commit in block.commits],
            "names": [legible(name) for name in block.names],
            "needed": block.needed,
            "round1": [data.hex() for data in block.round1],
            "sealed": [[share.hex() for share in row] for row in block.sealed],
        },
    }
    try:
        return write_manifest(told)
    except ValueError as fault:
        raise Refused(f"Chưa niêm phong được cấu hình: {fault}.") from fault


def strange_letters(ballot: Ballot) -> list[str]:
    """Words of the paper with letters that the manifest does not take, because programs read them apart."""
    options = (option.label for option in ballot.options.all())
    told = [ballot.held_by or ballot.owner_unit.name, str(ballot), *options]
    return [
        f"“{text}” có ký tự không dùng được trong bỏ phiếu điện tử. Anh/chị gõ lại bằng chữ thường dùng."
        for text in told
        if not word(composed(text))
    ]


def committee_keys(ballot: Ballot) -> list[bytes]:
    """In the order of the committee; a member's place in this list is how the board names them."""
    found = CommitteeKey.objects.filter(member__ballot=ballot).order_by("member__position")
    return [bytes(key) for key in found.values_list("key", flat=True)]


def _questions(ballot: Ballot, voters: int) -> list[dict[str, Any]]:
    options = list(ballot.options.all())
    if not ballot.each_decided:
        return [_question(ballot, str(ballot), options, ballot.choices_max, voters)]
    return [_question(ballot, option.label, [option], 1, voters) for option in options]


def _question(
    ballot: Ballot, title: str, options: list[BallotOption], most: int, voters: int
) -> dict[str, Any]:
    counted_later = ballot.threshold_base == ThresholdBase.PRESENT  # the close tells how many were present
    line = {
        "base": None if counted_later else voters,
        "den": ballot.threshold_denominator,
        "num": ballot.threshold_numerator,
        "strict": ballot.threshold_strict,
    }
    return {
        "max": most,
        "min": 0,
        "options": [
            {"title": composed(o.label), "unit": unit_word(ballot, o.unit_id) if o.unit_id else ""}
            for o in options
        ],
        "own_unit": not ballot.own_unit_allowed,
        "threshold": line,
        "title": composed(title),
    }


def _roll(ballot: Ballot, election: Election) -> list[dict[str, str]]:
    """With units where the own-unit rule needs them; else in the order of the keys, which is no order."""
    lines = [
        {"key": bytes(one.key).hex(), "unit": unit_word(ballot, one.entry.unit_id)}
        for one in Credential.objects.filter(election=election, replaced_at=None).select_related("entry")
    ]
    return lines if not ballot.own_unit_allowed else sorted(lines, key=lambda line: line["key"])
