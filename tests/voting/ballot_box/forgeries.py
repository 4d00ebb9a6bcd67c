"""What dishonest people try, each with the check that must refuse it and why.

All but the forgeries of signatures and of the chain are made with valid keys: the server signs the chain
anew, the voter signs the ballot anew, so that nothing but the check in question stands against them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from tests.voting.ballot_box.world import (
    CLOSES,
    OPENS,
    Meeting,
    convene,
    hold_ceremony,
    question,
    tell,
    threshold,
)
from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.ballots import make_ballot
from thidua.voting.ballot_box.board import make_entry, read_receipt
from thidua.voting.ballot_box.credentials import replacement_message
from thidua.voting.ballot_box.group import IDENTITY, ORDER, group, scalar_bytes
from thidua.voting.ballot_box.hashing import ballot_hash, challenge, h64
from thidua.voting.ballot_box.manifest import Manifest, write_manifest
from thidua.voting.ballot_box.package import Package
from thidua.voting.ballot_box.proofs import Factor, pair_of
from thidua.voting.ballot_box.tally import Aggregate, aggregate_payload
from thidua.voting.ballot_box.trustees import commitment_to

Changed = Callable[[dict[str, Any]], None]
OPTIONS = 2
PAIRS = 69  # where the ciphertexts begin
PROOFS = PAIRS + 64 * OPTIONS
SUM = PROOFS + 128 * OPTIONS


@dataclass(frozen=True)
class Forgery:
    """A package that must be refused, with what its reader brings along."""

    code: str
    why: str
    make: Callable[[], Meeting | Package]
    receipts: Callable[[], list[bytes]] = field(default=list)
    marks: tuple[tuple[int, str], ...] = ()

    @property
    def package(self) -> Package:
        made = self.make()
        return made if isinstance(made, Package) else made.package


# --- Honest meetings, small so that they are quick -------------------------------------------------------


def small(seed: int = 1, **changes: Any) -> Meeting:
    """Two delegates, two options, one trustee: a rehearsal, since so few hide nobody."""
    asked = changes.pop("questions", [question(OPTIONS, 0, 1, threshold=threshold(1, 2, 2))])
    facts = {"kind": "rehearsal", "min_ballots": 1, "holders": 1, "needed": 1, "seed": seed}
    return convene(2, asked, **(facts | changes))


def voted(seed: int = 1, **changes: Any) -> Meeting:
    meeting = small(seed, **changes)
    meeting.vote(0, [[1, 0]])
    meeting.vote(1, [[0, 1]])
    return meeting


def counted(seed: int = 1, **changes: Any) -> Meeting:
    meeting = voted(seed, **changes)
    assert meeting.count().accepted
    return meeting


def closed(seed: int = 1) -> Meeting:
    meeting = voted(seed)
    meeting.close()
    return meeting


# --- The hands of a forger -----------------------------------------------------------------------------


def retold(meeting: Meeting, **changes: Any) -> Meeting:
    """The same meeting under another manifest, sealed anew, before anybody voted."""
    told = json.loads(meeting.manifest.data)
    other = Meeting(write_manifest(told | changes), meeting.keys, meeting.draw)
    other.post("manifest", other.manifest.data)
    return other


def unsound(**changes: Any) -> Package:
    """A package whose manifest no honest program would seal."""
    meeting = small()
    data = canonical.write(json.loads(meeting.manifest.data) | changes)
    meeting.manifest = Manifest(data, json.loads(data))
    meeting.entries = []
    meeting.post("manifest", data)
    return meeting.package


def rechained(meeting: Meeting, payloads: list[tuple[str, bytes]]) -> Meeting:
    """These payloads at the same times, chained and signed by the server."""
    times = [entry.ms for entry in meeting.entries]
    times += [times[-1]] * (len(payloads) - len(times))
    meeting.entries = []
    last = None
    for (kind, payload), ms in zip(payloads, times, strict=False):
        last = make_entry(meeting.manifest, last, kind, payload, ms, meeting.keys.server)
        meeting.entries.append(last)
    return meeting


def contents(meeting: Meeting) -> list[tuple[str, bytes]]:
    return [(entry.type, entry.content) for entry in meeting.entries]


def rewritten(meeting: Meeting, kind: str, change: Changed) -> Meeting:
    """The first JSON entry of a kind changed, the chain made and signed anew by a dishonest server."""
    payloads = contents(meeting)
    at = next(at for at, (found, _) in enumerate(payloads) if found == kind)
    told = json.loads(payloads[at][1])
    change(told)
    payloads[at] = kind, canonical.write(told)
    return rechained(meeting, payloads)


def repeated(meeting: Meeting, kind: str) -> Meeting:
    """The first entry of a kind once more at the end."""
    payload = next(entry.content for entry in meeting.entries if entry.type == kind)
    meeting.post(kind, payload)
    return meeting


def sealed(seed: bytes, body: bytes) -> bytes:
    """A body with its credential's signature."""
    return body + group().sign(seed, h64("ballot-sig", body))


def second(change: Callable[[bytearray], None], stranger: bytes = b"") -> Meeting:
    """The first delegate's second ballot, changed, signed again (or by a stranger) and cast."""
    meeting = voted()
    ballot, _ = meeting.fill(0, [[0, 1]], counter=2)
    body = bytearray(ballot[:-64])
    change(body)
    meeting.put(0, sealed(stranger or meeting.keys.voters[0], bytes(body)))
    return meeting


def flip(at: int) -> Callable[[bytearray], None]:
    def change(body: bytearray) -> None:
        body[at] ^= 1

    return change


def put(at: int, data: bytes) -> Callable[[bytearray], None]:
    def change(body: bytearray) -> None:
        body[at : at + len(data)] = data

    return change


def plus_order(at: int) -> Callable[[bytearray], None]:
    """The scalar there written a second way."""

    def change(body: bytearray) -> None:
        number = int.from_bytes(body[at : at + 32], "little") + ORDER
        body[at : at + 32] = number.to_bytes(32, "little")

    return change


def added(at: int, element: bytes) -> Callable[[bytearray], None]:
    def change(body: bytearray) -> None:
        body[at : at + 32] = group().add(bytes(body[at : at + 32]), element)

    return change


def top_bit(at: int) -> Callable[[bytearray], None]:
    """The second encoding that old libraries read."""

    def change(body: bytearray) -> None:
        body[at + 31] |= 0x80

    return change


def exchanged(at: int, other: int, size: int) -> Callable[[bytearray], None]:
    def change(body: bytearray) -> None:
        one = bytes(body[at : at + size])
        body[at : at + size] = body[other : other + size]
        body[other : other + size] = one

    return change


def mended(meeting: Meeting, at: int, **changes: Any) -> Meeting:
    """One column of one entry changed, as a superuser of the database would."""
    entries = meeting.entries
    meeting.entries = [*entries[:at], replace(entries[at], **changes), *entries[at + 1 :]]
    return meeting


# --- Single forgeries that take more than a change ---------------------------------------------------------


def two_choices() -> Meeting:
    """Both options chosen where one is allowed: the proof of the sum is made for another range."""
    meeting = voted()
    told = json.loads(meeting.manifest.data)
    told["questions"][0]["max"] = 2
    generous = Manifest(meeting.manifest.data, told)
    ballot, _ = make_ballot(generous, meeting.keys.voters[0], 2, [[1, 1]], draw=meeting.draw)
    meeting.put(0, sealed(meeting.keys.voters[0], ballot[: SUM + 128]))
    return meeting


def square_root(number: int) -> int | None:
    """Modulo the order, which is 5 modulo 8."""
    number %= ORDER
    root = pow(number, (ORDER + 3) // 8, ORDER)
    if root * root % ORDER != number:
        root = root * pow(2, (ORDER - 1) // 4, ORDER) % ORDER
    return root if root * root % ORDER == number else None


def weak_challenge(*commitments: bytes) -> int:
    """Weak Fiat–Shamir: the statement is not hashed (Bernhard, Pereira, Warinschi 2012)."""
    return challenge("zk-opt", *commitments)


def huge_vote(meeting: Meeting, weak: Callable[..., int] = weak_challenge) -> tuple[bytes, bytes]:
    """A pair that encrypts a number of 252 bits, with a proof of {0, 1} that satisfies the weak challenge.

    Commitments A_v = a_v·G, B_v = a_v·Y + b_v·G first; then m solves b_0/m + b_1/(m − 1) = c.
    """
    draw, key = meeting.draw, meeting.manifest.joint_key
    while True:
        a, b = ([int.from_bytes(draw(64), "little") % ORDER for _ in range(2)] for _ in range(2))
        shown = [
            group().base(a[v]) + group().add(group().multiply(a[v], key), group().base(b[v])) for v in (0, 1)
        ]
        c = weak(*shown)
        middle = c + b[0] + b[1]
        root = square_root(middle * middle - 4 * c * b[0])
        if root is None:
            continue
        m = (middle + root) * pow(2 * c, -1, ORDER) % ORDER
        cs = [b[0] * pow(m, -1, ORDER) % ORDER, b[1] * pow(m - 1, -1, ORDER) % ORDER]
        r = int.from_bytes(draw(64), "little") % ORDER
        pair = group().base(r) + group().add(group().multiply(r, key), group().base(m))
        return pair, b"".join(scalar_bytes(cs[v]) + scalar_bytes(a[v] - cs[v] * r) for v in (0, 1))


def weak_ballot() -> Meeting:
    """The first option holds a huge number; under the weak challenge its proof would hold."""
    meeting = voted()
    ballot, _ = meeting.fill(0, [[0, 1]], counter=2)
    body = bytearray(ballot[:-64])
    pair, proof = huge_vote(meeting)
    body[PAIRS : PAIRS + 64], body[PROOFS : PROOFS + 128] = pair, proof
    meeting.put(0, sealed(meeting.keys.voters[0], bytes(body)))
    return meeting


def weak_factor_challenge(statement: Factor, first: bytes, second: bytes) -> int:
    """A proof of decryption that does not name the ciphertext and the factor."""
    return challenge("zk-dec", statement.eh, statement.close, statement.key, first, second)


def wrong_share() -> Meeting:
    """A factor that is not x·α, with a proof that would hold if the challenge did not name it."""

    def change(told: dict[str, Any]) -> None:
        ledger = meeting.ledger
        aggregate = Aggregate.of(ledger.told(ledger.of("aggregate")[0]))
        statement = aggregate.factors(meeting.manifest, 1, [[IDENTITY] * OPTIONS])[0][0]
        nonce, secret = 11, meeting.secret_of(1)
        first, second = group().base(nonce), group().base(99)
        c = weak_factor_challenge(statement, first, second)
        s = (nonce - c * secret) % ORDER
        left = group().subtract(second, group().multiply(s, statement.pair[0]))
        told["factors"][0][0] = group().multiply(pow(c, -1, ORDER), left).hex()
        told["proofs"][0][0] = (scalar_bytes(c) + scalar_bytes(s)).hex()

    meeting = counted()
    payloads = contents(meeting)
    at = [at for at, (kind, _) in enumerate(payloads) if kind == "share"][1]
    told = json.loads(payloads[at][1])
    change(told)
    payloads[at] = "share", canonical.write(told)
    return rechained(meeting, payloads)


def foreign_share() -> Meeting:
    """A sound share, but of the aggregate of another close."""
    meeting, other = counted(), voted()
    other.vote(0, [[0, 1]], counter=2)
    other.count()
    payloads = contents(meeting)
    shares = [entry.content for entry in other.entries if entry.type == "share"]
    at = [at for at, (kind, _) in enumerate(payloads) if kind == "share"]
    payloads[at[1]] = "share", shares[1]
    return rechained(meeting, payloads)


def rogue_trustee() -> Meeting:
    """A share under the number of the server, from a key of one's own."""

    def change(told: dict[str, Any]) -> None:
        told["trustee"] = 2

    return rewritten(counted(), "share", change)


def rogue_key() -> Meeting:
    """The trustee's first commitment cancels the server's key; without a proof of knowledge it would pass."""
    meeting = small()
    told = json.loads(meeting.manifest.data)["trustees"]
    first, mine = (bytes.fromhex(one) for one in told["round1"])
    own = group().subtract(group().base(5), first[3:35])
    data = mine[:35] + own + mine[67:]
    commits = [told["commits"][0], commitment_to(meeting.manifest.told["meeting"], data).hex()]
    changed = told | {"round1": [first.hex(), data.hex()], "commits": commits}
    return retold(meeting, trustees=changed, joint_key=group().base(5).hex())


def altered_commitment() -> Meeting:
    meeting = small()
    told = json.loads(meeting.manifest.data)["trustees"]
    return retold(meeting, trustees=told | {"commits": ["00" * 32, told["commits"][1]]})


def wrong_place() -> Meeting:
    """The trustee's part made for another number of trustees."""
    meeting = small()
    _, _, block = hold_ceremony("hop-1", ("Lan", "Minh"), 1, meeting.draw)
    told = tell(block)
    first, mine = told["round1"][0], told["round1"][2]
    commits = [told["commits"][0], told["commits"][2]]
    return retold(
        meeting,
        trustees=told
        | {"names": ["Lan"], "round1": [first, mine], "commits": commits, "sealed": [[told["sealed"][0][0]]]},
    )


def foreign_ballot() -> Meeting:
    first, second_one = small(), small(title="Bỏ phiếu lần hai")
    second_one.put(0, first.fill(0, [[0, 1]])[0])
    return second_one


def foreign_decision() -> Meeting:
    first, other = voted(), small(title="Bỏ phiếu lần hai")
    meeting = small()
    ballot, _ = meeting.fill(0, [[0, 1]])
    meeting.post("pending", ballot)
    meeting.post("cast", other_decision_of(other, first, ballot))
    return meeting


def other_decision_of(other: Meeting, first: Meeting, ballot: bytes) -> bytes:
    from thidua.voting.ballot_box.board import make_decision

    return make_decision(other.manifest, first.keys.voters[0], "cast", ballot_hash(ballot))


def stranger_votes() -> Meeting:
    meeting = voted()
    stranger = bytes(range(32))
    ballot, _ = make_ballot(meeting.manifest, stranger, 1, [[0, 1]], draw=meeting.draw)
    meeting.post("pending", ballot)
    return meeting


def lost_slip_votes() -> Meeting:
    meeting = small()
    lost = meeting.keys.voters[0]
    meeting.replace(0)
    meeting.keys.voters[0] = lost
    meeting.vote(0, [[0, 1]])
    return meeting


def one_signature() -> Meeting:
    meeting = small()
    meeting.replace(0, members=(1,))
    return meeting


def same_member_twice() -> Meeting:
    meeting = small()
    meeting.replace(0, members=(1, 1))
    return meeting


def replaced_by_a_voter() -> Meeting:
    """The new credential is another delegate's."""
    meeting = small()
    old, new = (group().public_key(seed) for seed in meeting.keys.voters)
    message = replacement_message(meeting.manifest.eh, old, new)
    signed = [
        {"member": m, "signature": group().sign(meeting.keys.committee[m], message).hex()} for m in (0, 1)
    ]
    told = {"new": new.hex(), "old": old.hex(), "reason": "mất phiếu mã", "signatures": signed}
    meeting.post("replace", canonical.write(told))
    return meeting


def same_voter_twice() -> Package:
    told = json.loads(small().manifest.data)
    return unsound(roll=[told["roll"][0]] * 2)


def too_few_to_hide() -> Package:
    return convene(6, min_ballots=4).package


def swapped_entries() -> Meeting:
    meeting = voted()
    meeting.entries[2], meeting.entries[3] = meeting.entries[3], meeting.entries[2]
    return meeting


def dropped_entry() -> Meeting:
    meeting = voted()
    del meeting.entries[1]
    return meeting


def other_server() -> Meeting:
    meeting = small()
    meeting.keys.server = bytes(32)
    meeting.vote(0, [[1, 0]])
    return meeting


def forged_head() -> Meeting:
    meeting = voted()
    return mended(meeting, 3, signature=group().sign(bytes(32), meeting.entries[3].head))


def stranger_decides() -> Meeting:
    meeting = voted()
    ballot, _ = meeting.fill(0, [[0, 1]], counter=2)
    meeting.post("pending", ballot)
    decision = bytearray(meeting_decision(meeting, ballot))
    decision[97:] = group().sign(bytes(32), h64("decision", b"\x01", *parts_of(decision)))
    meeting.post("cast", bytes(decision))
    return meeting


def meeting_decision(meeting: Meeting, ballot: bytes, kind: str = "cast") -> bytes:
    from thidua.voting.ballot_box.board import make_decision

    return make_decision(meeting.manifest, meeting.keys.voters[0], kind, ballot_hash(ballot))


def parts_of(decision: bytes | bytearray) -> list[bytes]:
    return [bytes(decision[at : at + 32]) for at in (1, 33, 65)]


def check_turned_into_vote() -> Meeting:
    """The server files a signed wish to check the device as a vote."""
    meeting = small()
    ballot, _ = meeting.fill(0, [[0, 1]])
    meeting.post("pending", ballot)
    decision = bytearray(meeting_decision(meeting, ballot, "audited"))
    decision[0] = 1
    meeting.post("cast", bytes(decision))
    return meeting


def wrong_kind() -> Meeting:
    meeting = small()
    ballot, _ = meeting.fill(0, [[0, 1]])
    meeting.post("pending", ballot)
    meeting.post("cast", meeting_decision(meeting, ballot, "audited"))
    return meeting


def second_encoding_of_a_signature() -> Meeting:
    meeting = voted()
    ballot = bytearray(meeting.fill(0, [[0, 1]], counter=2)[0])
    plus_order(len(ballot) - 32)(ballot)
    meeting.put(0, bytes(ballot))
    return meeting


def same_counter() -> Meeting:
    meeting = voted()
    meeting.vote(0, [[0, 1]], counter=1)
    return meeting


def old_ballot_cast() -> Meeting:
    meeting = small()
    old, _ = meeting.fill(0, [[1, 0]])
    meeting.post("pending", old)
    meeting.post("pending", meeting.fill(0, [[0, 1]], counter=2)[0])
    meeting.decide(0, old, "cast")
    return meeting


def cast_twice() -> Meeting:
    meeting = small()
    ballot, _ = meeting.fill(0, [[1, 0]])
    meeting.put(0, ballot)
    meeting.decide(0, ballot, "cast")
    return meeting


def vote_changed_where_forbidden() -> Meeting:
    meeting = voted(revote=False)
    meeting.vote(0, [[0, 1]], counter=2)
    return meeting


def cast_after_audit() -> Meeting:
    meeting = small()
    tested, _ = meeting.fill(0, [[0, 1]])
    meeting.put(0, tested, "audited")
    meeting.decide(0, tested, "cast")
    return meeting


def audited_after_cast() -> Meeting:
    meeting = small()
    ballot, _ = meeting.fill(0, [[0, 1]])
    meeting.put(0, ballot)
    meeting.decide(0, ballot, "audited")
    return meeting


def replaced_after_close() -> Meeting:
    meeting = closed()
    meeting.replace(0)
    return meeting


def closed_after_void() -> Meeting:
    meeting = voted()
    meeting.post("void", canonical.write({"reason": "máy chiếu hỏng"}))
    meeting.close()
    return meeting


def sealed_twice() -> Meeting:
    meeting = voted()
    meeting.post("manifest", meeting.manifest.data)
    return meeting


def stranger_of_a_unit() -> Meeting:
    """A stranger has no unit: the ballot is too short."""
    options = [{"title": f"Đơn vị {unit}", "unit": unit} for unit in "AB"]
    asked = [question(OPTIONS, 0, 1, own_unit=True) | {"options": options}]
    meeting = small(questions=asked, units=["A", "B"])
    ballot, _ = make_ballot(meeting.manifest, bytes(range(32)), 1, [[0, 1]], unit="A", draw=meeting.draw)
    meeting.post("pending", ballot)
    return meeting


def replaced_by_no_key() -> Meeting:
    """Rightly signed, but the new credential is the neutral point."""
    meeting, new = small(), bytes([1]) + bytes(31)
    old = group().public_key(meeting.keys.voters[0])
    message = replacement_message(meeting.manifest.eh, old, new)
    signed = [
        {"member": m, "signature": group().sign(meeting.keys.committee[m], message).hex()} for m in (0, 1)
    ]
    told_ = {"new": new.hex(), "old": old.hex(), "reason": "mất phiếu mã", "signatures": signed}
    meeting.post("replace", canonical.write(told_))
    return meeting


def neutral_transport() -> Meeting:
    """The transport key of a trustee is neutral: anybody could open what is dealt under it."""
    told_ = json.loads(small().manifest.data)["trustees"]
    data = bytes.fromhex(told_["round1"][1])
    changed = data[:3] + IDENTITY + data[35:]
    commits = [told_["commits"][0], commitment_to("hop-1", changed).hex()]
    part = {"round1": [told_["round1"][0], changed.hex()], "commits": commits}
    return retold(small(), trustees=told_ | part)


def opened_by_two(order: list[int]) -> Meeting:
    meeting = small(holders=2, needed=2)
    meeting.vote(0, [[1, 0]])
    meeting.count(1, 2)
    return rewritten(meeting, "result", told(trustees=order))


def result_without_sum() -> Meeting:
    meeting = counted()
    kept = [(kind, payload) for kind, payload in contents(meeting) if kind not in ("aggregate", "share")]
    return rechained(meeting, kept)


def vote_after_close() -> Meeting:
    meeting = closed()
    meeting.vote(0, [[0, 1]], counter=2)
    return meeting


def closed_twice() -> Meeting:
    meeting = closed()
    meeting.close()
    return meeting


def counted_before_close() -> Meeting:
    meeting = voted()
    payload = canonical.write({"ballots": 0, "close": "00" * 32, "sums": [["00" * 64] * OPTIONS]})
    meeting.post("aggregate", payload)
    return meeting


def vote_after_void() -> Meeting:
    meeting = voted()
    meeting.post("void", canonical.write({"reason": "máy chiếu hỏng"}))
    meeting.vote(0, [[0, 1]], counter=2)
    return meeting


def too_few_opened() -> Meeting:
    """One ballot where two are the least: the server adds up all the same."""
    meeting = small(min_ballots=2)
    meeting.vote(0, [[1, 0]])
    meeting.close()
    generous = Manifest(meeting.manifest.data, json.loads(meeting.manifest.data) | {"min_ballots": 1})
    meeting.post("aggregate", aggregate_payload(replace(meeting.ledger, manifest=generous)))
    return meeting


def second_aggregate() -> Meeting:
    """To read one vote, the sum without it is opened as well."""
    meeting = counted()
    return repeated(meeting, "aggregate")


def share_without_sum() -> Meeting:
    payloads = contents(counted())
    return rechained(counted(), [one for one in payloads if one[0] not in ("aggregate", "result")])


def late_vote() -> Meeting:
    meeting = voted()
    meeting.clock = CLOSES
    meeting.vote(0, [[0, 1]], counter=2)
    return meeting


def early_vote() -> Meeting:
    meeting = small()
    meeting.clock = OPENS - 1
    meeting.vote(0, [[0, 1]])
    return meeting


def key_of_two(role: str) -> Meeting:
    """A key of the committee that is another member's, the server's or a voter's as well."""
    meeting = small()
    told_ = json.loads(meeting.manifest.data)
    others = {"member": told_["committee"]["keys"][0], "server": told_["server_key"]}
    other = others.get(role, told_["roll"][0]["key"])
    return retold(meeting, committee={"keys": [*told_["committee"]["keys"][:2], other], "needed": 2})


def replaced_by_the_committee() -> Meeting:
    """The new credential is a key of the committee."""
    meeting = small()
    old, new = (group().public_key(seed) for seed in (meeting.keys.voters[0], meeting.keys.committee[2]))
    message = replacement_message(meeting.manifest.eh, old, new)
    signed = [
        {"member": m, "signature": group().sign(meeting.keys.committee[m], message).hex()} for m in (0, 1)
    ]
    told_ = {"new": new.hex(), "old": old.hex(), "reason": "mất phiếu mã", "signatures": signed}
    meeting.post("replace", canonical.write(told_))
    return meeting


MINUTES = b"%PDF-1.7 bien ban"


def with_minutes(file: bytes | None = MINUTES) -> Package:
    """Counted, its minutes on the board, and `file` in the package."""
    meeting = counted()
    meeting.minute(MINUTES)
    return replace(meeting.package, minutes=file)


def minutes_nobody_wrote_down() -> Package:
    return replace(counted().package, minutes=MINUTES)


def minutes_before_the_result() -> Meeting:
    meeting = closed()
    meeting.minute(MINUTES)
    return meeting


def minutes_twice() -> Meeting:
    meeting = counted()
    meeting.minute(MINUTES)
    meeting.minute(b"%PDF-1.7 khac")
    return meeting


def share_after_minutes() -> Meeting:
    meeting = small(holders=2)
    meeting.vote(0, [[1, 0]])
    meeting.vote(1, [[0, 1]])
    meeting.count(1)
    meeting.minute(MINUTES)
    meeting.post("share", meeting.share(2))
    return meeting


def present_as_told(present: int) -> Meeting:
    meeting = voted()
    meeting.close(present)
    return meeting


def of_those_present(**changes: Any) -> Meeting:
    """Three on the roll, two present and voting, half of those present is enough."""
    asked = [question(OPTIONS, 0, 1, threshold=threshold(1, 2, None))]
    meeting = convene(3, asked, holders=1, needed=1, kind="rehearsal", min_ballots=1)
    meeting.vote(0, [[1, 0]])
    meeting.vote(1, [[0, 1]])
    meeting.close(2)
    meeting.post("aggregate", aggregate_payload(meeting.ledger))
    for holder in (0, 1):
        meeting.post("share", meeting.share(holder))
    meeting.post("result", meeting.result())
    return rewritten(meeting, "result", told(**changes)) if changes else meeting


def clock_turned_back() -> Meeting:
    meeting = voted()
    meeting.clock -= 2500
    meeting.vote(0, [[0, 1]], counter=2)
    return meeting


def sealed_late() -> Meeting:
    meeting = small()
    meeting.clock = OPENS + 1
    meeting.entries = []
    meeting.post("manifest", meeting.manifest.data)
    return meeting


def closed_early() -> Meeting:
    meeting = small()
    meeting.clock = OPENS - 1
    meeting.close()
    return meeting


def purged_one() -> Meeting:
    return mended(counted(), 1, payload=None)


def half_a_letter() -> Package:
    package = small().package
    changed = package.manifest.replace("Bỏ phiếu suy tôn năm 2020".encode(), b"\\ud800", 1)
    return Package(changed, package.board)


def spaced() -> Package:
    package = counted().package
    return Package(package.manifest, package.board + b" ")


def told(**changes: Any) -> Changed:
    return lambda found: found.update(changes)


def swapped_sums(found: dict[str, Any]) -> None:
    found["sums"][0].reverse()


def other_factor(found: dict[str, Any]) -> None:
    found["factors"][0][0] = group().base(7).hex()


def written_twice(found: dict[str, Any]) -> None:
    proof = bytes.fromhex(found["proofs"][0][0])
    c, s = pair_of(proof)
    found["proofs"][0][0] = (scalar_bytes(c) + (s + ORDER).to_bytes(32, "little")).hex()


def missing_place(found: dict[str, Any]) -> None:
    found["sums"][0].pop()


def own_unit() -> Meeting:
    """A delegate chooses the own unit: the ballot is made as if of no unit, and cut to length."""
    options = [{"title": f"Đơn vị {unit}", "unit": unit} for unit in "AB"]
    asked = [question(OPTIONS, 0, 1, own_unit=True) | {"options": options}]
    meeting = small(questions=asked, units=["A", "B"])
    free, _ = make_ballot(meeting.manifest, meeting.keys.voters[0], 1, [[1, 0]], unit="", draw=meeting.draw)
    body = free[:PROOFS] + free[PROOFS : PROOFS + 64] + free[PROOFS + 128 : -64]
    meeting.put(0, sealed(meeting.keys.voters[0], body))
    return meeting


def small_order_key() -> Meeting:
    told_ = json.loads(small().manifest.data)
    roll = [told_["roll"][0], told_["roll"][1] | {"key": "01" + "00" * 31}]
    return retold(small(), roll=roll)


def replayed_for_another_voter() -> Meeting:
    """Bình's ciphertexts and proofs under An's name."""
    meeting = voted()
    theirs, _ = meeting.fill(1, [[0, 1]], counter=2)
    mine = theirs[:33] + group().public_key(meeting.keys.voters[0]) + theirs[65:-64]
    meeting.put(0, sealed(meeting.keys.voters[0], mine))
    return meeting


G = group().base(1)
FORGERIES: dict[str, Forgery] = {
    "khoảng trắng cuối tệp": Forgery("V01", "board.json không viết theo dạng chuẩn", spaced),
    "nửa cặp thay thế": Forgery("V01", "chuỗi có nửa cặp thay thế", half_a_letter),
    "tên viết rời dấu": Forgery("V01", "title không ở dạng NFC", lambda: unsound(title="Ba\u0302\u0300u")),
    "tên đảo chiều": Forgery("V01", "title có U+202E", lambda: unsound(title="A \u202e001")),
    "tên có ký tự vô hình": Forgery("V01", "title có U+00AD", lambda: unsound(title="Bỏ\u00ad phiếu")),
    "tên ngoài bảng chữ": Forgery("V01", "title có U+0ECE", lambda: unsound(title="A\u0ece")),
    "số lựa chọn khổng lồ": Forgery(
        "V01", "max = 2⁵³ − 1", lambda: unsound(questions=[question(2, 0, 2**53 - 1)])
    ),
    "đóng không ghi số có mặt": Forgery(
        "V01", "close thiếu present", lambda: rewritten(closed(), "close", lambda found: found.pop("present"))
    ),
    "tên không có chữ": Forgery("V01", "title chỉ có ký tự điều khiển", lambda: unsound(title="\x1c ")),
    "bản niêm phong không có câu": Forgery("V01", "không có câu hỏi", lambda: unsound(questions=[])),
    "phiên bản phiếu khác": Forgery("V01", "byte đầu khác 1", lambda: second(put(0, b"\x02"))),
    "lần bằng 0": Forgery("V01", "lần phải từ 1", lambda: second(put(65, bytes(4)))),
    "người lạ, độ dài của một đơn vị": Forgery("V01", "mã lạ không có đơn vị", stranger_of_a_unit),
    "phiếu dài thêm": Forgery("V01", "dài hơn một byte", lambda: second(lambda b: b.extend(b"\0"))),
    "quyết định sai loại": Forgery("V01", "quyết định kiểm tra máy nằm ở dòng cast", wrong_kind),
    "niêm phong hai lần": Forgery("V01", "hai dòng manifest", sealed_twice),
    "hủy một phiếu": Forgery("V01", "nội dung chỉ một phiếu bị bỏ", purged_one),
    "tổng thiếu chỗ": Forgery(
        "V01", "aggregate thiếu một phương án", lambda: rewritten(counted(), "aggregate", missing_place)
    ),
    "khóa chung không viết chuẩn": Forgery("V02", "32 byte ff", lambda: retold(small(), joint_key="ff" * 32)),
    "khóa chung trung hòa": Forgery("V02", "phần tử trung hòa", lambda: retold(small(), joint_key="00" * 32)),
    "khóa chuyển trung hòa": Forgery("V02", "D là phần tử trung hòa", neutral_transport),
    "khóa cử tri cấp nhỏ": Forgery("V02", "điểm trung hòa của Ed25519", small_order_key),
    "bit 255 của α": Forgery("V02", "cách viết thứ hai của α", lambda: second(top_bit(PAIRS))),
    "bit 255 của β": Forgery("V02", "cách viết thứ hai của β", lambda: second(top_bit(PAIRS + 32))),
    "α trung hòa": Forgery("V02", "α là phần tử trung hòa", lambda: second(put(PAIRS, IDENTITY))),
    "số cộng L": Forgery("V02", "cách viết thứ hai của một số", lambda: second(plus_order(PROOFS + 32))),
    "mảnh giải viết hai cách": Forgery(
        "V02", "s + L trong chứng minh mảnh giải", lambda: rewritten(counted(), "share", written_twice)
    ),
    "phiếu của cuộc khác": Forgery("V03", "eh của cuộc khác", foreign_ballot),
    "quyết định của cuộc khác": Forgery("V03", "eh của cuộc khác", foreign_decision),
    "bản niêm phong khác": Forgery(
        "V03",
        "bảng của cuộc khác",
        lambda: Package(small(title="Khác").package.manifest, voted().package.board),
    ),
    "cam kết đã đổi": Forgery("V04", "phần khóa không khớp cam kết", altered_commitment),
    "khóa giả": Forgery("V04", "A = 5·G − X₀ không có chứng minh biết số mật", rogue_key),
    "phần khóa sai chỗ": Forgery("V04", "phần khóa ghi số người khác", wrong_place),
    "không người giữ khóa": Forgery(
        "V04", "phiếu kín chỉ có khóa máy chủ", lambda: convene(6, holders=0, needed=0)
    ),
    "khóa chung khác": Forgery("V05", "Y = 5·G", lambda: retold(small(), joint_key=group().base(5).hex())),
    "một chữ ký": Forgery("V06", "thay mã chỉ có một chữ ký", one_signature),
    "một người ký hai lần": Forgery("V06", "hai chữ ký của một người", same_member_twice),
    "thay bằng mã đã cấp": Forgery("V06", "mã mới là của cử tri khác", replaced_by_a_voter),
    "mã đã thay vẫn bỏ": Forgery("V06", "mã cũ hết quyền", lost_slip_votes),
    "người lạ bỏ phiếu": Forgery("V06", "mã không có trong danh sách", stranger_votes),
    "thay bằng điểm trung hòa": Forgery("V06", "mã mới không phải khóa", replaced_by_no_key),
    "mã trùng": Forgery("V06", "hai dòng một mã", same_voter_twice),
    "một khóa hai thành viên": Forgery("V06", "hai khóa ban kiểm phiếu là một", lambda: key_of_two("member")),
    "máy chủ trong ban kiểm phiếu": Forgery("V06", "khóa máy chủ", lambda: key_of_two("server")),
    "cử tri trong ban kiểm phiếu": Forgery("V06", "khóa của một cử tri", lambda: key_of_two("voter")),
    "thay bằng khóa của ban": Forgery("V06", "mã mới là khóa ban kiểm phiếu", replaced_by_the_committee),
    "quá ít để che nhau": Forgery("V06", "min_ballots = 4", too_few_to_hide),
    "đổi giờ": Forgery("V07", "ms không khớp h", lambda: mended(voted(), 3, ms=voted().entries[3].ms + 1)),
    "đổi băm nội dung": Forgery(
        "V07", "payload_hash khác", lambda: mended(voted(), 2, payload_hash=bytes(32))
    ),
    "mất một dòng": Forgery("V07", "chuỗi hở", dropped_entry),
    "đổi chỗ hai dòng": Forgery("V07", "k không liên tiếp", swapped_entries),
    "chữ ký máy chủ giả": Forgery("V08", "khóa khác ký dòng 4", forged_head),
    "máy chủ khác": Forgery("V08", "mọi dòng sau do khóa khác ký", other_server),
    "biên nhận của bảng khác": Forgery(
        "V09", "không có dòng này", voted, lambda: [voted(2).vote(0, [[0, 1]], counter=2)]
    ),
    "dấu khác màn chiếu": Forgery("V09", "dấu của dòng 5 khác", voted, marks=((5, "0000-0000-0000-0000"),)),
    "biên bản đã sửa": Forgery("V09", "băm khác dòng minutes", lambda: with_minutes(MINUTES + b"x")),
    "biên bản không ghi trên bảng": Forgery("V09", "không có dòng minutes", minutes_nobody_wrote_down),
    "người lạ ký phiếu": Forgery(
        "V10", "chữ ký không phải của mã", lambda: second(lambda b: None, bytes(32))
    ),
    "người lạ ký quyết định": Forgery("V10", "chữ ký không phải của mã", stranger_decides),
    "kiểm tra thành bỏ phiếu": Forgery("V10", "chữ ký trên loại 2 dùng cho loại 1", check_turned_into_vote),
    "chữ ký viết hai cách": Forgery("V10", "S + L", second_encoding_of_a_signature),
    "chứng minh phương án đổi": Forgery("V11", "một bit của c", lambda: second(flip(PROOFS))),
    "bản mã cộng G": Forgery("V11", "β + G", lambda: second(added(PAIRS + 32, G))),
    "đổi chỗ hai phương án": Forgery(
        "V11", "bản mã đổi chỗ", lambda: second(exchanged(PAIRS, PAIRS + 64, 64))
    ),
    "chép phiếu người khác": Forgery("V11", "chứng minh gắn với mã cử tri", replayed_for_another_voter),
    "số khổng lồ, Fiat–Shamir yếu": Forgery(
        "V11", "chứng minh đúng nếu không băm điều chứng minh", weak_ballot
    ),
    "bỏ cho đơn vị mình": Forgery("V11", "chỉ {0} được phép", own_unit),
    "chứng minh tổng đổi": Forgery("V12", "một bit của c", lambda: second(flip(SUM))),
    "chọn quá số": Forgery("V12", "hai lựa chọn khi tối đa một", two_choices),
    "lần không tăng": Forgery("V13", "lần 1 lần thứ hai", same_counter),
    "bỏ phiếu cũ": Forgery("V13", "quyết định về phiếu không mới nhất", old_ballot_cast),
    "quyết định hai lần": Forgery("V13", "bỏ một phiếu hai lần", cast_twice),
    "bỏ lại khi không được": Forgery("V13", "revote là false", vote_changed_where_forbidden),
    "phiếu thử được bỏ": Forgery("V14", "phiếu đã mở lại được bỏ", cast_after_audit),
    "phiếu đã bỏ được mở": Forgery("V14", "phiếu đã bỏ lại được mở", audited_after_cast),
    "bỏ sau khi đóng": Forgery("V15", "phiếu sau dòng close", vote_after_close),
    "đóng hai lần": Forgery("V15", "hai dòng close", closed_twice),
    "đóng sai dòng cuối": Forgery(
        "V15", "last khác k − 1", lambda: rewritten(closed(), "close", told(last=1))
    ),
    "cộng trước khi đóng": Forgery("V15", "aggregate trước close", counted_before_close),
    "bỏ sau khi hủy": Forgery("V15", "phiếu sau void", vote_after_void),
    "đóng sau khi hủy": Forgery("V15", "close sau void", closed_after_void),
    "thay mã sau khi đóng": Forgery("V15", "replace sau close", replaced_after_close),
    "biên bản trước kết quả": Forgery("V15", "minutes trước result", minutes_before_the_result),
    "hai biên bản": Forgery("V15", "hai dòng minutes", minutes_twice),
    "giải sau biên bản": Forgery("V15", "share sau minutes", share_after_minutes),
    "có mặt ít hơn số phiếu": Forgery("V15", "present = 1, hai phiếu", lambda: present_as_told(1)),
    "có mặt nhiều hơn danh sách": Forgery("V15", "present = 3, hai dòng", lambda: present_as_told(3)),
    "tổng đổi chỗ": Forgery("V16", "α, β đổi chỗ", lambda: rewritten(counted(), "aggregate", swapped_sums)),
    "tổng của lần đóng khác": Forgery(
        "V16", "close khác", lambda: rewritten(counted(), "aggregate", told(close="00" * 32))
    ),
    "mở quá ít phiếu": Forgery("V16", "1 phiếu, min_ballots 2", too_few_opened),
    "tổng thứ hai": Forgery("V16", "hai dòng aggregate", second_aggregate),
    "mảnh giải không có tổng": Forgery("V16", "không có aggregate", share_without_sum),
    "kết quả không có tổng": Forgery("V16", "không có aggregate", result_without_sum),
    "thừa số khác": Forgery("V17", "F = 7·G", lambda: rewritten(counted(), "share", other_factor)),
    "mảnh giải sai, băm thiếu": Forgery("V17", "chứng minh đúng nếu không băm α và F", wrong_share),
    "mảnh giải của tổng khác": Forgery("V17", "chứng minh gắn với lần đóng", foreign_share),
    "người giữ khóa lạ": Forgery("V17", "không có số 2", rogue_trustee),
    "mảnh giải hai lần": Forgery("V17", "một người hai mảnh", lambda: repeated(counted(), "share")),
    "chuyển phiếu": Forgery(
        "V18", "2–0 thay 1–1", lambda: rewritten(counted(), "result", told(counts=[[2, 0]]))
    ),
    "không đủ mảnh": Forgery(
        "V18", "trustees rỗng", lambda: rewritten(counted(), "result", told(trustees=[]))
    ),
    "khác số phiếu": Forgery("V18", "ballots = 3", lambda: rewritten(counted(), "result", told(ballots=3))),
    "người giữ khóa không theo thứ tự": Forgery("V18", "trustees [2, 1]", lambda: opened_by_two([2, 1])),
    "kết luận sai": Forgery(
        "V19", "1/2 là đạt", lambda: rewritten(counted(), "result", told(decisions=[[False, True]]))
    ),
    "tính trên danh sách thay số có mặt": Forgery(
        "V19", "1 trong 2 người có mặt là đạt", lambda: of_those_present(decisions=[[False, False]])
    ),
    "kết luận thừa chỗ": Forgery(
        "V19",
        "ba kết luận cho hai phương án",
        lambda: rewritten(counted(), "result", told(decisions=[[True, True, True]])),
    ),
    "bỏ muộn": Forgery("V20", "sau giờ đóng", late_vote),
    "bỏ sớm": Forgery("V20", "trước giờ mở", early_vote),
    "giờ chạy lùi": Forgery("V20", "ms nhỏ hơn dòng trên", clock_turned_back),
    "niêm phong muộn": Forgery("V20", "sau giờ mở", sealed_late),
    "đóng sớm": Forgery("V20", "trước giờ mở", closed_early),
}


def read_receipts(forgery: Forgery) -> list[Any]:
    return [read_receipt(data) for data in forgery.receipts()]
