"""A movement scored by itself, beside the year's own table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client

from tests.emulation.scoring.test_scoring import issued
from tests.story import Story, moment, set_due
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import Refused
from thidua.base.duties import State
from thidua.base.periods import Term
from thidua.emulation.movements import actions as movements
from thidua.emulation.movements.models import CycleMovement, Movement
from thidua.emulation.scoring import actions, duties
from thidua.emulation.scoring.actions import CriterionText, MarkText
from thidua.emulation.scoring.models import Scorecard, ScoreLayer
from thidua.emulation.scoring.pictures import years_of
from thidua.emulation.scoring.queries import document_of, draft_of, proposals_for, ranking, scorecard_of

D = Decimal
LINES = [
    CriterionText("1", "Rút ngắn thời gian giải quyết thủ tục", D(30)),
    CriterionText("2", "Trả kết quả tại nhà", D(20)),
]


def expected(year: Story) -> CycleMovement:
    """A short drive that the bloc itself launches, 1 October to 20 December 2019."""
    drive = Movement(
        title="Đợt thi đua cao điểm cải cách hành chính",
        level="cluster",
        kind="peak",
        cycle=year.cycle,
        term=Term.through(date(2019, 10, 1), date(2019, 12, 20)),
    )
    launchers = [year.units["van_hoa"]]
    movements.launch_movement(movement=drive, launchers=launchers, by=year.actor("binh"))
    return CycleMovement.objects.select_related("movement", "cycle").get(movement=drive)


def drafted(year: Story, of: CycleMovement) -> Scorecard:
    by = year.actor("binh")
    card = actions.draft_scorecard(cycle=year.cycle, movement=of, by=by)
    document = {
        "format": "bang-diem-1",
        "title": "Bảng điểm đợt cao điểm",
        "total": "50",
        "criteria": [{"code": line.code, "title": line.title, "max": str(line.max_points)} for line in LINES],
    }
    return actions.write_table(scorecard=card, document=document, by=by)


def thematic(year: Story, of: CycleMovement, due: date | None = None) -> Scorecard:
    return actions.adopt_scorecard(scorecard=drafted(year, of), due=due, by=year.actor("binh"))


def write(year: Story, card: Scorecard, unit: str, kind: str, who: str, *points: str) -> None:
    """A layer written and sent."""
    layer = ScoreLayer.objects.get(sheet__scorecard=card, sheet__unit=year.units[unit], kind=kind)
    lines = card.criteria.all()
    reason = "" if kind == "self" else "Theo hồ sơ một cửa"
    marks = {line.pk: MarkText(D(one), reason) for line, one in zip(lines, points, strict=True)}
    actions.write_marks(layer=layer, marks=marks, by=year.actor(who))
    actions.send_layer(layer=layer, by=year.actor(who))


def test_a_movement_is_scored_by_itself_and_its_page_tells_the_places(
    year: Story, as_user: Callable[..., Client]
) -> None:
    binh, an, of = as_user("binh"), as_user("an"), expected(year)
    below = ("phong-trao", str(of.pk))
    page = binh.get(f"/phong-trao/{of.movement_id}/").content.decode()
    assert year.address(*below, "xep-hang", "tom-tat") in page
    told = binh.get(year.address(*below, "xep-hang", "tom-tat")).content.decode()
    begin = year.address(*below, "bang-diem", "soan")
    assert begin in told
    assert begin not in an.get(year.address(*below, "xep-hang", "tom-tat")).content.decode()
    assert binh.post(begin).status_code == 302
    drafted(year, of)
    draft = binh.get(year.address(*below, "bang-diem"))
    assert "chuyên đề “Đợt thi đua cao điểm cải cách hành chính”" in draft.content.decode()
    assert draft.context["adoption"]["due"].value() == date(2019, 12, 20)

    sent = binh.post(year.address(*below, "bang-diem", "ban-hanh"), {"due": "18/12/2019"})
    assert sent.status_code == 302
    card = scorecard_of(year.cycle, of)
    assert card is not None
    assert card.due == date(2019, 12, 18)
    assert scorecard_of(year.cycle) is None
    listed = an.get(year.address("cham-diem")).content.decode()
    assert year.address(*below, "cham-diem") in listed

    act = duties.acts(year.cycle, by=year.actor("an"))[-1]
    mine = next(duty for duty in act.duties if duty.unit_id == year.units["y_te"].pk)
    assert mine.state is State.SOON
    assert mine.title == "Gửi bảng tự chấm điểm chuyên đề “Đợt thi đua cao điểm cải cách hành chính”"
    sheet = year.address(*below, "cham-diem", str(year.units["y_te"].pk))
    assert mine.url == sheet
    assert mine.reason == "Đã ghi 0/2 tiêu chí."
    typed = {f"points_{line.pk}": one for line, one in zip(card.criteria.all(), ("28", "19,5"), strict=True)}
    first, second = typed
    an.post(f"{sheet}luu/self/", {first: "27", second: ""})
    begun = next(d for d in duties.acts(year.cycle, by=year.actor("an"))[-1].duties if d.url == sheet)
    assert (begun.state, begun.fact) == (State.DOING, "1/2")
    assert an.post(f"{sheet}gui/self/", typed).status_code == 302
    assert "47,50" in an.get(sheet).content.decode()

    write(year, card, "van_hoa", "self", "binh", "30", "20")
    write(year, card, "giao_duc", "self", "giang", "25", "20")
    waiting = duties.acts(year.cycle, by=year.actor("binh"))[-1]
    assert "Thẩm định điểm 3 đơn vị, chuyên đề" in waiting.head_duties[0].title
    write(year, card, "y_te", "appraisal", "dung", "27", "19.5")
    for unit, points in (("y_te", ("27", "19.5")), ("van_hoa", ("26", "20")), ("giao_duc", ("25", "20"))):
        write(year, card, unit, "final", "binh", *points)
    assert duties.acts(year.cycle, by=year.actor("binh"))[-1].head_duties[-1].verb == "Công bố"
    assert "Sở Y tế" not in an.get(year.address(*below, "xep-hang", "tom-tat")).content.decode()
    assert binh.post(year.address(*below, "xep-hang", "cong-bo")).status_code == 302

    told = an.get(year.address(*below, "xep-hang", "tom-tat")).content.decode()
    assert told.index("Sở Y tế") < told.index("Sở Văn hóa") < told.index("Sở Giáo dục")
    assert "46,50" in told
    review = binh.get(f"/phong-trao/{of.movement_id}/danh-gia/").content.decode()
    assert year.address(*below, "xep-hang", "tom-tat") in review
    for words in (("xep-hang",), ("xep-hang", "trinh-chieu"), ("cham-diem",)):
        assert an.get(year.address(*below, *words)).status_code == 200
    paper = an.get(year.address(*below, "xep-hang", "van-ban", "pdf"))
    assert paper.status_code == 200
    assert duties.acts(year.cycle, by=year.actor("binh"))[-1].key == "final_score"


def test_the_years_own_table_stays_what_it_was(year: Story) -> None:
    of = expected(year)
    own, beside = issued(year), thematic(year, of)
    assert scorecard_of(year.cycle) == own
    assert (own.version, beside.version) == (1, 1)
    for unit, who in (("y_te", "an"), ("van_hoa", "binh"), ("giao_duc", "giang")):
        write(year, beside, unit, "self", who, "30", "20")
        write(year, beside, unit, "final", "binh", "30", "20")
    published = actions.publish(scorecard=beside, by=year.actor("binh"))
    assert published.published_at is not None
    assert ranking(year.cycle, date(2019, 12, 16)) == []
    assert years_of(own, year.units["y_te"].pk) == []
    assert [dot.name for dot in years_of(published, year.units["y_te"].pk)] == ["2019"]
    draft = actions.draft_scorecard(cycle=year.cycle, by=year.actor("binh"))
    assert draft.version == 2
    assert draft_of(year.cycle, of) is None
    keys = [act.key for act in duties.acts(year.cycle, by=year.actor("an"))]
    assert keys == ["scorecard", "self_score", "cross_score", "appraisal", "final_score"]


def test_what_was_late_in_the_year_costs_nothing_on_a_movements_table(year: Story) -> None:
    set_due(year.cycle, "self_score", date(2019, 12, 1))
    by = year.actor("binh")
    late = {"code": "1.1", "title": "Tự chấm chậm", "each": "1", "cap": "5", "proposes": "late_self_score"}
    criteria = [{"code": "1", "title": "Chế độ báo cáo", "max": "100", "deductions": [late]}]
    document = {"format": "bang-diem-1", "title": "Bảng điểm", "total": "100", "criteria": criteria}
    proposed = []
    for of in (None, expected(year)):
        card = actions.draft_scorecard(cycle=year.cycle, movement=of, by=by)
        card = actions.write_table(scorecard=card, document=document, by=by)
        card = actions.adopt_scorecard(scorecard=card, by=by, caution_reason="Bảng ngắn")
        layer = ScoreLayer.objects.get(sheet__scorecard=card, sheet__unit=year.units["y_te"], kind="self")
        proposed.append([one.code for one in proposals_for(year.cycle, card.criteria.all(), layer, by.on)])
    assert proposed == [["1.1"], []]


def test_after_its_day_who_did_not_score_itself_is_not_waited_for(year: Story) -> None:
    card = thematic(year, expected(year), date(2019, 12, 20))
    write(year, card, "y_te", "self", "an", "30", "20")
    write(year, card, "van_hoa", "self", "binh", "30", "20")
    write(year, card, "y_te", "final", "binh", "30", "20")
    late = year.actor("binh", at=moment(date(2019, 12, 23)))
    with pytest.raises(Refused, match="Sở VH"):
        actions.publish(scorecard=card, by=late)
    write(year, card, "van_hoa", "final", "binh", "29", "20")
    with pytest.raises(Refused, match="Sở GD"):
        actions.publish(scorecard=card, by=year.actor("binh"))
    assert actions.publish(scorecard=card, by=late).published_at


def test_a_new_version_keeps_the_day_and_what_was_filed(year: Story) -> None:
    of = expected(year)
    card = thematic(year, of, date(2019, 12, 20))
    write(year, card, "y_te", "self", "an", "30", "20")
    by = year.actor("binh")
    again = actions.draft_scorecard(cycle=year.cycle, movement=of, by=by)
    assert (again.version, again.due) == (2, date(2019, 12, 20))
    actions.adopt_scorecard(scorecard=again, effective_from=date(2019, 12, 16), by=by)
    card.refresh_from_db()
    assert card.state == "replaced"
    taken = ScoreLayer.objects.get(sheet__scorecard=again, sheet__unit=year.units["y_te"], kind="self")
    assert taken.submitted_at is not None
    with pytest.raises(Refused, match="Hạn tự chấm đã qua"):
        actions.adopt_scorecard(
            scorecard=actions.draft_scorecard(cycle=year.cycle, movement=of, by=by),
            due=date(2019, 12, 1),
            by=by,
        )


def test_a_movement_with_a_table_stays_in_the_year_until_its_draft_is_thrown_away(
    year: Story, as_user: Callable[..., Client]
) -> None:
    of = expected(year)
    card = drafted(year, of)
    by, binh = year.actor("binh"), as_user("binh")
    with pytest.raises(Refused, match="Đã có bảng điểm"):
        movements.drop_movement(cycle=year.cycle, expected=of, by=by)
    board, away = year.address("phong-trao"), year.address("phong-trao", str(of.pk), "bo")
    page = binh.get(board).content.decode()
    assert away not in page
    assert "Đã có bảng điểm cho phong trào này" in page

    drop = year.address("phong-trao", str(of.pk), "bang-diem", "1", "bo")
    shown = binh.get(year.address("phong-trao", str(of.pk), "bang-diem")).content.decode()
    assert drop in shown
    actions.write_table(scorecard=card, document=document_of(card), by=by)
    assert binh.post(drop, {"revision": card.revision}).status_code == 409
    assert as_user("an").post(drop).status_code == 404
    card.refresh_from_db()
    assert binh.post(drop, {"revision": card.revision}).status_code == 302
    assert not Scorecard.objects.exists()
    assert Entry.objects.filter(verb="scoring.drop_scorecard", subject_id=str(card.pk)).count() == 1
    assert away in binh.get(board).content.decode()
    movements.drop_movement(cycle=year.cycle, expected=of, by=by)


def test_a_table_in_force_is_not_thrown_away(year: Story, as_user: Callable[..., Client]) -> None:
    card = thematic(year, expected(year))
    with pytest.raises(Refused, match="đã ban hành nên không bỏ được"):
        actions.drop_scorecard(scorecard=card, by=year.actor("binh"))
    draft = actions.draft_scorecard(cycle=year.cycle, movement=card.movement, by=year.actor("binh"))
    actions.drop_scorecard(scorecard=draft, by=year.actor("dung"))
    assert scorecard_of(*card.scope) == card
    with pytest.raises(Refused, match="đã được bỏ"):
        actions.drop_scorecard(scorecard=Scorecard(pk=draft.pk, cycle=card.cycle), by=year.actor("binh"))


def test_the_database_knows_one_table_for_a_movement_of_its_own_year(year: Story) -> None:
    of = expected(year)
    drafted(year, of)
    own = actions.draft_scorecard(cycle=year.cycle, by=year.actor("binh"))
    with pytest.raises(Refused, match="không áp dụng"):
        actions.draft_scorecard(cycle=year.other_cycle, movement=of, by=year.actor("dung"))
    wrong = (
        {"cycle": year.cycle, "movement": of, "version": 9},
        {"cycle": year.cycle, "version": 9},
        {"cycle": year.other_cycle, "movement": of},
        {"cycle": year.other_cycle, "due": date(2019, 12, 20)},
    )
    for facts in wrong:
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            Scorecard.objects.create(**facts)
    assert Scorecard.objects.count() == 2
    assert own.movement is None


def test_chi_and_an_address_of_another_year_find_nothing(year: Story, as_user: Callable[..., Client]) -> None:
    of = expected(year)
    thematic(year, of)
    pages = (("bang-diem",), ("cham-diem",), ("xep-hang", "tom-tat"), ("bang-diem", "soan"))
    for words in pages:
        assert as_user("chi").get(year.address("phong-trao", str(of.pk), *words)).status_code == 404
        assert as_user("binh").get(year.address("phong-trao", str(of.pk + 1), *words)).status_code == 404
    other = f"/cum-thi-dua/{year.other_bloc.address}/2019/phong-trao/{of.pk}/cham-diem/"
    assert as_user("dung").get(other).status_code == 404
