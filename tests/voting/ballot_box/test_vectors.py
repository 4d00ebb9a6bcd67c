"""Every program gives the published vectors: both libraries of the core, the one-file verifier, browser."""

from __future__ import annotations

import json
from argparse import Namespace
from functools import cache
from typing import Any

import pytest

from tests.voting.ballot_box import vectors
from tests.voting.ballot_box.browser import ask_all, of_package
from tests.voting.ballot_box.forgeries import FORGERIES
from tests.voting.ballot_box.sound import SOUND
from thidua.voting.ballot_box import checks
from thidua.voting.ballot_box import group as groups
from thidua.voting.ballot_box.package import Package
from thidua.voting.ballot_box.plain import PlainGroup
from thidua.voting.ballot_box.refusals import CODES
from thidua.voting.ballot_box.sodium import SodiumGroup, find_library
from tools import kiemphieu


@cache
def published() -> dict[str, Any]:
    return dict(json.loads(vectors.PLACE.read_bytes()))


def election() -> dict[str, Any]:
    return dict(published()["election"])


def package_of(told: dict[str, Any]) -> Package:
    return Package(told["manifest"].encode(), told["board"].encode())


def secret_of(row: dict[str, Any], **more: Any) -> dict[str, Any]:
    transport = int.from_bytes(bytes.fromhex(row["transport"]), "little")
    return {"meeting": election()["meeting"], "index": row["index"], "transport": f"{transport:x}", **more}


def test_the_file_is_what_the_command_writes() -> None:
    assert vectors.PLACE.read_bytes() == vectors.written()


def test_plain_python_gives_the_same_election(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = PlainGroup()
    for module in (vectors, vectors.trustees):
        monkeypatch.setattr(module, "group", lambda: plain)
    for name in ("ballots", "board", "credentials", "hashing", "proofs", "tally", "trustees"):
        module = __import__(f"thidua.voting.ballot_box.{name}", fromlist=["group"])
        if hasattr(module, "group"):
            monkeypatch.setattr(module, "group", lambda: plain)
    assert vectors.of_election() == election()


# --- The group ---------------------------------------------------------------------------------------


def kinds() -> list[tuple[str, str, bool]]:
    told = published()["group"]
    rows = [("element", one, True) for one in told["elements"]["multiples"]]
    rows += [("element", one, False) for one in told["elements"]["refused"] + told["elements"]["bit_255"]]
    for kind in ("scalar", "key"):
        rows += [(kind, one, True) for one in told[f"{kind}s"]["accepted"]]
        rows += [(kind, one, False) for one in told[f"{kind}s"]["refused"]]
    return rows


def by_file(kind: str, data: bytes) -> bool:
    if kind == "element":
        return kiemphieu.elements(data)
    return kiemphieu.is_key(data) if kind == "key" else kiemphieu.scalars(data)


def test_all_read_the_same_encodings() -> None:
    library = find_library()
    assert library is not None
    answers = ask_all({"ask": "group", "bytes": one} for _, one, _ in kinds())
    for (kind, text, sound), answer in zip(kinds(), answers, strict=True):
        data = bytes.fromhex(text)
        found = [by_file(kind, data), answer[kind]]
        if kind == "scalar":
            found.append(groups.is_scalar(data))
        for group in (SodiumGroup(library), PlainGroup()):
            reads = {"element": group.is_element, "key": group.is_key}
            found += [reads[kind](data)] if kind in reads else []
        assert found == [sound] * len(found), (kind, text)


def test_all_sign_and_check_alike() -> None:
    rows = published()["group"]["signatures"]
    made = ask_all({"ask": "signature", "seed": row["seed"], "message": row["message"]} for row in rows)
    assert made == [{"key": row["key"], "signature": row["signature"]} for row in rows]
    for row in rows:
        key, message, signature = (bytes.fromhex(row[part]) for part in ("key", "message", "signature"))
        assert kiemphieu.signed(key, message, signature)


def test_hashes_slips_and_backups() -> None:
    for row in published()["hash"]:
        parts = [bytes.fromhex(part) for part in row["parts"]]
        digest = kiemphieu.h32(row["purpose"], *parts)
        assert digest.hex() == row["h32"]
        assert kiemphieu.h64(row["purpose"], *parts).hex() == row["h64"]
        assert kiemphieu.challenge(row["purpose"], *parts).to_bytes(32, "little").hex() == row["challenge"]
        assert kiemphieu.letters(digest, 20) == row["letters"]
    slip, backup = published()["slip"], published()["backup"]
    index, phrase = backup["index"], backup["passphrase"]
    asked = {"random": backup["random"], "passphrase": phrase}
    answers = ask_all(
        [
            {"ask": "newSlip", "random": slip["random"]},
            {"ask": "slip", "meeting": slip["meeting"], "typed": slip["code"]},
            {"ask": "prints", "key": slip["key"]},
            {"ask": "backup", "secret": secret_of(backup), **asked},
        ]
    )
    assert answers[:2] == [{"code": slip["code"]}, {"seed": slip["seed"]}]
    assert (answers[2]["cred"], answers[3]["text"]) == (slip["fingerprint"], backup["text"])
    package = package_of(election())
    box = kiemphieu.Box(package.manifest, package.board)
    told = kiemphieu.restored(box, Namespace(sao_luu=backup["text"], mat_khau=phrase))
    assert told == (index, int.from_bytes(bytes.fromhex(backup["transport"]), "little"))


# --- An election ---------------------------------------------------------------------------------------


def test_the_browser_makes_the_ceremony_byte_for_byte() -> None:
    told = election()
    rows, block = told["ceremony"], json.loads(told["manifest"])["trustees"]
    count = {"meeting": told["meeting"], "count": len(rows) - 1, "needed": block["needed"]}
    begun = ask_all(
        {"ask": "begin", "index": row["index"], "random": row["random"], **count} for row in rows[1:]
    )
    for row, made in zip(rows[1:], begun, strict=True):
        assert (made["round1"], made["commit"]) == (row["round1"], row["commit"])
    everyone = {"commits": block["commits"], "round1": block["round1"]}
    sealed = ask_all(
        {
            "ask": "seal",
            "secret": secret_of(row),
            "random": row["seal_random"],
        }
        | everyone
        for row in rows[1:]
    )
    assert [made["sealed"] for made in sealed] == block["sealed"]
    shares = ask_all({"ask": "keyShare", "secret": secret_of(row), "trustees": block} for row in rows[1:])
    found = [int(made["share"], 16).to_bytes(32, "little").hex() for made in shares]
    assert found == [row["secret"] for row in rows[1:]]


def test_the_browser_makes_ballots_decisions_and_shares_byte_for_byte() -> None:
    told = election()
    manifest = told["manifest"].encode().hex()
    made = ask_all(
        {
            "ask": "ballot",
            "manifest": manifest,
            "seed": row["credential_seed"],
            **{key: row[key] for key in ("counter", "choices", "random")},
        }
        for row in told["ballots"]
    )
    assert [(one["bytes"], one["tracker"]) for one in made] == [
        (row["ballot"], row["tracker"]) for row in told["ballots"]
    ]
    decided = ask_all(
        {
            "ask": "decision",
            "manifest": manifest,
            "seed": row["credential_seed"],
            "kind": row["kind"],
            "hash": b["hash"],
        }
        for row, b in zip(told["decisions"], told["ballots"], strict=True)
    )
    assert [one["bytes"] for one in decided] == [row["decision"] for row in told["decisions"]]
    package = package_of(told)
    files = {"manifest": package.manifest.hex(), "board": package.board.hex(), "mark": told["mark_at_close"]}
    people = {row["index"]: row for row in told["ceremony"]}
    rows = [row for row in told["shares"] if row["trustee"]]
    shares = ask_all(
        {"ask": "share", "secret": secret_of(people[row["trustee"]]), "random": row["random"], **files}
        for row in rows
    )
    assert [bytes.fromhex(one["payload"]).decode() for one in shares] == [row["payload"] for row in rows]


def test_the_one_file_verifier_builds_every_ballot_anew() -> None:
    told = election()
    package = package_of(told)
    box = kiemphieu.Box(package.manifest, package.board)
    for row in told["ballots"]:
        ballot = bytes.fromhex(row["ballot"])
        choices = [choice for line in row["choices"] for choice in line]
        made = kiemphieu.rebuilt(box, ballot[33:65], row["counter"], bytes.fromhex(row["seed"]), choices)
        assert made == ballot[:-64]


def test_all_accept_the_election_and_the_rest_are_the_forgeries_of_every_check() -> None:
    """Which the file holds as `test_verifiers.py` judges them: the first test compares the bytes."""
    package, refused = package_of(election()), published()["refused"]
    answer = ask_all([of_package(package)])[0]
    found = [checks.verify(package).code, kiemphieu.check(package.manifest, package.board)[0], answer["code"]]
    assert found == ["", "", ""]
    assert {row["code"] for row in refused} == set(CODES)
    assert [row["name"] for row in refused] == list(FORGERIES)
    assert [row["name"] for row in published()["accepted"]] == list(SOUND)
