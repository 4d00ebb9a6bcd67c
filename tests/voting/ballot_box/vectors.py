"""The published test vectors: fixed seeds give the bytes of every step (docs/spec/phieukin-1.md, section 13).

    python -m tests.voting.ballot_box.vectors

writes docs/spec/phieukin-1-vectors.json anew; `test_vectors.py` lets every program run them.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from tests.voting.ballot_box.browser import stream
from tests.voting.ballot_box.forgeries import FORGERIES
from tests.voting.ballot_box.sound import SOUND
from tests.voting.ballot_box.sound import package_of as sound_package
from tests.voting.ballot_box.test_group import INVALID, MULTIPLES, SIGNED, small_order_points
from tests.voting.ballot_box.world import CLOSES, OPENS, question, tell, threshold
from thidua.voting.ballot_box import trustees
from thidua.voting.ballot_box.ballots import make_ballot
from thidua.voting.ballot_box.board import Entry, make_decision, make_entry, write_board
from thidua.voting.ballot_box.credentials import credential_fingerprint, new_slip, slip_seed
from thidua.voting.ballot_box.group import ORDER, group
from thidua.voting.ballot_box.hashing import (
    ballot_hash,
    challenge,
    fingerprint,
    grouped,
    h32,
    h64,
    head_mark,
    letters,
    tracker,
)
from thidua.voting.ballot_box.ledger import Ledger
from thidua.voting.ballot_box.manifest import Manifest, write_manifest
from thidua.voting.ballot_box.tally import (
    Aggregate,
    Share,
    aggregate_payload,
    close_payload,
    result_payload,
    share_payload,
)
from thidua.voting.ballot_box.trustees import Round1, Trustees, TrusteeSecret

PLACE = Path(__file__).parents[3] / "docs/spec/phieukin-1-vectors.json"
MEETING, NAMES, NEEDED = "hop-vec-to-thu", ("Lan", "Minh", "Nga"), 2
UNITS = ("A", "B", "C")
VOTES = ((0, [[0, 1, 1], [1]]), (1, [[1, 0, 0], [0]]), (2, [[0, 0, 0], [1]]), (0, [[0, 0, 1], [1]]))


def seed_of(step: str) -> bytes:
    """The seed of the random bytes of a step."""
    return hashlib.sha256(f"PHIEUKIN-1 {step}".encode()).digest()


# --- Single operations -------------------------------------------------------------------------------------


def top_bits() -> list[str]:
    """Every multiple of the generator with bit 255 set: what the published vectors do not hold."""
    found = (bytes.fromhex(text) for text in MULTIPLES)
    return [(data[:-1] + bytes([data[-1] | 0x80])).hex() for data in found]


def of_group() -> dict[str, Any]:
    scalars = [0, 1, ORDER - 1]
    beyond = [ORDER, ORDER + 1, 2**255 - 1, 2**256 - 1]
    keys = [group().public_key(bytes([n]) * 32).hex() for n in range(3)]
    return {
        "elements": {"multiples": MULTIPLES, "refused": INVALID, "bit_255": top_bits()},
        "scalars": {
            "accepted": [n.to_bytes(32, "little").hex() for n in scalars],
            "refused": [n.to_bytes(32, "little").hex() for n in beyond],
        },
        "keys": {"accepted": keys, "refused": [point.hex() for point in small_order_points()]},
        "signatures": [
            {"seed": seed, "key": key, "message": message, "signature": signature}
            for seed, key, message, signature in SIGNED
        ],
    }


def of_hashes() -> list[dict[str, Any]]:
    cases = [("board", []), ("entry", [b"", b"x"]), ("head", ["phiếu kín".encode(), bytes(32)])]
    return [
        {
            "purpose": purpose,
            "parts": [part.hex() for part in parts],
            "h32": h32(purpose, *parts).hex(),
            "h64": h64(purpose, *parts).hex(),
            "challenge": challenge(purpose, *parts).to_bytes(32, "little").hex(),
            "letters": grouped(letters(h32(purpose, *parts), 20)),
            "fingerprint": fingerprint("cred", h32(purpose, *parts)),
        }
        for purpose, parts in cases
    ]


def of_slip() -> dict[str, Any]:
    code = new_slip(stream(seed_of("slip")))
    seed = slip_seed(MEETING, code)
    key = group().public_key(seed)
    told = {"random": seed_of("slip").hex(), "meeting": MEETING, "code": code, "seed": seed.hex()}
    return told | {"key": key.hex(), "fingerprint": credential_fingerprint(key)}


# --- One election from beginning to end -------------------------------------------------------------------


def hold_ceremony() -> tuple[int, list[TrusteeSecret], Trustees, list[dict[str, Any]]]:
    steps = [seed_of(f"ceremony {index}") for index in range(len(NAMES) + 1)]
    server, first = trustees.begin_server(MEETING, len(NAMES), NEEDED, stream(steps[0]))
    begun = [
        trustees.begin(MEETING, i, len(NAMES), NEEDED, stream(steps[i])) for i in range(1, len(NAMES) + 1)
    ]
    round1 = (first, *(data for _, data in begun))
    revealed = tuple(Round1(data) for data in round1)
    seals = [seed_of(f"seal {secret.index}") for secret, _ in begun]
    block = Trustees(
        meeting=MEETING,
        needed=NEEDED,
        names=NAMES,
        commits=tuple(trustees.commitment_to(MEETING, data) for data in round1),
        round1=round1,
        sealed=tuple(
            trustees.seal_shares(secret, revealed, stream(seal))
            for (secret, _), seal in zip(begun, seals, strict=True)
        ),
    )
    people = [secret for secret, _ in begun]
    told = [
        {
            "index": index,
            "random": steps[index].hex(),
            "round1": data.hex(),
            "commit": block.commits[index].hex(),
            "public_key": block.public_keys[index].hex(),
            "secret": number(server if index == 0 else trustees.key_share(people[index - 1], block)),
        }
        for index, data in enumerate(round1)
    ]
    for row, secret, seal in zip(told[1:], people, seals, strict=True):
        row |= {"transport": number(secret.transport), "seal_random": seal.hex()}
        row |= {"sealed": [one.hex() for one in block.sealed[secret.index - 1]]}
    return server, people, block, told


def number(scalar: int) -> str:
    return scalar.to_bytes(32, "little").hex()


def seal_manifest(block: Trustees, server_seed: bytes, voters: list[bytes]) -> Manifest:
    committee = [group().public_key(seed_of(f"committee {n}")).hex() for n in range(3)]
    options = [{"title": f"Đơn vị {unit}", "unit": unit} for unit in UNITS]
    asked = [
        question(3, 0, 2, own_unit=True, threshold=threshold(1, 2, 3, strict=True)) | {"options": options},
        question(1, 0, 1, title="Đồng ý quy chế"),
    ]
    return write_manifest(
        {
            "client": hashlib.sha256(b"client").hexdigest(),
            "closes_ms": CLOSES,
            "committee": {"keys": committee, "needed": 2},
            "disclosure": "counts",
            "held_by": "Cụm thi đua số 1",
            "joint_key": block.joint_key().hex(),
            "kind": "rehearsal",
            "meeting": MEETING,
            "members": 3,
            "min_ballots": 2,
            "opens_ms": OPENS,
            "protocol": "PHIEUKIN-1",
            "questions": asked,
            "revote": True,
            "roll": [
                {"key": group().public_key(one).hex(), "unit": unit}
                for one, unit in zip(voters, UNITS, strict=True)
            ],
            "server_key": group().public_key(server_seed).hex(),
            "title": "Véc-tơ thử “một”",
            "trustees": tell(block),
        }
    )


class Board:
    """Grows by one entry a second."""

    def __init__(self, manifest: Manifest, server_seed: bytes) -> None:
        self.manifest, self.seed, self.entries = manifest, server_seed, list[Entry]()
        self.post("manifest", manifest.data)

    def post(self, kind: str, payload: bytes) -> None:
        last = self.entries[-1] if self.entries else None
        ms = OPENS + 1000 * len(self.entries)
        self.entries.append(make_entry(self.manifest, last, kind, payload, ms, self.seed))

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.manifest, tuple(self.entries))


def of_ballots(board: Board, voters: list[bytes]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    ballots, decisions = [], []
    for at, (voter, choices) in enumerate(VOTES):
        random, counter = seed_of(f"ballot {at}"), at + 1
        data, opening = make_ballot(board.manifest, voters[voter], counter, choices, draw=stream(random))
        kind = "audited" if at == 0 else "cast"
        decision = make_decision(board.manifest, voters[voter], kind, ballot_hash(data))
        board.post("pending", data)
        board.post(kind, decision)
        told = {"random": random.hex(), "credential_seed": voters[voter].hex(), "counter": counter}
        told |= {"choices": choices, "seed": opening.seed.hex(), "ballot": data.hex()}
        ballots.append(told | {"hash": ballot_hash(data).hex(), "tracker": tracker(data)})
        decisions.append({"credential_seed": voters[voter].hex(), "kind": kind, "decision": decision.hex()})
    return ballots, decisions


def of_shares(board: Board, server: int, people: list[TrusteeSecret]) -> list[dict[str, Any]]:
    board.post("close", close_payload(board.entries[-1].k, len(board.manifest.roll)))
    board.post("aggregate", aggregate_payload(board.ledger))
    aggregate = Aggregate.of(board.ledger.told(board.ledger.of("aggregate")[0]))
    rows = []
    for holder in (0, 1, 3):
        block = board.manifest.trustees
        secret = server if holder == 0 else trustees.key_share(people[holder - 1], block)
        random = seed_of(f"share {holder}")
        payload = share_payload(board.manifest, aggregate, holder, secret, stream(random))
        board.post("share", payload)
        rows.append({"trustee": holder, "random": random.hex(), "payload": payload.decode()})
    ledger = board.ledger
    shares = {(one := Share.of(ledger.told(entry))).holder: one for entry in ledger.of("share")}
    board.post("result", result_payload(ledger, aggregate, shares))
    return rows


def of_election() -> dict[str, Any]:
    server_seed, voters = seed_of("server"), [seed_of(f"voter {n}") for n in range(len(UNITS))]
    server, people, block, ceremony = hold_ceremony()
    manifest = seal_manifest(block, server_seed, voters)
    board = Board(manifest, server_seed)
    ballots, decisions = of_ballots(board, voters)
    shares = of_shares(board, server, people)
    close = board.ledger.close
    assert close is not None
    return {
        "meeting": MEETING,
        "ceremony": ceremony,
        "manifest": manifest.data.decode(),
        "eh": manifest.eh.hex(),
        "ballots": ballots,
        "decisions": decisions,
        "server_seed": server_seed.hex(),
        "mark_at_close": head_mark(close.head),
        "shares": shares,
        "result": board.entries[-1].content.decode(),
        "board": write_board(manifest.eh, board.entries).decode(),
    }


# --- What must be refused ---------------------------------------------------------------------------------


def of_refused() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "code": forgery.code,
            "why": forgery.why,
            "manifest": package.manifest.decode(),
            "board": package.board.decode(),
            "receipts": [data.decode() for data in forgery.receipts()],
            "marks": [{"k": k, "mark": mark} for k, mark in forgery.marks],
            **({"minutes": package.minutes.hex()} if package.minutes else {}),
        }
        for name, forgery in FORGERIES.items()
        for package in (forgery.package,)
    ]


def of_accepted() -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "manifest": package.manifest.decode(),
            "board": package.board.decode(),
            **({"minutes": package.minutes.hex()} if package.minutes else {}),
        }
        for name in SOUND
        for package in (sound_package(name),)
    ]


def document() -> dict[str, Any]:
    told = {"protocol": "PHIEUKIN-1", "group": of_group(), "hash": of_hashes(), "slip": of_slip()}
    judged = {"accepted": of_accepted(), "refused": of_refused()}
    return told | {"backup": BACKUP, "election": of_election()} | judged


BACKUP = {
    "meeting": MEETING,
    "index": 2,
    "transport": number(2**251 + 7),
    "passphrase": "Mưa rào tháng Bảy",
    "random": seed_of("backup").hex(),
    "text": (
        "0417-W2A9-NY70-RDTF-E2P0-W26S-YMH6-QYEE-VNAA-TPH7-7E87-AQZ8-XA0J-CP8V-X8MC-6MQP-"
        "MWW5-T9QH-CZ8R-VZYE-PGYG-DYBK-NHGB-S2XB-YVGD-YY6Q-ER"
    ),
}


def written() -> bytes:
    """The file's bytes."""
    return (json.dumps(document(), ensure_ascii=False, indent=1) + "\n").encode()


def main() -> None:
    PLACE.write_bytes(written())
    print(f"{PLACE.name}: {PLACE.stat().st_size:,} byte, {len(FORGERIES)} véc-tơ bị từ chối")


if __name__ == "__main__":
    main()
