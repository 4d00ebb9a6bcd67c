"""V07–V15: the chain, and the ballots on it."""

from __future__ import annotations

import hashlib

from thidua.voting.ballot_box.ballots import Ballot, option_faults, signature_faults, sum_faults
from thidua.voting.ballot_box.board import Decision, Receipt, first_head, head_message, next_head
from thidua.voting.ballot_box.checks.case import AFTER_CLOSE, VOTING, Case, Faults
from thidua.voting.ballot_box.group import group
from thidua.voting.ballot_box.hashing import TRACKER_LETTERS, grouped, h32, head_mark, letters, read_letters


def chain(case: Case) -> Faults:
    """V07: numbers without gaps, hashes of payloads, heads that follow from one another (section 8.1)."""
    head = first_head(case.manifest.eh)
    for number, entry in enumerate(case.entries, start=1):
        whole = entry.payload is None or h32("payload", entry.payload) == entry.payload_hash
        follows = entry.k == number and entry.prev == head
        if not (whole and follows) or entry.head != next_head(
            head, number, entry.type, entry.payload_hash, entry.ms
        ):
            yield f"Dòng {number} không nối tiếp dòng trước hoặc đã bị sửa"
        head = entry.head


def heads(case: Case) -> Faults:
    """V08: the server signed every head (section 8.2)."""
    for entry in case.entries:
        message = head_message(case.manifest.eh, entry.k, entry.head)
        if not group().verify(case.manifest.server_key, message, entry.signature):
            yield f"Chữ ký của máy chủ ở dòng {entry.k} không đúng"


def receipts(case: Case) -> Faults:
    """V09: what voters and the room were shown, and the minutes, stand on this board (8.3, 8.4, 8.8)."""
    for receipt in case.receipts:
        if not _stands(case, receipt):
            yield f"Phiếu {receipt.tracker} của biên nhận không có trên bảng ở dòng {receipt.k}"
    heads = {entry.k: head_mark(entry.head) for entry in case.entries}
    for k, seen in case.marks:
        if read_letters(heads.get(k, "")) != read_letters(seen):
            yield f"Dấu {seen} của dòng {k} khác dấu trên bảng"
    sealed = {case.ledger.told(entry)["sha256"] for entry in case.ledger.of("minutes")}
    carried = [] if case.package.minutes is None else [case.package.minutes]
    if any(hashlib.sha256(data).hexdigest() not in sealed for data in (*carried, *case.minutes)):
        yield "Biên bản không phải biên bản ghi trên bảng"


def _stands(case: Case, receipt: Receipt) -> bool:
    found = next((pair for pair in case.ledger.decisions("cast") if pair[0].k == receipt.k), None)
    if found is None or receipt.eh != case.manifest.eh:
        return False
    entry, decision = found
    told = grouped(letters(decision.ballot, TRACKER_LETTERS))
    message = head_message(receipt.eh, receipt.k, receipt.head)
    signed = group().verify(case.manifest.server_key, message, receipt.signature)
    return signed and entry.head == receipt.head and read_letters(told) == read_letters(receipt.tracker)


# --- V10–V15: the ballots ----------------------------------------------------------------------------


def signatures(case: Case) -> Faults:
    """V10: every ballot and every decision is signed by its credential (sections 7.3, 7.4)."""
    for k, ballot in case.ledger.ballots.items():
        yield from (f"Dòng {k}: {fault}" for fault in signature_faults(ballot))
    for entry, decision in case.ledger.decisions("cast", "audited"):
        if not decision.is_signed():
            yield f"Dòng {entry.k}: chữ ký của quyết định không đúng"


def options(case: Case) -> Faults:
    """V11: every option of every ballot holds an allowed value (section 7.2)."""
    for k, ballot in case.ledger.ballots.items():
        yield from (f"Dòng {k}: {fault}" for fault in option_faults(ballot))


def sums(case: Case) -> Faults:
    """V12: every question of every ballot has an allowed number of choices (section 7.2)."""
    for k, ballot in case.ledger.ballots.items():
        yield from (f"Dòng {k}: {fault}" for fault in sum_faults(ballot))


def counters(case: Case) -> Faults:
    """V13: counters rise; a decision is about the newest ballot of its credential, once (section 7.4)."""
    if case.ledger.is_purged:
        return
    newest: dict[bytes, Ballot] = {}
    decided: set[tuple[str, bytes]] = set()
    lines: list[int] = []
    for entry in case.ledger.of(*VOTING):
        if entry.type == "pending":
            ballot = case.ledger.ballots[entry.k]
            if ballot.credential in newest and newest[ballot.credential].counter >= ballot.counter:
                yield f"Dòng {entry.k}: số lần của phiếu không tăng"
            newest[ballot.credential] = ballot
            continue
        decision = Decision(entry.content)
        latest = newest.get(decision.credential)
        if latest is None or latest.hash != decision.ballot or (entry.type, decision.ballot) in decided:
            yield f"Dòng {entry.k}: quyết định không thuộc phiếu mới nhất của cử tri"
        decided.add((entry.type, decision.ballot))
        lines += [case.ledger.lines[decision.credential]] * (entry.type == "cast")
    if not case.manifest.told["revote"] and len(lines) != len(set(lines)):
        yield "Có cử tri bỏ phiếu hai lần trong khi không được bỏ lại"


def audited(case: Case) -> Faults:
    """V14: a ballot that was opened to check a device is never cast (section 7.5)."""
    opened_ones = {decision.ballot for _, decision in case.ledger.decisions("audited")}
    for entry, decision in case.ledger.decisions("cast"):
        if decision.ballot in opened_ones:
            yield f"Dòng {entry.k}: phiếu đã dùng để kiểm tra máy lại được bỏ"


def closing(case: Case) -> Faults:
    """V15: one close with the last entry and those present; no vote after, no count before (8.5)."""
    ledger, before = case.ledger, set[str]()
    if ledger.close and ledger.told(ledger.close)["last"] != ledger.close.k - 1:
        yield "Dòng đóng phiếu không ghi đúng dòng cuối"
    if ledger.close and not len(ledger.counted) <= ledger.present <= len(ledger.manifest.roll):
        yield "Số có mặt ở dòng đóng phiếu ít hơn số phiếu hoặc nhiều hơn danh sách"
    for entry in case.entries:
        if not _may_follow(entry.type, before):
            yield f"Dòng {entry.k} ({entry.type}) không được có ở chỗ này của bảng"
        before.add(entry.type)


def _may_follow(kind: str, before: set[str]) -> bool:
    """Whether a line of this type may stand after lines of those types (section 8.5)."""
    if kind == "minutes":
        return "minutes" not in before and bool(before & {"result", "void"})
    if "void" in before or ("minutes" in before and kind != "void"):
        return False
    if "close" in before:
        return kind in AFTER_CLOSE
    return kind not in ("aggregate", "share", "result")
