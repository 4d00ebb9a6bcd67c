"""Clusters, their members, those in charge and their years, through the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.story import Story, add_bloc
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.periods import Term
from thidua.documents.models import Paper
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.models import Cluster, Cycle, Headship, Membership, Oversight
from thidua.emulation.clusters.queries import due, leading_unit_ids, members, members_now, visible_cycle
from thidua.organisations.models import Unit

AsUser = Callable[..., Client]
NEW = {
    "name": "Cụm thi đua các huyện, thành phố tỉnh Mẫu",
    "short_name": "Cụm huyện, thành phố",
    "kind": "cluster",
    "level": "province",
    "symbol": "CTĐ",
    "founding": "Quyết định 12/QĐ-UBND",
    "starts": "1/3/2019",
}


def test_dung_founds_a_cluster_and_lets_units_join(year: Story, as_user: AsUser) -> None:
    dung = as_user("dung")
    answer = dung.post("/cum-thi-dua/tao-moi/", NEW | {"authority": year.units["tinh"].pk})
    cluster = Cluster.objects.get(symbol="CTĐ")
    assert answer.headers["Location"] == f"/cum-thi-dua/{cluster.address}/thanh-vien/"
    assert cluster.address == "cum-thi-dua-cac-huyen-thanh-pho-tinh-mau"
    assert cluster.standing_body == year.standing_body
    assert Entry.objects.get(verb="clusters.create_cluster").actor_name == "Ngô Thị Dung"

    chosen = [year.units["y_te"].pk, year.units["dan_toc"].pk]
    dung.post(f"/cum-thi-dua/{cluster.address}/thanh-vien/", {"units": chosen, "starts": "05.03.2019"})
    page = dung.get(f"/cum-thi-dua/{cluster.address}/").content.decode()
    assert "Sở Y tế" in page
    assert "Ban Dân tộc" in page
    # A unit may stand in several clusters.
    assert year.units["y_te"].memberships.count() == 2


def test_a_bad_form_keeps_what_was_typed(year: Story, as_user: AsUser) -> None:
    dung = as_user("dung")
    typed = NEW | {"authority": year.units["tinh"].pk, "starts": "31/2/2019", "name": year.bloc.name}
    page = dung.post("/cum-thi-dua/tao-moi/", typed)
    assert page.status_code == 200
    assert "Ghi ngày theo dạng" in page.content.decode()
    assert "31/2/2019" in page.content.decode()
    page = dung.post("/cum-thi-dua/tao-moi/", typed | {"starts": "1/3/2019"})
    assert "Đã có cụm, khối mang tên này." in page.content.decode()
    assert Cluster.objects.count() == 2


@pytest.mark.parametrize("name", ["an", "lan", "binh", "hai", "chi", "phuc", "son"])
def test_only_the_standing_body_founds_clusters(year: Story, as_user: AsUser, name: str) -> None:
    assert as_user(name).get("/cum-thi-dua/tao-moi/").status_code == 403
    details = actions.ClusterDetails(
        kind="bloc", level="province", name="K", short_name="K", symbol="K", starts=date(2019, 1, 1)
    )
    with pytest.raises(NotAllowed):
        actions.create_cluster(authority=year.units["tinh"], details=details, by=year.actor(name))


def test_chi_sees_nothing_of_the_other_bloc(year: Story, as_user: AsUser) -> None:
    chi = as_user("chi")
    assert year.bloc.name not in chi.get("/cum-thi-dua/").content.decode()
    assert year.other_bloc.name in chi.get("/cum-thi-dua/").content.decode()
    pages = ("", "sua/", "thanh-vien/", "theo-doi/", "van-ban-chi-dao/", "mo-nam/", "2019/thiet-lap/")
    for page in pages:
        assert chi.get(f"/cum-thi-dua/khoi-vhxh/{page}").status_code == 404, page


def test_an_sees_but_does_not_manage(year: Story, as_user: AsUser) -> None:
    an = as_user("an")
    assert an.get("/cum-thi-dua/khoi-vhxh/").status_code == 200
    for page in ("sua/", "thanh-vien/", "theo-doi/", "van-ban-chi-dao/", "mo-nam/", "2019/thiet-lap/"):
        assert an.get(f"/cum-thi-dua/khoi-vhxh/{page}").status_code == 403, page
    assert an.post("/cum-thi-dua/khoi-vhxh/thanh-vien/thu-tu/", {"thu-tu-1": "1"}).status_code == 403
    assert an.post(year.address("thiet-lap", "khep-lai")).status_code == 403


def test_list_finds_without_marks_and_exports(year: Story, as_user: AsUser) -> None:
    dung = as_user("dung")
    page = dung.get("/cum-thi-dua/", {"tim": "van hoa", "loai": "bloc", "cap": "province"}).content.decode()
    assert '<a href="/cum-thi-dua/khoi-vhxh/">' in page
    assert '<a href="/cum-thi-dua/khoi-noi-chinh/">' not in page
    assert "Không có cụm, khối nào như vậy" in dung.get("/cum-thi-dua/", {"tim": "zzz"}).content.decode()
    assert dung.get("/cum-thi-dua/", {"loai": "bậy", "trang": "x", "sap-xep": "-1"}).status_code == 200
    file = dung.get("/cum-thi-dua/", {"xuat": "excel", "tim": "van hoa"})
    rows = CalamineWorkbook.from_filelike(BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert rows[1][1] == year.bloc.name
    assert rows[1][5] == 3
    assert rows[1][7] == "Sở Văn hóa, Thể thao và Du lịch"


def test_list_takes_the_same_queries_for_more_clusters(year: Story, as_user: AsUser) -> None:
    an = as_user("an")
    an.get("/cum-thi-dua/")
    one = count_queries(an, "/cum-thi-dua/")
    add_bloc(year, "Khối thi đua Ba tỉnh Mẫu", "khoi-ba", ("y_te", "giao_duc"))
    add_bloc(year, "Khối thi đua Bốn tỉnh Mẫu", "khoi-bon", ("dan_toc", "y_te"))
    assert count_queries(an, "/cum-thi-dua/") == one
    assert "<strong>3</strong> cụm, khối thi đua" in an.get("/cum-thi-dua/").content.decode()


def count_queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_cluster_of_a_day_keeps_those_who_left(year: Story, as_user: AsUser) -> None:
    dung = as_user("dung")
    leaving = Membership.objects.get(cluster=year.bloc, unit=year.units["giao_duc"])
    address = f"/cum-thi-dua/khoi-vhxh/thanh-vien/{leaving.pk}/ket-thuc/"
    page = dung.post(address, {"last": "30/06/2019", "reason": ""}).content.decode()
    assert "30/06/2019" in page
    dung.post(address, {"last": "30/06/2019", "reason": "Chuyển sang khối khác"})
    assert [m.unit.short_name for m in members_now(year.cycle, date(2019, 12, 16))] == [
        "Sở VH, TT và DL",
        "Sở Y tế",
    ]
    assert len(members(year.cycle)) == 3  # it belonged during the year
    before = dung.get("/cum-thi-dua/khoi-vhxh/", {"ngay": "30/6/2019"}).content.decode()
    assert "ngày 30/06/2019" in before
    assert "3 đơn vị" in before
    after = dung.get("/cum-thi-dua/khoi-vhxh/").content.decode()
    assert "2 đơn vị" in after
    assert "Chuyển sang khối khác" in after
    assert dung.get("/cum-thi-dua/khoi-vhxh/", {"ngay": "hôm qua"}).status_code == 200


def test_the_head_does_not_leave_in_its_year(year: Story) -> None:
    head = Membership.objects.get(cluster=year.bloc, unit=year.units["van_hoa"])
    with pytest.raises(Refused, match="chọn đơn vị khác trước"):
        actions.end_membership(membership=head, last=date(2019, 6, 30), reason="x", by=year.actor("dung"))
    actions.end_membership(membership=head, last=date(2019, 12, 31), reason="Hết năm", by=year.actor("dung"))


def test_joining_twice_is_refused_by_action_and_database(year: Story) -> None:
    with pytest.raises(Refused, match="đã là thành viên"):
        actions.add_members(
            cluster=year.bloc, units=[year.units["y_te"]], starts=date(2019, 5, 1), by=year.actor("dung")
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            cluster=year.bloc, unit=year.units["y_te"], position=9, term=Term(date(2019, 5, 1))
        )


def test_members_are_put_in_order(year: Story, as_user: AsUser) -> None:
    ids = {m.unit.short_name: m.pk for m in members(year.cycle)}
    places = {"Sở GD và ĐT": 1, "Sở VH, TT và DL": 2, "Sở Y tế": 3}
    typed = {f"thu-tu-{ids[name]}": str(place) for name, place in places.items()}
    as_user("dung").post("/cum-thi-dua/khoi-vhxh/thanh-vien/thu-tu/", typed | {"thu-tu-x": "1", "la": "2"})
    assert [m.unit.short_name for m in members(year.cycle)] == list(places)


def test_who_is_in_charge(year: Story, as_user: AsUser) -> None:
    dung = as_user("dung")
    typed = {"person": year.people["phuc"].pk, "kind": "council_member", "starts": "01/01/2019"}
    dung.post("/cum-thi-dua/khoi-vhxh/theo-doi/", typed)
    assert "Đặng Văn Phúc" in dung.get("/cum-thi-dua/khoi-vhxh/").content.decode()
    again = dung.post("/cum-thi-dua/khoi-vhxh/theo-doi/", typed).content.decode()
    assert "đã được phân công từ 01/01/2019" in again
    charge = Oversight.objects.get()
    dung.post(f"/cum-thi-dua/khoi-vhxh/theo-doi/{charge.pk}/ket-thuc/")
    charge.refresh_from_db()
    assert charge.term.upper == date(2019, 12, 16)


def test_guidance_is_cited(year: Story, as_user: AsUser) -> None:
    paper = Paper.objects.create(
        direction="reference",
        kind="HD",
        issuer_name="UBND tỉnh Mẫu",
        subject="hoạt động của cụm, khối thi đua",
        dated=date(2019, 5, 4),
        year=2019,
        state="sealed",
        registered_at=year.actor("dung").at,
    )
    dung = as_user("dung")
    dung.post("/cum-thi-dua/khoi-vhxh/van-ban-chi-dao/", {"papers": [paper.pk]})
    assert "hoạt động của cụm, khối thi đua" in as_user("an").get("/cum-thi-dua/khoi-vhxh/").content.decode()


def test_the_next_year_is_opened_with_due_dates(year: Story, as_user: AsUser) -> None:
    year.other_bloc.regulations.create(
        version=1,
        state="adopted",
        effective_from=date(2019, 1, 1),
        adopted_at=year.actor("dung").at,
        deadlines={"covenant": "03-15", "year_end_conference": "+1-01-10", "bậy": "x"},
    )
    dung = as_user("dung")
    page = dung.get("/cum-thi-dua/khoi-noi-chinh/mo-nam/").content.decode()
    assert "01/01/2020" in page
    assert "31/12/2020" in page
    typed = {"name": "2020", "starts": "01/01/2020", "last": "31/12/2020", "theme": "Chủ đề"}
    answer = dung.post("/cum-thi-dua/khoi-noi-chinh/mo-nam/", typed | {"head": year.units["dan_toc"].pk})
    assert answer.headers["Location"] == "/cum-thi-dua/khoi-noi-chinh/2020/thiet-lap/"
    opened = visible_cycle(year.actor("khang"), "khoi-noi-chinh", "2020")
    assert due(opened, "covenant") == date(2020, 3, 15)
    assert due(opened, "year_end_conference") == date(2021, 1, 10)
    assert leading_unit_ids(opened) == {year.units["dan_toc"].pk}
    again = dung.post("/cum-thi-dua/khoi-noi-chinh/mo-nam/", typed).content.decode()
    assert "Trùng ngày với năm 2020" in again
    assert Cycle.objects.filter(cluster=year.other_bloc).count() == 2


def test_the_head_opens_the_next_year_and_a_member_does_not(year: Story) -> None:
    opened = actions.open_cycle(cluster=year.bloc, by=year.actor("binh"), head=year.units["y_te"])
    assert (opened.name, opened.term) == ("2020", Term(date(2020, 1, 1), date(2021, 1, 1)))
    with pytest.raises(NotAllowed):
        actions.open_cycle(cluster=year.bloc, by=year.actor("an"))


def test_a_school_year_follows_a_school_year(year: Story) -> None:
    Cycle.objects.filter(pk=year.other_cycle.pk).update(
        name="2018–2019", address="2018-2019", term=Term(date(2018, 8, 1), date(2019, 8, 1))
    )
    opened = actions.open_cycle(cluster=year.other_bloc, by=year.actor("dung"))
    assert (opened.name, opened.address) == ("2019–2020", "2019-2020")
    assert opened.term == Term(date(2019, 8, 1), date(2020, 8, 1))


def test_settings_of_the_year(year: Story, as_user: AsUser) -> None:
    binh = as_user("binh")
    settings = year.address("thiet-lap")
    assert binh.get(settings).status_code == 200
    binh.post(settings, {"name": "2019", "starts": "01/01/2019", "last": "31/12/2019", "theme": "Kỷ cương"})
    year.cycle.refresh_from_db()
    assert year.cycle.theme == "Kỷ cương"
    page = binh.post(settings, {"name": "2019", "starts": "01/02/2019", "last": "01/01/2019", "theme": ""})
    assert "Ngày cuối phải sau ngày đầu" in page.content.decode()
    binh.post(settings + "han/", {"covenant": "26/2/2019", "year_report": "10/12/2019"})
    fresh = visible_cycle(year.actor("an"), "khoi-vhxh", "2019")
    assert due(fresh, "covenant") == date(2019, 2, 26)
    page = binh.post(settings + "han/", {"covenant": "mai"})
    assert page.status_code == 200
    assert "Ghi ngày theo dạng" in page.content.decode()
    # The head does not choose its own successor outside a handover.
    assert binh.post(settings + "truong/", {"head": year.units["y_te"].pk}).status_code == 403


def test_heads_are_members(year: Story, as_user: AsUser) -> None:
    dung = as_user("dung")
    address = year.address("thiet-lap", "truong")
    y_te, giao_duc = year.units["y_te"].pk, year.units["giao_duc"].pk
    dung.post(address, {"head": y_te, "first_deputy": giao_duc})
    assert leading_unit_ids(visible_cycle(year.actor("dung"), "khoi-vhxh", "2019")) == {y_te, giao_duc}
    page = dung.post(address, {"head": year.units["dan_toc"].pk})
    assert page.status_code == 200  # not among the choices
    page = dung.post(address, {"head": y_te, "first_deputy": y_te}).content.decode()
    assert "mỗi đơn vị một vai" in page
    with pytest.raises(Refused, match="không phải thành viên"):
        actions.choose_heads(cycle=year.cycle, head=year.units["dan_toc"], by=year.actor("dung"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Headship.objects.create(cycle=year.cycle, unit=year.units["van_hoa"], office="head")


def test_a_year_is_closed_after_its_end_and_reopened(year: Story, as_user: AsUser) -> None:
    with pytest.raises(Refused, match="còn đến hết ngày 31/12/2019"):
        actions.close_cycle(cycle=year.cycle, by=year.actor("binh"))
    later = as_user("binh", on=date(2020, 1, 8))
    later.post(year.address("thiet-lap", "khep-lai"))
    year.cycle.refresh_from_db()
    assert year.cycle.closed_at is not None
    page = later.post(
        year.address("thiet-lap"), {"name": "2019", "starts": "01/01/2019", "last": "31/12/2019", "theme": ""}
    )
    assert "đã khép lại" in page.content.decode()
    assert later.post(year.address("thiet-lap", "mo-lai")).status_code == 403
    as_user("dung").post(year.address("thiet-lap", "mo-lai"))
    year.cycle.refresh_from_db()
    assert year.cycle.closed_at is None


def test_a_unit_that_ended_does_not_join(year: Story) -> None:
    gone = Unit.objects.create(
        kind="department",
        name="Sở cũ",
        short_name="Sở cũ",
        existence=Term(date(2000, 1, 1), date(2018, 1, 1)),
    )
    with pytest.raises(Refused, match="thôi hoạt động"):
        actions.add_members(cluster=year.bloc, units=[gone], starts=date(2019, 5, 1), by=year.actor("dung"))
