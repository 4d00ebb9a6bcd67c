"""The texts are whole, the jurist's cases hold, and a spoilt text is refused with its place."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from thidua.rulebook.__main__ import main
from thidua.rulebook.engine import BadFile, base_salary, bonus, rows
from thidua.rulebook.engine.cases import gaps, run
from thidua.rulebook.engine.checking import expiring, faults, unsettled
from thidua.rulebook.engine.facts import DISCIPLINES, GROUNDS, LEAVES, OCCUPATIONS, PENDING, REACHES
from thidua.rulebook.engine.nodes import READERS
from thidua.rulebook.engine.reading import KEYS, posts
from thidua.rulebook.engine.texts import FOLDER, book
from thidua.rulebook.engine.topics import TOPICS

CASES = Path(__file__).parent / "cases"


def test_the_texts_are_whole() -> None:
    assert faults(book()) == []


def test_every_case_holds_and_every_settled_provision_has_its_cases() -> None:
    result = run(CASES)
    assert result.wrong == []
    assert gaps(result.covered) == []
    assert result.count > 1500


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("luat-06-2022.yaml", "from: 2024-01-01", "from: 2024-01-02", "không còn tiêu chuẩn"),
        ("luat-15-2003.yaml", "to: 2024-01-01", "to: 2023-12-31", "không còn tiêu chuẩn"),
        ("nghi-dinh-98-2023.yaml", "to: 2025-07-01", "to: 2025-07-02", "chồng nhau"),
        (
            "thong-tu-01-2024.yaml",
            "source: toàn văn Thông tư 01/2024/TT-BNV (bản OCR)",
            "source: ''",
            "thiếu “source”",
        ),
        ("luat-06-2022.yaml", "code: BA_CSTDCS", "code: KHONG_CO_TRANG", "thiếu trang giải thích"),
        ("luong-co-so.yaml", "to: 2026-07-01", "to: 2026-06-30", "mức lương cơ sở"),
        ("bac-ninh-86-2025.yaml", "kinds: [CO_TINH]", "kinds: [CSTD_TINH]", "không thuộc phần được giao"),
        ("luat-06-2022.yaml", "years: 3}}", "year: 3}}", "year"),
        ("eras.yaml", "to: 2024-04-15}", "to: 2024-04-16}", "eras.yaml"),
    ],
)
def test_a_spoilt_text_is_refused(name: str, old: str, new: str, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    shutil.copytree(FOLDER, folder)
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))
    try:
        found = "\n".join(faults(book(folder)))
    except BadFile as fault:
        found = str(fault)
    assert words in found


def test_bonuses_follow_the_day_of_the_decision() -> None:
    told = [
        bonus("BK_TINH", "ca_nhan", on) for on in (date(2023, 12, 31), date(2024, 1, 1), date(2026, 7, 1))
    ]
    assert [one and (one.times, one.amount) for one in told] == [
        (Decimal("1.0"), 1_800_000),
        (Decimal("1.5"), 2_700_000),
        (Decimal("1.5"), 3_800_000),
    ]
    flag = bonus("CO_CP", "tap_the", date(2026, 6, 30))
    assert flag is not None
    assert flag.amount == 28_080_000
    assert bonus("GDVH", "ho_gia_dinh", date(2025, 8, 1)) is None
    assert base_salary(date(2017, 1, 1)) is None


@pytest.mark.parametrize(
    ("on", "kind", "share"),
    [
        ("2024-05-01", "CSTD_TINH", "90%"),
        ("2025-08-01", "CSTD_TINH", "90%"),
        ("2024-05-01", "CO_TINH", "80%"),
        ("2025-08-01", "CO_CP", "80%"),
    ],
)
def test_what_a_council_needs(on: str, kind: str, share: str) -> None:
    (row,) = rows("votes", date.fromisoformat(on), kind)
    assert row.values["share"] == share
    assert not row.doubt_on(date.fromisoformat(on))


def test_from_2026_the_province_sets_its_thresholds() -> None:
    (row,) = rows("votes", date(2026, 1, 1), "CSTD_TINH")
    assert row.doubt_on(date(2026, 1, 1))


def test_what_expires_soon_and_what_is_doubtful() -> None:
    assert any("152/2025" in one for one in expiring(book(), date(2026, 11, 28)))
    assert expiring(book(), date(2024, 2, 1)) == []
    assert any("06/2026" in one for one in unsettled(book(), date(2026, 10, 1)))


def test_the_commands_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    facts = tmp_path / "an.json"
    facts.write_text(
        '{"recipient": "ca_nhan", "ratings": {"2025": "HTTNV", "2024": "HTTNV"}, "complete": true}'
    )
    assert main(["explain", str(facts), "--kind", "Lao động tiên tiến", "--on", "01/12/2025"]) == 0
    assert "ĐỦ ĐIỀU KIỆN" in capsys.readouterr().out
    assert main(["explain", str(facts), "--kind", "LDTT", "--on", "2025-12-01", "--json"]) == 0
    assert '"outcome": "eligible"' in capsys.readouterr().out
    assert main(["explain", str(facts), "--kind", "LDT", "--on", "2025-12-01"]) == 2
    assert "LDTT" in capsys.readouterr().err
    assert main(["diff", "--from", "2025-06-30", "--to", "2025-07-01", "CO_CP"]) == 0
    assert "suy tôn" in capsys.readouterr().out
    assert main(["check"]) == 0
    facts.write_text("{")
    assert main(["explain", str(facts), "--kind", "LDTT", "--on", "2025-12-01"]) == 2


def test_the_formats_are_told_whole() -> None:
    told = Path("docs/spec/su-kien-1.md").read_text(encoding="utf-8")
    words = {
        *KEYS,
        *READERS,
        *TOPICS,
        *posts(),
        *LEAVES,
        *OCCUPATIONS,
        *DISCIPLINES,
        *PENDING,
        *GROUNDS,
        *REACHES,
    }
    assert sorted(word for word in words if f"`{word}`" not in told) == []


def test_words_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words"]) == 0
    listed = capsys.readouterr().out
    assert "CSTD_TINH: Chiến sĩ thi đua" in listed
    assert "dan_dau_cum_khoi: " in listed
    assert "vu_truong: " in listed


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("quy-che-cum-vi-du.yaml", "tenant: cum-vi-du", "tenant: ''", "phải có tenant"),
        ("quy-che-cum-vi-du.yaml", "  cluster_head:", "  votes:", "không thuộc quy chế"),
        ("quy-che-cum-vi-du.yaml", "  cluster_head:", "  cluster_heads:", "không có bảng"),
        (
            "quy-che-cum-vi-du.yaml",
            "tables:",
            "provisions: [{code: BK_HO, kinds: [GK], article: '1', says: x, judged: y}]\ntables:",
            "không đặt tiêu chuẩn",
        ),
        ("luong-co-so.yaml", "layer: national", "layer: national\ntenant: bac-ninh", "không được có"),
        ("luat-06-2022-vinh-du.yaml", "part_of: L2022", "part_of: L2023", "part_of"),
        ("luong-co-so.yaml", "code: LUONG_CO_SO", "code: L2022", "đã có ở tệp khác"),
    ],
)
def test_a_layer_out_of_place_is_refused(name: str, old: str, new: str, words: str, tmp_path: Path) -> None:
    test_a_spoilt_text_is_refused(name, old, new, words, tmp_path)


def test_what_changed_between_two_days_stands_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "--from", "2025-06-30", "--to", "2025-07-01", "CO_CP"]) == 0
    told = capsys.readouterr().out
    votes = told[told.index("Tỷ lệ phiếu của Hội đồng:") :].splitlines()
    assert votes[1].startswith("- trước: Cờ Chính phủ: Hội đồng cấp trình bỏ phiếu")
    assert votes[2].startswith("+ nay:   Cờ Chính phủ: Hội đồng các cấp bỏ phiếu")
    assert "Ngoài ra" in told
    assert main(["diff", "--from", "2025-06-30", "--to", "2025-07-01"]) == 0
    assert "Quỹ thi đua, khen thưởng:" in capsys.readouterr().out
    assert main(["diff", "--from", "2026-09-30", "--to", "2026-10-01", "CSTD_CS"]) == 0
    assert "Từ nay phải kiểm tra:" in capsys.readouterr().out
    assert main(["diff", "--from", "2025-08-04", "--to", "2025-08-05", "LDTT"]) == 0
    assert "? LĐTT: tuyển dụng từ 6 tháng" in capsys.readouterr().out  # the same words in a text nobody read
    assert main(["diff", "--from", "2025-09-01", "--to", "2025-09-02"]) == 0
    assert capsys.readouterr().out == "Không có gì đổi.\n"
