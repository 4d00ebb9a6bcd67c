"""A meeting told in the ballot box's own terms: delegates, trustees, a server that keeps the board."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from typing import Any

from thidua.voting.ballot_box import canonical, trustees
from thidua.voting.ballot_box.ballots import Choices, Opening, make_ballot
from thidua.voting.ballot_box.board import Entry, make_decision, make_entry, write_receipt
from thidua.voting.ballot_box.checks import Report, verify
from thidua.voting.ballot_box.credentials import new_credential, replacement_message
from thidua.voting.ballot_box.group import Draw, group
from thidua.voting.ballot_box.hashing import ballot_hash, head_mark, tracker
from thidua.voting.ballot_box.ledger import Ledger
from thidua.voting.ballot_box.manifest import Manifest, write_manifest
from thidua.voting.ballot_box.package import Package
from thidua.voting.ballot_box.tally import (
    Aggregate,
    Share,
    aggregate_payload,
    close_payload,
    result_payload,
    share_payload,
)
from thidua.voting.ballot_box.trustees import Round1, Trustees, TrusteeSecret

OPENS, CLOSES = 1_800_000_000_000, 1_800_000_600_000
PEOPLE = ("Lan", "Minh", "Nga", "Oanh", "Phúc", "Quân", "Sơn", "Thu", "Uyên")


def question(options: int = 3, least: int = 0, most: int = 1, **more: Any) -> dict[str, Any]:
    """A question as a manifest tells it."""
    told = {
        "max": most,
        "min": least,
        "options": [{"title": f"Đơn vị {at}", "unit": ""} for at in range(1, options + 1)],
        "own_unit": False,
        "threshold": None,
        "title": "Suy tôn đơn vị dẫn đầu",
    }
    return told | more


def threshold(num: int, den: int, base: int | None, *, strict: bool = False) -> dict[str, Any]:
    return {"base": base, "den": den, "num": num, "strict": strict}


@dataclass
class Keys:
    """The secrets of a meeting, which in life lie with different people."""

    server: bytes
    server_share: int
    people: list[TrusteeSecret]
    voters: list[bytes]
    committee: list[bytes]


@dataclass
class Meeting:
    """The server's side: a board that grows, and a clock that moves a second with each entry."""

    manifest: Manifest
    keys: Keys
    draw: Draw
    entries: list[Entry] = field(default_factory=list)
    clock: int = OPENS - 1000

    def post(self, kind: str, payload: bytes) -> Entry:
        """The next entry, chained and signed; nothing is checked, as a dishonest server would."""
        last = self.entries[-1] if self.entries else None
        entry = make_entry(self.manifest, last, kind, payload, self.clock, self.keys.server)
        self.entries.append(entry)
        self.clock += 1000
        return entry

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.manifest, tuple(self.entries))

    @property
    def package(self) -> Package:
        return Package.of(self.manifest, self.entries)

    @property
    def mark(self) -> str:
        """What the projector shows."""
        return head_mark(self.entries[-1].head)

    def verify(self) -> Report:
        return verify(self.package)

    # --- Delegates ---

    def fill(self, voter: int, choices: Choices, counter: int = 1) -> tuple[bytes, Opening]:
        """A ballot as the voter's device makes it."""
        return make_ballot(self.manifest, self.keys.voters[voter], counter, choices, draw=self.draw)

    def put(self, voter: int, ballot: bytes, kind: str = "cast") -> bytes:
        """Upload a ballot and decide about it; the receipt of a cast one."""
        self.post("pending", ballot)
        return self.decide(voter, ballot, kind)

    def decide(self, voter: int, ballot: bytes, kind: str) -> bytes:
        decision = make_decision(self.manifest, self.keys.voters[voter], kind, ballot_hash(ballot))
        entry = self.post(kind, decision)
        return write_receipt(self.manifest, entry, tracker(ballot))

    def vote(self, voter: int, choices: Choices, counter: int = 1) -> bytes:
        """Fill, upload, cast; the receipt."""
        return self.put(voter, self.fill(voter, choices, counter)[0])

    def replace(self, voter: int, members: tuple[int, ...] = (0, 1)) -> bytes:
        """The committee gives a voter a new credential for the lost one; the payload."""
        seed, key = new_credential(self.draw)
        old = group().public_key(self.keys.voters[voter])
        message = replacement_message(self.manifest.eh, old, key)
        signed = [
            {"member": member, "signature": group().sign(self.keys.committee[member], message).hex()}
            for member in members
        ]
        self.keys.voters[voter] = seed
        told = {"new": key.hex(), "old": old.hex(), "reason": "mất phiếu mã", "signatures": signed}
        payload = canonical.write(told)
        self.post("replace", payload)
        return payload

    def minute(self, file: bytes) -> Entry:
        """The hash of the signed minutes, the last line."""
        return self.post("minutes", canonical.write({"sha256": hashlib.sha256(file).hexdigest()}))

    # --- The count ---

    def close(self, present: int | None = None) -> Entry:
        present = len(self.manifest.roll) if present is None else present
        return self.post("close", close_payload(self.entries[-1].k, present))

    def secret_of(self, holder: int) -> int:
        if holder == 0:
            return self.keys.server_share
        return trustees.key_share(self.keys.people[holder - 1], self.manifest.trustees)

    def share(self, holder: int) -> bytes:
        aggregate = Aggregate.of(self.ledger.told(self.ledger.of("aggregate")[0]))
        return share_payload(self.manifest, aggregate, holder, self.secret_of(holder), self.draw)

    def result(self) -> bytes:
        ledger = self.ledger
        shares = {(share := Share.of(ledger.told(entry))).holder: share for entry in ledger.of("share")}
        aggregate = Aggregate.of(ledger.told(ledger.of("aggregate")[0]))
        return result_payload(ledger, aggregate, shares)

    def count(self, *holders: int) -> Report:
        """Close, aggregate, shares of the server and of `holders`, result; what the checks say."""
        self.close()
        self.post("aggregate", aggregate_payload(self.ledger))
        for holder in (0, *(holders or range(1, self.manifest.trustees.needed + 1))):
            self.post("share", self.share(holder))
        self.post("result", self.result())
        return self.verify()


def hold_ceremony(
    meeting: str, names: tuple[str, ...], needed: int, draw: Draw
) -> tuple[int, list[TrusteeSecret], Trustees]:
    """Commit, reveal, seal, each on the own device."""
    server, first = trustees.begin_server(meeting, len(names), needed, draw)
    begun = [trustees.begin(meeting, index, len(names), needed, draw) for index in range(1, len(names) + 1)]
    round1 = (first, *(data for _, data in begun))
    revealed = tuple(Round1(data) for data in round1)
    block = Trustees(
        meeting=meeting,
        needed=needed,
        names=names,
        commits=tuple(trustees.commitment_to(meeting, data) for data in round1),
        round1=round1,
        sealed=tuple(trustees.seal_shares(secret, revealed, draw) for secret, _ in begun),
    )
    return server, [secret for secret, _ in begun], block


def tell(block: Trustees) -> dict[str, Any]:
    """The trustee block as a manifest tells it."""
    return {
        "commits": [commit.hex() for commit in block.commits],
        "names": list(block.names),
        "needed": block.needed,
        "round1": [data.hex() for data in block.round1],
        "sealed": [[sealed.hex() for sealed in row] for row in block.sealed],
    }


def convene(
    voters: int = 6,
    questions: list[dict[str, Any]] | None = None,
    holders: int = 3,
    needed: int = 2,
    units: list[str] | None = None,
    seed: int = 1,
    **changes: Any,
) -> Meeting:
    """A meeting whose manifest stands as the first entry; `changes` replace fields of the manifest."""
    draw = random.Random(seed).randbytes
    name = f"hop-{seed}"
    server_share, people, block = hold_ceremony(name, PEOPLE[:holders], needed, draw)
    seeds = [draw(32) for _ in range(voters)]
    committee = [draw(32) for _ in range(3)]
    keys = Keys(draw(32), server_share, people, seeds, committee)
    told: dict[str, Any] = {
        "client": draw(32).hex(),
        "closes_ms": CLOSES,
        "committee": {"keys": [group().public_key(one).hex() for one in committee], "needed": 2},
        "disclosure": "counts",
        "held_by": "Cụm thi đua số 1",
        "joint_key": block.joint_key().hex(),
        "kind": "official",
        "meeting": name,
        "members": voters,
        "min_ballots": 5,
        "opens_ms": OPENS,
        "protocol": "PHIEUKIN-1",
        "questions": questions or [question()],
        "revote": True,
        "roll": [
            {"key": group().public_key(one).hex(), "unit": unit}
            for one, unit in zip(seeds, units or [""] * voters, strict=True)
        ],
        "server_key": group().public_key(keys.server).hex(),
        "title": "Bỏ phiếu suy tôn năm 2020",
        "trustees": tell(block),
    }
    manifest = write_manifest(told | changes)
    meeting = Meeting(manifest, keys, draw)
    meeting.post("manifest", manifest.data)
    return meeting
