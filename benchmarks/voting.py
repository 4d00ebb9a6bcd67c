"""One ballot and one tally: against their operations in C, and against Helios' arithmetic, in one run.

    python -m benchmarks.voting

The floor counts the operations each step needs and multiplies them with what each costs in C (`floor.c`,
compiled here); what remains above it is hashing, sums of scalars and Python. Helios' arithmetic (`helios.py`)
does the same work modulo 2048 bits. Times of the browser are taken in Debian's Chromium without a window.
"""

from __future__ import annotations

import json
import secrets
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import helios
from tests.voting.ballot_box.browser import ask_all, of_package
from tests.voting.ballot_box.world import Meeting, convene, question, threshold
from thidua.voting.ballot_box import ballots, proofs, tally
from thidua.voting.ballot_box.ballots import inspect_ballot
from thidua.voting.ballot_box.group import group
from thidua.voting.ballot_box.tally import Aggregate, Share, aggregate_payload
from tools import front, kiemphieu

ROOT = Path(__file__).parents[1]
OPTIONS, MOST, VOTERS, HOLDERS, NEEDED, TIMES = 11, 3, 60, 5, 3, 7
FIRST = [1] + [0] * (OPTIONS - 1)
Work = Callable[[], object]


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


def median(work: Work, times: int = TIMES) -> float:
    """Milliseconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found) * 1000


def costs_in_c() -> dict[str, float]:
    """Milliseconds of one call of each operation in C."""
    with tempfile.TemporaryDirectory() as folder:
        made = f"{folder}/floor"
        source = str(Path(__file__).with_name("floor.c"))
        subprocess.run(["gcc", "-O2", "-o", made, source, "-l:libsodium.so.23"], check=True)
        told = subprocess.run([made], check=True, capture_output=True, text=True)
    return {name: cost / 1000 for name, cost in json.loads(told.stdout).items()}


def floor(work: Work, costs: dict[str, float]) -> float:
    """What the operations of `work` cost in C alone, in milliseconds."""
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
    return sum(costs[name] * times for name, times in counting.count.items())


@dataclass
class Step:
    """The same step three times: ours, its operations in C, Helios' arithmetic."""

    name: str
    ours: Work
    theirs: Work
    aim: int


def held() -> Meeting:
    """60 delegates have chosen, the ballot is closed."""
    asked = question(OPTIONS, 0, MOST, threshold=threshold(2, 3, VOTERS))
    meeting = convene(VOTERS, [asked], HOLDERS, NEEDED)
    for voter in range(VOTERS):
        meeting.vote(voter, [[int(i == voter % OPTIONS) for i in range(OPTIONS)]])
    meeting.close()
    return meeting


def steps(meeting: Meeting) -> list[Step]:
    """Encrypt, check, tally."""
    ballot, _ = meeting.fill(0, [FIRST], counter=2)
    ring = helios.Group()
    secrets_of = [secrets.randbelow(ring.q) for _ in range(3)]
    keys = [(x, helios.Key(ring, pow(ring.g, x, ring.p))) for x in secrets_of]
    key = helios.Key(ring, pow(ring.g, sum(secrets_of), ring.p))
    paper = key.fill(FIRST, MOST)
    cast = [paper.choices] * VOTERS
    holders = [(holder, meeting.secret_of(holder)) for holder in (0, 1, 3, 5)]
    meeting.ledger.counted_ballots  # noqa: B018  read once before anything is timed

    def count() -> None:
        sums = [helios.product([row[i] for row in cast], ring.p) for i in range(OPTIONS)]
        helios.tally(keys, sums)

    return [
        Step(
            f"encrypt, prove, sign ({OPTIONS} options)",
            lambda: meeting.fill(0, [FIRST], 2),
            lambda: key.fill(FIRST, MOST),
            80,
        ),
        Step(
            "check one ballot; there membership of ciphertexts",
            lambda: inspect_ballot(meeting.manifest, ballot),
            lambda: key.check(paper, strict=False),
            80,
        ),
        Step(
            "check one ballot; there membership of commitments too",
            lambda: inspect_ballot(meeting.manifest, ballot),
            lambda: key.check(paper, strict=True),
            80,
        ),
        Step(
            f"tally {VOTERS} × {OPTIONS}: server and {NEEDED} of {HOLDERS}; there 3 of 3",
            lambda: tallied(meeting, holders),
            count,
            15,
        ),
    ]


def tallied(meeting: Meeting, holders: list[tuple[int, int]]) -> None:
    """Add up, every share with its proofs, all of them checked, open."""
    manifest = meeting.manifest
    aggregate = Aggregate.of(json.loads(aggregate_payload(meeting.ledger)))
    shares = {
        holder: Share.of(json.loads(tally.share_payload(manifest, aggregate, holder, secret)))
        for holder, secret in holders
    }
    if not all(share.holds(manifest, aggregate) for share in shares.values()):
        raise ValueError("a share does not hold")
    tally.result_payload(meeting.ledger, aggregate, shares)


# --- The browser ------------------------------------------------------------------------------------------

TIMING = """async ([manifest, seed, times]) => {
  const it = phieukin.readManifest(phieukin.unhex(manifest));
  const signer = phieukin.seedSigner(phieukin.unhex(seed));
  const choices = [[1, ...Array(it.questions[0].options.length - 1).fill(0)]];
  const found = [];
  for (let n = 1; n <= times; n += 1) {
    const began = performance.now();
    await phieukin.makeBallot(it, signer, n, choices);
    found.push(performance.now() - began);
  }
  return found;
}"""


def in_browser(meeting: Meeting, times: int = 9) -> tuple[float, float]:
    """Milliseconds to make a ballot: the first, when tables are built, and the median of the others."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        bundle = f"{folder}/client.js"
        entry = str(ROOT / "thidua/voting/frontend/client/index.js")
        words = ["--bundle", "--minify", "--format=iife", "--global-name=phieukin", f"--outfile={bundle}"]
        front.node("node_modules/esbuild/bin/esbuild", entry, "--log-level=error", *words)
        browser = player.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto("about:blank")
        page.add_script_tag(path=bundle)
        told = [meeting.manifest.data.hex(), meeting.keys.voters[0].hex(), times]
        first, *others = page.evaluate(TIMING, told)
        browser.close()
    return first, statistics.median(others)


# --- The page ---------------------------------------------------------------------------------------------


def table() -> str:
    """Markdown."""
    meeting, costs = held(), costs_in_c()
    rows = []
    for step in steps(meeting):
        step.ours()
        ours, theirs = median(step.ours), median(step.theirs, 3)
        least = floor(step.ours, costs)
        rows.append(
            f"| {step.name} | {ours:.1f} | {least:.1f} | {ours / least:.2f} | {theirs:.0f} | "
            f"{theirs / ours:.0f} (aim {step.aim}) |"
        )
    first, others = in_browser(meeting)
    for holder in range(NEEDED + 1):
        if holder == 0:
            meeting.post("aggregate", aggregate_payload(meeting.ledger))
        meeting.post("share", meeting.share(holder))
    meeting.post("result", meeting.result())
    package = meeting.package
    whole = median(meeting.verify, 3) / 1000
    alone = median(lambda: kiemphieu.check(package.manifest, package.board), 1) / 1000
    node = median(lambda: ask_all([of_package(package)]), 1) / 1000
    return "\n".join(
        [
            "| step | ms | its operations in C, ms | ratio (aim 1.5) | Helios, ms | times as long |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            f"In Chromium a ballot takes {others:.0f} ms, the first {first:.0f} ms (aim 250). The whole "
            f"package of {VOTERS} ballots: ballot box {whole:.2f} s, one-file "
            f"verifier in plain Python {alone:.1f} s, the browser's verifier under Node {node:.1f} s.",
        ]
    )


if __name__ == "__main__":
    print(table())
