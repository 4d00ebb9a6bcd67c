"""The table in the browser: read from officers' files, mended line by line, issued, given back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.emulation.scoring.engine.layouts import TABLES, paper, t1_workbook, t6_rows
from tests.emulation.scoring.test_rules import revision_on
from tests.story import Story
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.engine import compute, load, parse, read_filings, read_table
from thidua.emulation.scoring.engine.edits import line_at
from thidua.emulation.scoring.engine.intake import read_layout
from thidua.emulation.scoring.engine.output import plain
from thidua.emulation.scoring.models import Scorecard
from thidua.emulation.scoring.queries import document_of, draft_of

D = Decimal
LOOK = {"HX-Request": "true"}


def text(response: Any) -> str:
    return unescape(response.content.decode())


def upload(client: Client, year: Story, data: bytes, name: str) -> Any:
    return client.post(year.address("bang-diem", "nhap"), {"file": SimpleUploadedFile(name, data)})


def imported(client: Client, year: Story, data: bytes, name: str) -> Scorecard:
    """Seen, confirmed, in the draft."""
    seen = upload(client, year, data, name)
    answer = client.post(year.address("bang-diem", "nhap"), {"document": seen.context["sealed"]})
    assert answer.status_code == 302
    card = draft_of(year.cycle)
    assert card is not None
    return card


def drafted(year: Story, name: str) -> Scorecard:
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    return actions.write_table(scorecard=card, document=load(f"{TABLES}/{name}.yaml"), by=by)


def test_binh_sees_t1_before_it_is_saved_takes_it_in_and_takes_it_back(
    year: Story, as_user: Callable[..., Client]
) -> None:
    binh = as_user("binh")
    page = text(upload(binh, year, t1_workbook(), "t1.xlsx"))
    assert "đúng 98 không thuộc mức nào".capitalize() in page
    assert "Số âm ở cột điểm thưởng" in page
    assert "hiểu là mức" in page
    assert not Scorecard.objects.exists()
    card = imported(binh, year, t1_workbook(), "t1.xlsx")
    real = read_table(load(f"{TABLES}/t1-tien-giang-2022.yaml"))
    assert [(x.code, x.most) for x in read_table(document_of(card)).lines] == [
        (x.code, x.most) for x in real.lines
    ]
    tree = text(binh.get(year.address("bang-diem") + "?ban=1"))
    assert "Lấy lại dự thảo trước" in tree
    assert 'id="dong-C1"' in tree
    assert binh.post(year.address("bang-diem", "lay-lai")).status_code == 302
    card.refresh_from_db()
    assert not card.criteria.exists()


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"rac", "a.docx", "không"),
        (paper([["Họ tên", "Tuổi"], ["An", "3"]]), "a.docx", "không thấy bảng điểm"),
        (b"total: 1\ntotal: 2", "a.yaml", "ghi hai lần"),
        (b"x", "a.pdf", "Word"),
    ],
)
def test_a_file_without_a_table_is_told_beside_the_field(
    year: Story, as_user: Callable[..., Client], data: bytes, name: str, said: str
) -> None:
    page = upload(as_user("binh"), year, data, name)
    assert page.status_code == 200
    assert said in text(page)
    assert as_user("binh").post(year.address("bang-diem", "nhap"), {"document": "giả"}).status_code == 200
    assert not Scorecard.objects.exists()


def test_a_finding_is_mended_in_the_editor_and_the_rule_is_told_and_tried_while_typing(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card, binh = drafted(year, "t1-tien-giang-2022"), as_user("binh")
    url = year.address("bang-diem", "soan", "C1")
    assert "Đúng 98 không thuộc mức nào" in text(binh.get(url))
    typed = {
        "type": "bands",
        "bands": "từ 98: 5\n97\t98\t4\n96\t97\t3",
        "low": "96",
        "high": "100",
        "revision": revision_on(binh, url),
    }
    look = text(binh.post(url, {**typed, "look": "1", "trial": "97,5"}, headers=LOOK))
    assert "Thử: ghi 97,5 → <strong>4 điểm</strong>, vì 97,5 thuộc mức “từ 97 dưới 98”: 4" in look
    assert "Không thấy chỗ nào sai" in look
    spare = grid([{"side": "bonuses", "code": "", "title": "", "type": "each", "each": "", "cap": ""}])
    assert "Không thấy chỗ nào sai" in text(binh.post(url, {**typed, **spare, "look": "1"}, headers=LOOK))
    card.refresh_from_db()
    assert "over" in document_of(card)["criteria"][0]["children"][2]["children"][0]["rule"]["bands"][0]
    assert binh.post(url, typed).status_code == 302
    card.refresh_from_db()
    assert "98 không thuộc" not in text(binh.get(url))
    wrong = text(binh.post(url, {**typed, "bands": "từ 98: 9", "revision": revision_on(binh, url)}))
    assert "hơn tối đa 5" in wrong
    assert "từ 98: 9" in wrong


def grid(rows: list[dict[str, str]]) -> dict[str, str]:
    """The bonus and deduction grid as a browser sends it."""
    head = {"extras-TOTAL_FORMS": str(len(rows)), "extras-INITIAL_FORMS": "0"}
    return head | {f"extras-{at}-{key}": one for at, row in enumerate(rows) for key, one in row.items()}


EACH = {"side": "deductions", "code": "1.1", "type": "each"}
STEPS = "mốc: 92; qua mốc: 0,1; mỗi: 1; thêm: 0,1; nhiều nhất: 0,5"
MATRIX = "hồ sơ \\ sớm | từ 1 dưới 5 | từ 5\ntừ 0 | 1 | 5"
BONUS = {"side": "bonuses", "code": "1.1"}
RULES: list[tuple[dict[str, str], list[dict[str, str]], str, str]] = [
    ({"type": "pass_fail"}, [], "đạt", "5"),
    ({"type": "count", "each": "2"}, [], "2", "4"),
    ({"type": "percent", "better": "more"}, [], "80/100", "4"),
    ({"type": "relative", "better": "more"}, [], "100/100", "2,5"),
    ({"type": "registered", "count": "1", "each": "5", "bonus": "1"}, [], "", ""),
    ({"type": "honours", "awards": "CO_TINH: 3\nCO_CP: 5", "take": "best"}, [], "CO_TINH", "3"),
    ({"type": "steps", "start": "90", "first": "1", "step": "1", "each": "0,5", "cap": "3"}, [], "92", "2"),
    ({"type": "matrix", "matrix": MATRIX}, [], "hồ sơ=9, sớm=6", "5"),
    ({"type": "full", "deduction_cap": "1"}, [{**EACH, "each": "0,5"}], "1.1=4", "4"),
    ({"type": "direct", "bonus_cap": "1"}, [{**BONUS, "type": "direct"}], "3; 1.1=2", "4"),
    ({"type": "direct"}, [{**BONUS, "type": "steps", "detail": STEPS}], "5; 1.1=94", "5,3"),
    (
        {"type": "direct", "net_low": "-1", "net_high": "1"},
        [{**EACH, "each": "1", "waivable": "on"}],
        "5; 1.1=3",
        "4",
    ),
]


def test_every_rule_is_written_through_the_form(year: Story, as_user: Callable[..., Client]) -> None:
    by, binh = year.actor("binh"), as_user("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    table = {"total": "5", "criteria": [{"code": "1", "title": "Thử", "max": "5"}]}
    card = actions.write_table(scorecard=card, document=table, by=by)
    url = year.address("bang-diem", "soan", "1")
    for head, extras, trial, points in RULES:
        typed = {**head, **grid(extras), "revision": revision_on(binh, url), "trial": trial}
        look = text(binh.post(url, {**typed, "look": "1"}, headers=LOOK))
        assert not trial or f"<strong>{points} điểm</strong>" in look, (head, look)
        assert binh.post(url, typed).status_code == 302, head
        card.refresh_from_db()
        written = line_at(document_of(card), "1")
        assert written is not None
        assert (written.get("rule") or {"type": "direct"})["type"] == head["type"]
        assert len(written.get("bonuses", []) + written.get("deductions", [])) == len(extras)
        assert binh.get(url).status_code == 200


def test_honours_are_chosen_by_their_names(year: Story, as_user: Callable[..., Client]) -> None:
    by, binh = year.actor("binh"), as_user("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    table = {"total": "5", "criteria": [{"code": "1", "title": "Danh hiệu", "max": "5", "kind": "bonus"}]}
    card = actions.write_table(scorecard=card, document=table, by=by)
    url, flag = year.address("bang-diem", "soan", "1"), "Cờ thi đua của Ủy ban nhân dân tỉnh"
    assert f'<option value="{flag}">' in text(binh.get(url))
    typed = {
        "kind": "bonus",
        "type": "honours",
        "take": "best",
        "revision": revision_on(binh, url),
        **grid([]),
    }
    look = text(binh.post(url, {**typed, "awards": f"{flag}: 3", "trial": flag, "look": "1"}, headers=LOOK))
    assert "<strong>3 điểm</strong>" in look
    assert f"{flag}: 3 điểm" in look
    wrong = text(binh.post(url, {**typed, "awards": "Cờ luân lưu: 3"}))
    assert "Không có danh hiệu, hình thức “Cờ luân lưu”" in wrong
    assert binh.post(url, {**typed, "awards": f"{flag}: 3\nCO_CP: 5"}).status_code == 302
    line = line_at(document_of(card), "1")
    assert line is not None
    assert line["rule"]["awards"] == {"CO_TINH": "3", "CO_CP": "5"}
    page = text(binh.get(url))
    assert "CO_TINH" not in page
    assert f"Cờ thi đua của Chính phủ: 5\n{flag}: 3" in page
    assert f"{flag}: 3 điểm" in text(binh.get(year.address("bang-diem")))


def test_a_code_with_a_dot_stays_a_code_in_the_form(year: Story, as_user: Callable[..., Client]) -> None:
    card, binh = drafted(year, "t1-tien-giang-2022"), as_user("binh")
    page = text(binh.get(year.address("bang-diem", "soan", "3.3")))
    assert 'name="code" value="3.3"' in page
    assert 'value="3,3"' not in page
    assert 'value="1,5"' in text(binh.get(year.address("bang-diem", "soan", "4.3")))
    url = year.address("bang-diem", "soan", "3.3")
    typed = {"code": "3.3", "max": "6", "revision": revision_on(binh, url)}
    assert binh.post(url, typed).status_code == 302
    assert line_at(document_of(card), "3.3") is not None


def test_the_settings_are_checked_by_a_button_too(year: Story, as_user: Callable[..., Client]) -> None:
    card, binh = drafted(year, "t7-can-tho-2025"), as_user("binh")
    typed = {"total": "90", "places": "2", "mode": "half_up", "classes": "", "flags": "", "look": "1"}
    url = year.address("bang-diem", "quy-dinh")
    page = text(binh.post(url, {**typed, "revision": revision_on(binh, url)}))
    assert "khác thang điểm 90" in page
    assert "Lưu quy định chung" in page
    card.refresh_from_db()
    assert card.settings["total"] == "100"


def test_lines_are_added_moved_taken_out_and_taken_back(year: Story, as_user: Callable[..., Client]) -> None:
    card, binh = drafted(year, "t6-cong-an-xa-cum-347"), as_user("binh")
    url = year.address("bang-diem", "sap-xep")

    def tops() -> list[str]:
        return [line["code"] for line in document_of(card)["criteria"]]

    assert binh.post(url, {"step": "add", "code": ""})["Location"].endswith("/IV/")
    assert tops() == ["I", "II", "III", "IV"]
    binh.post(url, {"step": "add", "code": "III.3"})
    assert line_at(document_of(card), "III.3c") or line_at(document_of(card), "III.3.1")
    binh.post(url, {"step": "up", "code": "IV"})
    assert tops() == ["I", "II", "IV", "III"]
    binh.post(url, {"step": "remove", "code": "IV"})
    assert tops() == ["I", "II", "III"]
    binh.post(year.address("bang-diem", "lay-lai"))
    assert tops() == ["I", "II", "IV", "III"]
    assert "không có tiêu chí XX" in text(binh.post(url, {"step": "up", "code": "XX"}, follow=True))


def test_the_whole_tables_settings_are_written_and_checked(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card, binh = drafted(year, "t7-can-tho-2025"), as_user("binh")
    url = year.address("bang-diem", "quy-dinh")
    page = text(binh.get(url))
    assert "Hoàn thành tốt nhiệm vụ: từ 85 dưới 95; không có 0" in page
    assert "từ 85 trở lên không có loại nào" in page
    typed = {
        "title": "Bảng", "total": "100", "places": "1", "mode": "down", "bonus_cap": "2",
        "not_assigned": "drop",
        "classes": "Tốt: từ 50\nChưa tốt: dưới 50", "flags": "ky_luat | Bị kỷ luật | cao nhất: Chưa tốt",
        "revision": revision_on(binh, url),
    }  # fmt: skip
    assert "Không thấy chỗ nào sai" in text(binh.post(url, {**typed, "look": "1"}, headers=LOOK))
    assert "không hiểu “lạ”" in text(binh.post(url, {**typed, "classes": "Tốt: từ 50; lạ"}))
    assert binh.post(url, typed).status_code == 302
    card.refresh_from_db()
    table = read_table(document_of(card))
    assert (table.places, table.rounding, table.bonus_cap, len(table.classes)) == (1, "down", D(2), 2)


@pytest.mark.parametrize("name", ["t1-tien-giang-2022", "t6-cong-an-xa-cum-347", "t7-can-tho-2025", "dieu-6"])
def test_what_is_exported_comes_back_the_same(year: Story, as_user: Callable[..., Client], name: str) -> None:
    card, binh = drafted(year, name), as_user("binh")
    page = year.address("bang-diem")
    book = binh.get(page + "?ban=1&xuat=excel").content
    assert plain(read_table(read_layout(book, "bang.xlsx").document)) == plain(read_table(document_of(card)))
    file = binh.get(page + "?ban=1&xuat=tep").content
    assert plain(read_table(parse(file, "bang.yaml"))) == plain(read_table(document_of(card)))
    assert binh.get(page + "van-ban/pdf/?ban=1").content[:4] == b"%PDF"


def test_golden_values_come_out_of_tables_entered_in_the_browser(
    year: Story, as_user: Callable[..., Client]
) -> None:
    binh = as_user("binh")
    data = Path(f"{TABLES}/t1-tien-giang-2022.yaml").read_bytes()
    card = imported(binh, year, data, "t1.yaml")
    filings = read_filings(load(f"{TABLES}/t1-thi-xa-2022.yaml"))
    layers = compute(read_table(document_of(card)), filings).sheets["Thị xã"]
    assert [(x.claimed, x.total) for x in layers.values()] == [
        (D("124.4"), D("119.70")),
        (D("118.4"), D("115.70")),
    ]
    card = imported(binh, year, paper(t6_rows()), "t6.docx")
    url = year.address("bang-diem", "soan", "I.4a")
    typed = {
        "code": "31",
        "max": "10",
        "type": "relative",
        "better": "more",
        "revision": revision_on(binh, url),
    }
    assert binh.post(url, typed).status_code == 302
    pairs = {"Cam Hồng": "10", "Lệ Thủy": "5", "Vĩnh Linh": "2"}
    units = [{"unit": u, "values": {"31": {"actual": a, "target": "1"}}} for u, a in pairs.items()]
    card.refresh_from_db()
    sheets = compute(read_table(document_of(card)), read_filings({"units": units})).sheets
    assert [sheets[unit]["final"].marks["31"].points for unit in pairs] == [D(10), D("7.22"), D("5.56")]


def test_an_and_chi_do_not_write_the_table(year: Story, as_user: Callable[..., Client]) -> None:
    drafted(year, "dieu-6")
    for name, status in (("an", 403), ("chi", 404)):
        assert as_user(name).get(year.address("bang-diem", "nhap")).status_code == status
        assert as_user(name).post(year.address("bang-diem", "sap-xep"), {"step": "add"}).status_code == status
    page = text(as_user("binh").post(year.address("bang-diem", "nhap"), {}))
    assert "Chọn một tệp" in page
