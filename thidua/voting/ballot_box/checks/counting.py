"""V16–V20: the count, its thresholds, its times."""

from __future__ import annotations

from thidua.voting.ballot_box.board import Entry
from thidua.voting.ballot_box.checks.case import VOTING, Case, Faults
from thidua.voting.ballot_box.tally import (
    Share,
    aggregate_sums,
    counts_of,
    decisions_of,
    entry_aggregate,
    opened,
)
from thidua.voting.ballot_box.trustees import SERVER


def aggregate(case: Case) -> Faults:
    """V16: one aggregate, of the ballots that count and no other (sections 9.1, 9.2)."""
    ledger, found = case.ledger, entry_aggregate(case.ledger)
    if found is None:
        if ledger.of("share", "result"):
            yield "Có mảnh giải hoặc kết quả mà không có tổng mã hóa"
        return
    entry, told = found
    if len(ledger.of("aggregate")) > 1 or any(other.k < entry.k for other in ledger.of("share", "result")):
        yield "Chỉ được có một tổng mã hóa, trước mọi mảnh giải"
    counted = len(ledger.counted)
    if told.ballots != counted or counted < case.manifest.told["min_ballots"]:
        yield "Số phiếu được tính không đúng hoặc ít hơn mức tối thiểu"
    if ledger.close is None or told.close != ledger.close.head:
        yield "Tổng mã hóa không thuộc lần đóng phiếu này"
    if not ledger.is_purged and told.sums != aggregate_sums(ledger):
        yield "Tổng mã hóa không phải tổng các phiếu được tính"


def _shares(case: Case) -> list[tuple[Entry, Share]]:
    return [(entry, Share.of(case.ledger.told(entry))) for entry in case.ledger.of("share")]


def shares(case: Case) -> Faults:
    """V17: every share is of a holder, given once, with proofs that hold (section 9.3)."""
    found, seen = entry_aggregate(case.ledger), set()
    for entry, share in _shares(case):
        sound = found and share.fits(case.manifest, found[1]) and share.holds(case.manifest, found[1])
        if not sound or share.holder in seen:
            yield f"Dòng {entry.k}: mảnh giải không đúng"
        seen.add(share.holder)


def result(case: Case) -> Faults:
    """V18: the counts are what server and `needed` trustees open (section 9.4)."""
    entry, found = next(iter(case.ledger.of("result")), None), entry_aggregate(case.ledger)
    if entry is None or found is None:
        return
    told, total = case.ledger.told(entry), found[1]
    given = {share.holder: share for line, share in _shares(case) if line.k < entry.k}
    holders = told["trustees"]
    enough = len(holders) == case.manifest.trustees.needed and holders == sorted(set(holders) - {SERVER})
    if len(case.ledger.of("result")) > 1 or not enough or not {SERVER, *holders} <= set(given):
        yield "Kết quả không dựa trên đủ mảnh giải"
        return
    counts = counts_of(opened(total, given, holders), total.ballots)
    if counts != told["counts"] or told["ballots"] != total.ballots:
        yield "Số phiếu công bố khác số phiếu giải ra"


def decision(case: Case) -> Faults:
    """V19: thresholds were applied in whole numbers (section 9.5)."""
    for entry in case.ledger.of("result"):
        told = case.ledger.told(entry)
        if told["decisions"] != decisions_of(case.ledger, told["counts"]):
            yield "Kết luận theo ngưỡng không đúng"


def times(case: Case) -> Faults:
    """V20: time runs forward; sealed before opening, votes between opening and closing (section 8.6)."""
    opens, closes = case.manifest.told["opens_ms"], case.manifest.told["closes_ms"]
    before = 0
    for entry in case.entries:
        if entry.ms < before:
            yield f"Dòng {entry.k} có giờ trước dòng trên"
        sealed_late = entry.type == "manifest" and entry.ms > opens
        outside = entry.type in VOTING and not opens <= entry.ms < closes
        if sealed_late or outside or (entry.type == "close" and entry.ms < opens):
            yield f"Dòng {entry.k} nằm ngoài giờ bỏ phiếu"
        before = entry.ms
