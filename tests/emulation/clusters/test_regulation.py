"""The regulation: what it says, how it changes, who may adopt it, and that it then stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.story import Story
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.periods import Term
from thidua.emulation.clusters import actions, duties
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.deadlines import dates_in, deadline_text, read_deadline
from thidua.emulation.clusters.differences import ADDED, REMOVED, compare
from thidua.emulation.clusters.forms.fields import read_share
from thidua.emulation.clusters.forms.regulations import RegulationForm, as_typed
from thidua.emulation.clusters.models import Regulation
from thidua.emulation.clusters.presets import PRESETS, preset
from thidua.emulation.clusters.queries import quorum, regulation_of, threshold
from thidua.emulation.clusters.wording import changes, sections
from thidua.voting.counting import needed, quota, reaches

AsUser = Callable[..., Client]


def words(regulation: Regulation) -> str:
    return "\n".join(line for section in sections(regulation) for line in section.lines.values())


def typed(regulation: Regulation, **changed: str) -> dict[str, str]:
    """What the browser posts of the form, with some fields changed."""
    shown = {key: value for key, value in as_typed(regulation).items() if value is not False}
    ticked = {key: "on" if value is True else str(value) for key, value in shown.items()}
    return {key: value for key, value in (ticked | changed).items() if value != "–"}


def draft(year: Story) -> Regulation:
    return actions.draft_regulation(cluster=year.bloc, by=year.actor("binh"))


def test_the_head_writes_a_new_version_and_members_see_what_changed(year: Story, as_user: AsUser) -> None:
    binh = as_user("binh")
    answer = binh.post(year.address("quy-che", "soan"))
    assert answer.headers["Location"] == year.address("quy-che", "2", "sua")
    new = Regulation.objects.get(version=2)
    form = typed(
        new, threshold="80%", threshold_strict="", quorum="3/4", flag_quota="20%", due_covenant="26/2"
    )
    form.pop("threshold_strict")
    answer = binh.post(year.address("quy-che", "2", "sua"), form)
    assert answer.status_code == 302
    new.refresh_from_db()
    assert (new.threshold_numerator, new.threshold_denominator, new.threshold_strict) == (4, 5, False)
    assert new.deadlines == {"covenant": "02-26"}
    page = as_user("an").get(year.address("quy-che", "2")).content.decode()
    assert "<del>trên 50% </del><ins>từ 80% </ins>" in page
    assert "Ký giao ước: trước hoặc trong ngày 26/2." in page
    assert "Dự thảo" in page
    # Until it is adopted the first version holds.
    assert regulation_of(year.cycle, date(2019, 12, 16)) == year.regulation

    binh.post(
        year.address("quy-che", "2", "thong-qua"),
        {"adopted_by": "Hội nghị khối ngày 16/12/2019", "effective_from": "16/12/2019"},
    )
    in_force = regulation_of(year.cycle, date(2019, 12, 16))
    assert in_force == new
    assert regulation_of(year.cycle, date(2019, 12, 15)) == year.regulation
    assert "Bản <strong>2</strong>" in as_user("an").get(year.address("quy-che")).content.decode()
    entry = Entry.objects.get(verb="clusters.adopt_regulation")
    assert entry.detail == {"effective_from": "2019-12-16", "adopted_by": "Hội nghị khối ngày 16/12/2019"}


def test_an_adopted_version_is_frozen(year: Story, as_user: AsUser) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Regulation.objects.filter(pk=year.regulation.pk).update(max_rounds=3)
    with pytest.raises(DatabaseError), transaction.atomic():
        year.regulation.delete()
    with pytest.raises(Refused, match="soạn bản mới"):
        actions.edit_regulation(
            regulation=year.regulation, changes={"max_rounds": 3}, revision=1, by=year.actor("binh")
        )
    with pytest.raises(Refused, match="không bỏ được"):
        actions.drop_regulation(regulation=year.regulation, by=year.actor("binh"))
    assert as_user("binh").get(year.address("quy-che", "1", "sua")).status_code == 404


def test_a_stale_page_loses_nothing(year: Story, as_user: AsUser) -> None:
    new = draft(year)
    form = typed(new, deputies="2")
    binh = as_user("binh")
    page = year.address("quy-che", "2", "sua")
    answer = binh.post(page, form, headers={"HX-Request": "true"})
    assert answer.json()["revision"] == 2
    late = binh.post(page, form | {"deputies": "0", "text": "Lời văn vừa gõ"}, headers={"HX-Request": "true"})
    assert late.status_code == 409
    assert "Người khác vừa sửa" in late.json()["error"]
    late = binh.post(page, form | {"text": "Lời văn vừa gõ"})
    assert late.status_code == 200
    assert "Lời văn vừa gõ" in late.content.decode()
    assert "Người khác vừa sửa" in late.content.decode()
    new.refresh_from_db()
    assert new.deputies == 2
    with pytest.raises(Stale):
        actions.edit_regulation(regulation=new, changes={}, revision=1, by=year.actor("binh"))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("threshold", "4/3", "Ghi phân số hoặc phần trăm"),
        ("threshold", "2/0", "Ghi phân số hoặc phần trăm"),
        ("quorum", "nhiều", "Ghi phân số hoặc phần trăm"),
        ("flag_quota", "120%", "Ghi một số, hoặc tỷ lệ"),
        ("due_covenant", "31/2", "Ghi ngày/tháng"),
        ("due_covenant", "15/3 năm kia", "Ghi ngày/tháng"),
        ("points_total", "một trăm", "Ghi một số"),
        ("max_rounds", "9", "5"),
        ("threshold", "100%", "Không thể vượt quá 100%"),
    ],
)
def test_bad_input_is_told_beside_the_field(
    year: Story, as_user: AsUser, field: str, value: str, told: str
) -> None:
    new = draft(year)
    page = as_user("binh").post(year.address("quy-che", "2", "sua"), typed(new, **{field: value}))
    assert page.status_code == 200
    assert told in page.content.decode()
    saving = as_user("binh").post(
        year.address("quy-che", "2", "sua"), typed(new, **{field: value}), headers={"HX-Request": "true"}
    )
    assert saving.status_code == 422


def test_who_may_write_and_adopt(year: Story, as_user: AsUser) -> None:
    new = draft(year)
    for name in ("an", "lan", "phuc", "son"):
        user = as_user(name)
        assert user.get(year.address("quy-che", "2")).status_code == 200, name
        assert user.post(year.address("quy-che", "soan")).status_code == 403, name
        for page in ("sua", "thong-qua"):
            assert user.get(year.address("quy-che", "2", page)).status_code == 403, (name, page)
        with pytest.raises(NotAllowed):
            actions.drop_regulation(regulation=new, by=year.actor(name))
    for page in (("quy-che",), ("quy-che", "2"), ("quy-che", "2", "sua"), ("quy-che", "1", "tai", "pdf")):
        assert as_user("chi").get(year.address(*page)).status_code == 404
    assert as_user("dung").get(year.address("quy-che", "2", "thong-qua")).status_code == 200


def test_a_version_does_not_take_effect_before_the_one_it_follows(year: Story, as_user: AsUser) -> None:
    draft(year)
    page = as_user("dung").post(
        year.address("quy-che", "2", "thong-qua"),
        {"adopted_by": "Quyết định 5/QĐ", "effective_from": "31/12/2018"},
    )
    assert "không thể áp dụng sớm hơn" in page.content.decode()
    assert Regulation.objects.get(version=2).state == "draft"


def test_one_draft_at_a_time(year: Story, as_user: AsUser) -> None:
    assert draft(year) == draft(year)
    chosen = preset("kiem-sat")
    with pytest.raises(Refused, match="Đang có một bản dự thảo"):
        actions.draft_regulation(cluster=year.bloc, preset=chosen, by=year.actor("binh"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Regulation.objects.create(cluster=year.bloc, version=9)
    as_user("binh").post(year.address("quy-che", "2", "bo"))
    answer = as_user("binh").post(year.address("quy-che", "soan"), {"mau": "kiem-sat"})
    assert answer.headers["Location"] == year.address("quy-che", "2", "sua")


@pytest.mark.parametrize("chosen", PRESETS, ids=lambda chosen: chosen.key)
def test_every_preset_is_a_whole_regulation(year: Story, chosen: object) -> None:
    found = preset(chosen.key)  # type: ignore[attr-defined]
    made = actions.draft_regulation(cluster=year.bloc, preset=found, by=year.actor("binh"))
    form = RegulationForm(typed(made), regulation=made)
    assert form.is_valid(), form.errors
    assert found is not None
    assert found.source
    again = actions.edit_regulation(
        regulation=made, changes=form.changes(), revision=1, by=year.actor("binh")
    )
    assert words(again) == words(made)  # what the form shows is what is stored
    assert changes(made, again) == []


def test_the_practices_read_in_norms(year: Story) -> None:
    keys = ("kiem-sat", "toa-an", "quang-ninh", "nong-nghiep")
    made = {p.key: Regulation(cluster=year.bloc, **p.values) for p in PRESETS if p.key in keys}
    assert [needed(threshold(made["kiem-sat"]), n) for n in (7, 8)] == [6, 7]
    assert needed(threshold(made["toa-an"]), 14) == 10
    flags, merits = made["nong-nghiep"], made["quang-ninh"]
    share = (flags.flag_quota_numerator, flags.flag_quota_denominator)
    assert [quota(*share, members, flags.quota_rounding) for members in (9, 10)] == [1, 2]
    share = (merits.merit_quota_numerator, merits.merit_quota_denominator)
    assert (merits.merit_quota_of_rest, quota(*share, 10, merits.quota_rounding)) == (True, 5)
    assert not reaches(5, threshold(Regulation()), 10)
    assert reaches(6, threshold(Regulation()), 10)
    assert needed(quorum(Regulation()), 11) == 8
    assert "Đơn vị được suy tôn khi đạt từ 2/3 tổng số đơn vị thành viên." in words(made["toa-an"])


def test_deadlines_in_years_that_begin_elsewhere() -> None:
    court = Term(date(2018, 12, 1), date(2019, 12, 1))
    calendar = Term(date(2019, 1, 1), date(2020, 1, 1))
    kept = {"covenant": read_deadline("25/2"), "nomination": read_deadline("30/12 năm sau")}
    assert dates_in(kept, court) == {"covenant": date(2019, 2, 25), "nomination": date(2019, 12, 30)}
    assert dates_in(kept, calendar)["nomination"] == date(2020, 12, 30)
    assert dates_in({"x": read_deadline("29/2")}, calendar) == {"x": date(2019, 2, 28)}


@given(st.dates(date(2000, 1, 1), date(2000, 12, 31)), st.booleans())
def test_a_deadline_is_read_as_it_is_written(day: date, later: bool) -> None:
    written = f"{day.day}/{day.month}" + (" năm sau" if later else "")
    assert deadline_text(read_deadline(written)) == written


@given(st.integers(0, 50), st.integers(1, 50))
def test_a_share_is_kept_exactly(top: int, bottom: int) -> None:
    if top > bottom:
        with pytest.raises(ValueError, match="/"):
            read_share(f"{top}/{bottom}")
    else:
        assert read_share(f"{top} / {bottom}") == Fraction(top, bottom)


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_a_comparison_rebuilds_both_texts(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert "".join(p.text for p in pieces if p.fate != ADDED) == old
    assert "".join(p.text for p in pieces if p.fate != REMOVED) == new


def test_the_paper(year: Story, as_user: AsUser) -> None:
    an = as_user("an")
    pdf = an.get(year.address("quy-che", "1", "tai", "pdf"))
    text = PdfReader(BytesIO(pdf.content)).pages[0].extract_text()
    assert "QUY CHẾ" in text
    assert "Điều 1. Trưởng và phó" in text
    assert an.get(year.address("quy-che", "1", "tai", "docx")).content[:2] == b"PK"
    assert an.get(year.address("quy-che", "1", "tai", "exe")).status_code == 404
    assert an.get(year.address("quy-che", "7")).status_code == 404


def test_the_station_of_the_year(year: Story) -> None:
    def station() -> object:
        return next(a for a in duties.acts(year.cycle, by=year.actor("binh")) if a.key == ActKey.REGULATION)

    act = station()
    assert act.state == "done"  # type: ignore[attr-defined]
    assert "Bản 1" in act.fact  # type: ignore[attr-defined]
    draft(year)
    assert [d.verb for d in station().head_duties] == ["Thông qua quy chế"]  # type: ignore[attr-defined]
