"""People, their rights and accounts, as the standing body and the administrator handle them."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.story import Story, add_person
from thidua.base.accounts.models import User
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.organisations import actions
from thidua.organisations.jobs import end_sessions
from thidua.organisations.models import Appointment, Person
from thidua.organisations.queries import people_appointed, users_whose_rights_ended


def test_dung_gives_a_daily_right_and_takes_it_back(year: Story, as_user) -> None:
    dung, giang = as_user("dung"), year.people["giang"]
    told = {
        "person": giang.pk,
        "unit": year.units["y_te"].pk,
        "kind": "unit_officer",
        "starts": "16/12/2019",
        "last_day": "31/12/2019",
    }
    page = dung.post(f"/ca-nhan/giao-quyen/?ca-nhan={giang.pk}", told, follow=True)
    assert "Đã giao quyền." in page.text
    assert year.actor("giang").holds("unit_officer", unit=year.units["y_te"].pk)
    row = Appointment.objects.get(person=giang, unit=year.units["y_te"])
    assert row.term.upper == date(2020, 1, 1)
    dung.post(f"/ca-nhan/giao-quyen/{row.pk}/thoi/", {"last_day": "16/12/2019"})
    row.refresh_from_db()
    assert row.term.upper == date(2019, 12, 17)
    again = dung.post("/ca-nhan/giao-quyen/", told)
    assert again.status_code == 200
    assert "đã được giao quyền này" in again.text


@pytest.mark.parametrize(
    "kind", ["standing_officer", "council_member", "approver", "auditor", "administrator"]
)
def test_the_standing_body_does_not_hand_out_higher_rights(year: Story, kind: str) -> None:
    told = {"person": year.people["an"], "unit": year.units["tinh"], "kind": kind, "starts": date(2019, 1, 1)}
    with pytest.raises(NotAllowed, match="quản trị"):
        actions.appoint(by=year.actor("dung"), **told)
    assert actions.appoint(by=year.actor("tam"), **told).pk


def test_nobody_gives_a_right_to_themselves(year: Story) -> None:
    with pytest.raises(Refused, match="không tự giao"):
        actions.appoint(
            person=year.people["tam"],
            unit=year.units["tinh"],
            kind="approver",
            starts=date(2019, 1, 1),
            by=year.actor("tam"),
        )


def test_the_standing_body_does_not_end_higher_rights(year: Story) -> None:
    with pytest.raises(NotAllowed):
        actions.end_appointment(
            appointment=year.people["quan"].appointments.get(), ends=date(2019, 12, 1), by=year.actor("dung")
        )


def test_an_ended_right_cannot_be_ended_again(year: Story) -> None:
    row = year.people["an"].appointments.get()
    actions.end_appointment(appointment=row, ends=date(2019, 12, 1), by=year.actor("dung"))
    with pytest.raises(Refused, match="đã hết hạn"):
        actions.end_appointment(appointment=row, ends=date(2030, 1, 1), by=year.actor("dung"))


def test_rights_that_run_out_by_themselves_end_sessions_at_night(year: Story) -> None:
    row = year.people["an"].appointments.get()
    actions.end_appointment(appointment=row, ends=date(2019, 12, 20), by=year.actor("dung"))
    assert users_whose_rights_ended(date(2019, 12, 20)) == [year.people["an"].user_id]
    assert users_whose_rights_ended(date(2019, 12, 21)) == []
    end_sessions()


def test_the_people_to_tell_are_those_appointed_that_day(year: Story) -> None:
    unit = year.units["y_te"].pk
    assert [user.username for user in people_appointed(["unit_officer"], [unit], on=date(2019, 12, 16))] == [
        "an"
    ]
    assert not people_appointed(["unit_officer"], [unit], on=date(2009, 1, 1))


def test_tam_gives_an_account_and_sees_the_password_once(year: Story, as_user) -> None:
    person = Person.objects.create(full_name="Nông Thị Yến")
    tam = as_user("tam")
    page = tam.post(f"/ca-nhan/{person.pk}/tai-khoan/", {"username": "nongthiyen", "email": ""})
    user = User.objects.get(username="nongthiyen")
    person.refresh_from_db()
    assert person.user == user
    assert user.must_change_password
    assert page["Cache-Control"] == "no-store"
    assert "Mật khẩu lần đầu" in page.text
    again = tam.post(f"/ca-nhan/{person.pk}/tai-khoan/", {"username": "khac", "email": ""})
    assert "đã có tài khoản" in again.text
    taken = tam.post(
        f"/ca-nhan/{Person.objects.create(full_name='Yến').pk}/tai-khoan/", {"username": "an", "email": ""}
    )
    assert "đã có người dùng" in taken.text
    assert as_user("dung").get(f"/ca-nhan/{person.pk}/tai-khoan/").status_code == 403


def test_a_corrected_name_is_the_accounts_too(year: Story) -> None:
    an, dung = year.people["an"], year.actor("dung")
    actions.edit_person(person=an, full_name="Nguyễn Hoàng An", revision=0, by=dung)
    assert User.objects.get(username="an").full_name == "Nguyễn Hoàng An"
    with pytest.raises(Stale):
        actions.edit_person(person=an, full_name="X", revision=0, by=dung)


def test_a_person_sees_themselves_and_the_standing_body_sees_everyone(year: Story, as_user) -> None:
    an = year.people["an"]
    assert as_user("an").get(f"/ca-nhan/{an.pk}/").status_code == 200
    assert as_user("chi").get(f"/ca-nhan/{an.pk}/").status_code == 404
    assert as_user("binh").get(f"/ca-nhan/{an.pk}/").status_code == 404
    page = as_user("dung").get(f"/ca-nhan/{an.pk}/")
    assert "Chuyên viên của đơn vị" in page.text
    assert "Sửa họ tên" in page.text


def test_the_list_of_people_is_sorted_by_given_name_and_exported(year: Story, as_user) -> None:
    dung = as_user("dung")
    page = dung.get("/ca-nhan/").text.partition("<tbody>")[2]
    assert page.index("Nguyễn Văn An") < page.index("Lê Văn Bình") < page.index("Ngô Thị Dung")
    assert "Nguyễn Văn An" in dung.get("/ca-nhan/", {"q": "nguyen van an"}).text
    assert "Không có ai" in dung.get("/ca-nhan/", {"q": "zzz"}).text
    data = dung.get("/ca-nhan/", {"dang": "excel"}).content
    table = CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert table[1][0] == "Nguyễn Văn An"
    assert len(table) == 1 + len(year.people)


def test_the_lists_ask_the_same_questions_of_one_and_of_many(year: Story, as_user) -> None:
    dung = as_user("dung")
    add_person(year, "yen1", "Nông Thị Yến", "y_te", "unit_officer", "Văn thư")

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert dung.get(address).status_code == 200
        return len(asked)

    addresses = ("/ca-nhan/?q=yen", f"/don-vi/{year.units['y_te'].pk}/")
    count(addresses[0])  # the frame around every page learns what it remembers
    before = [count(address) for address in addresses]
    add_person(year, "yen2", "Hà Thị Yến", "y_te", "unit_officer", "Kế toán")
    add_person(year, "yen3", "Lò Thị Yến", "y_te", "unit_officer", "Lái xe")
    assert [count(address) for address in addresses] == before


@pytest.mark.parametrize("what", ["nonsense", "-1", "99999999999999999999999", "", "1 OR 1=1"])
def test_unfit_addresses_and_choices_never_break(year: Story, as_user, what: str) -> None:
    dung = as_user("dung")
    for address in ("/ca-nhan/chuc-vu/", "/ca-nhan/giao-quyen/"):
        assert dung.get(address, {"ca-nhan": what, "don-vi": what}).status_code == 200
        told = {"person": what, "unit": what, "kind": what, "starts": what, "name": what}
        assert dung.post(address, told).status_code == 200
    assert dung.get("/ca-nhan/", {"trang": what}).status_code == 200


def test_dung_records_an_office_by_form(year: Story, as_user) -> None:
    dung, unit = as_user("dung"), year.units["y_te"]
    told = {
        "person": year.people["an"].pk,
        "unit": unit.pk,
        "name": "Phó Giám đốc",
        "is_leader": "on",
        "starts": "01/12/2019",
        "last_day": "",
    }
    page = dung.post(f"/ca-nhan/chuc-vu/?don-vi={unit.pk}", told, follow=True)
    assert page.redirect_chain[-1][0] == f"/don-vi/{unit.pk}/"
    assert "Phó Giám đốc" in page.text
    row = year.people["an"].tenures.get(office__name="Phó Giám đốc")
    dung.post(f"/ca-nhan/chuc-vu/{row.pk}/thoi-giu/", {"last_day": "10/12/2019"})
    assert "Phó Giám đốc" not in dung.get(f"/don-vi/{unit.pk}/").text


def test_tam_names_a_standing_body(year: Story, as_user) -> None:
    told = {"unit": year.units["y_te"].pk, "authority": year.units["giao_duc"].pk, "starts": "01/01/2019"}
    page = as_user("tam").post("/don-vi/co-quan-thuong-truc/", told, follow=True)
    assert "Đã ghi cơ quan thường trực" in page.text
    assert as_user("dung").get("/don-vi/co-quan-thuong-truc/").status_code == 403


def test_dung_types_a_name_and_chooses_among_namesakes(year: Story, as_user) -> None:
    """Thousands of people are in no list: the box offers names, and tells two of one name apart."""
    an, second = (
        year.people["an"],
        add_person(year, "an_hai", "Nguyễn Văn An", "giao_duc", "unit_officer", "Kế toán"),
    )
    dung = as_user("dung")
    offered = dung.get("/ca-nhan/goi-y/", {"q": "van an"}).json()["names"]
    assert f"Nguyễn Văn An, Sở Y tế ({an.pk})" in offered
    assert f"Nguyễn Văn An, Sở GD và ĐT ({second.pk})" in offered
    told = {"unit": year.units["y_te"].pk, "name": "Phó Giám đốc", "starts": "1/2/2019"}
    answer = dung.post("/ca-nhan/chuc-vu/", {**told, "person": "Nguyễn Văn An"})
    assert "Có 2 tên như vậy" in answer.text
    assert (
        "Nguyễn Văn Ann” trong danh sách"
        in dung.post("/ca-nhan/chuc-vu/", {**told, "person": "Nguyễn Văn Ann"}).text
    )
    another = {**told, "person": f"Nguyễn Văn An, Sở Y tế ({year.people['lan'].pk})"}
    assert "trong danh sách" in dung.post("/ca-nhan/chuc-vu/", another).text, "a number of somebody else"
    dung.post("/ca-nhan/chuc-vu/", {**told, "person": f"Nguyễn Văn An, Sở Y tế ({an.pk})"})
    assert an.tenures.filter(office__name="Phó Giám đốc").exists()


def test_a_form_opened_for_a_person_names_them(year: Story, as_user) -> None:
    an = year.people["an"]
    page = as_user("dung").get("/ca-nhan/chuc-vu/", {"ca-nhan": an.pk})
    assert f'value="Nguyễn Văn An, Sở Y tế ({an.pk})"' in page.text


@pytest.mark.parametrize("typed", ["x", "", "%", "\x00", "9" * 30, "( )", "(999999)"])
def test_odd_words_offer_and_choose_nobody(year: Story, as_user, typed: str) -> None:
    dung = as_user("dung")
    assert dung.get("/ca-nhan/goi-y/", {"q": typed}).json() == {"names": []}
    assert dung.post("/ca-nhan/chuc-vu/", {"person": typed}).status_code == 200


def test_one_name_and_many_cost_the_same_queries(year: Story, as_user) -> None:
    dung = as_user("dung")
    counts = []
    dung.get("/ca-nhan/")  # the first page of a session writes where it stands
    for words in ("Nguyễn Văn An", "an"):
        with CaptureQueriesContext(connection) as asked:
            names = dung.get("/ca-nhan/goi-y/", {"q": words}).json()["names"]
        counts.append((len(names), len(asked)))
    (one, few), (many, more) = counts
    assert (one, few) == (1, more)
    assert many >= 3
