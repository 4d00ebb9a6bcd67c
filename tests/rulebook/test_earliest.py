"""The earliest year in which what is asked can be met, for each kind of rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from thidua.rulebook.engine import judge, read_facts

DAY = date(2025, 12, 1)
AN: dict[str, Any] = {"year": 2025, "recruited": "2000-01-01", "sex": "nam", "complete": True}
GOOD = {"ratings": {"2025": "HTTNV"}}
UNIT: dict[str, Any] = {"recipient": "tap_the", "year": 2025, "complete": True}


def rated(rating: str, first: int, last: int = 2025) -> dict[str, str]:
    return {str(year): rating for year in range(first, last + 1)}


def held(kind: str, *years: int) -> list[dict[str, Any]]:
    return [{"kind": kind, "year": year, "ground": "cong_trang"} for year in years]


STORIES = [
    ("a rating of the year", "LDTT", AN | {"ratings": rated("HTNV", 2025)}, 2026),
    ("months since recruitment", "LDTT", AN | GOOD | {"recruited": "2025-08-01"}, 2026),
    ("an initiative of the year", "CSTD_CS", AN | {"ratings": rated("HTTNV", 2025)}, 2026),
    ("three in a row: two are there", "CSTD_TINH", AN | {"honours": held("CSTD_CS", 2024, 2025)}, 2026),
    ("three in a row: the last was lost", "CSTD_TINH", AN | {"honours": held("CSTD_CS", 2023, 2024)}, 2028),
    (
        "three in a row, started anew after discipline",
        "CSTD_TINH",
        AN
        | {
            "honours": held("CSTD_CS", 2023, 2024, 2025),
            "initiatives": [{"year": 2025, "reach": "tinh"}],
            "discipline": [{"form": "khien_trach", "date": "2023-02-01", "ends": "2024-02-01"}],
        },
        2027,
    ),
    (
        "a discipline whose end is not told: waiting does not help",
        "CSTD_TINH",
        AN | {"discipline": [{"form": "khien_trach", "date": "2023-02-01"}]},
        None,
    ),
    (
        "the second time at least three years after the first",
        "CSTD_TQ",
        AN
        | {
            "honours": held("CSTD_CS", *range(2018, 2026)) + held("CSTD_TINH", 2023),
            "initiatives": [{"year": 2025, "reach": "toan_quoc"}],
        },
        2026,
    ),
    ("nothing yet of a ladder: six titles first", "CSTD_TQ", AN, 2031),
    (
        "five good years after an award of three years ago",
        "BK_TTG",
        AN
        | {
            "ratings": rated("HTTNV", 2020),
            "honours": held("BK_TINH", 2022) + held("CSTD_CS", 2023, 2024, 2025),
        },
        2027,
    ),
    (
        "five good years, the third of them spoilt: a new award, then five years",
        "BK_TTG",
        AN
        | {
            "ratings": rated("HTTNV", 2020) | {"2023": "HTNV"},
            "honours": held("BK_TINH", 2020) + held("CSTD_CS", 2020, 2021, 2022, 2024, 2025),
        },
        2031,
    ),
    (
        "three titles in the time: one is lacking",
        "BK_TTG",
        AN
        | {"ratings": rated("HTTNV", 2018), "honours": held("BK_TINH", 2018) + held("CSTD_CS", 2023, 2024)},
        2026,
    ),
    ("two excellent years with two initiatives", "BK_TINH", AN | {"ratings": rated("HTXSNV", 2025)}, 2026),
    (
        "a share of members",
        "TT_LDTT",
        UNIT
        | {"ratings": rated("HTTNV", 2025), "members": {"2025": {"total": 10, "advanced": 6, "warned": 0}}},
        2026,
    ),
    (
        "nobody warned",
        "TT_LDTT",
        UNIT
        | {"ratings": rated("HTTNV", 2025), "members": {"2025": {"total": 10, "advanced": 7, "warned": 1}}},
        2026,
    ),
    (
        "not the leader of the cluster this year",
        "CO_TINH",
        UNIT | {"statements": {"dan_dau_cum_khoi": False}},
        2026,
    ),
    (
        "ten years of age, of which eight are past, and a run of five after the award",
        "HC_LD_3",
        UNIT
        | {
            "founded": "2017-06-01",
            "ratings": rated("HTXSNV", 2019),
            "honours": held("BK_TTG", 2020) + held("CO_TINH", 2021, 2022),
        },
        2027,
    ),
    (
        "an anniversary that ends in 0, once the lower class is held",
        "HC_DL_2",
        UNIT
        | {
            "founded": "1997-01-01",
            "honours": held("HC_DL_3", 2024),
            "statements": {"la_bo_nganh_tinh": True, "cong_lao_to_lon": True},
        },
        2027,
    ),
    (
        "a matter with a known end",
        "LDTT",
        AN | {"ratings": rated("HTTNV", 2025), "pending": [{"matter": "ky_luat", "to": "2027-01-15"}]},
        2027,
    ),
    (
        "a matter without an end",
        "LDTT",
        AN | {"ratings": rated("HTTNV", 2025), "pending": [{"matter": "ky_luat"}]},
        None,
    ),
    ("the wrong recipient", "TT_LDTT", AN, None),
    (
        "a household without merit of its own this year",
        "BK_TINH",
        {"recipient": "ho_gia_dinh", "year": 2025, "complete": True, "statements": {"dong_gop": False}},
        2026,
    ),
]


@pytest.mark.parametrize(
    ("kind", "facts", "year"), [one[1:] for one in STORIES], ids=[one[0] for one in STORIES]
)
def test_the_earliest_year(kind: str, facts: dict[str, Any], year: int | None) -> None:
    verdict = judge(read_facts(facts), kind=kind, on=DAY)
    assert verdict.reading in {"not_yet", "excluded"}
    assert verdict.earliest == year, "\n".join(verdict.lines())


def test_the_earliest_year_is_reached_when_the_years_are_good() -> None:
    """The spoilt third year, six years ago: told 2025 then, eligible in 2025 and not in 2024."""
    past = held("BK_TINH", 2014, 2020) + held("CSTD_CS", 2014, 2015, 2016, 2018, 2019, 2021, 2023, 2024)
    facts = AN | {"honours": past, "ratings": rated("HTTNV", 2014) | {"2017": "HTNV"}}
    then = facts | {"year": 2019, "honours": [one for one in past if one["year"] < 2020]}
    assert judge(read_facts(then), kind="BK_TTG", on=DAY).earliest == 2025
    assert judge(read_facts(facts | {"year": 2024}), kind="BK_TTG", on=DAY).outcome == "not_yet"
    assert judge(read_facts(facts), kind="BK_TTG", on=DAY).outcome == "eligible"


def test_what_is_open_on_the_day_of_decision_holds_a_dossier_received_under_the_old_decree() -> None:
    """It follows the old decree; what is known of the person is what is so on the day of the decision."""
    facts = AN | {"ratings": rated("HTTNV", 2025), "received": "2025-06-30"}
    matter = [{"matter": "ky_luat", "from": "2025-10-01"}]
    assert judge(read_facts(facts), kind="LDTT", on=DAY).outcome == "eligible"
    assert judge(read_facts(facts | {"pending": matter}), kind="LDTT", on=DAY).outcome == "excluded"


def test_an_award_decided_after_the_day_is_not_yet_held() -> None:
    honours = [*held("CSTD_CS", 2023, 2024), {"kind": "CSTD_CS", "year": 2025, "date": "2025-12-20"}]
    facts = AN | {"honours": honours, "initiatives": [{"year": 2025, "reach": "tinh"}]}
    assert judge(read_facts(facts), kind="CSTD_TINH", on=date(2025, 12, 19)).outcome == "not_yet"
    assert judge(read_facts(facts), kind="CSTD_TINH", on=date(2025, 12, 20)).outcome == "eligible"


def test_a_year_that_has_not_come_is_questioned() -> None:
    verdict = judge(
        read_facts(AN | {"year": 2026, "ratings": rated("HTTNV", 2024, 2026)}), kind="LDTT", on=DAY
    )
    assert "2026" in verdict.notes[0]
