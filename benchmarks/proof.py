"""The long proofs of the ballot box, each with its figures; a test runs a fixed hundredth of them.

    python -m benchmarks.proof            every part, written into benchmarks/voting.md
    python -m benchmarks.proof mutants    one part

`make proof` runs all. Every case follows from a seed, so the figures come out the same wherever it runs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import voting
from tests.voting.ballot_box import elections, mutants, tallies
from tests.voting.ballot_box.forgeries import FORGERIES

PAGE = Path(__file__).with_name("voting.md")
ROOT = PAGE.parent.parent
MUTANTS, ELECTIONS, SUMS, HOLDERS, PAPERS = 110_000, 1_000, 10_000, 5, 10_000


def of_mutants() -> str:
    """Figure 3 and the first half of 5."""
    total = mutants.run(MUTANTS)
    rows = [
        f"| {kind} | {total.judged[kind]} | {_codes(total, kind)} |"
        for kind in sorted(mutants.KINDS, key=mutants.KINDS.index)
    ]
    return "\n".join(
        [
            f"{total.judged.total():,} mutants of {len(mutants.KINDS)} classes: "
            f"**{total.accepted.total()} accepted** by any of three programs, "
            f"{total.wrong.total()} refused by another check than their own, "
            f"{total.disagreed.total()} on which the three disagree.",
            "",
            "| class | mutants | refused by |",
            "|---|---|---|",
            *rows,
        ]
    )


def _codes(total: mutants.Tally, kind: str) -> str:
    found = sorted((code, count) for (name, code), count in total.codes.items() if name == kind)
    return found[0][0] if len(found) == 1 else ", ".join(f"{code} {count}" for code, count in found)


def of_forgeries() -> str:
    """Figures 4 and 9, by the tests that hold them."""
    names = ["test_verifiers.py", "test_vectors.py"]
    files = [str(ROOT / "tests/voting/ballot_box" / name) for name in names]
    command = [sys.executable, "-m", "tools.test", *files, "-q"]
    told = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    return (
        f"{len(FORGERIES)} forgeries, each refused by its own check in all three programs; each of V01–V20 "
        "taken out of each program lets at least one through; every column of a package changed is reported "
        f"by all alike; all programs give the published vectors. `{told.stdout.strip().splitlines()[-1]}`"
    )


def of_elections() -> str:
    """The second half of figure 5, and 7."""
    total = elections.run(ELECTIONS)
    return (
        f"{total.elections:,} elections drawn at random (votes again, blanks, own units, checked devices, "
        f"lost slips), half with one letter changed: {total.miscounted} counted otherwise than the sum, "
        f"{total.accepted} changed ones accepted, {total.disagreed} on which the three programs disagree."
    )


def of_sums() -> str:
    """Figure 7."""
    cases = [tallies.one_case(seed) for seed in range(SUMS)]
    return (
        f"{len(cases):,} random votes (1–60 options, 1–60 ballots, 1–5 trustees): every one of "
        f"{sum(subsets for subsets, _ in cases):,} sufficient subsets of trustees opens the plain sum, "
        f"{sum(wrong for _, wrong in cases)} failures."
    )


def of_trustees() -> str:
    """Figure 11."""
    found = [tallies.losses(n, t) for n in range(1, HOLDERS + 1) for t in range(1, n + 1)]
    return (
        f"All subsets of 1–{HOLDERS} trustees under every number needed: "
        f"{sum(one.refused for one in found)} too small and nothing opened, "
        f"{sum(one.opened for one in found)} large enough and the plain sum came out; "
        f"{sum(one.named for one in found)} false shares, each named; "
        f"{sum(one.wrong for one in found)} exceptions."
    )


def of_thresholds() -> str:
    """Figure 12."""
    made, wrong = tallies.decisions()
    rules = "every yes ≤ N ≤ 60, 80 % and 90 % of all members"
    return (
        f"{made:,} decisions ({rules}) by four programs: {wrong} other than exact fractions, or with a "
        "percentage shown on the other side of the threshold."
    )


def of_papers() -> str:
    """Figure 13."""
    found = tallies.papers(PAPERS)
    return (
        f"{PAPERS:,} counts on paper: {found.sound_refused} sound ones refused; {found.unequal:,} pairs of "
        f"entries with a slip in one, {found.unequal_accepted} accepted; {found.same_slip:,} with the same "
        f"slip of a sum in both, {found.same_slip_accepted} accepted."
    )


def of_load() -> str:
    """Figure 1: the running server under six hundred delegates."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.voting_load"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return "\n".join(f"- {line}" for line in told.stdout.splitlines() if line)


def of_server() -> str:
    """Figures 8, 10 and 14, by the tests that hold them."""
    files = [str(ROOT / "tests/voting" / name) for name in ("test_faults.py", "test_conformance.py")]
    command = [sys.executable, "-m", "tools.test", *files, "-q"]
    told = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    return (
        "The process killed at every statement of a vote, the close and the last share; sixty at once; the"
        " ways of matching voters to choices; pages before the close; one suite over four ways of voting: "
        f"{told.stdout.strip().splitlines()[-1]}."
    )


PARTS: dict[str, Callable[[], str]] = {
    "speed": voting.table,
    "mutants": of_mutants,
    "forgeries": of_forgeries,
    "elections": of_elections,
    "sums": of_sums,
    "trustees": of_trustees,
    "thresholds": of_thresholds,
    "papers": of_papers,
    "load": of_load,
    "server": of_server,
}


def main(names: list[str]) -> None:
    """Run the parts and write what they say between their marks."""
    for name in names or PARTS:
        began = time.perf_counter()
        told = PARTS[name]()
        print(f"{name} ({time.perf_counter() - began:.0f} s)\n{told}\n", flush=True)
        page = PAGE.read_text(encoding="utf-8")
        marked = re.compile(rf"(<!-- {name} -->\n).*?\n?(<!-- /{name} -->)", re.DOTALL)
        written = marked.sub(lambda found, told=told: f"{found[1]}{told}\n{found[2]}", page)
        PAGE.write_text(written, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
