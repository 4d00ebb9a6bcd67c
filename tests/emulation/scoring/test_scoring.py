"""A year's scoring, through the pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.story import Story, moment, set_due
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.duties import State
from thidua.emulation.scoring import actions, duties
from thidua.emulation.scoring.actions import CriterionText, MarkText
from thidua.emulation.scoring.engine import compute, read_filings, read_table
from thidua.emulation.scoring.models import LayerKind, Mark, Scorecard, ScoreLayer, ScoreSheet
from thidua.emulation.scoring.queries import ranking, sheet_view

D = Decimal
LINES = [
    CriterionText("I", "Nhiệm vụ chuyên môn", D(80), "group"),
    CriterionText("1.1", "Hoàn thành chỉ tiêu được giao", D(50), parent="I"),
    CriterionText("1.2", "Cải cách hành chính", D(30), parent="I"),
    CriterionText("II", "Phong trào thi đua", D(20), "group"),
    CriterionText(
        "2.1", "Phát động phong trào chuyên đề", D(20), parent="II", guidance="Mỗi phong trào 10 điểm."
    ),
    CriterionText("III", "Điểm thưởng, điểm trừ", D(5), "group"),
    CriterionText("3.1", "Điểm thưởng", D(5), "bonus", "III"),
    CriterionText("3.2", "Nộp báo cáo chậm", D(2), "penalty", "III"),
]


def issued(year: Story) -> Scorecard:
    """The year's table, issued by Bình."""
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    card = actions.edit_scorecard(scorecard=card, lines=LINES, basis="Quy chế khối", revision=1, by=by)
    return actions.adopt_scorecard(scorecard=card, by=by)


def layer(year: Story, unit: str, kind: str) -> ScoreLayer:
    return ScoreLayer.objects.get(sheet__unit=year.units[unit], kind=kind)


def points(card: Scorecard, **marks: str) -> dict[int, MarkText]:
    """Marks by code, written a11 for 1.1."""
    ids = {"a" + line.code.replace(".", ""): line.pk for line in card.criteria.all()}
    return {ids[key]: MarkText(D(value)) for key, value in marks.items()}


FULL = {"a11": "50", "a12": "30", "a21": "20", "a31": "1", "a32": "0"}


def sent(year: Story, card: Scorecard, unit: str, kind: str, name: str, **marks: str) -> ScoreLayer:
    row = layer(year, unit, kind)
    actions.write_marks(layer=row, marks=points(card, **(FULL | marks)), by=year.actor(name))
    return actions.send_layer(layer=row, by=year.actor(name))


def test_a_table_that_does_not_add_up_is_not_issued(year: Story) -> None:
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    wrong = [*LINES[:1], CriterionText("1.1", "Chỉ tiêu", D(70), parent="I")]
    actions.edit_scorecard(scorecard=card, lines=wrong, basis="", revision=1, by=by)
    with pytest.raises(Refused) as refusal:
        actions.adopt_scorecard(scorecard=card, by=by)
    assert any("cộng lại 70" in sentence for sentence in refusal.value.reasons)


def test_a_stale_page_does_not_overwrite_the_table(year: Story) -> None:
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    actions.edit_scorecard(scorecard=card, lines=LINES, basis="", revision=1, by=by)
    with pytest.raises(Stale):
        actions.edit_scorecard(scorecard=card, lines=LINES[:2], basis="", revision=1, by=by)
    assert card.criteria.count() == len(LINES)


def test_an_issued_table_is_frozen_in_the_database(year: Story) -> None:
    card = issued(year)
    with pytest.raises(DatabaseError), transaction.atomic():
        card.criteria.filter(code="1.1").update(max_points=99)


def test_every_member_gets_a_sheet_of_four_layers(year: Story) -> None:
    card = issued(year)
    assert {s.unit for s in ScoreSheet.objects.filter(scorecard=card)} == {
        year.units[k] for k in ("van_hoa", "y_te", "giao_duc")
    }
    assert ScoreLayer.objects.count() == 12


def test_an_writes_and_sends_the_self_score(year: Story, as_user: Callable[..., Client]) -> None:
    card = issued(year)
    an, url = as_user("an"), year.address("cham-diem", str(year.units["y_te"].pk))
    page = an.get(url)
    assert "Gửi điểm tự chấm" in page.content.decode()
    typed = {f"points_{pk}": str(m.filed).replace(".", ",") for pk, m in points(card, **FULL).items()}
    saved = an.post(url + "luu/self/", typed, headers={"HX-Request": "true"})
    assert saved.json()["saved"]
    assert an.post(url + "gui/self/", typed).status_code == 302
    view = sheet_view(card, year.units["y_te"].pk)
    assert view is not None
    assert view.layers["self"].sent
    assert view.layers["self"].total == D(101)
    assert Entry.objects.filter(verb="scoring.send_layer", actor__username="an").exists()


def test_points_above_the_maximum_are_refused_beside_the_field(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = issued(year)
    an, url = as_user("an"), year.address("cham-diem", str(year.units["y_te"].pk))
    pk = card.criteria.get(code="1.2").pk
    page = an.post(url + "luu/self/", {f"points_{pk}": "30,5", f"reason_{pk}": "Vượt"})
    assert page.status_code == 200
    assert "ghi từ 0 đến 30" in page.content.decode()
    assert "30,5" in page.content.decode()
    assert not Mark.objects.exists()


@pytest.mark.parametrize("typed", ["abc", "1e9", "--", "9" * 40, "½"])
def test_what_is_not_a_number_is_said_and_kept(
    year: Story, as_user: Callable[..., Client], typed: str
) -> None:
    card = issued(year)
    an, url = as_user("an"), year.address("cham-diem", str(year.units["y_te"].pk))
    page = an.post(url + "luu/self/", {f"points_{card.criteria.get(code='1.1').pk}": typed})
    assert page.status_code == 200
    assert typed in page.content.decode()
    assert not Mark.objects.exists()


def test_the_database_refuses_a_mark_above_its_maximum(year: Story) -> None:
    card = issued(year)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mark.objects.create(
            layer=layer(year, "y_te", "self"),
            criterion=card.criteria.get(code="1.1"),
            filed="50.1",
            at=year.actor("an").at,
        )


def test_a_sent_layer_is_never_overwritten_only_corrected(year: Story) -> None:
    card = issued(year)
    row = sent(year, card, "y_te", "self", "an", a11="49.5")
    line = card.criteria.get(code="1.1")
    with pytest.raises(Refused):
        actions.write_marks(layer=row, marks={line.pk: MarkText(D(50))}, by=year.actor("an"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Mark.objects.filter(criterion=line).update(filed="50")
    with pytest.raises(Refused):
        actions.correct_mark(layer=row, criterion=line, filed=D(50), reason=" ", by=year.actor("an"))
    actions.correct_mark(layer=row, criterion=line, filed=D(48), reason="Cộng nhầm", by=year.actor("an"))
    assert [m.filed for m in Mark.objects.filter(criterion=line)] == ["49.5", "48"]
    view = sheet_view(card, year.units["y_te"].pk)
    assert view is not None
    assert view.layers["self"].total == D(99)


def test_a_layer_with_gaps_cannot_be_sent(year: Story) -> None:
    card = issued(year)
    row = layer(year, "y_te", "self")
    actions.write_marks(layer=row, marks=points(card, a11="50"), by=year.actor("an"))
    with pytest.raises(Refused, match=r"1\.2"):
        actions.send_layer(layer=row, by=year.actor("an"))


def test_a_final_that_differs_needs_its_reason(year: Story) -> None:
    card = issued(year)
    sent(year, card, "y_te", "self", "an")
    row = layer(year, "y_te", "final")
    actions.write_marks(layer=row, marks=points(card, **(FULL | {"a21": "19"})), by=year.actor("binh"))
    with pytest.raises(Refused, match="ghi lý do"):
        actions.send_layer(layer=row, by=year.actor("binh"))
    reasoned = {pk: MarkText(m.filed, "Thiếu tổng kết") for pk, m in points(card, a21="19").items()}
    actions.write_marks(layer=row, marks=reasoned, by=year.actor("binh"))
    assert actions.send_layer(layer=row, by=year.actor("binh")).submitted_at


def test_nobody_scores_for_another(year: Story) -> None:
    card = issued(year)
    for name in ("giang", "chi", "dung", "binh", "son", "tam"):
        with pytest.raises(NotAllowed):
            actions.write_marks(
                layer=layer(year, "y_te", "self"), marks=points(card, a11="1"), by=year.actor(name)
            )
    with pytest.raises(NotAllowed):
        actions.write_marks(
            layer=layer(year, "y_te", "cross"), marks=points(card, a11="1"), by=year.actor("giang")
        )


def test_giang_scores_across_once_assigned(year: Story, as_user: Callable[..., Client]) -> None:
    card = issued(year)
    sent(year, card, "y_te", "self", "an")
    sheet = ScoreSheet.objects.get(unit=year.units["y_te"])
    with pytest.raises(Refused):
        actions.assign_cross(sheet=sheet, scorer=year.units["y_te"], by=year.actor("binh"))
    actions.assign_cross(sheet=sheet, scorer=year.units["giao_duc"], by=year.actor("binh"))
    giang, url = as_user("giang"), year.address("cham-diem", str(sheet.unit_id))
    assert giang.post(url + "lay-diem/cross/").status_code == 302
    assert giang.post(url + "gui/cross/").status_code == 302
    assert layer(year, "y_te", "cross").submitted_at


def test_scores_stay_sealed_until_all_have_sent(year: Story, as_user: Callable[..., Client]) -> None:
    card = issued(year)
    url = year.address("cham-diem", str(year.units["y_te"].pk))
    sent(year, card, "y_te", "self", "an")
    assert as_user("giang").get(url).status_code == 403
    assert as_user("dung").get(url).status_code == 200
    assert "101,00" not in as_user("giang").get(year.address("cham-diem")).content.decode()
    sent(year, card, "giao_duc", "self", "giang")
    sent(year, card, "van_hoa", "self", "hai")
    assert as_user("giang").get(url).status_code == 200


def test_chi_of_another_bloc_sees_nothing(year: Story, as_user: Callable[..., Client]) -> None:
    issued(year)
    chi = as_user("chi")
    for words in (["cham-diem"], ["bang-diem"], ["xep-hang"], ["cham-diem", str(year.units["y_te"].pk)]):
        assert chi.get(year.address(*words)).status_code == 404


def test_ties_are_shown_as_ties_and_published_to_members(year: Story, as_user: Callable[..., Client]) -> None:
    card = issued(year)
    for unit, name, marks in (("y_te", "an", "50"), ("giao_duc", "giang", "50"), ("van_hoa", "hai", "48")):
        sent(year, card, unit, "self", name)
        actions.copy_marks(layer=layer(year, unit, "final"), by=year.actor("binh"))
        reasoned = {pk: MarkText(m.filed, "Theo kết luận") for pk, m in points(card, a11=marks).items()}
        actions.write_marks(layer=layer(year, unit, "final"), marks=reasoned, by=year.actor("binh"))
        if unit == "van_hoa":
            with pytest.raises(Refused, match="Chưa có kết luận"):
                actions.publish(scorecard=card, by=year.actor("binh"))
        actions.send_layer(layer=layer(year, unit, "final"), by=year.actor("binh"))
    assert [(p.place, p.tied) for p in ranking(year.cycle, moment(year.cycle.term.lower).date())] == [
        (1, True),
        (1, True),
        (3, False),
    ]
    assert as_user("an").get(year.address("xep-hang")).status_code == 403
    actions.publish(scorecard=card, by=year.actor("binh"))
    page = as_user("an").get(year.address("xep-hang")).content.decode()
    assert page.count("đồng hạng") == 2
    assert as_user("an").get(year.address("xep-hang") + "?xuat=excel").status_code == 200


def test_the_cycle_page_is_told_what_is_late_and_what_blocks(year: Story) -> None:
    set_due(year.cycle, "self_score", year.actor("an").on.replace(day=14))
    set_due(year.cycle, "cross_score", year.actor("an").on.replace(day=20))
    card = issued(year)
    sent(year, card, "giao_duc", "self", "giang")
    told = {act.key: act for act in duties.acts(year.cycle, by=year.actor("binh"))}
    cells = {d.unit_id: d for d in told["self_score"].duties}
    assert cells[year.units["y_te"].pk].state == State.OVERDUE
    assert cells[year.units["y_te"].pk].fact == "trễ 2"
    assert cells[year.units["giao_duc"].pk].state == State.DONE
    assert told["cross_score"].state == State.BLOCKED
    assert told["cross_score"].obstacle == "3 đơn vị chưa có người chấm"
    assert told["cross_score"].head_duties[0].verb == "Phân công"


@pytest.mark.parametrize(
    "words",
    [
        ["cham-diem"],
        ["cham-diem", "kiem-tra-cheo"],
        ["cham-diem", "y_te"],
        ["xep-hang"],
        ["xep-hang", "trinh-chieu"],
        ["xep-hang", "don-vi", "y_te"],
    ],
)
def test_more_members_ask_no_more_queries(
    year: Story, as_user: Callable[..., Client], django_assert_num_queries: Callable, words: list[str]
) -> None:  # type: ignore[type-arg]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    card = issued(year)
    ids = {name: str(unit.pk) for name, unit in year.units.items()}
    binh, url = as_user("binh"), year.address(*(ids.get(word, word) for word in words))
    sent(year, card, "y_te", "self", "an")
    sent(year, card, "y_te", "final", "binh")
    binh.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        binh.get(url)
    for unit, name in (("giao_duc", "giang"), ("van_hoa", "hai")):
        sent(year, card, unit, "self", name)
        sent(year, card, unit, "final", "binh")
    with django_assert_num_queries(len(one)):
        binh.get(url)


def test_the_next_year_starts_from_this_years_table(year: Story) -> None:
    from datetime import date

    from thidua.base.periods import Term
    from thidua.emulation.clusters.models import Cycle, Headship

    issued(year)
    following = Cycle.objects.create(
        cluster=year.bloc, name="2020", address="2020", term=Term(date(2020, 1, 1), date(2021, 1, 1))
    )
    Headship.objects.create(cycle=following, unit=year.units["van_hoa"], office="head")
    card = actions.carry_over(from_cycle=year.cycle, to_cycle=following, by=year.actor("binh"))
    assert card.criteria.count() == len(LINES)
    assert card.state == "draft"
    assert LayerKind.SELF == "self"


def test_an_auditor_computes_the_ranking_again_from_its_files(
    year: Story, as_user: Callable[..., Client]
) -> None:
    card = issued(year)
    for unit, penalty in (("y_te", "-0.5"), ("van_hoa", "0")):
        sent(year, card, unit, "self", "an" if unit == "y_te" else "binh", a32=penalty)
        marks = {"a11": "48.5"} if unit == "van_hoa" else {"a32": penalty}
        row = layer(year, unit, "final")
        texts = {
            pk: MarkText(one.filed, "Theo thẩm định") for pk, one in points(card, **(FULL | marks)).items()
        }
        actions.write_marks(layer=row, marks=texts, by=year.actor("binh"))
        actions.send_layer(layer=row, by=year.actor("binh"))
    answer = as_user("son").get(year.address("xep-hang", "tep-kiem"))
    with ZipFile(BytesIO(answer.content)) as archive:
        table, filings = (json.loads(archive.read(name)) for name in ("bang-diem.json", "ket-qua.json"))
    result = compute(read_table(table), read_filings(filings), "Kết luận")
    assert [(one.place, one.unit, one.total) for one in result.ranking] == [
        (place.place, ScoreSheet.objects.get(unit=place.unit).unit.name, place.points)
        for place in ranking(year.cycle, year.actor("son").on)
    ]
    assert [one.total for one in result.ranking] == [D("100.50"), D("99.50")]


def test_what_should_be_looked_at_again_is_told_before_the_table_is_issued(
    year: Story, as_user: Callable[..., Client]
) -> None:
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, by=by)
    jumping = [*LINES[:2], CriterionText("1.4", "Cải cách hành chính", D(30), parent="I"), *LINES[3:]]
    actions.edit_scorecard(scorecard=card, lines=jumping, basis="", revision=1, by=by)
    page = as_user("binh").get(year.address("bang-diem")).content.decode()
    assert "1.4: mã nhảy từ 1.1 sang 1.4." in page
    issued_anyway = actions.adopt_scorecard(scorecard=card, caution_reason="Giữ mã của năm trước", by=by)
    assert issued_anyway.state == "adopted"
