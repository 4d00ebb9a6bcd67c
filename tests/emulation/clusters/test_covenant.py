"""The covenant: written, opened, signed by leaders in office, amended, printed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.emulation.clusters.test_clusters import count_queries
from tests.story import Story, moment, set_due, tell_story
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.duties import Act, State
from thidua.base.notices.models import Notice
from thidua.base.periods import Term
from thidua.emulation.clusters import actions, duties
from thidua.emulation.clusters.actions import TargetText
from thidua.emulation.clusters.models import Covenant, CovenantTarget, Membership, Signature
from thidua.emulation.clusters.queries import (
    covenant_of,
    draft_covenant_of,
    targets_of_unit,
    visible_cycle,
)
from thidua.organisations.models import Tenure

AsUser = Callable[..., Client]
PAGE = ("giao-uoc",)


def rows(*targets: dict[str, str]) -> dict[str, str]:
    """The targets as the browser posts them."""
    posted = {"chi-tieu-TOTAL_FORMS": str(len(targets) + 1), "chi-tieu-INITIAL_FORMS": "0"}
    for number, target in enumerate([*targets, {}]):
        whole = {
            "unit": "",
            "indicator": "",
            "qualifier": "ge",
            "value": "",
            "measure": "",
            "due": "",
        } | target
        posted |= {f"chi-tieu-{number}-{name}": value for name, value in whole.items()}
    return posted


def opened(year: Story, text: str = "Thi đua thực hiện nhiệm vụ.") -> Covenant:
    """A covenant written by Bình and open for signing."""
    by = year.actor("binh")
    draft = actions.draft_covenant(cycle=year.cycle, by=by)
    targets = [
        TargetText(indicator="Hồ sơ giải quyết đúng hạn", value=Decimal(95), measure="%"),
        TargetText(indicator="Khám chữa bệnh", unit=year.units["y_te"], value=Decimal(1000), measure="lượt"),
    ]
    draft = actions.edit_covenant(covenant=draft, text=text, targets=targets, revision=1, by=by)
    return actions.open_covenant(covenant=draft, by=by)


def column(year: Story) -> Act:
    found = visible_cycle(year.actor("binh"), "khoi-vhxh", "2019")
    return next(act for act in duties.acts(found, by=year.actor("binh")) if act.key == "covenant")


def test_from_draft_to_all_signed(year: Story, as_user: AsUser) -> None:
    binh = as_user("binh")
    assert "Chưa có giao ước" in binh.get(year.address(*PAGE)).content.decode()
    assert [d.verb for d in column(year).head_duties] == ["Soạn giao ước"]
    binh.post(year.address(*PAGE, "soan"))
    typed = rows(
        {"indicator": "Hồ sơ đúng hạn", "value": "95,5", "measure": "%", "due": "30/11/2019"},
        {"unit": str(year.units["y_te"].pk), "indicator": "Tiêm chủng", "qualifier": "gt", "value": "1.000"},
    )
    form = {"text": "Thi đua.\nĐoàn kết.", "place": "Tỉnh Mẫu", "revision": "1"}
    binh.post(year.address(*PAGE, "1", "sua"), form | typed)
    assert [d.verb for d in column(year).head_duties] == ["Mở ký giao ước"]
    binh.post(year.address(*PAGE, "1", "mo-ky"))
    covenant = covenant_of(year.cycle)
    assert covenant is not None
    assert [str(t.value) for t in targets_of_unit(year.cycle, year.units["y_te"].pk)] == [
        "95.5000",
        "1000.0000",
    ]
    assert len(targets_of_unit(year.cycle, year.units["giao_duc"].pk)) == 1

    for name, unit in (("lan", "y_te"), ("hai", "van_hoa"), ("mai", "giao_duc")):
        page = as_user(name).get(year.address(*PAGE)).content.decode()
        assert "từ 95,5%" in page
        assert "Giám đốc" in page
        as_user(name).post(year.address(*PAGE, "1", "ky"), {"don_vi": year.units[unit].pk, "dong_y": "1"})
    page = as_user("an").get(year.address(*PAGE)).content.decode()
    assert "Đã ký đủ" in page
    assert "Trần Thị Lan" in page
    act = column(year)
    assert (act.state, act.fact) == (State.DONE, "Xong, 3/3 đơn vị")
    assert {duty.fact for duty in act.duties} == {"16/12"}
    entry = Entry.objects.filter(verb="clusters.sign_covenant").first()
    assert entry is not None
    assert (entry.cycle_id, entry.unit_id is not None) == (year.cycle.pk, True)


def test_who_has_not_signed_is_on_the_page_and_in_the_column(year: Story, as_user: AsUser) -> None:
    set_due(year.cycle, "covenant", date(2019, 12, 20))
    covenant = opened(year)
    actions.sign(covenant=covenant, unit=year.units["y_te"], by=year.actor("lan"))
    page = as_user("giang").get(year.address(*PAGE)).content.decode()
    assert "<strong>1/3</strong> đơn vị đã ký" in page
    assert page.count("chưa ký") == 2
    asked = {duty.unit_id: duty for duty in column(year).duties}
    waiting = asked[year.units["giao_duc"].pk]
    assert (waiting.state, waiting.fact, waiting.verb) == (State.SOON, "còn 4", "Ký giao ước")


def test_leaders_hear_that_it_is_open(year: Story) -> None:
    opened(year)
    told = set(Notice.objects.values_list("to__username", flat=True))
    assert told == {"lan", "hai", "mai"}


def test_before_it_is_opened_members_are_blocked(year: Story) -> None:
    set_due(year.cycle, "covenant", date(2019, 2, 26))
    act = column(year)
    assert {duty.state for duty in act.duties} == {State.BLOCKED}
    assert act.obstacle == "Trưởng khối chưa mở ký."


def test_signing_needs_the_tick_and_works_once(year: Story, as_user: AsUser) -> None:
    covenant = opened(year)
    lan = as_user("lan")
    sign = {"don_vi": str(year.units["y_te"].pk)}
    page = lan.post(year.address(*PAGE, "1", "ky"), sign, follow=True).content.decode()
    assert "đánh dấu đã đọc" in page
    for _ in range(2):
        lan.post(year.address(*PAGE, "1", "ky"), sign | {"dong_y": "1"})
    page = lan.get(year.address(*PAGE)).content.decode()
    assert "đã ký giao ước này" in page
    assert Signature.objects.count() == 1
    with pytest.raises(Refused, match="đã ký lúc"):
        actions.sign(covenant=covenant, unit=year.units["y_te"], by=year.actor("lan"))
    again = {"person_name": "x", "office_name": "x", "signed_at": moment(date(2019, 1, 2))}
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(covenant=covenant, unit=year.units["y_te"], **again)
    with pytest.raises(DatabaseError), transaction.atomic():
        Signature.objects.update(person_name="Người khác")


def test_only_a_leader_of_the_unit_signs(year: Story, as_user: AsUser) -> None:
    covenant = opened(year)
    for name in ("an", "binh", "hai", "giang", "dung", "phuc", "chi", "khang", "tam", "son"):
        with pytest.raises(NotAllowed):
            actions.sign(covenant=covenant, unit=year.units["y_te"], by=year.actor(name))
    for name in ("an", "hai", "dung"):
        answer = as_user(name).post(
            year.address(*PAGE, "1", "ky"), {"don_vi": year.units["y_te"].pk, "dong_y": "1"}
        )
        assert answer.status_code == 404
    # Khang leads a unit, but not one of this bloc.
    with pytest.raises(Refused, match="không phải thành viên"):
        actions.sign(covenant=covenant, unit=year.units["dan_toc"], by=year.actor("khang"))


def test_a_leader_without_office_is_told_why(year: Story, as_user: AsUser) -> None:
    opened(year)
    Tenure.objects.filter(person=year.people["lan"]).update(term=Term(date(2010, 1, 1), date(2019, 12, 1)))
    page = as_user("lan").get(year.address(*PAGE)).content.decode()
    assert "chưa có chức vụ lãnh đạo tại Sở Y tế vào ngày 16/12/2019" in page
    sign = {"don_vi": year.units["y_te"].pk, "dong_y": "1"}
    answer = as_user("lan").post(
        year.address(*PAGE, "1", "ky"), sign, headers={"Referer": f"http://testserver{year.address(*PAGE)}"}
    )
    assert answer.status_code == 302
    assert not Signature.objects.exists()


def test_chi_sees_nothing_and_others_do_not_write(year: Story, as_user: AsUser) -> None:
    covenant = opened(year)
    chi = as_user("chi")
    for page in ((), ("1",), ("1", "sua"), ("1", "tai", "pdf")):
        assert chi.get(year.address(*PAGE, *page)).status_code == 404
    for page in (("soan",), ("1", "mo-ky"), ("1", "ky"), ("1", "bo")):
        assert chi.post(year.address(*PAGE, *page), {"dong_y": "1"}).status_code == 404
    for name in ("an", "lan", "phuc", "son", "tam"):
        assert as_user(name).post(year.address(*PAGE, "soan"), {"ly_do": "x"}).status_code == 403, name
        with pytest.raises(NotAllowed):
            actions.edit_covenant(covenant=covenant, text="x", revision=2, by=year.actor(name))
        with pytest.raises(NotAllowed):
            actions.open_covenant(covenant=covenant, by=year.actor(name))


def test_what_was_opened_is_frozen(year: Story, as_user: AsUser) -> None:
    covenant = opened(year)
    with pytest.raises(Refused, match="soạn bản sửa đổi"):
        actions.edit_covenant(covenant=covenant, text="Khác", revision=2, by=year.actor("binh"))
    with pytest.raises(Refused, match="không bỏ được"):
        actions.drop_covenant(covenant=covenant, by=year.actor("binh"))
    for change in (
        lambda: Covenant.objects.update(text="Khác"),
        lambda: Covenant.objects.update(state="draft"),
        lambda: CovenantTarget.objects.update(value=1),
        lambda: CovenantTarget.objects.all().delete(),
        lambda: CovenantTarget.objects.create(covenant=covenant, position=9, indicator="Thêm"),
        covenant.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert as_user("binh").get(year.address(*PAGE, "1", "sua")).status_code == 404


def test_an_amendment_is_signed_again_by_all(year: Story, as_user: AsUser) -> None:
    first = opened(year)
    actions.sign(covenant=first, unit=year.units["y_te"], by=year.actor("lan"))
    binh = as_user("binh")
    answer = binh.post(year.address(*PAGE, "soan"), headers={"Referer": "http://testserver/"})
    assert not Covenant.objects.filter(version=2).exists()  # no reason, no amendment
    assert answer.status_code == 302
    binh.post(year.address(*PAGE, "soan"), {"ly_do": "Tỉnh giao thêm chỉ tiêu"})
    draft = draft_covenant_of(year.cycle)
    assert draft is not None
    assert draft.targets.count() == 2
    targets = [TargetText(indicator="Hồ sơ giải quyết đúng hạn", value=Decimal(98), measure="%")]
    actions.edit_covenant(
        covenant=draft, text="Thi đua vượt nhiệm vụ.", targets=targets, revision=1, by=year.actor("binh")
    )
    # Until the amendment is opened, the signed version stands.
    assert covenant_of(year.cycle) == first
    page = as_user("an").get(year.address(*PAGE, "2")).content.decode()
    assert "<del>thực hiện </del><ins>vượt </ins>" in page
    assert "<del>95%</del><ins>98%</ins>" in page
    assert "<del>Khám chữa bệnh: từ 1.000 lượt</del>" in page
    binh.post(year.address(*PAGE, "2", "mo-ky"))
    first.refresh_from_db()
    assert first.state == "replaced"
    second = covenant_of(year.cycle)
    assert second is not None
    assert not second.signatures.exists()
    assert first.signatures.count() == 1
    with pytest.raises(Refused, match="thay bằng bản sau"):
        actions.sign(covenant=first, unit=year.units["van_hoa"], by=year.actor("hai"))
    reasons = {duty.reason for duty in column(year).duties}
    assert reasons == {"Giao ước đã sửa đổi, đơn vị ký lại."}


def test_a_member_that_left_mid_year_need_not_sign(year: Story, as_user: AsUser) -> None:
    covenant = opened(year)
    for name, unit in (("lan", "y_te"), ("hai", "van_hoa")):
        actions.sign(covenant=covenant, unit=year.units[unit], by=year.actor(name))
    actions.end_membership(
        membership=Membership.objects.get(cluster=year.bloc, unit=year.units["y_te"]),
        last=date(2019, 12, 15),
        reason="Sắp xếp lại",
        by=year.actor("dung"),
    )
    page = as_user("hai").get(year.address(*PAGE)).content.decode()
    assert "<strong>1/2</strong> đơn vị đã ký" in page
    assert "Sở Y tế (đã thôi tham gia)" in page  # what it signed stays
    with pytest.raises(Refused, match="đã ký lúc"):
        actions.sign(covenant=covenant, unit=year.units["y_te"], by=year.actor("lan"))
    actions.end_membership(
        membership=Membership.objects.get(cluster=year.bloc, unit=year.units["giao_duc"]),
        last=date(2019, 12, 15),
        reason="Sắp xếp lại",
        by=year.actor("dung"),
    )
    with pytest.raises(Refused, match="không phải thành viên"):
        actions.sign(covenant=covenant, unit=year.units["giao_duc"], by=year.actor("mai"))
    assert column(year).state == State.DONE


def test_a_stale_page_loses_nothing(year: Story, as_user: AsUser) -> None:
    draft = actions.draft_covenant(cycle=year.cycle, by=year.actor("binh"))
    binh = as_user("binh")
    page = year.address(*PAGE, "1", "sua")
    form = {"text": "Một", "place": "", "revision": "1"} | rows()
    answer = binh.post(page, form, headers={"HX-Request": "true"})
    assert answer.json()["revision"] == 2
    late = binh.post(page, form | {"text": "Hai"}, headers={"HX-Request": "true"})
    assert (late.status_code, "Người khác vừa sửa" in late.json()["error"]) == (409, True)
    late = binh.post(page, form | {"text": "Lời vừa gõ"})
    assert "Lời vừa gõ" in late.content.decode()
    draft.refresh_from_db()
    assert draft.text == "Một"
    with pytest.raises(Stale):
        actions.edit_covenant(covenant=draft, text="x", revision=1, by=year.actor("binh"))


def test_bad_input_is_told_and_kept(year: Story, as_user: AsUser) -> None:
    actions.draft_covenant(cycle=year.cycle, by=year.actor("binh"))
    binh = as_user("binh")
    page = year.address(*PAGE, "1", "sua")
    bad = rows(
        {"indicator": "Chỉ tiêu A", "value": "nhiều", "due": "32/1/2019"},
        {"unit": str(year.units["dan_toc"].pk), "indicator": "Chỉ tiêu B"},
        {"value": "5"},
    )
    answer = binh.post(page, {"text": "Nội dung", "revision": "1"} | bad)
    told = answer.content.decode()
    assert answer.status_code == 200
    assert "Ghi một số" in told
    assert "Ghi ngày theo dạng" in told
    assert "32/1/2019" in told
    assert not CovenantTarget.objects.exists()
    for broken in ({}, {"text": "x"}, {"revision": "hai", "chi-tieu-TOTAL_FORMS": "một"}):
        assert binh.post(page, broken).status_code == 200
        assert binh.post(page, broken, headers={"HX-Request": "true"}).status_code == 422


def test_targets_are_pasted_from_excel(year: Story, as_user: AsUser) -> None:
    actions.draft_covenant(cycle=year.cycle, by=year.actor("binh"))
    binh = as_user("binh")
    page = year.address(*PAGE, "1", "sua")
    pasted = (
        "Đơn vị\tChỉ tiêu\tMức\tGiá trị\tĐơn vị tính\tTrước ngày\n"
        "Chung\tHồ sơ đúng hạn\ttừ\t98,5\t%\t30/11/2019\n"
        "so y te\tTiêm chủng\ttrên\t1.200\tlượt\n"
        "Sở Lạ\tViệc lạ\n"
        "Sở Y tế\n"
    )
    typed = {"text": "Nội dung", "revision": "1", "dan": "1", "bang": pasted}
    shown = binh.post(page, typed | rows({"indicator": "Đã gõ từ trước"})).content.decode()
    assert "không có đơn vị “Sở Lạ”" in shown
    assert "Đã gõ từ trước" in shown
    assert "98,5" in shown
    assert "Đã thêm 3 dòng" in shown
    assert not CovenantTarget.objects.exists()


def test_it_is_not_opened_empty(year: Story, as_user: AsUser) -> None:
    draft = actions.draft_covenant(cycle=year.cycle, by=year.actor("binh"))
    page = as_user("binh").get(year.address(*PAGE)).content.decode()
    assert "Giao ước chưa có nội dung." in page
    with pytest.raises(Refused, match="chưa có nội dung"):
        actions.open_covenant(covenant=draft, by=year.actor("binh"))
    with pytest.raises(Refused, match="chưa mở ký"):
        actions.sign(covenant=draft, unit=year.units["y_te"], by=year.actor("lan"))
    as_user("binh").post(year.address(*PAGE, "1", "bo"))
    assert not Covenant.objects.exists()


def test_signing_in_july_is_as_good(year: Story) -> None:
    covenant = opened(year)
    late = actions.sign(
        covenant=covenant, unit=year.units["y_te"], by=year.actor("lan", moment(date(2019, 7, 17)))
    )
    assert (late.person_name, late.office_name) == ("Trần Thị Lan", "Giám đốc")


def test_the_paper_has_a_place_for_every_member(year: Story, as_user: AsUser) -> None:
    covenant = opened(year)
    actions.sign(covenant=covenant, unit=year.units["y_te"], by=year.actor("lan"))
    pdf = as_user("an").get(year.address(*PAGE, "1", "tai", "pdf"))
    pages = PdfReader(BytesIO(pdf.content)).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for word in ("GIAO ƯỚC THI ĐUA", "Trần Thị Lan", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Hồ sơ giải quyết đúng hạn"):
        assert word in text, word
    assert as_user("an").get(year.address(*PAGE, "1", "tai", "docx")).content[:2] == b"PK"


def test_pages_and_duties_take_the_same_queries_for_more_signatures(year: Story, as_user: AsUser) -> None:
    covenant = opened(year)
    an = as_user("an")
    an.get(year.address(*PAGE))

    def asked() -> int:
        found = visible_cycle(year.actor("binh"), "khoi-vhxh", "2019")
        with CaptureQueriesContext(connection) as queries:
            duties.acts(found, by=year.actor("binh"))
        return len(queries)

    actions.sign(covenant=covenant, unit=year.units["y_te"], by=year.actor("lan"))
    one, one_asked = count_queries(an, year.address(*PAGE)), asked()
    for name, unit in (("hai", "van_hoa"), ("mai", "giao_duc")):
        actions.sign(covenant=covenant, unit=year.units[unit], by=year.actor(name))
    assert count_queries(an, year.address(*PAGE)) == one
    assert asked() == one_asked
    assert one_asked <= 5


@pytest.mark.django_db(transaction=True)
def test_ten_presses_at_once_sign_once() -> None:
    year = tell_story()
    covenant = opened(year)

    def press(_: int) -> str:
        try:
            actions.sign(covenant=covenant, unit=year.units["y_te"], by=year.actor("lan"))
        except Refused as refusal:
            return refusal.reasons[0]
        finally:
            connection.close()
        return "signed"

    with ThreadPoolExecutor(5) as presses:
        results = list(presses.map(press, range(10)))
    assert results.count("signed") == 1
    assert all("đã ký lúc" in result for result in results if result != "signed")
