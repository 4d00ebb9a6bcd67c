"""The catalogue is well formed and says what the law of each day says."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from thidua.rulebook import catalogue
from thidua.rulebook.catalogue import GROUPS, LEVELS, RECIPIENTS, TEXT, eras, kind, kinds, name_of

DAYS = [date(2019, 12, 16), date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1)]
TITLES = {"CO_CP", "CO_TINH", "TT_LDXS", "TT_LDTT", "CSTD_TQ", "CSTD_TINH", "CSTD_CS", "LDTT"}
NEEDED = TITLES | {"BK_TTG", "BK_TINH", "GK"}


@pytest.mark.parametrize("on", DAYS)
def test_each_day_has_each_kind_exactly_once(on: date) -> None:
    codes = [era.code for era in kinds(on)]
    assert len(codes) == len(set(codes))
    assert set(codes) >= NEEDED


@pytest.mark.parametrize("era", eras(), ids=lambda era: f"{era.code}-{era.starts}")
def test_each_row_is_whole(era: catalogue.HonourKindText) -> None:
    assert era.group in GROUPS
    assert era.level in LEVELS
    assert set(era.recipients) <= set(RECIPIENTS)
    assert len(era.code) <= 20
    assert len(era.short) <= 20
    assert all([era.name, era.decided_by])
    assert "Điều" in era.source, "each row names its article"
    assert era.ends is None or era.starts < era.ends


def test_the_source_follows_the_law_of_the_time() -> None:
    for era in eras():
        old = era.starts < date(2024, 1, 1)
        assert ("06/2022/QH15" in era.source) is not old
        if era.starts >= date(2025, 7, 1):
            assert "huyện" not in era.decided_by, "there are no districts since 1 July 2025"


def test_who_decides_changes_with_the_two_tiers() -> None:
    assert "huyện" in kind("CSTD_CS", date(2020, 1, 1)).decided_by
    assert "xã" in kind("CSTD_CS", date(2025, 7, 1)).decided_by


def test_the_provincial_title_was_renamed_in_2024() -> None:
    assert kind("CSTD_TINH", date(2023, 12, 31)).name == "Chiến sĩ thi đua cấp tỉnh"
    assert kind("CSTD_TINH", date(2024, 1, 1)).name == "Chiến sĩ thi đua tỉnh"
    assert kind("CSTD_TINH").needs_review


def test_unknown_codes() -> None:
    with pytest.raises(LookupError):
        kind("KHONG_CO")
    assert name_of("KHONG_CO") == "KHONG_CO"
    assert name_of("GK") == "Giấy khen"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"group": "khac"}, "nhóm"),
        ({"recipients": ["ai_do"]}, "đối tượng"),
        ({"level": "xa"}, "cấp"),
        ({"extra": 1}, "khóa lạ"),
        ({"eras": []}, "nối tiếp"),
    ],
)
def test_a_malformed_row_is_refused(change: dict[str, object], word: str) -> None:
    row = yaml.safe_load(TEXT.read_text())[0]
    with pytest.raises(ValueError, match=word):
        catalogue._eras_of({**row, **change})
