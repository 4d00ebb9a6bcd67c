"""Layers: who writes what, teams that visit, explanations and answers, facts that hold a class down."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.emulation.scoring.test_golden import in_force, view_of
from tests.emulation.scoring.test_scoring import FULL, issued, layer, points, sent
from tests.story import Story, add_person, set_due
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.documents.models import Paper
from thidua.emulation.scoring import actions, duties
from thidua.emulation.scoring.actions import MarkText, Planned
from thidua.emulation.scoring.engine import load
from thidua.emulation.scoring.models import (
    AppraisalPart,
    Explanation,
    FlagCorrection,
    Mark,
    Scorecard,
    ScoreLayer,
    ScoreSheet,
    Visit,
)
from thidua.organisations.models import Unit

D = Decimal


def owned(year: Story) -> Scorecard:
    """40 points of the unit, 35 of Sở Nội vụ, 15 in a block it appraises, 10 of the standing body."""
    year.units["noi_vu"] = Unit.objects.create(
        kind="department",
        name="Sở Nội vụ",
        short_name="Sở Nội vụ",
        symbol="SNV",
        parent=year.units["tinh"],
        existence=year.units["y_te"].existence,
    )
    add_person(year, "oanh", "Cao Thị Oanh", "noi_vu", "unit_officer", "Chuyên viên")
    criteria = [
        {"code": "1", "title": "Chuyên môn", "max": 40},
        {"code": "2", "title": "Cải cách", "max": 35, "scored_by": "Sở Nội vụ"},
        {
            "code": "3",
            "title": "Tổ chức",
            "max": 15,
            "scored_by": "Sở Nội vụ",
            "children": [{"code": "3.1", "title": "Biên chế", "max": 15}],
        },
        {"code": "4", "title": "Ký giao ước", "max": 10, "scored_by": "cơ quan thường trực"},
    ]
    return in_force(year, {"total": 100, "criteria": criteria})


def put(year: Story, kind: str, name: str, card: Scorecard, **filed: str) -> None:
    """Somebody writes 1, 2, 3.1 … of Sở Y tế, named a1, a2, a31."""
    lines = {"a" + line.code.replace(".", ""): line.pk for line in card.criteria.all()}
    marks = {lines[code]: MarkText(value, "Theo hồ sơ") for code, value in filed.items()}
    actions.write_marks(layer=layer(year, "y_te", kind), marks=marks, by=year.actor(name))


def send_part(year: Story, member: str) -> None:
    """Sở Nội vụ sends what it appraised of a member."""
    row, owner = layer(year, member, "appraisal"), year.units["noi_vu"]
    actions.send_part(layer=row, owner=owner, by=year.actor("oanh"))


def test_a_criterion_with_a_named_scorer_is_written_by_that_unit_alone(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = owned(year)
    with pytest.raises(Refused, match="chỉ Sở Nội vụ chấm"):
        put(year, "self", "an", card, a2="35")
    with pytest.raises(Refused, match="chỉ cơ quan thường trực chấm"):
        put(year, "self", "an", card, a4="10")
    put(year, "self", "an", card, a1="40", a31="15")
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    for name, code in (("binh", "a2"), ("dung", "a31"), ("binh", "a4"), ("oanh", "a1"), ("oanh", "a4")):
        with pytest.raises(Refused, match="chấm"):
            put(year, "appraisal", name, card, **{code: "5"})
    put(year, "appraisal", "binh", card, a1="40")
    with pytest.raises(Refused, match="Chờ Sở Nội vụ, cơ quan thường trực chấm"):
        actions.send_layer(layer=layer(year, "y_te", "appraisal"), by=year.actor("binh"))
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    page = as_user("oanh").get(url).content.decode()
    ids = {line.code: line.pk for line in card.criteria.all()}
    assert f'name="points_{ids["2"]}"' in page
    assert f'name="points_{ids["1"]}"' not in page
    typed = {f"points_{ids['2']}": "30", f"points_{ids['3.1']}": "14", f"reason_{ids['3.1']}": "Thừa một"}
    assert as_user("oanh").post(url + "luu/appraisal/", typed).status_code == 302
    put(year, "appraisal", "dung", card, a4="10")
    with pytest.raises(NotAllowed):
        actions.send_layer(layer=layer(year, "y_te", "appraisal"), by=year.actor("oanh"))
    with pytest.raises(Refused, match="Chờ Sở Nội vụ gửi phần thẩm định"):
        actions.send_layer(layer=layer(year, "y_te", "appraisal"), by=year.actor("dung"))
    send_part(year, "y_te")
    actions.send_layer(layer=layer(year, "y_te", "appraisal"), by=year.actor("dung"))
    assert view_of(year, card, "y_te").layers["appraisal"].total == D(94)


def test_the_conclusion_keeps_what_only_others_write(year: Story) -> None:
    card = owned(year)
    put(year, "self", "an", card, a1="40", a31="15")
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    put(year, "final", "binh", card, a1="39", a31="15")
    with pytest.raises(Refused, match="chưa có điểm của tiêu chí 2, 4"):
        actions.send_layer(layer=layer(year, "y_te", "final"), by=year.actor("binh"))
    put(year, "appraisal", "binh", card, a1="40")
    put(year, "appraisal", "oanh", card, a2="30", a31="15")
    send_part(year, "y_te")
    put(year, "appraisal", "dung", card, a4="8")
    actions.send_layer(layer=layer(year, "y_te", "appraisal"), by=year.actor("binh"))
    actions.send_layer(layer=layer(year, "y_te", "final"), by=year.actor("binh"))
    assert view_of(year, card, "y_te").layers["final"].total == D(92)


def test_an_owner_outside_the_cluster_hears_of_its_part_and_sends_it_once(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = owned(year)
    set_due(year.cycle, "appraisal", date(2019, 12, 20))
    oanh, overview = as_user("oanh"), year.address("cham-diem")
    assert "Gửi phần thẩm định" not in oanh.get("/").content.decode()
    put(year, "self", "an", card, a1="40", a31="15")
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    home = oanh.get("/").content.decode()
    assert "Gửi phần thẩm định 1 đơn vị" in home
    assert "Tiêu chí 2, 3.1: Sở Y tế" in home
    assert "Gửi phần thẩm định" not in as_user("chi").get("/").content.decode()
    page = as_user("dung").get(overview).content.decode()
    assert "Phần thẩm định của đơn vị phụ trách" in page
    assert "chưa tự chấm: Sở VH, TT và DL, Sở GD và ĐT" in page
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    ids, owner = {line.code: line.pk for line in card.criteria.all()}, year.units["noi_vu"].pk
    typed = {f"points_{ids['2']}": "30", f"points_{ids['3.1']}": ""}
    assert "Còn 1 tiêu chí chưa ghi điểm: 3.1" in oanh.post(f"{url}gui-phan/{owner}/", typed).content.decode()
    typed[f"points_{ids['3.1']}"] = "14"
    assert "ghi lý do" in oanh.post(f"{url}gui-phan/{owner}/", typed).content.decode()
    typed[f"reason_{ids['3.1']}"] = "Thừa một"
    assert oanh.post(f"{url}gui-phan/{owner}/", typed).status_code == 302
    assert "Gửi phần thẩm định" not in oanh.get("/").content.decode()
    assert "1/3" in as_user("dung").get(overview).content.decode()
    with pytest.raises(Refused, match="phần của Sở Nội vụ đã gửi"):
        put(year, "appraisal", "oanh", card, a2="20")
    with pytest.raises(DatabaseError), transaction.atomic():
        Mark.objects.filter(criterion=ids["2"]).update(filed="20")
    with pytest.raises(DatabaseError), transaction.atomic():
        AppraisalPart.objects.all().delete()
    with pytest.raises(Refused, match="Sở Nội vụ đã gửi phần thẩm định ngày 16/12/2019"):
        send_part(year, "y_te")
    fixed = {f"points_{ids['2']}": "28", "reason": "Cộng nhầm"}
    assert oanh.post(f"{url}dinh-chinh/appraisal/{ids['2']}/", fixed).status_code == 302
    assert "đính chính" in as_user("dung").get(url + "?lop=appraisal").content.decode()


def test_only_the_owner_sends_its_part(year: Story) -> None:
    card = owned(year)
    put(year, "self", "an", card, a1="40", a31="15")
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    row, owner = layer(year, "y_te", "appraisal"), year.units["noi_vu"]
    with pytest.raises(NotAllowed):
        actions.send_part(layer=row, owner=owner, by=year.actor("binh"))
    with pytest.raises(Refused, match="Chỉ Sở Giáo dục và Đào tạo gửi"):
        actions.send_part(layer=row, owner=year.units["giao_duc"], by=year.actor("oanh"))


def test_a_stranger_with_no_criterion_still_sees_nothing(year: Story, as_user: Callable[..., Client]) -> None:
    owned(year)
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    assert as_user("chi").get(url).status_code == 404


def planned(year: Story, card: Scorecard) -> Scorecard:
    """Team 1 is Sở Giáo dục, team 2 Sở Y tế and Sở Văn hóa; team 1 visits Sở Y tế."""
    units = year.units
    plan = {
        units["giao_duc"].pk: Planned(team=1),
        units["y_te"].pk: Planned(team=2, visited_by=1, on=date(2019, 12, 12), place="Hội trường Sở"),
        units["van_hoa"].pk: Planned(team=2),
    }
    return actions.plan_checks(scorecard=card, plan=plan, by=year.actor("binh"))


def test_a_team_visits_scores_across_and_leaves_minutes(year: Story, as_user: Callable[..., Client]) -> None:
    card = planned(year, issued(year))
    sent(year, card, "y_te", "self", "an")
    told = {act.key: act for act in duties.acts(year.cycle, by=year.actor("giang"))}
    assert [d.title for d in told["cross_score"].head_duties] == ["Chấm chéo Sở Y tế"]
    with pytest.raises(NotAllowed):
        actions.copy_marks(layer=layer(year, "y_te", "cross"), by=year.actor("an"))
    actions.copy_marks(layer=layer(year, "y_te", "cross"), by=year.actor("giang"))
    actions.send_layer(layer=layer(year, "y_te", "cross"), by=year.actor("giang"))
    giang = as_user("giang")
    url = year.address("cham-diem", str(year.units["y_te"].pk), "kiem-tra")
    assert "Hội trường Sở" in giang.get(url).content.decode()
    minutes = {"on": "12/12/2019", "place": "Hội trường Sở", "present": "Tổ 1", "findings": "Đủ minh chứng"}
    assert as_user("chi").post(url, minutes).status_code == 404
    assert giang.post(url, minutes | {"findings": ""}).status_code == 200
    assert giang.post(url, minutes).status_code == 302
    assert giang.get(url + "pdf/").content.startswith(b"%PDF")
    paper = Paper.objects.get(about_type="scoring.visit")
    assert (paper.symbol, paper.state, paper.issuer) == ("01/BB-KTĐ", "sealed", year.units["van_hoa"])
    assert f"số {paper.symbol}" in giang.get(url).content.decode()
    assert paper.symbol in as_user("an").get("/van-ban/").content.decode()
    assert paper.symbol not in as_user("chi").get("/van-ban/").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.update(findings="Thiếu minh chứng")
    sheet, by = ScoreSheet.objects.get(unit=year.units["y_te"]), year.actor("giang")
    with pytest.raises(Refused, match="Đã có biên bản"):
        actions.record_visit(sheet=sheet, on=by.on, place="", present="A", findings="B", by=by)


def test_a_team_does_not_visit_its_own_members(year: Story, as_user: Callable[..., Client]) -> None:
    issued(year)
    binh, url = as_user("binh"), year.address("cham-diem", "kiem-tra-cheo")
    assert "Ngồi tổ" in binh.get(url).content.decode()
    ids = {name: year.units[name].pk for name in ("y_te", "van_hoa", "giao_duc")}
    typed = {f"team_{ids['y_te']}": "1", f"by_{ids['y_te']}": "1", f"by_{ids['van_hoa']}": "2"}
    page = binh.post(url, typed).content.decode()
    assert "tổ 1 không kiểm tra chính thành viên" in page
    assert "tổ 2 chưa có thành viên nào" in page
    typed = {f"team_{ids['y_te']}": "1", f"by_{ids['van_hoa']}": "1", f"on_{ids['van_hoa']}": "6/11/2020"}
    assert binh.post(url, typed).status_code == 302
    assert Visit.objects.get().on == date(2020, 11, 6)


def test_an_explains_in_time_and_is_answered_before_the_conclusion(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = issued(year)
    sent(year, card, "y_te", "self", "an")
    line = card.criteria.get(code="2.1")
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    an, binh = as_user("an"), as_user("binh")
    assert an.post(f"{url}giai-trinh/{line.pk}/", {"text": "Có hai phong trào"}).status_code == 302
    explanation = Explanation.objects.get()
    told = {act.key: act for act in duties.acts(year.cycle, by=year.actor("dung"))}
    assert "Trả lời 1 giải trình về điểm" in [duty.title for duty in told["final_score"].head_duties]
    final = layer(year, "y_te", "final")
    actions.write_marks(layer=final, marks=points(card, **FULL), by=year.actor("binh"))
    with pytest.raises(Refused, match="Còn 1 giải trình"):
        actions.send_layer(layer=final, by=year.actor("binh"))
    reply = {"text": "Đã có minh chứng", "accepted": "1"}
    assert an.post(f"{url}giai-trinh/tra-loi/{explanation.pk}/", reply).status_code == 403
    assert binh.post(f"{url}giai-trinh/tra-loi/{explanation.pk}/", reply).status_code == 302
    assert "Chấp nhận" in an.get(f"{url}?tieu-chi={line.pk}").content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        Explanation.objects.update(answer="Không")
    actions.send_layer(layer=final, by=year.actor("binh"))


def test_an_explanation_after_the_deadline_is_refused(year: Story) -> None:
    card = issued(year)
    sent(year, card, "y_te", "self", "an")
    set_due(year.cycle, "explanation", date(2019, 12, 15))
    sheet = ScoreSheet.objects.get(unit=year.units["y_te"])
    with pytest.raises(Refused, match="Hạn giải trình là ngày 15/12/2019"):
        actions.explain(
            sheet=sheet, criterion=card.criteria.get(code="2.1"), text="Muộn", by=year.actor("an")
        )


def test_what_differs_between_layers_is_listed_with_its_reason(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = issued(year)
    sent(year, card, "y_te", "self", "an")
    row = layer(year, "y_te", "final")
    texts = {pk: MarkText(one.filed, "Thiếu tổng kết") for pk, one in points(card, a21="18").items()}
    actions.copy_marks(layer=row, by=year.actor("binh"))
    actions.write_marks(layer=row, marks=texts, by=year.actor("binh"))
    actions.send_layer(layer=row, by=year.actor("binh"))
    page = as_user("an").get(year.address("cham-diem", str(year.units["y_te"].pk))).content.decode()
    assert "Khác nhau giữa các lớp" in page
    assert page.count("Thiếu tổng kết") == 1


def test_facts_that_hold_a_class_down_are_filed_by_who_appraises(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = in_force(year, load("demo/data/tables/t7-can-tho-2025.yaml"))
    put(year, "self", "an", card, a1="10", a2="88")
    with pytest.raises(NotAllowed):
        actions.raise_flags(layer=layer(year, "y_te", "self"), flags=["canh_cao"], by=year.actor("an"))
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    dung = as_user("dung")
    assert "bị cảnh cáo" in dung.get(url + "?lop=appraisal").content.decode()
    assert dung.post(url + "khong-che/appraisal/", {"flags": ["canh_cao"]}).status_code == 302
    actions.copy_marks(layer=layer(year, "y_te", "appraisal"), by=year.actor("dung"))
    actions.send_layer(layer=layer(year, "y_te", "appraisal"), by=year.actor("dung"))
    actions.copy_marks(layer=layer(year, "y_te", "final"), by=year.actor("binh"))
    actions.send_layer(layer=layer(year, "y_te", "final"), by=year.actor("binh"))
    page = as_user("an").get(url).content.decode()
    assert "Xếp loại: Hoàn thành nhiệm vụ" in page
    with pytest.raises(Refused, match="không nêu trường hợp"):
        actions.raise_flags(layer=layer(year, "giao_duc", "final"), flags=["khac"], by=year.actor("binh"))


def test_facts_of_a_layer_already_sent_are_put_right_with_a_reason(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = in_force(year, load("demo/data/tables/t7-can-tho-2025.yaml"))
    put(year, "self", "an", card, a1="10", a2="88")
    actions.send_layer(layer=layer(year, "y_te", "self"), by=year.actor("an"))
    row, dung = layer(year, "y_te", "appraisal"), year.actor("dung")
    actions.copy_marks(layer=row, by=dung)
    actions.raise_flags(layer=row, flags=["canh_cao"], by=dung)
    with pytest.raises(Refused, match="chưa gửi thì sửa thẳng"):
        actions.correct_flags(layer=row, flags=[], reason="Ghi nhầm", by=dung)
    actions.send_layer(layer=row, by=dung)
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    place = url + "khong-che/appraisal/dinh-chinh/"
    assert as_user("an").get(place).status_code == 403
    client = as_user("dung")
    assert "Đính chính khống chế" in client.get(url).content.decode()
    assert "vẫn như cũ" in client.post(place, {"flags": ["canh_cao"], "reason": "Xem lại"}).content.decode()
    assert client.post(place, {"flags": [], "reason": ""}).status_code == 200
    assert client.post(place, {"flags": ["khien_trach"], "reason": "Chỉ khiển trách"}).status_code == 302
    assert view_of(year, card, "y_te").layers["appraisal"].scored.class_title == "Hoàn thành tốt nhiệm vụ"
    page = client.get(place).content.decode()
    assert "Chỉ khiển trách" in page
    assert "Ngô Thị Dung" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        FlagCorrection.objects.update(reason="Khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        ScoreLayer.objects.filter(pk=row.pk).update(flags=[])


def test_any_criterion_may_be_marked_as_not_given_to_the_unit(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card, an = issued(year), as_user("an")
    page = year.address("cham-diem", str(year.units["y_te"].pk))
    lines = {line.code: line for line in card.criteria.all()}
    form = an.get(page).context["form"]
    assert f"points_{lines['1.1'].pk}_away" in form.fields
    assert f"points_{lines['3.2'].pk}_away" not in form.fields, "a penalty is not given to anybody"
    typed = {f"points_{lines[code].pk}": one for code, one in {"1.1": "45", "2.1": "20"}.items()}
    sent = an.post(f"{page}gui/self/", typed | {f"points_{lines['1.2'].pk}_away": "on"})
    assert sent.status_code == 302, sent.context["form"].errors
    shown = an.get(page)
    assert "không giao" in shown.content.decode()
    assert shown.context["current"].total == D(65)
    paper = an.get(f"{page}van-ban/docx/")
    with ZipFile(BytesIO(paper.content)) as made:
        assert "không giao" in made.read("word/document.xml").decode()


def test_a_whole_group_may_be_marked_as_not_given_to_the_unit(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card, an = issued(year), as_user("an")
    page = year.address("cham-diem", str(year.units["y_te"].pk))
    lines = {line.code: line for line in card.criteria.all()}
    form = an.get(page).context["form"]
    whole = f"group_{lines['I'].pk}_away"
    assert whole in form.fields
    assert f"group_{lines['II'].pk}_away" not in form.fields, "one criterion has its own tick"
    assert f"group_{lines['III'].pk}_away" not in form.fields, (
        "bonuses and penalties are not given to anybody"
    )
    typed = {f"points_{lines[code].pk}": one for code, one in {"1.1": "45", "2.1": "20"}.items()}
    an.post(f"{page}luu/self/", typed | {whole: "on"})
    shown = an.get(page)
    group = next(row for row in shown.context["rows"] if row.line.code == "I")
    assert group.cells[0].is_away
    assert shown.context["form"].initial[f"points_{lines['1.1'].pk}_away"] is True
    assert shown.context["form"].initial[f"points_{lines['1.2'].pk}_away"] is True
    assert shown.context["current"].total == D(20)
    assert an.post(f"{page}gui/self/", {f"points_{lines['2.1'].pk}": "20", whole: "on"}).status_code == 302
    with ZipFile(BytesIO(an.get(f"{page}van-ban/docx/").content)) as made:
        assert made.read("word/document.xml").decode().count("không giao") == 3
