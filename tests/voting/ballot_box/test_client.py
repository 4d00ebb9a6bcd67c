"""The browser's client and the Python core are one protocol: the same bytes, the same refusals."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.voting.ballot_box.browser import ask, ask_all, stream
from tests.voting.ballot_box.forgeries import retold
from tests.voting.ballot_box.world import Meeting, convene, question
from thidua.voting.ballot_box import canonical, proofs, trustees
from thidua.voting.ballot_box.ballots import inspect_ballot, make_ballot
from thidua.voting.ballot_box.board import make_decision
from thidua.voting.ballot_box.credentials import (
    commit_fingerprint,
    credential_fingerprint,
    new_slip,
    replacement_message,
    slip_seed,
)
from thidua.voting.ballot_box.group import group
from thidua.voting.ballot_box.hashing import ballot_hash, tracker
from thidua.voting.ballot_box.package import write_package
from thidua.voting.ballot_box.refusals import Refusal
from thidua.voting.ballot_box.tally import aggregate_payload, trustee_share
from thidua.voting.ballot_box.trustees import Round1, Trustees
from tools import front, kiemphieu

ROOT = Path(__file__).parents[3]
PEOPLE = ["Lan", "Minh", "Nga"]


def hexes(rows: Any) -> Any:
    return [row.hex() for row in rows]


def test_a_ballot_has_the_same_bytes_on_the_phone_and_on_the_server() -> None:
    units = ["A", "B", "", "D", "E", "F"]
    options = [{"title": f"Đơn vị {unit}", "unit": unit} for unit in "ABCDEF"]
    asked = [question(6, 0, 3, own_unit=True) | {"options": options}, question(2, 1, 2)]
    meeting = convene(6, asked, units=units)
    votes = [[[0, 1, 1, 0, 0, 0], [1, 0]], [[1, 0, 0, 0, 0, 1], [1, 1]], [[0] * 6, [0, 1]]]
    told = {"ask": "ballot", "manifest": meeting.manifest.data.hex(), "counter": 7}
    answers = ask_all(
        {**told, "seed": seed.hex(), "choices": vote, "random": f"0{at}"}
        for at, (seed, vote) in enumerate(zip(meeting.keys.voters, votes, strict=False))
    )
    for at, (vote, answer) in enumerate(zip(votes, answers, strict=True)):
        seed = meeting.keys.voters[at]
        mine, opening = make_ballot(meeting.manifest, seed, 7, vote, draw=stream(bytes([at])))
        assert answer == {
            "bytes": mine.hex(),
            "hash": ballot_hash(mine).hex(),
            "tracker": tracker(mine),
            "opening": opening.seed.hex(),
        }
        inspect_ballot(meeting.manifest, bytes.fromhex(answer["bytes"]))


def test_the_phone_makes_no_ballot_the_server_would_refuse() -> None:
    options = [{"title": f"Đơn vị {unit}", "unit": unit} for unit in "ABC"]
    asked = [question(3, 0, 1, own_unit=True) | {"options": options}]
    meeting = convene(6, asked, units=list("ABCDEF"))
    told = {"manifest": meeting.manifest.data.hex(), "seed": meeting.keys.voters[0].hex()}
    for wrong in ([[1, 0, 0]], [[0, 1, 1]], [[0, 1]], [[0, 1, 0], []]):
        answer = ask("ballot", **told, counter=1, choices=wrong, random="00")
        assert "lựa chọn" in answer["refused"].lower()


def test_decisions_slips_and_fingerprints_are_the_same() -> None:
    meeting = convene(6)
    seed, ballot = meeting.keys.voters[0], meeting.fill(0, [[0, 1, 0]])[0]
    told = {"manifest": meeting.manifest.data.hex(), "seed": seed.hex(), "hash": ballot_hash(ballot).hex()}
    code, key = new_slip(stream(b"\x07")), group().public_key(seed)
    message = replacement_message(meeting.manifest.eh, key, bytes(32))
    mine = [
        {"bytes": make_decision(meeting.manifest, seed, "cast", ballot_hash(ballot)).hex()},
        {"bytes": make_decision(meeting.manifest, seed, "audited", ballot_hash(ballot)).hex()},
        {"code": code},
        {"seed": slip_seed("họp", code).hex()},
        {"cred": credential_fingerprint(key), "dkg": commit_fingerprint(key)},
        {"signature": group().sign(seed, message).hex()},
    ]
    old = {"eh": meeting.manifest.eh.hex(), "old": key.hex(), "fresh": "00" * 32, "seed": seed.hex()}
    assert mine == ask_all(
        [
            {"ask": "decision", "kind": "cast", **told},
            {"ask": "decision", "kind": "audited", **told},
            {"ask": "newSlip", "random": "07"},
            {
                "ask": "slip",
                "meeting": "họp",
                "typed": f" {code.lower().replace('0', 'o').replace('1', 'l')} ",
            },
            {"ask": "prints", "key": key.hex()},
            {"ask": "replacement", **old},
        ]
    )
    wrong = ("A" if code[0] != "A" else "B") + code[1:]
    assert "gõ chưa đúng" in ask("slip", meeting="họp", typed=wrong)["refused"]


# --- Kiểm tra máy ---------------------------------------------------------------------------------------


def test_a_second_device_sees_what_the_first_encrypted() -> None:
    meeting = convene(6)
    data = meeting.manifest.data.hex()
    ballot, opening = meeting.fill(0, [[0, 1, 0]])
    other = meeting.fill(0, [[0, 1, 0]])[0]
    told = {"manifest": data, "ballot": ballot.hex(), "seed": opening.seed.hex()}
    honest = ask("opening", **told, choices=[[0, 1, 0]])["text"]
    lying = ask("opening", **told, choices=[[1, 0, 0]])["text"]
    assert len(honest) < 600, "one QR picture"
    asked = {"ask": "audit", "manifest": data}
    good, wrong, exchanged, foreign = ask_all(
        [
            {**asked, "ballot": ballot.hex(), "text": honest},
            {**asked, "ballot": ballot.hex(), "text": lying},
            {**asked, "ballot": other.hex(), "text": honest},
            {
                **asked,
                "manifest": convene(6, seed=2).manifest.data.hex(),
                "ballot": ballot.hex(),
                "text": honest,
            },
        ]
    )
    assert good == {"choices": [[0, 1, 0]], "tracker": tracker(ballot)}
    assert "mã hóa khác" in wrong["refused"]
    assert "không phải phiếu đang kiểm tra" in exchanged["refused"]
    assert foreign["code"] == "V03"


def test_a_second_device_knows_no_unit_of_a_slip_given_for_a_lost_one() -> None:
    """The slip stands on the board alone, yet its own unit bars an option: nobody's device is accused."""
    options = [{"title": f"Đơn vị {unit}", "unit": unit} for unit in "AB"]
    meeting = convene(6, [question(2, 0, 1, own_unit=True) | {"options": options}], units=["A", *["B"] * 5])
    meeting.replace(0)
    seed = meeting.keys.voters[0]
    ballot, opening = make_ballot(meeting.manifest, seed, 1, [[0, 1]], unit="A", draw=meeting.draw)
    told = {"manifest": meeting.manifest.data.hex(), "ballot": ballot.hex()}
    texts = [
        ask("opening", **told, seed=opening.seed.hex(), choices=choices)["text"]
        for choices in ([[0, 1]], [[0, 0]], [[1, 0]])
    ]
    good, *wrong = ask_all({"ask": "audit", **told, "text": text} for text in texts)
    assert good == {"choices": [[0, 1]], "tracker": tracker(ballot)}
    assert ["mã hóa khác" in answer["refused"] for answer in wrong] == [True, True]


def test_a_receipt_must_be_of_this_ballot_and_signed() -> None:
    meeting = convene(6)
    ballot, _ = meeting.fill(0, [[0, 1, 0]])
    receipt = json.loads(meeting.put(0, ballot))
    asked = {"ask": "receipt", "manifest": meeting.manifest.data.hex(), "tracker": tracker(ballot)}
    forged = receipt | {"k": receipt["k"] + 1}
    good, unsigned, other = ask_all(
        [
            {**asked, "receipt": receipt},
            {**asked, "receipt": forged},
            {**asked, "receipt": receipt, "tracker": "0000-0000-0000-0000-0000"},
        ]
    )
    assert (good, unsigned["code"], other["code"]) == ({}, "V09", "V09")


# --- Trustees -------------------------------------------------------------------------------------------


def ceremony_with_one_browser() -> tuple[Trustees, dict[str, Any], list[trustees.TrusteeSecret]]:
    """Trustee 1 sits at a browser, 2 and 3 at Python; 2 of 3 are needed."""
    draw, name = stream(b"dkg"), "hop-1"
    _, first = trustees.begin_server(name, 3, 2, draw)
    people = [trustees.begin(name, index, 3, 2, draw) for index in (2, 3)]
    browser = ask("begin", meeting=name, index=1, count=3, needed=2, random="01")
    round1 = (first, bytes.fromhex(browser["round1"]), *(data for _, data in people))
    commits = tuple(trustees.commitment_to(name, data) for data in round1)
    assert browser["commit"] == commits[1].hex()
    assert browser["fingerprint"] == commit_fingerprint(commits[1])
    secret = {"meeting": name, "index": 1, **{key: browser[key] for key in ("transport",)}}
    sealed = ask("seal", secret=secret, commits=hexes(commits), round1=hexes(round1), random="02")["sealed"]
    revealed = tuple(Round1(data) for data in round1)
    others = [trustees.seal_shares(one, revealed, draw) for one, _ in people]
    rows = (tuple(bytes.fromhex(one) for one in sealed), *others)
    return Trustees(name, 2, tuple(PEOPLE), commits, round1, rows), secret, [one for one, _ in people]


def tell(block: Trustees) -> dict[str, Any]:
    names = {"names": list(block.names), "needed": block.needed}
    return names | {
        "commits": hexes(block.commits),
        "round1": hexes(block.round1),
        "sealed": [hexes(row) for row in block.sealed],
    }


def test_a_browser_and_python_make_one_key_together() -> None:
    block, secret, others = ceremony_with_one_browser()
    assert block.faults() == []
    mine = int(ask("keyShare", secret=secret, trustees=tell(block))["share"], 16)
    assert group().base(mine) == block.public_keys[1]
    for index, other in zip((2, 3), others, strict=True):
        assert group().base(trustees.key_share(other, block)) == block.public_keys[index]


def test_a_trustee_who_cheats_is_named() -> None:
    block, secret, _ = ceremony_with_one_browser()
    rows = list(block.sealed)
    rows[1] = (rows[2][0], *rows[1][1:])
    told = ask("keyShare", secret=secret, trustees=tell(replace(block, sealed=tuple(rows))))
    assert (told["code"], "số 2 (Minh)" in told["refused"]) == ("V04", True)
    commits = [*hexes(block.commits[:3]), "00" * 32]
    told = ask("seal", secret=secret, commits=commits, round1=hexes(block.round1), random="02")
    assert (told["code"], "số 3" in told["refused"]) == ("V04", True)


def voted(voters: int = 6) -> Meeting:
    meeting = convene(6)
    for voter in range(voters):
        meeting.vote(voter, [[1, 0, 0]])
    return meeting


def share_question(meeting: Meeting, mark: str = "", **more: Any) -> dict[str, Any]:
    person, package = meeting.keys.people[0], meeting.package
    secret = {"meeting": person.meeting, "index": 1, "transport": f"{person.transport:x}"}
    told = {"manifest": package.manifest.hex(), "board": package.board.hex(), "random": "05"}
    return {"ask": "share", "secret": secret, "mark": mark or meeting.mark, **told, **more}


def test_a_share_has_the_same_bytes_and_is_refused_for_the_same_reasons() -> None:
    meeting, few, other = voted(), voted(4), voted()
    still_open = share_question(meeting)
    meeting.close()
    mark = meeting.mark
    sound = share_question(meeting, mark.lower().replace("-", " "))
    expected = trustee_share(meeting.ledger, 1, meeting.secret_of(1), mark, stream(b"\x05"))
    wrong_key = share_question(meeting)
    wrong_key["secret"] |= {"transport": "7"}
    few.close()
    other.vote(0, [[0, 1, 0]], counter=2)
    other.close()
    kept = {f"shared:{meeting.manifest.eh.hex()}": other.entries[-1].head.hex()}
    lying = voted()
    lying.close()
    lying.post("aggregate", aggregate_payload(other.ledger))
    answers = ask_all(
        [
            sound,
            still_open,
            share_question(few),
            share_question(meeting, "0000-0000-0000-0000"),
            share_question(meeting, kept=kept),
            share_question(lying, mark),
            wrong_key,
        ]
    )
    assert answers[0] == {"payload": expected.hex()}
    assert [answer["code"] for answer in answers[1:]] == ["V15", "V16", "V09", "V16", "V16", "V04"]


def usurped() -> Meeting:
    """The server seals parts of its own under the trustees' names, and shares to the trustees' true keys.

    Every proof holds and every trustee could give a share, but the server knows the whole key.
    """
    meeting = convene(6)
    block, draw = meeting.manifest.trustees, meeting.draw
    own = [trustees.begin(block.meeting, i, block.count, block.needed, draw)[0] for i in (1, 2, 3)]
    parts = [block.round1[0]]
    for secret, theirs in zip(own, block.revealed[1:], strict=True):
        mine = secret.prefix(block.count, block.needed)
        prefix = mine[:3] + theirs.transport + mine[35:]
        first = secret.coefficients(block.count, block.needed)[0]
        parts.append(prefix + proofs.prove_knowledge(block.meeting, prefix, first, draw))
    revealed = tuple(map(Round1, parts))
    false = replace(
        block,
        commits=tuple(trustees.commitment_to(block.meeting, data) for data in parts),
        round1=tuple(parts),
        sealed=tuple(trustees.seal_shares(secret, revealed, draw) for secret in own),
    )
    return retold(meeting, trustees=tell(false), joint_key=false.joint_key().hex())


def test_a_server_that_seals_keys_of_its_own_is_found_out_by_every_trustee(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiemphieu, "MEMORY", tmp_path / "da-giai.json")
    honest, meeting = voted(), usurped()
    for voter in range(6):
        meeting.vote(voter, [[1, 0, 0]])
    meeting.close()
    assert meeting.verify().accepted, "no verifier of packages can see it"
    secret = share_question(meeting)["secret"]
    asked = {"ask": "own", "secret": secret}
    sound, false, seen_otherwise, share = ask_all(
        [
            asked | {"manifest": honest.manifest.data.hex()},
            asked | {"manifest": meeting.manifest.data.hex()},
            asked
            | {"manifest": honest.manifest.data.hex()}
            | {"secret": secret | {"commits": hexes(meeting.manifest.trustees.commits)}},
            share_question(meeting),
        ]
    )
    assert sound == {}
    assert (false["code"], share["code"]) == ("V04", "V04")
    assert "vân tay đã đọc to" in seen_otherwise["refused"]
    with pytest.raises(Refusal, match="V04"):
        meeting.secret_of(1)
    (tmp_path / "goi.zip").write_bytes(write_package(meeting.package))
    told = ["--nguoi", "1", "--khoa", secret["transport"], "--dau", meeting.mark, "--ra", str(tmp_path / "m")]
    assert kiemphieu.main(["manh-giai", str(tmp_path / "goi.zip"), *told]) == 1


def test_a_phone_encrypts_only_under_a_key_proven_to_be_the_trustees() -> None:
    meeting = convene(6)
    told = json.loads(meeting.manifest.data)
    ours = group().base(5).hex()
    other = retold(meeting, joint_key=ours)
    bent = retold(
        meeting, trustees=told["trustees"] | {"commits": ["00" * 32, *told["trustees"]["commits"][1:]]}
    )
    alone = retold(meeting, committee={"keys": [told["server_key"]], "needed": 1})
    found = ask_all(
        {"ask": "sound", "manifest": m.manifest.data.hex()} for m in (meeting, other, bent, alone)
    )
    assert found[0] == {"eh": meeting.manifest.eh.hex()}
    assert [answer["code"] for answer in found[1:]] == ["V05", "V04", "V06"]


def test_nobody_opens_a_void_ballot() -> None:
    meeting = voted()
    meeting.close()
    mark = meeting.mark
    meeting.post("void", canonical.write({"reason": "mất mạng giữa chừng"}))
    assert ask_all([share_question(meeting, mark)])[0]["code"] == "V15"
    with pytest.raises(Refusal, match="V15"):
        trustee_share(meeting.ledger, 1, meeting.secret_of(1), mark)


def test_a_backup_on_paper_gives_the_key_back_only_with_its_passphrase() -> None:
    secret = {"meeting": "hop-1", "index": 2, "transport": f"{2**200 + 9:x}"}
    text = ask("backup", secret=secret, passphrase="Mưa rào Tháng Bảy", random="09")["text"]
    asked = {"ask": "restore", "meeting": "hop-1", "text": text, "passphrase": " Mưa rào Tháng Bảy "}
    good, decomposed, wrong, mistyped, foreign = ask_all(
        [
            asked,
            asked | {"passphrase": "Mưa rào Tháng Bảy", "text": text.lower()},
            asked | {"passphrase": "mưa rào"},
            asked | {"text": ("1" if text[30] != "1" else "2").join((text[:30], text[31:]))},
            asked | {"meeting": "hop-2"},
        ]
    )
    assert good == decomposed == {"index": 2, "transport": secret["transport"]}
    assert all("refused" in answer for answer in (wrong, mistyped, foreign))


def test_the_pages_are_bundled_to_the_same_bytes_wherever(tmp_path: Path) -> None:
    build = str(ROOT / "thidua/voting/frontend/build.mjs")
    for place in ("one", "two"):
        front.node(build, str(tmp_path / place))
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / at).iterdir()} for at in ("one", "two"))
    assert one == two
    hashes = json.loads(one["hashes.json"])
    scripts = {name: data for name, data in one.items() if name.endswith(".js")}
    assert hashes == {name[:-3]: hashlib.sha256(data).hexdigest() for name, data in scripts.items()}


def test_the_backup_on_paper_also_serves_the_offline_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiemphieu, "MEMORY", tmp_path / "da-giai.json")
    meeting = voted()
    meeting.close()
    secret = share_question(meeting)["secret"]
    text = ask("backup", secret=secret, passphrase="Mưa rào", random="09")["text"]
    (tmp_path / "goi.zip").write_bytes(write_package(meeting.package))
    out = tmp_path / "manh.json"
    asked = [
        "manh-giai",
        str(tmp_path / "goi.zip"),
        "--sao-luu",
        text,
        "--dau",
        meeting.mark,
        "--ra",
        str(out),
    ]
    assert kiemphieu.main([*asked, "--mat-khau", "nắng"]) == 2
    assert kiemphieu.main([*asked, "--mat-khau", "Mưa rào"]) == 0
    meeting.post("aggregate", aggregate_payload(meeting.ledger))
    for payload in (meeting.share(0), out.read_bytes(), meeting.share(2)):
        meeting.post("share", payload)
    meeting.post("result", meeting.result())
    assert meeting.verify().counts == ((6, 0, 0),)
