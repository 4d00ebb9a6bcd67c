"""Where somebody stands, told from what the areas know; kept as it was told; seen by whom it concerns."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.commendation.eligibility.world import deserving, held, invented, rated, registering
from tests.emulation.conferences import steps
from tests.story import ALWAYS, Story, moment
from thidua.base.accounts.actors import Actor
from thidua.commendation.eligibility.actions import keep_verdict
from thidua.commendation.eligibility.asking import KEPT_QUIET, verdict_of
from thidua.commendation.eligibility.gathering import facts_of_people, facts_of_units, members_of
from thidua.commendation.eligibility.models import Verdict
from thidua.commendation.eligibility.queries import overview_of_unit, standings_of_person
from thidua.organisations.models import Office, Person, Tenure
from thidua.records import actions
from thidua.rulebook.engine import statement_keys

DAY = date(2024, 12, 16)  # under the law of 2022: no registration is asked


def standing(year: Story, person: Person, kind: str, on: date = DAY, *, sees: bool = True):
    found = standings_of_person(person, on, sees_sensitive=sees)
    return next(one for one in found if one.kind.code == kind)


def test_what_the_areas_know_becomes_facts(year: Story) -> None:
    an = deserving(year)
    actions.record_use(
        initiative=an.authorships.get().initiative,
        person=an,
        kind="CSTD_TINH",
        year=2018,
        by=year.actor("an"),
    )
    facts = facts_of_people([an.pk], date(2019, 12, 16))[an.pk]
    assert facts.ratings == dict.fromkeys(range(2015, 2020), "HTXSNV")
    assert [(one.kind, one.year) for one in facts.honours if one.kind == "CSTD_CS"] == [
        ("CSTD_CS", 2016),
        ("CSTD_CS", 2017),
        ("CSTD_CS", 2018),
    ]
    assert [(one.reach, one.used_for) for one in facts.initiatives] == [("tinh", ("CSTD_TINH",))]
    assert facts.pending == ()
    early = facts_of_people([an.pk], date(2017, 6, 1))[an.pk]
    assert [one.year for one in early.honours if one.kind == "CSTD_CS"] == [2016], "as it was known then"


def test_the_members_of_a_collective_are_counted_by_year(year: Story) -> None:
    y_te = year.units["y_te"]
    an, lan = year.people["an"], year.people["lan"]
    rated(year, an, range(2018, 2019))
    rated(year, lan, range(2018, 2019), level="not_completed")
    held(year, an, "LDTT", range(2018, 2019))
    found = members_of([y_te.pk], range(2017, 2019), date(2019, 12, 16))[y_te.pk]
    assert 2017 not in found, "a year nobody wrote anything of is not known"
    told = found[2018]
    assert (told.total, told.advanced, told.completed, told.fighters) == (2, 1, 1, 0)
    assert facts_of_units([y_te.pk], date(2019, 12, 16))[y_te.pk].members[2018] == told


def test_an_is_eligible_and_sees_why_with_the_article(year: Story, as_user) -> None:
    an = deserving(year)
    rated(year, None, range(2018, 2020))
    page = as_user("an").get(f"/xet-khen/ca-nhan/{an.pk}/").text
    assert "Chiến sĩ thi đua cơ sở" in page
    assert "Điều 23" in page
    assert "/quy-dinh/ma/CSTDCS_SANG_KIEN/" in page
    assert 'role="img"' in page
    assert as_user("an").get("/quy-dinh/ma/CSTDCS_SANG_KIEN/").status_code == 200


def test_a_pending_matter_holds_and_only_those_who_may_know_read_it(year: Story, as_user) -> None:
    an = deserving(year)
    actions.report_matter(
        unit=year.units["y_te"],
        person=an,
        kind="complaint",
        since=date(2019, 11, 1),
        told_by="Thanh tra tỉnh",
        by=year.actor("lan"),
    )
    told = standing(year, an, "LDTT")
    assert told.judged.answer == "excluded"
    quiet = standing(year, an, "LDTT", sees=False)
    assert quiet.judged.answer == "excluded"
    assert KEPT_QUIET in {line.found for line in quiet.reasons}
    assert KEPT_QUIET in as_user("an", on=DAY).get(f"/xet-khen/ca-nhan/{an.pk}/").text
    assert KEPT_QUIET not in as_user("lan", on=DAY).get(f"/xet-khen/ca-nhan/{an.pk}/").text


def test_who_may_look(year: Story, as_user) -> None:
    an = deserving(year)
    y_te = year.units["y_te"].pk
    for name in ("binh", "giang", "chi", "phuc", "tam"):
        assert as_user(name).get(f"/xet-khen/ca-nhan/{an.pk}/").status_code == 404
        assert as_user(name).get(f"/xet-khen/don-vi/{y_te}/").status_code == 404
        assert as_user(name).get(f"/xet-khen/tap-the/{y_te}/").status_code == 404
    binh = year.people["binh"].pk
    assert as_user("binh").get(f"/xet-khen/ca-nhan/{binh}/").status_code == 200, "one's own"
    for name in ("an", "lan", "dung"):
        assert as_user(name).get(f"/xet-khen/don-vi/{y_te}/").status_code == 200
        assert as_user(name).get(f"/xet-khen/tap-the/{y_te}/").status_code == 200
    assert "Ban Dân tộc" in as_user("dung").get("/xet-khen/").text
    for odd in ("99/99/9999", "01/01/1900", "01/01/2090", "chiều qua"):
        assert as_user("an").get(f"/xet-khen/ca-nhan/{an.pk}/", {"ngay": odd}).status_code == 200


def test_a_verdict_prints_the_same_after_facts_change(year: Story, as_user) -> None:
    an = deserving(year)
    kept = keep_verdict(unit=year.units["y_te"], person=an, kind="CSTD_CS", by=year.actor("an"))
    address = f"/xet-khen/ket-luan/{kept.pk}/"
    before = as_user("dung").get(address).text.split("<main")[1].split("</main>")[0]
    actions.record_rating(
        unit=year.units["y_te"],
        person=an,
        year=2019,
        level="not_completed",
        decision_symbol="9/QĐ",
        decision_date=date(2019, 12, 10),
        by=year.actor("an"),
    )
    after = as_user("dung").get(address).text.split("<main")[1].split("</main>")[0]
    assert after == before
    assert kept.era in after
    assert kept.facts["ratings"]["2019"] == "HTXSNV"
    assert verdict_of(kept.told, sees_sensitive=True).outcome == kept.answer
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.update(answer="eligible")
    assert as_user("chi").get(address).status_code == 404


def test_who_is_eligible_and_was_never_proposed(year: Story, as_user) -> None:
    an, lan, y_te = deserving(year), year.people["lan"], year.units["y_te"]
    actions.describe_person(unit=y_te, person=an, sex="female", is_direct=True, by=year.actor("an"))
    actions.describe_unit(unit=y_te, is_remote=True, by=year.actor("an"))
    later = Actor(None, moment(date(2024, 12, 10)))
    for person in (an, lan):
        actions.record_rating(
            unit=y_te,
            person=person,
            year=2024,
            level="excellent",
            decision_symbol="1/QĐ",
            decision_date=date(2024, 12, 1),
            by=later,
        )
    keep_verdict(unit=y_te, person=lan, kind="LDTT", for_proposal=True, by=later)
    found = overview_of_unit(y_te, DAY)
    assert [str(row.person) for row in found.unproposed] == [str(an)]
    (row,) = found.unproposed
    assert row.tags == ["trực tiếp", "nữ", "vùng khó khăn"]
    assert "LĐTT" in row.eligible_for
    page = as_user("dung", on=DAY).get(f"/xet-khen/don-vi/{y_te.pk}/").text
    assert "chưa từng được đề nghị" in page


def test_pages_ask_the_same_questions_of_one_and_of_many(year: Story, as_user) -> None:
    y_te, dung = year.units["y_te"], as_user("dung")

    def count() -> list[int]:
        told = []
        for address in (f"/xet-khen/don-vi/{y_te.pk}/", f"/xet-khen/tap-the/{y_te.pk}/", "/xet-khen/"):
            with CaptureQueriesContext(connection) as asked:
                assert dung.get(address).status_code == 200
            told.append(len(asked))
        return told

    def fill(number: int) -> None:
        office = Office.objects.create(unit=y_te, name=f"Chuyên viên {number}")
        someone = Person.objects.create(full_name=f"Người {number}")
        Tenure.objects.create(person=someone, office=office, term=ALWAYS)
        rated(year, someone, range(2017, 2020))
        held(year, someone, "LDTT", range(2017, 2019))
        invented(year, someone, 2018, title=f"Sáng kiến {number}")
        actions.describe_person(unit=y_te, person=someone, sex="female", by=year.actor("an"))

    fill(1)
    count()
    few = count()
    fill(2)
    fill(3)
    assert count() == few


def test_registration_and_acclaim_reach_the_verdict(year: Story) -> None:
    an, y_te = deserving(year), year.units["y_te"]
    day = date(2019, 12, 16)
    assert facts_of_people([an.pk], day)[an.pk].registered is None, "not on record is not known"
    assert facts_of_units([y_te.pk], day)[y_te.pk].registered is None
    assert "dan_dau_cum_khoi" not in facts_of_units([y_te.pk], day)[y_te.pk].statements
    assert standing(year, an, "LDTT", day).judged.answer == "needs_review"
    registering(year)
    assert facts_of_people([an.pk], day)[an.pk].registered == (2019,)
    lan = year.people["lan"].pk
    assert facts_of_people([lan], day)[lan].registered is None, "another name on the list"
    assert facts_of_units([y_te.pk], day)[y_te.pk].registered == (2019,)
    assert facts_of_people([an.pk], date(2019, 1, 2))[an.pk].registered is None, "not sent by then"
    assert standing(year, an, "LDTT", day).judged.answer == "eligible"
    steps.acclaimed(year)
    facts = facts_of_units([y_te.pk, year.units["giao_duc"].pk], day)
    leads, follows = facts[y_te.pk].statements, facts[year.units["giao_duc"].pk].statements
    assert (leads["dan_dau_cum_khoi"], leads["phieu_tin_nhiem_cum_khoi"]) == (True, True)
    assert follows["dan_dau_cum_khoi"] is False
    assert "dan_dau_cum_khoi" not in facts_of_units([y_te.pk], day, 2018)[y_te.pk].statements
    assert {*leads} <= statement_keys().keys(), "only what a provision asks for is told"
    assert not {"vuot_chi_tieu", "dan_dau_chuyen_de_3_nam"} & leads.keys(), "these are asked of people"


def test_who_was_eligible_in_earlier_years_is_told(year: Story, as_user) -> None:
    an = deserving(year)
    later = Actor(None, moment(date(2025, 12, 10)))
    for at in (2024, 2025):
        actions.record_rating(
            unit=year.units["y_te"],
            person=an,
            year=at,
            level="excellent",
            decision_symbol=f"{at}/QĐ",
            decision_date=date(at, 12, 1),
            by=later,
        )
    (row,) = overview_of_unit(year.units["y_te"], date(2025, 12, 16)).unproposed
    assert row.was_eligible == ["2024: CSTĐCS, LĐTT"]
    page = as_user("dung", on=date(2025, 12, 16)).get(f"/xet-khen/don-vi/{year.units['y_te'].pk}/")
    assert "2024: CSTĐCS, LĐTT" in page.text
    sheet = as_user("dung", on=date(2025, 12, 16)).get(
        f"/xet-khen/don-vi/{year.units['y_te'].pk}/", {"dang": "excel"}
    )
    book = CalamineWorkbook.from_object(BytesIO(sheet.content))
    assert book.sheet_names == ["Xét điều kiện", "Chưa từng được đề nghị"]
    assert book.get_sheet_by_index(1).to_python()[1][3] == "2024: CSTĐCS, LĐTT"
