"""One ballot and one tally against the bare cost of their group operations in libsodium.

    python -m benchmarks.voting

The floor counts the multiplications and additions each step needs and times them one by one through the same
binding; what remains above it is hashing, sums of scalars and Python. The last column is the same statement
in integers modulo a 2048-bit number with 256-bit exponents, as older systems have it: the number of
exponentiations such a step needs times the measured time of one `pow`.
"""

from __future__ import annotations

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from tests.voting.ballot_box.world import convene, question, threshold
from thidua.voting.ballot_box import ballots, proofs, tally
from thidua.voting.ballot_box.ballots import inspect_ballot
from thidua.voting.ballot_box.group import group, random_scalar
from thidua.voting.ballot_box.tally import aggregate_payload
from tools import kiemphieu

OPTIONS, VOTERS, HOLDERS, NEEDED, TIMES = 11, 60, 5, 3, 7


class Counting:
    """The group, with its operations counted."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.count = inner, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        run = getattr(self.inner, name)
        if not callable(run):
            return run

        def counted(*given: Any) -> Any:
            self.count[name] += 1
            return run(*given)

        return counted


def median(work: Callable[[], object], times: int = TIMES) -> float:
    """Seconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def unit_costs() -> dict[str, float]:
    """Seconds of one call of each operation."""
    one, other = group().base(random_scalar()), group().base(random_scalar())
    scalar, seed = random_scalar(), os.urandom(32)
    key, signature = group().public_key(seed), group().sign(seed, b"x" * 64)
    calls: dict[str, Callable[[], object]] = {
        "base": lambda: group().base(scalar),
        "multiply": lambda: group().multiply(scalar, one),
        "add": lambda: group().add(one, other),
        "subtract": lambda: group().subtract(one, other),
        "is_element": lambda: group().is_element(one),
        "public_key": lambda: group().public_key(seed),
        "sign": lambda: group().sign(seed, b"x" * 64),
        "verify": lambda: group().verify(key, b"x" * 64, signature),
    }
    return {name: _one_of_many(run) for name, run in calls.items()}


def _one_of_many(run: Callable[[], object]) -> float:
    return median(lambda: [run() for _ in range(200)]) / 200


def power() -> float:
    """Seconds of one exponentiation modulo 2048 bits."""
    modulus = int.from_bytes(os.urandom(256), "big") | 1 << 2047 | 1
    base, exponent = int.from_bytes(os.urandom(255), "big"), int.from_bytes(os.urandom(32), "big")
    return median(lambda: [pow(base, exponent, modulus) for _ in range(20)]) / 20


def powers(options: int, most: int) -> tuple[int, int]:
    """Exponentiations to make and to check a ballot: two a ciphertext, a proof of m values 4m − 2 and 4m."""
    made = options * (2 + 6) + 4 * (most + 1) - 2
    checked = options * (2 + 8) + 4 * (most + 1)  # two for the subgroup of each ciphertext
    return made, checked


def floor(work: Callable[[], object], costs: dict[str, float]) -> float:
    """What the counted operations of `work` cost alone."""
    counting = Counting(group())
    places: list[Any] = [ballots, proofs, tally]
    kept = [place.group for place in places]
    for place in places:
        place.group = lambda: counting
    try:
        work()
    finally:
        for place, before in zip(places, kept, strict=True):
            place.group = before
    return sum(costs.get(name, 0) * times for name, times in counting.count.items())


def main() -> None:
    """Print the table."""
    asked = question(OPTIONS, 0, 3, threshold=threshold(2, 3, VOTERS))
    meeting = convene(VOTERS, [asked], HOLDERS, NEEDED)
    for voter in range(VOTERS):
        meeting.vote(voter, [[int(i == voter % OPTIONS) for i in range(OPTIONS)]])
    first = [1] + [0] * (OPTIONS - 1)
    ballot, _ = meeting.fill(0, [first], counter=2)
    meeting.close()
    payload = aggregate_payload(meeting.ledger)
    meeting.post("aggregate", payload)
    secret = meeting.secret_of(1)
    aggregate = tally.Aggregate.of(meeting.ledger.told(meeting.ledger.of("aggregate")[0]))
    for holder in (0, 1, 2, 3):
        meeting.post("share", meeting.share(holder))
    work: dict[str, Callable[[], object]] = {
        f"encrypt, prove, sign ({OPTIONS} options)": lambda: meeting.fill(0, [first], 2),
        f"check one ballot ({OPTIONS} options)": lambda: inspect_ballot(meeting.manifest, ballot),
        f"add up {VOTERS} × {OPTIONS}": lambda: aggregate_payload(meeting.ledger),
        "one trustee's share with proofs": lambda: tally.share_payload(
            meeting.manifest, aggregate, 1, secret
        ),
        f"open with {NEEDED} of {HOLDERS}": meeting.result,
    }
    costs, exponentiation = unit_costs(), power()
    older = [
        *(count * exponentiation for count in powers(OPTIONS, 3)),
        None,
        3 * OPTIONS * exponentiation,
        None,
    ]
    print("| step | ms | operations alone, ms | ratio | 2048 bits, ms | times as long |")
    print("|---|---|---|---|---|---|")
    for (name, run), other in zip(work.items(), older, strict=True):
        run()
        taken, least = median(run), floor(run, costs)
        beside = f"{other * 1000:.0f} | {other / taken:.0f}" if other else "– | –"
        print(f"| {name} | {taken * 1000:.1f} | {least * 1000:.1f} | {taken / least:.2f} | {beside} |")
    meeting.post("result", meeting.result())
    package = meeting.package
    ours = median(meeting.verify, 3)
    its = median(lambda: kiemphieu.check(package.manifest, package.board), 1)
    print(f"\nwhole package of {VOTERS} ballots: ballot box {ours:.2f} s, one-file verifier {its:.1f} s")


if __name__ == "__main__":
    main()
