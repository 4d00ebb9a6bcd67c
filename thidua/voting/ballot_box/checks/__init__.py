"""V01–V20: what makes a package believable (section 10). Each check tells its faults in sentences.

They run in order and stop at the first that fails, because a later one presupposes the earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from thidua.voting.ballot_box.board import Receipt
from thidua.voting.ballot_box.checks import counting, sealing, voting
from thidua.voting.ballot_box.checks.case import Case, Faults, Report
from thidua.voting.ballot_box.package import Package

__all__ = ["CHECKS", "Case", "Report", "verify"]

CHECKS: dict[str, Callable[[Case], Faults]] = {
    "V01": sealing.layout,
    "V02": sealing.encodings,
    "V03": sealing.election,
    "V04": sealing.key_ceremony,
    "V05": sealing.joint_key,
    "V06": sealing.roll,
    "V07": voting.chain,
    "V08": voting.heads,
    "V09": voting.receipts,
    "V10": voting.signatures,
    "V11": voting.options,
    "V12": voting.sums,
    "V13": voting.counters,
    "V14": voting.audited,
    "V15": voting.closing,
    "V16": counting.aggregate,
    "V17": counting.shares,
    "V18": counting.result,
    "V19": counting.decision,
    "V20": counting.times,
}


def verify(
    package: Package,
    receipts: Sequence[Receipt] = (),
    marks: Sequence[tuple[int, str]] = (),
    minutes: Sequence[bytes] = (),
) -> Report:
    """All checks in order up to the first that fails; what cannot be read is refused by the check at work."""
    case, done = Case(package, receipts, marks, minutes), list[str]()
    for code, check in CHECKS.items():
        try:
            faults = tuple(check(case))
        except (ValueError, LookupError, TypeError, ArithmeticError) as error:
            faults = (f"Không đọc được gói: {error}",)
        if faults:
            return Report(code, faults, tuple(done))
        done.append(code)
    return _accepted(case, tuple(done))


def _accepted(case: Case, done: tuple[str, ...]) -> Report:
    ledger, found = case.ledger, case.ledger.of("result")
    stage = "void" if ledger.is_void else "counted" if found else "closed" if ledger.close else "open"
    counts = ledger.told(found[0])["counts"] if found else []
    return Report(
        done=done, stage=stage, partial=ledger.is_purged, counts=tuple(tuple(row) for row in counts)
    )
