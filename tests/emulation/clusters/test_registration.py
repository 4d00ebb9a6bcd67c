"""A unit registers titles and targets; the head and the standing body receive, return, compile, forward."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.story import moment, set_due
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.duties import State
from thidua.base.notices.models import Notice
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.duties.registration import registration_act
from thidua.emulation.clusters.models import Registration
from thidua.emulation.clusters.queries import (
    AskedTarget,
    RegisteredLine,
    RegistrationContent,
    registered,
    registration_of,
    registrations,
    visible_cycle,
)

FULL = RegistrationContent(
    (
        RegisteredLine("CO_TINH"),
        RegisteredLine("CSTD_CS", "Nguyễn Văn An"),
        RegisteredLine("TT_LDXS", "Phòng Nghiệp vụ Y"),
    ),
    (AskedTarget("Tỷ lệ dân tham gia bảo hiểm y tế", "ge", Decimal("98.5"), "%"),),
)


def _cycle(year, by="an"):
    return visible_cycle(year.actor(by), year.bloc.address, "2019")


def _registration(year, unit="y_te"):
    return registration_of(_cycle(year), year.units[unit])


def _submit(year, who="an", unit="y_te", content=FULL, at=None):
    return actions.submit_registration(
        registration=_registration(year, unit), content=content, revision=0, by=year.actor(who, at)
    )


def _form(lines=(), targets=(), revision=0, **more):
    data = {"revision": str(revision), **more}
    for prefix, rows in (("dong", lines), ("chi-tieu", targets)):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        for at, row in enumerate(rows):
            data |= {f"{prefix}-{at}-{name}": value for name, value in row.items()}
    return data


def test_an_drafts_sends_binh_returns_an_mends(year, as_user):
    page = year.address("dang-ky", str(year.units["y_te"].pk))
    an, binh = as_user("an"), as_user("binh")
    lines = [
        {"honour_kind": "CO_TINH", "recipient": ""},
        {"honour_kind": "CSTD_CS", "recipient": "Lê Thị Hoa"},
    ]
    targets = [{"indicator": "Thu ngân sách", "qualifier": "ge", "value": "1.234,5", "measure": "tỷ đồng"}]

    assert an.get(page).status_code == 200
    assert an.post(page, _form(lines, targets, do="save")).status_code == 302
    assert binh.get(page).status_code == 404, "a draft is the unit's alone"
    kept = Registration.objects.get()
    assert kept.targets.get().value == Decimal("1234.5")
    assert kept.lines.get(is_unit=True).recipient == "Sở Y tế"

    an.post(page, _form(lines, targets, revision=kept.revision, do="submit"))
    kept.refresh_from_db()
    assert kept.state == "submitted"
    assert Notice.objects.filter(to__username="dung").count() == 1
    assert "Lê Thị Hoa" in binh.get(page).content.decode()

    binh.post(f"{page}tra-lai/", {"reason": "Thiếu danh sách tập thể."})
    assert "Thiếu danh sách tập thể." in an.get(page).content.decode()
    assert Notice.objects.filter(to__username="an", text__contains="Thiếu danh sách").exists()

    kept.refresh_from_db()
    an.post(
        page,
        _form(
            [*lines, {"honour_kind": "TT_LDXS", "recipient": "Phòng A"}], targets, kept.revision, do="submit"
        ),
    )
    binh.post(year.address("dang-ky", "tong-hop", "chuyen"))
    kept.refresh_from_db()
    assert (kept.state, kept.lines.count()) == ("forwarded", 3)
    assert (
        Entry.objects.filter(verb="clusters.submit_registration", unit_id=year.units["y_te"].pk).count() == 2
    )


def test_chi_sees_nothing(year, as_user):
    _submit(year)
    for words in ((), ("tong-hop",), (str(year.units["y_te"].pk),), ("tong-hop", "excel")):
        assert as_user("chi").get(year.address("dang-ky", *words)).status_code == 404


def test_giang_of_another_member_does_not_read_an(year, as_user):
    _submit(year)
    giang = as_user("giang")
    assert giang.get(year.address("dang-ky", str(year.units["y_te"].pk))).status_code == 404
    assert giang.get(year.address("dang-ky", "tong-hop")).status_code == 403
    assert giang.get(year.address("dang-ky")).url == year.address("dang-ky", str(year.units["giao_duc"].pk))
    with pytest.raises(NotAllowed):
        _submit(year, who="giang")


@pytest.mark.parametrize("who", ["binh", "dung", "phuc", "son", "tam"])
def test_head_and_those_above_read_the_compiled_list(year, as_user, who):
    _submit(year)
    text = as_user(who).get(year.address("dang-ky", "tong-hop")).content.decode()
    assert "Cờ thi đua" in text
    assert "1/3" in text
    assert "Sở Giáo dục và Đào tạo" in text


def test_standing_body_returns_too_but_only_the_head_forwards(year):
    _submit(year)
    with pytest.raises(NotAllowed):
        actions.forward_registrations(cycle=_cycle(year), by=year.actor("dung"))
    kept = actions.return_registration(
        registration=_registration(year), reason="Chưa đúng mẫu", by=year.actor("dung")
    )
    assert kept.state == "returned"


def test_a_reason_is_needed(year, as_user):
    _submit(year)
    page = year.address("dang-ky", str(year.units["y_te"].pk), "tra-lai")
    answer = as_user("binh").post(page, {"reason": " "})
    assert answer.status_code == 200
    assert Registration.objects.get().state == "submitted"


def test_sending_twice_sends_once(year):
    _submit(year)
    _submit(year)
    assert Registration.objects.count() == 1
    assert Notice.objects.filter(to__username="binh").count() == 1


def test_a_stale_page_loses_nothing(year, as_user):
    actions.save_registration(
        registration=_registration(year), content=FULL, revision=0, by=year.actor("lan")
    )
    page = year.address("dang-ky", str(year.units["y_te"].pk))
    late = _form([{"honour_kind": "CO_TINH", "recipient": "Phòng Kế hoạch"}], do="save")
    text = as_user("an").post(page, late).content.decode()
    assert "Người khác vừa sửa" in text
    assert "Phòng Kế hoạch" in text
    with pytest.raises(Stale):
        actions.save_registration(
            registration=_registration(year), content=RegistrationContent(), revision=0, by=year.actor("an")
        )


@pytest.mark.parametrize(
    ("lines", "targets"),
    [
        ([{"honour_kind": "KHONG_CO", "recipient": "A"}], []),
        ([{"honour_kind": "", "recipient": "Có tên không có danh hiệu"}], []),
        ([], [{"indicator": "Thu", "value": "abc"}]),
        ([], [{"indicator": "", "value": "12"}]),
        ([{"honour_kind": "CO_TINH", "recipient": "x" * 5000}], []),
        ([], [{"indicator": "Thu", "value": "9" * 40}]),
    ],
)
def test_bad_input_is_told_and_kept_on_the_page(year, as_user, lines, targets):
    page = year.address("dang-ky", str(year.units["y_te"].pk))
    answer = as_user("an").post(page, _form(lines, targets, do="submit"))
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Registration.objects.exists()
    for row in (*lines, *targets):
        assert all(value in answer.content.decode() for value in row.values() if value != "KHONG_CO")
    saved = as_user("an").post(f"{page}luu/", _form(lines, targets))
    assert saved.status_code == 422
    assert saved.json()["error"]


@pytest.mark.parametrize(
    "data", [{}, {"dong-TOTAL_FORMS": "x"}, {"dong-TOTAL_FORMS": "99999999", "revision": "-1"}]
)
def test_a_mangled_post_is_no_fault(year, as_user, data):
    page = year.address("dang-ky", str(year.units["y_te"].pk))
    assert as_user("an").post(page, data).status_code == 200
    assert as_user("an").post(page, {**data, "do": "paste", "paste": "a\tb"}).status_code == 200
    assert as_user("an").post(f"{page}luu/", data).status_code == 422


def test_autosave_answers_with_time_and_revision(year, as_user):
    page = year.address("dang-ky", str(year.units["y_te"].pk))
    lines = [{"honour_kind": "CO_TINH", "recipient": ""}]
    told = as_user("an").post(f"{page}luu/", _form(lines)).json()
    assert told["revision"] == 1
    assert as_user("an").post(f"{page}luu/", _form(lines, revision=1)).json()["revision"] == 1
    assert as_user("an").post(f"{page}luu/", _form([], revision=0)).status_code == 409


def test_lines_pasted_from_excel_become_rows(year, as_user):
    page = year.address("dang-ky", str(year.units["y_te"].pk))
    pasted = "chiến sĩ thi đua cơ sở\tTrần Thị Bưởi\nDanh hiệu lạ\tAi đó"
    text = as_user("an").post(page, _form(do="paste", paste=pasted)).content.decode()
    assert 'value="Trần Thị Bưởi"' in text
    assert "Danh hiệu lạ\tAi đó" in text, "what was not understood stays in the box"
    assert not Registration.objects.exists()


def test_an_empty_registration_is_not_sent(year):
    with pytest.raises(Refused, match="chưa có danh hiệu"):
        _submit(year, content=RegistrationContent())
    assert not Registration.objects.exists()


def test_after_forwarding_it_is_not_withdrawn(year):
    _submit(year)
    actions.forward_registrations(cycle=_cycle(year), by=year.actor("binh"))
    with pytest.raises(Refused):
        actions.withdraw_registration(registration=_registration(year), by=year.actor("an"))
    with pytest.raises(Refused):
        actions.forward_registrations(cycle=_cycle(year), by=year.actor("binh"))


def test_registered_is_what_was_sent(year):
    actions.save_registration(registration=_registration(year), content=FULL, revision=0, by=year.actor("an"))
    assert not registered(_cycle(year)).exists()
    actions.submit_registration(registration=_registration(year), by=year.actor("an"))
    assert [(line.honour_kind, line.recipient) for line in registered(_cycle(year))] == [
        ("CO_TINH", "Sở Y tế"),
        ("CSTD_CS", "Nguyễn Văn An"),
        ("TT_LDXS", "Phòng Nghiệp vụ Y"),
    ]
    assert registrations(_cycle(year), date(2019, 12, 16)).totals["CO_TINH"] == 1


def test_duties_follow_the_due_date(year):
    set_due(year.cycle, "registration", date(2019, 3, 15))
    by_unit = _duties(year, date(2019, 3, 10))
    assert {duty.state for duty in by_unit.values()} == {State.SOON}
    _submit(year, at=moment(date(2019, 3, 18)))
    by_unit = _duties(year, date(2019, 3, 20))
    assert by_unit[year.units["y_te"].pk].state is State.DONE
    assert by_unit[year.units["giao_duc"].pk].fact == "trễ 5"
    act = registration_act(_cycle(year), by=year.actor("binh", moment(date(2019, 3, 20))))
    assert [duty.verb for duty in act.head_duties] == ["Xem tổng hợp đăng ký", "Xem đơn vị chưa gửi"]
    assert act.fact == "1/3 đơn vị"


def _duties(year, on):
    act = registration_act(_cycle(year), by=year.actor("an", moment(on)))
    return {duty.unit_id: duty for duty in act.duties}


def test_the_list_asks_as_much_for_one_as_for_three(
    year, as_user, django_assert_num_queries, django_assert_max_num_queries
):
    dung, page = as_user("dung"), year.address("dang-ky", "tong-hop")
    _submit(year)
    dung.get(page)
    with django_assert_max_num_queries(40) as first:
        dung.get(page)
    _submit(year, "giang", "giao_duc")
    _submit(year, "hai", "van_hoa")
    with django_assert_num_queries(len(first.captured_queries)):
        dung.get(page)


def test_compiled_papers_and_excel(year, as_user):
    _submit(year)
    dung = as_user("dung")
    assert dung.get(year.address("dang-ky", "tong-hop", "excel")).content[:2] == b"PK"
    assert dung.get(year.address("dang-ky", "tong-hop", "van-ban", "pdf")).content[:4] == b"%PDF"
    assert dung.get(year.address("dang-ky", "tong-hop", "van-ban", "docx")).content[:2] == b"PK"
    assert dung.get(year.address("dang-ky", "tong-hop", "van-ban", "exe")).status_code == 404
