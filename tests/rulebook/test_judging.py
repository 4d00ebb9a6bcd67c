"""What the law of the day says of An, told by the facts and read by an officer."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from thidua.rulebook.engine import (
    BadFile,
    Verdict,
    compare,
    judge,
    page,
    preferred,
    quota,
    read_facts,
    used_twice,
)

AN: dict[str, Any] = {
    "recipient": "ca_nhan",
    "name": "An",
    "year": 2025,
    "recruited": "2015-01-01",
    "ratings": {"2023": "HTXSNV", "2024": "HTTNV", "2025": "HTXSNV"},
    "registered": [2023, 2024, 2025],
    "honours": [{"kind": "CSTD_CS", "year": year} for year in (2023, 2024, 2025)],
    "initiatives": [{"year": 2025, "reach": "tinh"}],
    "discipline": [],
    "pending": [],
}
DAY = date(2025, 12, 1)


def outcome(kind: str, on: date = DAY, **change: Any) -> str:
    return judge(read_facts({**AN, **change}), kind=kind, on=on).outcome


def test_three_years_and_an_initiative_make_the_provincial_title() -> None:
    verdict = judge(read_facts(AN), kind="CSTD_TINH", on=DAY)
    assert verdict.is_eligible
    assert any("Điều 22 khoản 1 Luật 06/2022/QH15" in reason.article for reason in verdict.reasons)


def test_one_year_less_says_which_and_when() -> None:
    verdict = judge(read_facts({**AN, "honours": AN["honours"][1:]}), kind="CSTD_TINH", on=DAY)
    assert verdict.outcome == "not_yet"
    assert verdict.earliest == 2026


def test_what_is_not_known_is_not_false() -> None:
    verdict = judge(read_facts({**AN, "honours": None, "pending": None}), kind="CSTD_TINH", on=DAY)
    assert verdict.outcome == "needs_review"
    assert len(verdict.missing) == 2
    assert "honours" in verdict.missing[0]
    assert "pending" in verdict.missing[1]


def test_a_matter_under_review_holds_everything() -> None:
    assert outcome("CSTD_TINH", pending=[{"matter": "ky_luat", "from": "2025-10-01"}]) == "excluded"
    assert outcome("CSTD_TINH", pending=[{"matter": "ky_luat", "to": "2025-10-01"}]) == "eligible"
    assert outcome("CSTD_TINH", pending=[{"matter": "bao_chi", "cleared": True}]) == "eligible"


def test_years_before_the_end_of_a_discipline_do_not_count() -> None:
    assert (
        outcome("CSTD_TINH", discipline=[{"form": "khien_trach", "date": "2022-05-01", "ends": "2023-02-01"}])
        == "not_yet"
    )
    assert (
        outcome("CSTD_TINH", discipline=[{"form": "khien_trach", "date": "2021-05-01", "ends": "2022-05-01"}])
        == "eligible"
    )


def test_an_initiative_serves_once() -> None:
    used = [{"year": 2025, "reach": "tinh", "used_for": ["BK_TINH"]}]
    assert outcome("CSTD_TINH", initiatives=used) == "not_yet"


def test_the_same_person_on_five_days() -> None:
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 7, 1), date(2026, 1, 1), date(2026, 10, 1)]
    verdicts = compare(read_facts({**AN, "initiatives": []}), kind="CSTD_CS", days=days)
    assert [one.outcome for one in verdicts] == [
        "not_yet",
        "eligible",
        "eligible",
        "eligible",
        "needs_review",
    ]
    assert len({one.era for one in verdicts}) == 5
    cited = ["\n".join(one.lines()) for one in verdicts]
    assert "Luật 15/2003/QH11" in cited[0]
    assert "Nghị định 98/2023/NĐ-CP" in cited[1]
    assert "Nghị định 152/2025/NĐ-CP" in cited[2]
    assert "Luật 06/2026/QH16" in cited[4]
    assert verdicts[4].reading == "not_yet"


def test_a_stored_verdict_prints_the_same() -> None:
    verdict = judge(read_facts(AN), kind="BK_TTG", on=DAY)
    again = Verdict.from_data(json.loads(verdict.as_json()))
    assert again == verdict
    assert again.lines() == verdict.lines()


def test_a_dossier_received_before_1_july_2025_follows_the_old_decree() -> None:
    verdict = judge(read_facts({**AN, "received": "2025-06-30", "year": 2025}), kind="CSTD_TINH", on=DAY)
    assert verdict.followed == date(2025, 6, 30)
    assert verdict.is_eligible
    assert "Điều 60 khoản 3" in verdict.notes[0]


@pytest.mark.parametrize("on", [date(2027, 3, 1), date(2017, 9, 30)])
def test_outside_the_texts_nothing_is_pretended(on: date) -> None:
    assert outcome("LDTT", on) == "needs_review"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rating": {}}, "“ratings”"),
        ({"ratings": {"2025": "HTXSN"}}, "HTXSNV"),
        ({"ratings": {"25": "HTNV"}}, "không phải một năm"),
        ({"honours": {}}, "danh sách"),
        ({"honours": [{"kind": "CSTD_CS"}]}, "honours[0]: thiếu năm"),
        ({"pending": [{"matter": "x"}]}, "pending[0].matter"),
        ({"members": {"2025": {"total": 2, "advanced": 3}}}, "nhiều hơn tổng số"),
        ({"statements": {"la": True}}, "statements"),
        ({"recruited": "31/02/2020"}, "recruited"),
    ],
)
def test_a_fault_says_its_place_and_mend(change: dict[str, Any], words: str) -> None:
    with pytest.raises(BadFile) as fault:
        read_facts({**AN, **change})
    assert words in str(fault.value)


def test_maternity_leave_counts_as_work() -> None:
    leave = [{"reason": "thai_san", "from": "2025-01-01", "to": "2025-07-01"}]
    verdict = judge(
        read_facts({**AN, "ratings": {"2024": "HTTNV", "2025": "KXL"}, "leave": leave}), kind="LDTT", on=DAY
    )
    assert verdict.outcome == "needs_review"
    assert "thai sản" in verdict.missing[0]


def test_rules_of_a_list() -> None:
    limit = quota("CO_CP", DAY, 66)
    assert limit is not None
    assert (limit.most, "152/2025" in limit.cited) == (13, True)
    assert quota("CO_CP", DAY, 4) == limit._replace(most=0)
    old = quota("CSTD_CS", date(2023, 12, 31), 20)
    assert old is not None
    assert old.most == 3
    assert quota("CSTD_CS", DAY, 20) is None
    women = {"recipient": "tap_the", "members": {"2025": {"total": 10, "women": 7}}}
    assert preferred(read_facts({**AN, "sex": "nữ"}), 2025, DAY)
    assert not preferred(read_facts({**AN, "sex": "nam"}), 2025, DAY)
    assert preferred(read_facts(women), 2025, DAY)
    assert not preferred(read_facts({**women, "members": {"2025": {"total": 10, "women": 6}}}), 2025, DAY)
    named = {**AN, "initiatives": [{"name": "Số hóa", "year": 2025, "reach": "tinh"}]}
    assert used_twice([read_facts(named), read_facts(named), read_facts(AN)]) == ["Số hóa"]


def test_members_counted_from_their_list() -> None:
    people = [{"titles": ["LDTT", "CSTD_CS"], "rating": "HTXSNV", "discipline": ""}] + 2 * [
        {"titles": ["LDTT"], "rating": "HTNV", "discipline": ""}
    ]
    told = {
        "recipient": "tap_the",
        "year": 2025,
        "ratings": {"2025": "HTXSNV"},
        "complete": True,
        "members": {"2025": people},
    }
    assert judge(read_facts(told), kind="TTLDXS", on=DAY).outcome == "eligible"
    people[2] = {**people[2], "titles": ["CSTD_CS"]}  # a fighter has met the lower standard
    assert judge(read_facts(told), kind="TTLDXS", on=DAY).outcome == "eligible"
    people[2] = {**people[2], "rating": "KXL"}
    assert judge(read_facts(told), kind="TTLDXS", on=DAY).outcome == "needs_review"
    people[2] = {**people[2], "rating": "HTNV", "titles": None}
    assert judge(read_facts(told), kind="TTLDXS", on=DAY).outcome == "needs_review"


def test_what_would_exclude_is_shown_to_those_who_weigh() -> None:
    leads = {"dan_dau_cum_khoi": True, "vuot_chi_tieu": True}
    told = {"recipient": "tap_the", "year": 2025, "complete": True, "statements": leads}
    verdict = judge(read_facts(told), kind="CO_TINH", on=DAY)
    assert verdict.outcome == "eligible"
    assert any("Cờ thi đua của Chính phủ" in one for one in verdict.to_judge)
    assert not any("hình thức khác" in one for one in verdict.to_judge)  # asked of everything
    leads["trong_danh_sach_co_cp"] = False
    verdict = judge(read_facts(told), kind="CO_TINH", on=DAY)
    assert not any("Cờ thi đua của Chính phủ" in one for one in verdict.to_judge)


def test_each_reason_has_its_page() -> None:
    verdict = judge(read_facts(AN), kind="BK_TTG", on=DAY)
    assert all(page(one.code) for reason in verdict.reasons for one in reason.walk())
