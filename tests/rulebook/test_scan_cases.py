"""The jurist's cases, judged all at once: a scan of many answers what each case says."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import numpy as np

from thidua.rulebook.engine import judging, scanning
from thidua.rulebook.engine.facts import Facts
from thidua.rulebook.engine.outcomes import OUTCOMES
from thidua.rulebook.engine.reading import read_facts
from thidua.rulebook.engine.register import FORMS, Codes, Register, register_of
from thidua.rulebook.engine.sentences import Case, read_cases

CASES = [one for path in sorted(Path("tests/rulebook/cases").glob("*.txt")) for one in read_cases(path)]
DAYS = {date(2023, 12, 31), date(2024, 6, 1), date(2025, 9, 1), date(2025, 12, 1), date(2026, 10, 1)}
Groups = dict[tuple[str, int, date, str], list[tuple[Case, str, str]]]


def groups() -> Groups:
    """The questions of some days that no transitional rule reaches, by what one register can hold."""
    found: Groups = defaultdict(list)
    for case in CASES:
        for asked in case.asked:
            facts = case.facts
            if asked.on in DAYS and facts.received is None:
                key = (facts.recipient, facts.judged_year(asked.on), asked.on, asked.province)
                found[key].append((case, asked.kind, asked.outcome))
    return found


def test_every_case_comes_out_alike_when_many_are_judged_at_once() -> None:
    wrong = []
    for (_recipient, year, on, province), asked in groups().items():
        made = register_of([case.facts for case, _kind, _outcome in asked], year=year, on=on)
        kinds = sorted({kind for _case, kind, _outcome in asked})
        found = scanning.scan(made, kinds, province=province, threads=1)
        wrong += [
            (case.place, kind, on, OUTCOMES[found[kind][at]])
            for at, (case, kind, outcome) in enumerate(asked)
            if OUTCOMES[found[kind][at]] != outcome
        ]
    assert wrong == []


def words(codes: Codes) -> list[str]:
    """Numbers of outcomes in words."""
    return [OUTCOMES[one] for one in codes]


def people(count: int) -> Register:
    """Every second one was rated well, every third is held back."""
    made = [
        read_facts(
            {
                "year": 2025,
                "complete": True,
                "recruited": "2010-01-01",
                "ratings": {"2025": "HTTNV" if at % 2 else "HTNV"},
                "pending": [] if at % 3 else [{"matter": "khieu_nai"}],
            }
        )
        for at in range(count)
    ]
    return register_of(made, year=2025, on=date(2025, 12, 1))


def test_a_register_longer_than_a_chunk_is_judged_to_its_end() -> None:
    made, told = people(30), []
    scanning.CHUNK, kept = 8, scanning.CHUNK
    try:
        for threads in (1, 3):
            found = scanning.scan(made, ["LDTT"], threads=threads, progress=lambda *one: told.append(one))
            want = [4 if at % 3 == 0 else 0 if at % 2 else 3 for at in range(30)]
            assert found["LDTT"].tolist() == want
    finally:
        scanning.CHUNK = kept
    assert told == 2 * [(8, 30), (16, 30), (24, 30), (30, 30)]
    assert [made.part(24, 32).size, made.part(0, 8).size] == [6, 8]


def test_nothing_said_is_not_known() -> None:
    """A register without columns: as of a person of whom nothing is said."""
    for recipient, kinds in (
        ("ca_nhan", ("LDTT", "CSTD_TINH", "HC_LD_1")),
        ("tap_the", ("TT_LDXS", "HC_DL_3", "CO_TINH")),
    ):
        made = Register(size=2, year=2025, on=date(2025, 12, 1), recipient=recipient)
        found = scanning.scan(made, kinds)
        for kind in kinds:
            assert words(found[kind]) == ["needs_review", "needs_review"], kind
    made.pending = made.pending_cleared = made.disciplined = np.zeros(2, np.uint8)
    assert words(scanning.scan(made, ["CO_TINH"])["CO_TINH"]) == ["needs_review", "needs_review"]


def test_readings_leave_doubts_aside() -> None:
    made = people(4)
    made.on = date(2026, 10, 1)
    excluded, not_yet = "excluded", "not_yet"
    found = scanning.scan(made, ["LDTT"])
    assert words(found["LDTT"]) == [excluded, "needs_review", "needs_review", excluded]
    found = scanning.scan(made, ["LDTT"], readings=True)
    assert words(found["LDTT"]) == [excluded, "eligible", not_yet, excluded]


def test_no_text_and_no_standard_are_reviewed_and_a_wrong_subject_is_excluded() -> None:
    made = people(1)
    assert scanning.scan(made, ["KNC_TINH", "TT_LDTT"])["TT_LDTT"].tolist() == [4]
    assert scanning.scan(made, ["KNC_TINH"])["KNC_TINH"].tolist() == [4]  # held back all the same
    made.on = date(2000, 1, 1)
    assert scanning.scan(made, ["LDTT"])["LDTT"].tolist() == [2]


def test_one_mixed_with_others_keeps_his_own_unknowns() -> None:
    """What is not known of one is not known of him alone."""
    whole = {"year": 2025, "complete": True, "recruited": "2010-01-01", "ratings": {"2025": "HTTNV"}}
    told = [read_facts(one) for one in (whole, {"year": 2025}, {**whole, "pending": None, "complete": None})]
    found = scanning.scan(register_of(told, year=2025, on=date(2025, 12, 1)), ["LDTT", "CSTD_CS"])
    assert words(found["LDTT"]) == ["eligible", "needs_review", "needs_review"]
    assert words(found["CSTD_CS"]) == ["not_yet", "needs_review", "needs_review"]
    assert all(one.dtype == np.uint8 for one in found.values())
    assert isinstance(told[0], Facts)


ON_EDGES: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("TT_LDXS", "2025-12-01", {"recipient": "tap_the", "members": {"2025": {"total": 0}}}),
    ("TT_LDXS", "2025-12-01", {"recipient": "tap_the", "members": {"2025": {"total": 5, "advanced": 4}}}),
    ("LDTT", "2025-12-01", {"recruited": None, "ratings": {"2025": "HTTNV"}}),
    ("LDTT", "2025-07-15", {"recruited": "2025-07-15"}),
    ("LDTT", "2025-07-15", {"recruited": None, "ratings": {"2025": "HTTNV"}}),
    ("LDTT", "2025-07-15", {"recruited": "2025-01-15"}),
    ("HC_LD_3", "2025-12-01", {"recipient": "tap_the", "founded": "2025-12-01"}),
    ("HC_LD_3", "2025-12-01", {"recipient": "tap_the", "founded": None}),
    *(
        ("LDTT", "2023-12-20", {"year": 2023, "discipline": [{"form": form, "date": "2023-05-01"}]})
        for form in FORMS
    ),
    *(
        (
            "HC_LD_1",
            "2025-12-01",
            {
                "positions": [{"post": "thu_truong", "from": "2018-01-01"}],
                "statements": {"thong_bao_nghi_huu": True},
                "discipline": [{"form": form, "date": "2019-01-01", "ends": "2020-01-01"}],
            },
        )
        for form in FORMS
    ),
)


def test_what_stands_on_an_edge_comes_out_as_for_one_alone() -> None:
    """One register for each day, year and sort of recipients, so that one row's unknowns meet another's."""
    rows = [
        (
            kind,
            date.fromisoformat(on),
            read_facts({"year": 2025, "complete": True, "recruited": "2010-01-01", "sex": "nam"} | facts),
        )
        for kind, on, facts in ON_EDGES
    ]
    for recipient, on, year in {(facts.recipient, on, facts.year) for _kind, on, facts in rows}:
        same = [
            (kind, facts)
            for kind, day, facts in rows
            if (facts.recipient, day, facts.year) == (recipient, on, year)
        ]
        kinds = sorted({kind for kind, _facts in same})
        made = register_of([facts for _kind, facts in same], year=year or 0, on=on)
        found = scanning.scan(made, kinds)
        for kind in kinds:
            alone = [judging.judge(facts, kind=kind, on=on).outcome for _kind, facts in same]
            assert words(found[kind]) == alone, (kind, on)
