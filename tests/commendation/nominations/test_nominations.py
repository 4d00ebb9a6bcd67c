"""A cluster's package, from the ballot to the ledger of honours."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests.emulation.conferences import steps
from tests.emulation.scoring import test_thematic as thematic
from tests.story import Story, moment, set_due
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.duties import State
from thidua.base.notices.models import Notice
from thidua.commendation.nominations import actions, duties
from thidua.commendation.nominations.actions import NominationText
from thidua.commendation.nominations.models import Appraisal, Nomination, Outcome, Package
from thidua.commendation.nominations.queries import nomination_lines, quotas_of, visible_packages
from thidua.emulation.clusters.models import Regulation
from thidua.emulation.movements.actions import apply_movement, launch_movement
from thidua.emulation.movements.models import Movement
from thidua.emulation.scoring.actions import publish
from thidua.honours.models import Honour
from thidua.voting.counting import quota

Users = Callable[..., Client]


def regulated(year: Story, **changed: Any) -> Regulation:
    return Regulation.objects.create(
        cluster=year.bloc,
        version=2,
        state="adopted",
        effective_from=date(2019, 6, 1),
        adopted_at=moment(date(2019, 6, 1)),
        adopted_by="Hội nghị khối",
        **changed,
    )


def prepared(year: Story) -> Package:
    """A package after a sealed conference: Sở Y tế leads, Sở Giáo dục is added for the certificate."""
    steps.sealed(year)
    package = actions.prepare_package(cycle=year.cycle, by=year.actor("binh"))
    actions.nominate(package=package, text=merit(year, "giao_duc"), by=year.actor("binh"))
    return package


def merit(year: Story, unit: str, **more: Any) -> NominationText:
    return NominationText(unit=year.units[unit], honour_kind="BK_TINH", summary="Hoàn thành xuất sắc", **more)


def received(year: Story) -> Package:
    package = actions.submit_package(package=prepared(year), by=year.actor("binh"))
    return actions.receive_package(package=package, by=year.actor("dung"))


def test_the_acclaimed_unit_is_proposed_for_the_flag(year: Story, as_user: Users) -> None:
    steps.sealed(year)
    page = as_user("binh").post(year.address("de-nghi", "lap"))
    assert page.url == year.address("de-nghi", "1")
    row = Nomination.objects.get()
    assert (row.unit, row.honour_kind, row.leads) == (year.units["y_te"], "CO_TINH", True)
    assert "2/3 phiếu" in row.leads_how
    shown = as_user("binh").get(page.url).content.decode()
    assert "Cờ thi đua của Ủy ban nhân dân tỉnh" in shown
    assert "Không đăng ký" in shown


def test_what_was_registered_stands_beside(year: Story) -> None:
    from thidua.emulation.clusters.models import Registration, RegistrationLine

    package = prepared(year)
    sent = Registration.objects.create(cycle=year.cycle, unit=year.units["y_te"], state="forwarded")
    RegistrationLine.objects.create(
        registration=sent, honour_kind="CO_TINH", recipient="Sở Y tế", is_unit=True
    )
    other = Registration.objects.create(cycle=year.cycle, unit=year.units["giao_duc"], state="forwarded")
    RegistrationLine.objects.create(registration=other, honour_kind="TT_LDXS", recipient="x", is_unit=True)
    first, second = nomination_lines(package)
    assert first.registered == "Đã đăng ký"
    assert second.registered == "Đã đăng ký Tập thể lao động xuất sắc"


def test_nobody_is_proposed_twice_for_a_kind(year: Story, as_user: Users) -> None:
    package = prepared(year)
    typed = {"unit": year.units["giao_duc"].pk, "honour_kind": "BK_TINH", "ground": "merit"}
    page = as_user("binh").post(year.address("de-nghi", "1", "them"), typed)
    assert page.status_code == 200
    assert "đã được đề nghị danh hiệu, hình thức này" in page.content.decode()
    row = package.nominations.get(honour_kind="BK_TINH")
    row.pk, row._state.adding = None, True
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "typed",
    [{"honour_kind": "KHONG_CO"}, {"unit": "x"}, {"unit": "0"}, {"ground": "x"}, {"honour_kind": "CSTD_CS"}],
)
def test_unfit_proposals_are_said(year: Story, as_user: Users, typed: dict[str, str]) -> None:
    prepared(year)
    good = {
        "unit": year.units["van_hoa"].pk,
        "honour_kind": "BK_TINH",
        "ground": "merit",
        "summary": "Thành tích",
    }
    page = as_user("binh").post(year.address("de-nghi", "1", "them"), good | typed)
    assert page.status_code == 200
    assert "Thành tích" in page.content.decode()
    assert Nomination.objects.count() == 2


def test_a_person_of_a_unit_is_proposed_by_name(year: Story) -> None:
    package = prepared(year)
    text = NominationText(unit=year.units["y_te"], honour_kind="CSTD_TINH", recipient="Bà Trần Thị Lan")
    row = actions.nominate(package=package, text=text, by=year.actor("binh"))
    assert (row.recipient, row.is_unit) == ("Bà Trần Thị Lan", False)
    with pytest.raises(Refused, match="không phải thành viên"):
        actions.nominate(package=package, text=merit(year, "dan_toc"), by=year.actor("binh"))


def test_over_the_quota_needs_a_reason(year: Story, as_user: Users) -> None:
    regulated(year, merit_quota_number=1)
    package = prepared(year)
    actions.nominate(package=package, text=merit(year, "van_hoa"), by=year.actor("binh"))
    sentence = "Bằng khen: quy chế cho 1; đang đề nghị 2, vượt 1."
    assert sentence in as_user("binh").get(year.address("de-nghi", "1")).content.decode()
    with pytest.raises(Refused, match="Ghi lý do vượt chỉ tiêu cho 1 đề nghị"):
        actions.submit_package(package=package, by=year.actor("binh"))
    row = package.nominations.get(unit=year.units["van_hoa"])
    reasoned = merit(year, "van_hoa", over_quota_reason="Hai đơn vị bằng điểm")
    actions.edit_nomination(nomination=row, text=reasoned, by=year.actor("binh"))
    actions.submit_package(package=package, by=year.actor("binh"))
    package.refresh_from_db()
    assert package.state == "submitted"


def test_a_movement_has_its_own_quota(year: Story, as_user: Users) -> None:
    regulated(year, merit_quota_number=2)
    package = prepared(year)
    movement = Movement(title="Thi đua chuyển đổi số", quota_collectives=1)
    movement.level, movement.authority = "province", year.units["tinh"]
    launchers = [year.units["tinh"]]
    movement = launch_movement(movement=movement, launchers=launchers, by=year.actor("dung"))
    apply_movement(cycle=year.cycle, movement=movement, by=year.actor("binh"))
    page = year.address("de-nghi", "1", "them")
    typed = {"honour_kind": "BK_TINH", "ground": "merit", "movement": str(movement.pk)}
    binh = as_user("binh")
    refused = binh.post(page, typed | {"unit": str(year.units["van_hoa"].pk)}).content.decode()
    assert "Đề nghị theo phong trào thì chọn loại hình" in refused
    for unit in ("van_hoa", "y_te"):
        package.nominations.filter(unit=year.units[unit], honour_kind="BK_TINH").delete()
        sent = binh.post(page, typed | {"ground": "movement", "unit": str(year.units[unit].pk)})
        assert sent.status_code == 302, sent.context["form"].errors
    told = "“Thi đua chuyển đổi số”: phong trào khen nhiều nhất 1 tập thể; đang đề nghị 2, vượt 1."
    assert told in binh.get(year.address("de-nghi", "1")).content.decode()
    with pytest.raises(Refused, match="Ghi lý do vượt chỉ tiêu cho 1 đề nghị"):
        actions.submit_package(package=package, by=year.actor("binh"))
    merits = next(
        one for one in quotas_of(year.cycle, package.nominations.all(), steps.DAY) if "Bằng" in one.name
    )
    assert merits.proposed == 1, "what is proposed for a movement is not of the year's certificates"


def test_a_proposal_for_a_movement_tells_the_place_in_its_own_table(year: Story, as_user: Users) -> None:
    of = thematic.expected(year)
    card = thematic.thematic(year, of)
    for unit, who, first in (("y_te", "an", "30"), ("van_hoa", "binh", "20"), ("giao_duc", "giang", "10")):
        thematic.write(year, card, unit, "self", who, first, "20")
        thematic.write(year, card, unit, "final", "binh", first, "20")
    publish(scorecard=card, by=year.actor("binh"))
    package = prepared(year)
    page = as_user("binh").get(year.address("de-nghi", "1", "them")).content.decode()
    assert "hạng 1 Sở Y tế (50 điểm), hạng 2 Sở VH, TT và DL (40 điểm)" in page
    actions.nominate(
        package=package,
        text=merit(year, "van_hoa", ground="movement", movement=of.movement),
        by=year.actor("binh"),
    )
    told = as_user("binh").get(year.address("de-nghi", "1")).content.decode()
    assert told.count("bảng điểm chuyên đề") == 1
    assert "hạng 2 bảng điểm chuyên đề (40 điểm)" in told


def test_over_the_quota_may_be_forbidden(year: Story) -> None:
    regulated(year, merit_quota_numerator=20, merit_quota_denominator=100, over_quota="forbid")
    package = prepared(year)
    (flag, merits) = quotas_of(year.cycle, package.nominations.all(), steps.DAY)
    assert merits.sentence == "Bằng khen: 20% của 3 đơn vị, làm tròn xuống, là 0; đang đề nghị 1, vượt 1."
    assert not flag.over
    row = package.nominations.get(honour_kind="BK_TINH")
    text = merit(year, "giao_duc", over_quota_reason="Có lý do")
    actions.edit_nomination(nomination=row, text=text, by=year.actor("binh"))
    with pytest.raises(Refused, match="Quy chế không cho phép"):
        actions.submit_package(package=package, by=year.actor("binh"))


def test_certificates_may_be_counted_of_the_rest(year: Story) -> None:
    regulated(
        year,
        merit_quota_numerator=1,
        merit_quota_denominator=2,
        merit_quota_of_rest=True,
        quota_rounding="up",
    )
    package = prepared(year)
    (_, merits) = quotas_of(year.cycle, package.nominations.all(), steps.DAY)
    assert merits.sentence == "Bằng khen: 50% của 2 đơn vị còn lại, làm tròn lên, là 1; đang đề nghị 1."


@pytest.mark.parametrize(("members", "allowed"), [(9, 1), (10, 2)])
def test_twenty_per_cent_rounded_down(members: int, allowed: int) -> None:
    assert quota(20, 100, members) == allowed


@given(members=st.integers(0, 200), top=st.integers(0, 100))
def test_a_share_never_allows_more_than_there_are(members: int, top: int) -> None:
    for rounding in ("down", "up", "nearest"):
        assert quota(top, 100, members, rounding) <= members


def test_the_package_waits_for_sealed_minutes(year: Story) -> None:
    steps.acclaimed(year)
    package = actions.prepare_package(cycle=year.cycle, by=year.actor("binh"))
    with pytest.raises(Refused, match="Biên bản hội nghị chưa chốt"):
        actions.submit_package(package=package, by=year.actor("binh"))


def test_the_package_goes_up_once_under_a_number(year: Story, as_user: Users) -> None:
    prepared(year)
    binh, url = as_user("binh"), year.address("de-nghi", "1")
    assert as_user("dung").get(url).status_code == 404  # not sent yet
    for _ in range(2):
        binh.post(url + "gui/")
    package = Package.objects.get()
    assert package.letter.symbol == "01/TTr-KTĐ"
    assert Notice.objects.filter(to__username="dung", key__startswith="nominations.submitted").count() == 1
    assert as_user("dung").get(url).status_code == 200
    assert "01/TTr-KTĐ" in as_user("dung").get("/de-nghi-khen-thuong/").content.decode()
    assert "01/TTr-KTĐ" not in as_user("chi").get("/de-nghi-khen-thuong/").content.decode()
    assert as_user("chi").get(url).status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic():
        Nomination.objects.update(summary="Khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        Nomination.objects.all().delete()


def test_the_whole_package_is_one_file(year: Story, as_user: Users) -> None:
    package = actions.submit_package(package=prepared(year), by=year.actor("binh"))
    response = as_user("dung").get(year.address("de-nghi", "1", "ho-so"))
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        names = archive.namelist()
        assert all(archive.read(name).startswith(b"%PDF") for name in names)
    assert names == [
        "01 Tờ trình kèm danh sách.pdf",
        "02 Biên bản hội nghị.pdf",
        "03 Biên bản kiểm phiếu.pdf",
    ]
    assert package.letter is not None
    assert as_user("an").get(year.address("de-nghi", "1", "to-trinh", "docx")).content.startswith(b"PK")


def test_a_returned_package_is_mended_and_sent_again(year: Story, as_user: Users) -> None:
    package = actions.submit_package(package=prepared(year), by=year.actor("binh"))
    dung, url = as_user("dung"), year.address("de-nghi", "1")
    assert dung.post(url + "tra-lai/", {"reason": ""}).status_code == 200
    assert dung.post(url + "tra-lai/", {"reason": "Thiếu tóm tắt thành tích"}).status_code == 302
    assert "Thiếu tóm tắt thành tích" in as_user("binh").get(url).content.decode()
    (told,) = duties.acts(year.cycle, by=year.actor("binh"))
    assert told.state == State.RETURNED
    assert told.head_duties[0].verb == "Bổ sung hồ sơ"
    package.refresh_from_db()
    row = package.nominations.get(honour_kind="CO_TINH")
    text = NominationText(unit=row.unit, honour_kind="CO_TINH", summary="Dẫn đầu")
    changed = actions.edit_nomination(nomination=row, text=text, by=year.actor("binh"))
    assert changed.leads  # stays what the conference said
    actions.submit_package(package=package, by=year.actor("binh"))
    package.refresh_from_db()
    assert package.letter.symbol == "02/TTr-KTĐ"


def test_members_and_the_head_do_not_judge(year: Story, as_user: Users) -> None:
    package = actions.submit_package(package=prepared(year), by=year.actor("binh"))
    url = year.address("de-nghi", "1")
    for name in ("an", "binh", "hai", "phuc", "son"):
        assert as_user(name).post(url + "tiep-nhan/").status_code == 403
        for word in ("tra-lai/", "tham-dinh/", "quyet-dinh/"):
            assert as_user(name).get(url + word).status_code == 403
    with pytest.raises(NotAllowed):
        actions.appraise(package=package, agreed=[], cut={}, by=year.actor("binh"))
    with pytest.raises(NotAllowed):
        actions.nominate(package=package, text=merit(year, "van_hoa"), by=year.actor("dung"))


def test_a_cut_needs_its_reason_and_every_line_an_opinion(year: Story, as_user: Users) -> None:
    package = received(year)
    flag, certificate = package.nominations.all()
    dung, url = as_user("dung"), year.address("de-nghi", "1", "tham-dinh")
    page = dung.post(url, {f"answer_{flag.pk}": "yes"})
    assert "Chưa có ý kiến với Sở Giáo dục và Đào tạo." in page.content.decode()
    page = dung.post(url, {f"answer_{flag.pk}": "yes", f"answer_{certificate.pk}": "no"})
    assert "Ghi lý do không đồng ý" in page.content.decode()
    assert not Appraisal.objects.exists()
    typed = {
        f"answer_{flag.pk}": "yes",
        f"answer_{certificate.pk}": "no",
        f"reason_{certificate.pk}": "Chưa đủ thành tích",
        "symbol": "12/BC-BTĐKT",
    }
    assert dung.post(url, typed).status_code == 302
    assert [(a.agreed, a.reason, a.symbol) for a in Appraisal.objects.order_by("pk")] == [
        (True, "", "12/BC-BTĐKT"),
        (False, "Chưa đủ thành tích", "12/BC-BTĐKT"),
    ]
    assert (
        "không đồng ý: Chưa đủ thành tích" in as_user("an").get(year.address("de-nghi", "1")).content.decode()
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Appraisal.objects.update(agreed=True)


def test_a_decision_enters_the_ledger_once(year: Story, as_user: Users) -> None:
    package = received(year)
    flag, certificate = package.nominations.all()
    actions.appraise(package=package, agreed=[flag.pk, certificate.pk], cut={}, by=year.actor("dung"))
    dung, url = as_user("dung"), year.address("de-nghi", "1", "quyet-dinh")
    decision = {
        "decision_symbol": "45/QĐ-UBND",
        "decision_date": "16/12/2019",
        "issuer": "Chủ tịch UBND tỉnh",
    }
    page = dung.post(url, {f"answer_{flag.pk}": "yes"})
    assert "Ghi đủ số, ngày và người ký quyết định." in page.content.decode()
    page = dung.post(url, decision | {f"answer_{flag.pk}": "yes", "decision_date": "01/01/2031"})
    assert "ở sau hôm nay" in page.content.decode()
    assert dung.post(url, decision | {f"answer_{flag.pk}": "yes"}).status_code == 302
    honour = Honour.objects.get()
    assert (honour.unit, honour.kind, honour.year) == (year.units["y_te"], "CO_TINH", 2019)
    assert honour.decision_symbol == "45/QĐ-UBND"
    package.refresh_from_db()
    assert package.state == "appraised"  # one line waits for its own decision
    with pytest.raises(Refused, match="không còn chờ quyết định"):
        actions.record_decision(
            package=package,
            granted=[flag.pk],
            refused={},
            decision_symbol="45/QĐ-UBND",
            decision_date=steps.DAY,
            issuer="Chủ tịch",
            by=year.actor("dung"),
        )
    actions.record_decision(
        package=package,
        granted=[],
        refused={certificate.pk: "Hội đồng không thông qua"},
        by=year.actor("dung"),
    )
    package.refresh_from_db()
    assert package.state == "decided"
    assert Honour.objects.count() == 1
    assert [(o.granted, o.reason) for o in Outcome.objects.order_by("pk")] == [
        (True, ""),
        (False, "Hội đồng không thông qua"),
    ]
    (told,) = duties.acts(year.cycle, by=year.actor("dung"))
    assert told.state == State.DONE
    assert Notice.objects.filter(to__username="an", key__startswith="nominations.decided").exists()


def test_the_standing_body_is_asked(year: Story) -> None:
    set_due(year.cycle, "nomination", steps.DAY - timedelta(2))
    (told,) = duties.acts(year.cycle, by=year.actor("binh"))
    assert (told.state, told.head_duties[0].verb) == (State.OVERDUE, "Lập hồ sơ")
    actions.submit_package(package=prepared(year), by=year.actor("binh"))
    (told,) = duties.acts(year.cycle, by=year.actor("dung"))
    (asked,) = told.head_duties
    assert (told.state, asked.verb, asked.unit_id) == (State.WAITING, "Tiếp nhận", year.units["ban_tdkt"].pk)


def test_a_draft_is_discarded_and_a_stale_letter_refused(year: Story, as_user: Users) -> None:
    package = prepared(year)
    actions.edit_package(
        package=package,
        addressee="Hội đồng",
        text="",
        conference=package.conference,
        revision=1,
        by=year.actor("binh"),
    )
    with pytest.raises(Stale):
        actions.edit_package(
            package=package, addressee="Khác", text="", conference=None, revision=1, by=year.actor("binh")
        )
    assert as_user("binh").post(year.address("de-nghi", "1", "xoa")).status_code == 302
    assert not Package.objects.exists()
    assert not visible_packages(year.actor("chi")).exists()


def test_one_package_is_in_hand_and_a_later_one_may_follow(year: Story) -> None:
    package = prepared(year)
    with pytest.raises(Refused, match="chưa gửi"):
        actions.prepare_package(cycle=year.cycle, by=year.actor("binh"))
    actions.submit_package(package=package, by=year.actor("binh"))
    later = actions.prepare_package(cycle=year.cycle, by=year.actor("binh"))
    assert later.number == 2
    assert not later.nominations.exists()  # the flag was proposed already


def test_more_lines_ask_no_more_queries(year: Story, as_user: Users, django_assert_num_queries: Any) -> None:
    package = prepared(year)
    binh = as_user("binh")
    pages = [year.address("de-nghi"), year.address("de-nghi", "1")]
    before = {}
    for page in pages:
        binh.get(page)
        with CaptureQueriesContext(connection) as one:
            binh.get(page)
        before[page] = len(one)
    for kind in ("TT_LDXS", "GK", "BK_TTG"):
        text = NominationText(unit=year.units["van_hoa"], honour_kind=kind)
        actions.nominate(package=package, text=text, by=year.actor("binh"))
    for page, number in before.items():
        with django_assert_num_queries(number):
            binh.get(page)
    assert binh.get(pages[0] + "?xuat=excel").content.startswith(b"PK")


def test_who_appraises_sees_the_verdict_and_what_the_law_leaves_open(year: Story, as_user: Users) -> None:
    package = received(year)
    address = year.address("de-nghi", str(package.number), "tham-dinh")
    page = as_user("dung").get(address).content.decode()
    assert "Cờ thi đua của Ủy ban nhân dân tỉnh" in page
    assert "Điều 26" in page, "the reasons stand beside what is proposed"
    assert "Xem cả hai cách" not in page
    late = as_user("dung", on=date(2026, 10, 15)).get(address).content.decode()
    assert "so=30/09/2026" in late, "received before the law changed, decided after"


def test_a_persons_honour_reaches_the_ledger_as_theirs(year: Story) -> None:
    package = prepared(year)
    text = NominationText(unit=year.units["y_te"], honour_kind="CSTD_CS", recipient="Nguyễn Văn An")
    reason = "Hội nghị vẫn đề nghị"
    actions.nominate(package=package, text=replace(text, warning_reason=reason), by=year.actor("binh"))
    actions.submit_package(package=package, by=year.actor("binh"))
    dung = year.actor("dung")
    actions.receive_package(package=package, by=dung)
    rows = list(package.nominations.all())
    actions.appraise(package=package, agreed=[row.pk for row in rows], cut={}, symbol="1/TTr", by=dung)
    actions.record_decision(
        package=package,
        granted=[row.pk for row in rows],
        refused={},
        decision_symbol="9/QĐ",
        decision_date=date(2019, 12, 16),
        issuer="Chủ tịch UBND tỉnh Mẫu",
        by=dung,
    )
    kept = Honour.objects.get(kind="CSTD_CS")
    assert (kept.person, kept.unit, kept.era) == (year.people["an"], None, "L2003_ND91")
