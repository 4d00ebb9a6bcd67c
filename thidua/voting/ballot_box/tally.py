"""Kiểm phiếu: sum of ciphertexts, shares of the key holders, result (section 9). No ballot is opened."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from thidua.voting.ballot_box import canonical
from thidua.voting.ballot_box.ballots import add_pairs
from thidua.voting.ballot_box.board import Entry
from thidua.voting.ballot_box.group import IDENTITY, ORDER, SIZE, Draw, group
from thidua.voting.ballot_box.hashing import head_mark, read_letters
from thidua.voting.ballot_box.ledger import Ledger
from thidua.voting.ballot_box.manifest import Manifest
from thidua.voting.ballot_box.proofs import Factor, Pair, factor_holds, of_number, prove_factor
from thidua.voting.ballot_box.refusals import Refusal
from thidua.voting.ballot_box.trustees import SERVER

Sums = list[list[Pair]]  # of each option of each question


def close_payload(last: int, present: int) -> bytes:
    """What the entry `close` says: the last entry before it, and how many people took part."""
    return canonical.write({"last": last, "present": present})


def aggregate_sums(ledger: Ledger) -> Sums:
    """The encrypted number of votes of every option, from the ballots that count (section 9.2)."""
    by_question = [
        [ballot.of_question(q) for ballot in ledger.counted_ballots]
        for q in range(len(ledger.manifest.questions))
    ]
    return [
        [add_pairs([row[i] for row in rows]) for i in range(len(question.options))]
        for rows, question in zip(by_question, ledger.manifest.questions, strict=True)
    ]


def aggregate_payload(ledger: Ledger) -> bytes:
    """What the entry `aggregate` says.

    Refusal V15 before the close, V16 when fewer ballots were cast than the manifest's least number: they are
    never opened, because too few hide nobody.
    """
    if ledger.close is None:
        raise Refusal("V15", "Chưa đóng phiếu")
    if len(ledger.counted) < ledger.manifest.told["min_ballots"]:
        raise Refusal("V16", "Số phiếu ít hơn mức tối thiểu, không được mở")
    sums = [[(a + b).hex() for a, b in row] for row in aggregate_sums(ledger)]
    told = {"ballots": len(ledger.counted), "close": ledger.close.head.hex(), "sums": sums}
    return canonical.write(told)


@dataclass(frozen=True)
class Aggregate:
    """The aggregate as it stands on the board."""

    close: bytes
    ballots: int
    sums: Sums

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Aggregate:
        """From its JSON."""
        sums = [[_pair(pair) for pair in row] for row in told["sums"]]
        return cls(bytes.fromhex(told["close"]), told["ballots"], sums)

    def factors(
        self, manifest: Manifest, holder: int, factors: Sequence[Sequence[bytes]]
    ) -> list[list[Factor]]:
        """The statements that holder's proofs are about."""
        key = manifest.trustees.public_keys[holder]
        return [
            [
                Factor(manifest.eh, self.close, holder, (q, i), key, pair, factors[q][i])
                for i, pair in enumerate(row)
            ]
            for q, row in enumerate(self.sums)
        ]


def _pair(told: str) -> Pair:
    both = bytes.fromhex(told)
    return both[:SIZE], both[SIZE:]


# --- Shares -----------------------------------------------------------------------------------------


def share_payload(
    manifest: Manifest, aggregate: Aggregate, holder: int, secret: int, draw: Draw = secrets.token_bytes
) -> bytes:
    """What the entry `share` of a key holder says: factors with their proofs (section 9.3).

    For the server. A person's device goes through `trustee_share`, which checks first.
    """
    factors = [[group().multiply(secret, alpha) for alpha, _ in row] for row in aggregate.sums]
    statements = aggregate.factors(manifest, holder, factors)
    proofs = [[prove_factor(statement, secret, draw).hex() for statement in row] for row in statements]
    told = {"factors": [[f.hex() for f in row] for row in factors], "proofs": proofs, "trustee": holder}
    return canonical.write(told)


def trustee_share(
    ledger: Ledger, holder: int, secret: int, typed_mark: str, draw: Draw = secrets.token_bytes
) -> bytes:
    """A person's share, given only for the aggregate that this board yields (section 9.3).

    Refusal: V15 not closed or void, V16 too few ballots or another aggregate, V09 another head was on the
    projector.
    The caller has run `checks.verify` on the board and never shared under another close of this election.
    """
    payload = aggregate_payload(ledger)
    if ledger.is_void:
        raise Refusal("V15", "Cuộc bỏ phiếu này đã bị hủy, không mở phiếu")
    if ledger.close is None or read_letters(typed_mark) != read_letters(head_mark(ledger.close.head)):
        raise Refusal("V09", "Dấu trên màn chiếu khác dấu của bảng này")
    if any(entry.payload != payload for entry in ledger.of("aggregate")):
        raise Refusal("V16", "Tổng mã hóa trên bảng khác tổng tự tính")
    told = canonical.read(payload, lambda value: True, "aggregate")
    return share_payload(ledger.manifest, Aggregate.of(told), holder, secret, draw)


@dataclass(frozen=True)
class Share:
    """A holder's share as it stands on the board."""

    holder: int
    factors: list[list[bytes]]
    proofs: list[list[bytes]]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Share:
        """From its JSON."""
        factors, proofs = (
            [[bytes.fromhex(text) for text in row] for row in told[key]] for key in ("factors", "proofs")
        )
        return cls(told["trustee"], factors, proofs)

    def fits(self, manifest: Manifest, aggregate: Aggregate) -> bool:
        """It has one factor and one proof for every option, and names a holder."""
        wanted = [len(row) for row in aggregate.sums]
        sizes = [[len(row) for row in rows] for rows in (self.factors, self.proofs)]
        return self.holder <= manifest.trustees.count and sizes == [wanted, wanted]

    def holds(self, manifest: Manifest, aggregate: Aggregate) -> bool:
        """Every proof holds."""
        statements = aggregate.factors(manifest, self.holder, self.factors)
        return all(
            factor_holds(statement, proof)
            for row, mine in zip(statements, self.proofs, strict=True)
            for statement, proof in zip(row, mine, strict=True)
        )


# --- Result -----------------------------------------------------------------------------------------


def lagrange(holder: int, holders: Sequence[int]) -> int:
    """The weight of a holder's factor among `holders`, modulo the order (section 9.4)."""
    above, below = 1, 1
    for other in holders:
        if other != holder:
            above = above * other % ORDER
            below = below * (other - holder) % ORDER
    return above * pow(below, -1, ORDER) % ORDER


def opened(aggregate: Aggregate, shares: Mapping[int, Share], holders: Sequence[int]) -> list[list[bytes]]:
    """m·G of every option, from the server's share and those of `holders`."""
    weights = {holder: lagrange(holder, holders) for holder in holders}
    return [
        [_opened(pair[1], shares, weights, q, i) for i, pair in enumerate(row)]
        for q, row in enumerate(aggregate.sums)
    ]


def _opened(beta: bytes, shares: Mapping[int, Share], weights: Mapping[int, int], q: int, i: int) -> bytes:
    mask = shares[SERVER].factors[q][i]
    for holder, weight in weights.items():
        mask = group().add(mask, group().multiply(weight, shares[holder].factors[q][i]))
    return group().subtract(beta, mask)


def counts_of(found: list[list[bytes]], ballots: int) -> list[list[int]] | None:
    """The numbers behind m·G, looked up between 0 and `ballots`; None when one is not among them."""
    table = {IDENTITY: 0} | {of_number(number): number for number in range(1, ballots + 1)}
    if any(element not in table for row in found for element in row):
        return None
    return [[table[element] for element in row] for row in found]


def decisions_of(ledger: Ledger, counts: Sequence[Sequence[int]]) -> list[list[bool] | None]:
    """Which options reach their question's threshold; None for a question without one (section 9.5)."""
    return [
        [question.threshold.passes(votes, ledger.present) for votes in row] if question.threshold else None
        for question, row in zip(ledger.manifest.questions, counts, strict=True)
    ]


def result_payload(ledger: Ledger, aggregate: Aggregate, shares: Mapping[int, Share]) -> bytes:
    """What the entry `result` says, from the server's share and the first `needed` others, all sound.

    Refusal V17 when shares are missing, V18 when they do not yield a number of votes.
    """
    needed = ledger.manifest.trustees.needed
    people = sorted(holder for holder in shares if holder != SERVER)[:needed]
    if SERVER not in shares or len(people) < needed:
        raise Refusal("V17", "Chưa đủ mảnh giải của người giữ khóa")
    counts = counts_of(opened(aggregate, shares, people), aggregate.ballots)
    if counts is None:
        raise Refusal("V18", "Các mảnh giải không cho ra số phiếu")
    told = {
        "ballots": aggregate.ballots,
        "counts": counts,
        "decisions": decisions_of(ledger, counts),
        "trustees": people,
    }
    return canonical.write(told)


def entry_aggregate(ledger: Ledger) -> tuple[Entry, Aggregate] | None:
    """The aggregate on the board, if there is one."""
    entry = next(iter(ledger.of("aggregate")), None)
    return (entry, Aggregate.of(ledger.told(entry))) if entry else None
