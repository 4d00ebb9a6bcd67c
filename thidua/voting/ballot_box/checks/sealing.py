"""V01–V06: the files, the manifest, the keys, the roll."""

from __future__ import annotations

from thidua.voting.ballot_box.ballots import election_faults, encoding_faults, layout_faults
from thidua.voting.ballot_box.board import DECISION, KINDS, Decision, Entry
from thidua.voting.ballot_box.checks.case import VOTING, Case, Faults
from thidua.voting.ballot_box.credentials import replacement_message, signed_enough
from thidua.voting.ballot_box.group import IDENTITY, SIZE, group, is_scalar
from thidua.voting.ballot_box.ledger import SHAPES, Ledger
from thidua.voting.ballot_box.manifest import FEWEST_BALLOTS


def layout(case: Case) -> Faults:
    """V01: canonical JSON of the known shapes, binary payloads of their lengths (sections 4, 7, 8, 11)."""
    ledger = case.ledger
    if not case.entries or [entry.k for entry in ledger.of("manifest")] != [case.entries[0].k]:
        yield "Bảng phải bắt đầu bằng đúng một bản niêm phong"
    for entry in case.entries:
        if entry.type in SHAPES:
            ledger.told(entry)
        if entry.type in KINDS and not _is_decision(entry):
            yield f"Quyết định ở dòng {entry.k} sai độ dài hoặc sai loại"
    for k, ballot in ledger.ballots.items():
        yield from (f"Dòng {k}: {fault}" for fault in layout_faults(ballot))
    yield from _sizes_of_the_tally(ledger)
    gone = [entry.type for entry in case.entries if entry.payload is None]
    if gone and (gone != ["pending"] * len(ledger.of("pending")) or not ledger.of("result", "void")):
        yield "Nội dung bị thiếu: chỉ được hủy nội dung của mọi phiếu, sau khi có kết quả hoặc đã hủy cuộc"


def _is_decision(entry: Entry) -> bool:
    return len(entry.content) == DECISION and Decision(entry.content).kind == KINDS[entry.type]


def _sizes_of_the_tally(ledger: Ledger) -> Faults:
    """Aggregate, shares and result have a place for every option of every question."""
    wanted = [len(question.options) for question in ledger.manifest.questions]
    for entry in ledger.of("aggregate", "share", "result"):
        told = ledger.told(entry)
        tables = [told[key] for key in ("sums", "factors", "proofs", "counts") if key in told]
        if any([len(row) for row in table] != wanted for table in tables):
            yield f"Dòng {entry.k} không có đủ chỗ cho mọi phương án"
        if entry.type == "result" and len(told["decisions"]) != len(wanted):
            yield f"Dòng {entry.k} không có đủ kết luận"


def encodings(case: Case) -> Faults:
    """V02: every element, scalar and key in its one encoding (section 2)."""
    voters = [bytes.fromhex(line["key"]) for line in case.manifest.told["roll"]]
    keys = [case.manifest.server_key, *case.manifest.committee, *voters]
    if not all(group().is_key(key) for key in keys):
        yield "Có khóa Ed25519 không hợp lệ trong bản niêm phong"
    elements = [case.manifest.joint_key]
    for holder in case.manifest.trustees.revealed:
        elements += holder.elements
        if not _are_scalars(holder.proof):
            yield "Chứng minh của người giữ khóa không viết theo dạng chuẩn"
    if not all(group().is_element(element) and element != IDENTITY for element in elements):
        yield "Có khóa mã hóa không viết theo dạng chuẩn"
    for k, ballot in case.ledger.ballots.items():
        yield from (f"Dòng {k}: {fault}" for fault in encoding_faults(ballot))
    yield from _encodings_of_the_tally(case.ledger)


def _are_scalars(proof: bytes) -> bool:
    return all(is_scalar(proof[at : at + SIZE]) for at in range(0, len(proof), SIZE))


def _encodings_of_the_tally(ledger: Ledger) -> Faults:
    for entry in ledger.of("aggregate", "share"):
        told = ledger.told(entry)
        pairs = [bytes.fromhex(pair) for row in told.get("sums", []) for pair in row]
        elements = [half for pair in pairs for half in (pair[:SIZE], pair[SIZE:])]
        elements += [bytes.fromhex(factor) for row in told.get("factors", []) for factor in row]
        proofs = [bytes.fromhex(proof) for row in told.get("proofs", []) for proof in row]
        if not all(map(group().is_element, elements)) or not all(map(_are_scalars, proofs)):
            yield f"Dòng {entry.k} có số không viết theo dạng chuẩn"


def election(case: Case) -> Faults:
    """V03: board, first entry, ballots and decisions are of this manifest (section 4.3)."""
    if case.declared != case.manifest.eh or case.entries[0].payload != case.manifest.data:
        yield "Bảng không thuộc bản niêm phong này"
    for k, ballot in case.ledger.ballots.items():
        yield from (f"Dòng {k}: {fault}" for fault in election_faults(ballot))
    for entry, decision in case.ledger.decisions("cast", "audited"):
        if decision.eh != case.manifest.eh:
            yield f"Dòng {entry.k}: quyết định của một cuộc bỏ phiếu khác"


def key_ceremony(case: Case) -> Faults:
    """V04: every holder committed before revealing and knows the own part (section 5)."""
    trustees = case.manifest.trustees
    if trustees.count == 0 and case.manifest.told["kind"] != "poll":
        yield "Phiếu kín phải có người giữ khóa ngoài máy chủ"
    yield from trustees.faults()


def joint_key(case: Case) -> Faults:
    """V05: Y is the sum of all parts (section 5.4)."""
    if case.manifest.trustees.joint_key() != case.manifest.joint_key:
        yield "Khóa mã hóa không phải tổng các phần khóa"


def roll(case: Case) -> Faults:
    """V06: distinct voters, enough of them to hide each other, replaced only by the committee (5.5, 5.6)."""
    told = case.manifest.told
    if len(case.manifest.roll) != len(told["roll"]) or not 1 <= len(told["roll"]) <= told["members"]:
        yield "Danh sách cử tri có mã trùng nhau hoặc quá số thành viên"
    others = [case.manifest.server_key, *case.manifest.committee]
    if len({*others, *case.manifest.roll}) != len(others) + len(case.manifest.roll):
        yield "Một khóa đứng ở hai vai: máy chủ, ban kiểm phiếu, cử tri phải khác khóa nhau"
    if told["min_ballots"] < (1 if told["kind"] == "rehearsal" else FEWEST_BALLOTS):
        yield f"Số phiếu tối thiểu phải từ {FEWEST_BALLOTS}"
    allowed, issued = set(case.manifest.roll), {*others, *case.manifest.roll}
    for entry in case.entries:
        if entry.type == "replace":
            yield from _replace(case, entry, allowed, issued)
        elif entry.type in VOTING and entry.payload is not None and _credential(entry) not in allowed:
            yield f"Dòng {entry.k}: mã cử tri không có trong danh sách"


def _credential(entry: Entry) -> bytes:
    """It stands at the same place in ballots and decisions."""
    return entry.content[1 + SIZE : 1 + 2 * SIZE]


def _replace(case: Case, entry: Entry, allowed: set[bytes], issued: set[bytes]) -> Faults:
    """Let the new credential in for the old one, or tell what is wrong with it."""
    told = case.ledger.told(entry)
    old, new = bytes.fromhex(told["old"]), bytes.fromhex(told["new"])
    signatures = {line["member"]: bytes.fromhex(line["signature"]) for line in told["signatures"]}
    needed = case.manifest.told["committee"]["needed"]
    message = replacement_message(case.manifest.eh, old, new)
    signed = signed_enough(case.manifest.committee, needed, message, signatures)
    if old not in allowed or new in issued or not group().is_key(new):
        yield f"Dòng {entry.k}: thay mã cử tri không hợp lệ"
    if not signed or len(signatures) != len(told["signatures"]):
        yield f"Dòng {entry.k}: thiếu chữ ký của ban kiểm phiếu"
    allowed.discard(old)
    allowed.add(new)
    issued.add(new)
