"""Table T6, of 1,000 points, taken in from Word; its “Điều 6” set in the editor's fields; its golden values.

The real numbers of three criteria (docs/spec/bang-diem-1.md): a unit's points stand against the one that went
farthest beyond its target, so those of criterion 31 change when the last unit files.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.emulation.scoring.engine.layouts import paper, t6_rows
from tests.journeys.hands import press, said
from tests.journeys.others import BLOC, by, unit_of
from tests.journeys.watch import barriers, overflow
from thidua.base.periods import Term
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.movements import actions as movements
from thidua.emulation.movements.models import CycleMovement, Movement
from thidua.emulation.scoring import actions as scoring
from thidua.emulation.scoring.actions import MarkText
from thidua.emulation.scoring.models import Criterion, Scorecard, ScoreLayer

HEAD, DAY = "cdndt.gv", date(2020, 8, 10)
RELATIVE = "So với đơn vị vượt nhiều nhất trong cụm"
PLACES = {"I.3d": "22", "III.3b": "28b", "II.2b": "31"}  # lines of 20, 5 and 10 points take the real codes
FILED = {  # by unit: result and target of 22, 28b and 31
    "bhxh": ("1/0,05", "1/1", "1/1"),
    "cdndt": ("50/5", "3/1", "1/1"),
    "yte": ("5/5", "12/1", "1/1"),
    "gddt": ("5/5", "1/1", "2/1"),
    "cdcd": ("5/5", "1/1", "10/1"),
}
WALKER = ("66,67/5", "5/1", "5/1")  # what one unit types on its own sheet


def test_t6_is_entered_scored_and_its_golden_values_stand_on_the_pages(page_as, site, tmp_path: Path) -> None:
    of = drive()
    head = page_as(HEAD)
    enter(head, f"{site}/cum-thi-dua/{BLOC}/{of.address}/bang-diem/", tmp_path)
    card = Scorecard.objects.get(movement=of, state="adopted")
    lines = {line.code: line for line in card.criteria.exclude(kind="group")}
    for code, told in FILED.items():
        write(card, code, lines, told)
        if code != "cdcd":
            scoring.send_layer(layer=own(card, code), by=by(f"{code}.cv", DAY))
    write(card, "tttt", {code: line for code, line in lines.items() if code not in PLACES.values()})

    sheets = f"{site}/cum-thi-dua/{BLOC}/{of.address}/cham-diem/"
    member = page_as("tttt.cv", size="phone")
    member.goto(f"{sheets}{unit_of('tttt').pk}/")
    for code, told in zip(PLACES.values(), WALKER, strict=True):
        result, target = told.split("/")
        member.locator(f"[name=filed_{lines[code].pk}]").fill(result)
        member.locator(f"[name=filed_{lines[code].pk}_target]").fill(target)
    expect(member.locator(f"[data-computed='{lines['22'].pk}']")).to_contain_text("điểm")
    assert overflow(member) == 0
    press(member, "Gửi điểm tự chấm")
    said(member, "Đã gửi")

    shows(head, sheets, "bhxh", {"22": "20,00"})
    shows(head, sheets, "tttt", {"22": "16,49", "28b": "3,41", "31": "10,00"})
    shows(head, sheets, "cdndt", {"22": "14,74", "28b": "2,95"})
    shows(head, sheets, "yte", {"28b": "5,00"})
    shows(head, sheets, "gddt", {"28b": "2,50", "31": "6,25"})
    scoring.send_layer(layer=own(card, "cdcd"), by=by("cdcd.cv", DAY))
    shows(head, sheets, "cdcd", {"31": "10,00"})
    shows(head, sheets, "gddt", {"31": "5,56"})
    shows(head, sheets, "tttt", {"22": "16,49", "31": "7,22"})
    assert barriers(head) == []
    head.get_by_role("link", name="Xem tiêu chí 31").click()
    expect(head.locator("#chi-tiet")).to_contain_text("0,5 × 10 + 4/9 × 0,5 × 10 = 7,22")


def drive() -> CycleMovement:
    """A movement of 2020 that is scored by itself: its scale need not be the regulation's."""
    movement = Movement(
        title="Đợt thi đua cao điểm theo bảng 1.000 điểm",
        level="cluster",
        kind="peak",
        cycle=Cycle.objects.get(cluster__address=BLOC, name="2020"),
        term=Term.through(date(2020, 7, 1), date(2020, 11, 30)),
    )
    movements.launch_movement(movement=movement, launchers=[unit_of("cdndt")], by=by(HEAD, DAY))
    return CycleMovement.objects.select_related("movement", "cycle").get(movement=movement)


def enter(page: Page, table: str, tmp_path: Path) -> None:
    """The Word file into the draft, the rule of three criteria in the editor's fields; the table issued."""
    file = tmp_path / "t6.docx"
    file.write_bytes(paper(t6_rows()))
    page.goto(f"{table}nhap/")
    page.get_by_label("Tệp bảng điểm").set_input_files(file)
    press(page, "Xem trước")
    said(page, "thang 1000")
    press(page, "Nhập vào dự thảo")
    said(page, "Đã nhập bảng điểm vào dự thảo")
    for code, real in PLACES.items():
        page.get_by_role("link", name=f"Sửa {code}", exact=True).click()
        page.get_by_label("Mã", exact=True).first.fill(real)
        page.get_by_label("Cách tính", exact=True).first.select_option(label=RELATIVE)
        expect(page.locator("#thay-ngay")).to_contain_text("vượt chỉ tiêu nhiều nhất")
        press(page, "Lưu tiêu chí")
        said(page, f"Đã lưu tiêu chí {real}")
    reason = page.get_by_label("Lý do vẫn ban hành")
    if reason.count():
        reason.fill("Giữ mã theo bảng gốc của cụm")
    press(page, "Ban hành bảng điểm")
    said(page, "Đã ban hành bảng điểm")


def own(card: Scorecard, code: str) -> ScoreLayer:
    return ScoreLayer.objects.get(sheet__scorecard=card, sheet__unit=unit_of(code), kind="self")


def write(
    card: Scorecard, code: str, lines: dict[str, Criterion], told: tuple[str, ...] = ("", "", "")
) -> None:
    """A unit's self-score: full marks but for the criteria of Điều 6."""
    marks = {line.pk: MarkText(line.max_points) for line in lines.values()}
    for real, pair in zip(PLACES.values(), told, strict=True):
        if pair:
            actual, target = pair.split("/")
            marks[lines[real].pk] = MarkText({"actual": actual, "target": target})
    assert all(one.filed != Decimal(0) for one in marks.values())
    scoring.write_marks(layer=own(card, code), marks=marks, by=by(f"{code}.cv", DAY))


def shows(page: Page, sheets: str, code: str, points: dict[str, str]) -> None:
    """The unit's sheet shows these points of its self-score."""
    page.goto(f"{sheets}{unit_of(code).pk}/")
    for line, told in points.items():
        row = page.locator("table.score tbody tr", has=page.locator("td.code", has_text=f"{line}").first)
        cell = row.filter(has=page.get_by_text(line, exact=True)).locator("td[data-label='Tự chấm']")
        expect(cell).to_have_text(told)
