"""Units over time: renamed, moved, merged, ended; searched without marks; managed by those in charge."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from python_calamine import CalamineWorkbook

from tests.story import Story, add_person, moment
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.periods import Term
from thidua.organisations import actions
from thidua.organisations.models import Appointment, Succession, Tenure, Unit
from thidua.organisations.queries import find_units, leaders_on, lineage, names_on, offices_of, people_of


def rename(year: Story, name: str, from_day: date, unit: str = "y_te") -> Unit:
    return actions.rename_unit(
        unit=year.units[unit], name=name, short_name="", from_day=from_day, by=year.actor("dung")
    )


def test_papers_of_earlier_days_show_the_old_name(year: Story) -> None:
    unit = rename(year, "Sở Y tế và Dân số", date(2018, 3, 1))
    rename(year, "Sở Sức khỏe", date(2019, 6, 1))
    names = [
        names_on([unit.pk], day)[unit.pk][0]
        for day in (date(2018, 2, 28), date(2018, 3, 1), date(2020, 1, 1))
    ]
    assert names == ["Sở Y tế", "Sở Y tế và Dân số", "Sở Sức khỏe"]
    assert [past.name for past in unit.pasts.all()] == ["Sở Y tế", "Sở Y tế và Dân số"]
    assert Succession.objects.filter(kind="renaming").count() == 2


def test_units_are_found_by_old_names_and_without_marks(year: Story) -> None:
    rename(year, "Sở Sức khỏe", date(2019, 6, 1))
    assert list(find_units("so y te")) == [year.units["y_te"]]
    assert list(find_units("SUC KHOE")) == [year.units["y_te"]]
    assert list(find_units("Sở VH, TT")) == [year.units["van_hoa"]]
    assert not find_units("không có đơn vị này")


@pytest.mark.parametrize(
    ("day", "word"), [(date(2010, 1, 1), "Anh/chị chọn ngày sau"), (date(2020, 1, 1), "đã có hiệu lực")]
)
def test_a_change_needs_a_day_after_the_last_and_not_in_the_future(year: Story, day: date, word: str) -> None:
    with pytest.raises(Refused, match=word):
        rename(year, "Sở Sức khỏe", day)


def test_two_units_of_one_name_do_not_stand_under_one_parent(year: Story) -> None:
    with pytest.raises(Refused, match="Đã có đơn vị"):
        rename(year, "Ban Dân tộc", date(2019, 1, 1))
    with pytest.raises(Refused, match="Đã có đơn vị"):
        actions.create_unit(
            kind="department", name=" Sở  Y tế", parent=year.units["tinh"], by=year.actor("dung")
        )


def test_a_unit_moves_but_never_under_itself(year: Story) -> None:
    dung = year.actor("dung")
    room = actions.create_unit(kind="sub_unit", name="Phòng khám", parent=year.units["y_te"], by=dung)
    assert lineage(room.pk) == [room.pk, year.units["y_te"].pk, year.units["tinh"].pk]
    with pytest.raises(Refused, match="không thể là cấp trên"):
        actions.move_unit(unit=year.units["y_te"], parent=room, from_day=date(2019, 1, 1), by=dung)
    actions.move_unit(unit=room, parent=year.units["giao_duc"], from_day=date(2019, 1, 1), by=dung)
    room.refresh_from_db()
    assert room.parent == year.units["giao_duc"]
    assert room.pasts.get().parent == year.units["y_te"]


def test_a_merger_ends_the_first_and_whoever_acted_there(year: Story) -> None:
    dung, day = year.actor("dung"), date(2019, 12, 1)
    merged = actions.create_unit(
        kind="department", name="Sở Dân tộc và Tôn giáo", parent=year.units["tinh"], starts=day, by=dung
    )
    actions.record_succession(
        lead=merged,
        kind="merger",
        on=day,
        decision="Quyết định 1/QĐ-UBND",
        predecessors=[year.units["dan_toc"]],
        successors=[merged],
        by=dung,
    )
    year.units["dan_toc"].refresh_from_db()
    assert year.units["dan_toc"].existence.upper == day
    assert not year.actor("chi").grants
    assert not offices_of(year.people["chi"], on=day).exists()
    assert offices_of(year.people["chi"], on=date(2019, 11, 30)).exists()


def test_a_unit_with_units_below_does_not_end(year: Story) -> None:
    with pytest.raises(Refused, match="Còn 5 đơn vị trực thuộc"):
        actions.end_unit(unit=year.units["tinh"], ends=date(2019, 12, 1), by=year.actor("tam"))


def test_rights_that_would_begin_after_the_end_fall_away(year: Story) -> None:
    an, unit = year.people["an"], year.units["y_te"]
    Appointment.objects.create(person=an, unit=unit, kind="auditor", term=Term(date(2020, 6, 1)))
    actions.end_unit(unit=unit, ends=date(2020, 1, 1), by=year.actor("dung"))
    assert not Appointment.objects.filter(unit=unit, kind="auditor").exists()
    assert Appointment.objects.get(unit=unit, person=an).term.upper == date(2020, 1, 1)


def test_the_page_that_was_overtaken_is_refused(year: Story) -> None:
    told = {"kind": "department", "symbol": "SYT", "revision": 0, "by": year.actor("dung")}
    actions.edit_unit(unit=year.units["y_te"], short_name="Y tế", **told)
    with pytest.raises(Stale):
        actions.edit_unit(unit=year.units["y_te"], short_name="SYT", **told)


def test_the_head_stands_before_deputies_and_only_while_in_office(year: Story) -> None:
    add_person(year, "pho", "Hoàng Văn Phó", "y_te", "unit_leader", "Phó Giám đốc", leads=True)
    unit = year.units["y_te"]
    leader = leaders_on(unit, date(2019, 12, 16)).first()
    assert leader is not None
    assert leader.person == year.people["lan"]
    actions.end_tenure(tenure=leader, ends=date(2019, 12, 1), by=year.actor("dung"))
    deputy = leaders_on(unit, date(2019, 12, 16)).first()
    assert deputy is not None
    assert deputy.person == year.people["pho"]
    assert leaders_on(unit, date(2019, 11, 30)).first() == leader
    assert leaders_on(year.units["giao_duc"], date(2005, 1, 1)).first() is None
    assert [row.person for row in people_of(unit, date(2019, 12, 16))] == [
        year.people["pho"],
        year.people["an"],
    ]


def test_a_person_may_hold_several_offices_but_none_twice_at_once(year: Story) -> None:
    told = {"person": year.people["lan"], "unit": year.units["y_te"], "by": year.actor("dung")}
    actions.hold_office(name="Bí thư Đảng ủy", starts=date(2019, 1, 1), **told)
    assert offices_of(year.people["lan"], on=date(2019, 12, 16)).count() == 2
    with pytest.raises(Refused, match="đã giữ chức vụ này"):
        actions.hold_office(name="Bí thư  Đảng ủy", starts=date(2019, 6, 1), **told)
    with pytest.raises(Refused, match="phải sau ngày bắt đầu"):
        actions.hold_office(name="Ủy viên", starts=date(2019, 6, 1), ends=date(2019, 6, 1), **told)


# --- Who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["an", "lan", "binh", "hai", "chi", "phuc", "quan", "son"])
def test_others_read_units_but_change_nothing(year: Story, as_user, name: str) -> None:
    client: Client = as_user(name)
    unit = year.units["y_te"]
    assert client.get("/don-vi/").status_code == 200
    page = client.get(f"/don-vi/{unit.pk}/")
    assert page.status_code == 200
    assert "Giao quyền" not in page.text
    for word in ("sua", "doi-ten", "chuyen-cap-tren", "ket-thuc", "sap-nhap-chia-tach"):
        for answer in (client.get(f"/don-vi/{unit.pk}/{word}/"), client.post(f"/don-vi/{unit.pk}/{word}/")):
            assert answer.status_code == 403, word
    for address in ("/ca-nhan/", "/ca-nhan/them/", "/ca-nhan/giao-quyen/", "/don-vi/them/"):
        assert client.get(address).status_code == 403, address
    with pytest.raises(NotAllowed):
        actions.create_unit(kind="sub_unit", name="X", parent=unit, by=year.actor(name))


def test_the_standing_body_manages_only_below_its_authority(year: Story) -> None:
    other = Unit.objects.create(
        kind="province", name="UBND tỉnh Khác", short_name="Khác", existence=Term(date(2010, 1, 1))
    )
    dung = year.actor("dung")
    with pytest.raises(NotAllowed):
        actions.create_unit(kind="department", name="Sở X", parent=other, by=dung)
    with pytest.raises(NotAllowed):
        actions.create_unit(kind="province", name="Tỉnh X", parent=None, by=dung)
    with pytest.raises(NotAllowed):
        actions.move_unit(unit=year.units["y_te"], parent=other, from_day=date(2019, 1, 1), by=dung)
    assert actions.create_unit(kind="province", name="Tỉnh X", parent=None, by=year.actor("tam")).pk


def test_when_the_body_no_longer_serves_its_officers_manage_no_longer(year: Story) -> None:
    year.standing_body.term = Term(date(2010, 1, 1), date(2019, 12, 16))
    year.standing_body.save()
    with pytest.raises(NotAllowed):
        rename(year, "Sở Sức khỏe", date(2019, 6, 1))


def test_one_authority_has_one_standing_body_at_a_time(year: Story) -> None:
    tam = year.actor("tam")
    with pytest.raises(Refused, match="đang là cơ quan thường trực"):
        actions.create_standing_body(
            unit=year.units["y_te"], authority=year.units["tinh"], starts=date(2019, 1, 1), by=tam
        )


def test_the_public_sees_no_units(year: Story, client: Client) -> None:
    assert client.get("/don-vi/").status_code == 302
    assert client.get(f"/don-vi/{year.units['y_te'].pk}/").status_code == 302


# --- Pages --------------------------------------------------------------------------------------


def test_dung_renames_a_unit_on_its_page(year: Story, as_user) -> None:
    unit, dung = year.units["y_te"], as_user("dung")
    told = {"name": "Sở Sức khỏe", "short_name": "", "from_day": "1/6/2019", "decision": "QĐ 12/QĐ-UBND"}
    page = dung.post(f"/don-vi/{unit.pk}/doi-ten/", told, follow=True)
    assert "Đã đổi tên." in page.text
    assert "Sở Sức khỏe" in page.text
    then = dung.get(f"/don-vi/{unit.pk}/?ngay=31-05-2019").text
    assert "Sở Y tế" in then
    assert "nay là Sở Sức khỏe" in then


def test_what_was_typed_stays_when_it_is_refused(year: Story, as_user) -> None:
    unit = year.units["y_te"]
    told = {"name": "Sở Sức khỏe", "short_name": "SK", "from_day": "1/1/2030", "decision": ""}
    page = as_user("dung").post(f"/don-vi/{unit.pk}/doi-ten/", told)
    assert page.status_code == 200
    assert "đã có hiệu lực" in page.text
    assert 'value="Sở Sức khỏe"' in page.text
    assert 'value="1/1/2030"' in page.text


def test_a_chosen_day_shows_the_people_of_that_day(year: Story, as_user) -> None:
    Tenure.objects.filter(person=year.people["lan"]).update(term=Term(date(2010, 1, 1), date(2018, 1, 1)))
    unit = year.units["y_te"]
    an = as_user("an")
    assert "Trần Thị Lan" in an.get(f"/don-vi/{unit.pk}/?ngay=31/12/2017").text
    assert "Trần Thị Lan" not in an.get(f"/don-vi/{unit.pk}/").text
    odd = an.get(f"/don-vi/{unit.pk}/?ngay=hôm nay")
    assert odd.status_code == 200
    assert "ngày/tháng/năm" in odd.text


def test_the_list_is_searched_filtered_and_exported(year: Story, as_user) -> None:
    an = as_user("an")
    found = an.get("/don-vi/", {"q": "dan toc"}).text.partition("<tbody>")[2]
    assert "Ban Dân tộc" in found
    assert "Sở Y tế" not in found
    sorted_by_kind = an.get("/don-vi/", {"thu_tu": "loai"}).text.partition("<tbody>")[2]
    assert sorted_by_kind.index("Sở Y tế") < sorted_by_kind.index(">UBND tỉnh Mẫu</a>")
    assert an.get("/don-vi/", {"thu_tu": "'; DROP"}).status_code == 200
    assert "Không có đơn vị nào" in an.get("/don-vi/", {"q": "zzz"}).text
    assert an.get("/don-vi/", {"kind": "lạ", "trang": "abc", "state": "x"}).status_code == 200
    data = an.get("/don-vi/", {"kind": "department", "dang": "excel"}).content
    table = CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert table[0][0] == "Tên đơn vị"
    assert len(table) == 6


def test_the_list_asks_the_same_questions_of_one_and_of_many(year: Story, as_user) -> None:
    an = as_user("an")

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert an.get("/don-vi/", {"kind": "sub_unit"}).status_code == 200
        return len(asked)

    actions.create_unit(kind="sub_unit", name="Phòng 0", parent=year.units["y_te"], by=year.actor("dung"))
    count()  # the frame around every page learns what it remembers
    few = count()
    for number in range(1, 4):
        actions.create_unit(
            kind="sub_unit", name=f"Phòng {number}", parent=year.units["y_te"], by=year.actor("dung")
        )
    assert count() == few


def test_the_page_of_an_authority_names_its_standing_body(year: Story, as_user) -> None:
    page = as_user("tam").get(f"/don-vi/{year.units['tinh'].pk}/").text
    assert "Cơ quan thường trực" in page
    assert "Ban Thi đua – Khen thưởng tỉnh Mẫu" in page
    assert "Ghi cơ quan thường trực" in page


def test_hostile_words_are_shown_as_words(year: Story, as_user) -> None:
    name = "<script>alert(1)</script>"
    unit = actions.create_unit(kind="sub_unit", name=name, parent=year.units["y_te"], by=year.actor("dung"))
    page = as_user("dung").get(f"/don-vi/{unit.pk}/").text
    assert name not in page
    assert escape(name) in page


@pytest.mark.parametrize("day", ["", "31/02/2019", "31/12/99999", "x" * 5000])
def test_unfit_days_never_break_a_form(year: Story, as_user, day: str) -> None:
    unit = year.units["y_te"]
    dung = as_user("dung")
    for word in ("doi-ten", "chuyen-cap-tren", "ket-thuc", "sap-nhap-chia-tach"):
        answer = dung.post(
            f"/don-vi/{unit.pk}/{word}/", {"from_day": day, "last_day": day, "on": day, "name": "a"}
        )
        assert answer.status_code == 200


def test_nobody_acts_before_their_term(year: Story) -> None:
    assert year.actor("an", moment(date(2009, 1, 1))).grants == frozenset()
