"""Records: An keeps those of Sở Y tế, Lan also the sensitive ones, Dung all, Chi sees nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.base.sheets.workbooks import upload
from tests.story import ALWAYS, Story
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.periods import Term
from thidua.base.sheets.actions import confirm_import, preview_import, undo_import
from thidua.organisations.models import Office, Person, Tenure
from thidua.records import actions
from thidua.records.actions import InitiativeText
from thidua.records.models import Discipline, Initiative, InitiativeUse, PendingMatter, Rating
from thidua.records.queries import initiative_counts, unrated

PAPER = {"decision_symbol": "12/QĐ-SYT", "decision_date": date(2019, 12, 5)}
MATTER = {"kind": "complaint", "since": date(2019, 11, 1), "told_by": "Thanh tra tỉnh"}
DISCIPLINE = {"form": "warning", "starts": date(2019, 3, 1), "decision_symbol": "3/QĐ-KL"}


def rate(story: Story, /, who: str = "an", by: str = "an", **more: Any) -> Rating:
    told = {"year": 2018, "level": "excellent", **PAPER}
    return actions.record_rating(
        unit=story.units["y_te"], person=story.people.get(who), by=story.actor(by), **{**told, **more}
    )


def initiative(year: Story, by: str = "an", **more: Any) -> Initiative:
    told = {
        "title": "Số hóa hồ sơ bệnh án",
        "scope": "unit",
        "recognised_by": "Giám đốc Sở Y tế",
        "decision_symbol": "45/QĐ-SYT",
        "decision_date": date(2019, 6, 10),
        "authors": [(year.people["an"], Decimal(60)), (year.people["lan"], Decimal(40))],
    }
    text = InitiativeText(**{**told, **more})
    return actions.record_initiative(unit=year.units["y_te"], text=text, by=year.actor(by))


def use(year: Story, made: Initiative, kind: str = "CSTD_CS", who: str = "an") -> InitiativeUse:
    return actions.record_use(
        initiative=made, person=year.people[who], kind=kind, year=2019, by=year.actor("an")
    )


def discipline(year: Story, by: str = "lan", **more: Any) -> Discipline:
    told = {"decision_date": date(2019, 2, 20), **DISCIPLINE, **more}
    return actions.record_discipline(
        unit=year.units["y_te"], person=year.people["an"], by=year.actor(by), **told
    )


def matter(year: Story, by: str = "lan", **more: Any) -> PendingMatter:
    told = {**MATTER, **more}
    return actions.report_matter(unit=year.units["y_te"], person=year.people["an"], by=year.actor(by), **told)


def test_a_person_is_rated_once_a_year_and_a_correction_keeps_its_history(year: Story) -> None:
    rate(year)
    corrected = rate(year, level="good")
    assert [row.level for row in Rating.objects.all()] == ["good"]
    assert [event.level for event in corrected.events.order_by("pgh_id")] == ["excellent", "good"]
    rate(year, who="", level="excellent")
    assert unrated([year.units["y_te"].pk], 2018, date(2019, 12, 16)) == {year.units["y_te"].pk: (1, 2)}
    for change, word in [
        ({"year": 2020}, "Chưa đến năm"),
        ({"decision_symbol": " "}, "số, ký hiệu"),
        ({"decision_date": date(2020, 1, 2)}, "sau hôm nay"),
        ({"who": "giang"}, "không giữ chức vụ"),
    ]:
        with pytest.raises(Refused, match=word):
            rate(year, **change)


def test_who_keeps_and_who_sees(year: Story, as_user) -> None:
    y_te = year.units["y_te"]
    rate(year)
    matter(year)
    for name in ("binh", "giang", "chi", "phuc", "quan", "son", "tam"):
        with pytest.raises(NotAllowed):
            rate(year, by=name)
        assert as_user(name).get(f"/ho-so/{y_te.pk}/").status_code in {403, 404}
    for name in ("an", "binh", "chi"):
        with pytest.raises(NotAllowed):
            matter(year, by=name)
    assert "Thanh tra tỉnh" not in as_user("an").get(f"/ho-so/{y_te.pk}/").text
    assert "Thanh tra tỉnh" in as_user("lan").get(f"/ho-so/{y_te.pk}/").text
    assert "Thanh tra tỉnh" in as_user("dung").get(f"/ho-so/{y_te.pk}/").text
    assert as_user("an").get("/ho-so/").headers["Location"] == f"/ho-so/{y_te.pk}/"
    assert "Ban Dân tộc" in as_user("dung").get("/ho-so/").text


def test_an_initiative_is_used_once(year: Story) -> None:
    made = initiative(year)
    use(year, made)
    use(year, made, kind="CSTD_TINH")  # a title after a lower title is not forbidden
    with pytest.raises(Refused, match="chỉ dùng một lần"):
        use(year, made, kind="BK_TINH")
    use(year, made, kind="BK_TINH", who="lan")  # the other author's own
    for kind in ("CSTD_CS", "BK_TTG", "BK_TINH"):
        with pytest.raises(Refused, match="chỉ dùng một lần"):
            use(year, made, kind=kind, who="lan")
    with pytest.raises(Refused, match="không phải tác giả"):
        use(year, made, who="giang")
    with pytest.raises(Refused, match="đã dùng để xét khen"):
        actions.remove_initiative(initiative=made, by=year.actor("an"))


def test_an_initiative_has_authors_whose_shares_do_not_pass_the_whole(year: Story) -> None:
    an, lan, giang = (year.people[name] for name in ("an", "lan", "giang"))
    for authors, word in [
        ([], "ít nhất một tác giả"),
        ([(an, Decimal(70)), (lan, Decimal(40))], "quá 100%"),
        ([(an, None), (an, None)], "hai lần"),
        ([(giang, None)], "Không tác giả nào"),
    ]:
        with pytest.raises(Refused, match=word):
            initiative(year, authors=authors)
    initiative(year)
    with pytest.raises(Refused, match="đã có"):
        initiative(year)
    initiative(year, title="Khám từ xa", scope="province", decision_date=date(2018, 5, 5))
    unit = year.units["y_te"].pk
    assert initiative_counts([unit], Term(date(2019, 1, 1), date(2020, 1, 1))) == {unit: {"unit": 1}}


def test_discipline_ends_or_is_annulled_and_a_matter_is_concluded_once(year: Story) -> None:
    lan = year.actor("lan")
    row = actions.end_discipline(discipline=discipline(year), ends=date(2020, 3, 1), by=lan)
    assert row.ends == date(2020, 3, 1)
    with pytest.raises(Refused, match="văn bản hủy bỏ"):
        actions.end_discipline(discipline=row, annulled_on=date(2019, 12, 1), by=lan)
    with pytest.raises(Refused, match="đã ghi"):
        discipline(year)
    held = matter(year)
    told = {"matter": held, "cleared_on": date(2019, 12, 10), "violation": False, "by": lan}
    with pytest.raises(Refused, match="không được để trống"):
        actions.conclude_matter(conclusion=" ", **told)
    actions.conclude_matter(conclusion="5/KL-TTr", **told)
    held.refresh_from_db()
    assert held.cleared_on == date(2019, 12, 10)
    with pytest.raises(Refused, match="đã có kết luận"):
        actions.conclude_matter(conclusion="5/KL-TTr", **told)


def test_the_database_refuses_nonsense(year: Story) -> None:
    rate(year)
    for change in (
        lambda: PendingMatter.objects.filter(pk=matter(year).pk).update(told_by=""),
        lambda: PendingMatter.objects.filter(pk=matter(year).pk).update(cleared_on=date(2019, 12, 1)),
        lambda: Discipline.objects.filter(pk=discipline(year).pk).update(ends=date(2018, 1, 1)),
        lambda: initiative(year).authors.update(share=120),
        lambda: Rating.objects.create(
            unit=year.units["y_te"],
            person=year.people["an"],
            year=2018,
            level="good",
            recorded_at=year.actor("an").at,
            **PAPER,
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


GOOD = [
    ["Đơn vị", "Họ và tên", "Năm", "Mức xếp loại", "Số, ký hiệu", "Ngày"],
    ["so y te", "Nguyễn Văn An", 2018, "Hoàn thành xuất sắc nhiệm vụ", "12/QĐ", date(2018, 12, 5)],
    ["Sở Y tế", None, 2018, "hoàn thành tốt nhiệm vụ", "13/QĐ", date(2018, 12, 6)],
]
BAD = [
    GOOD[0],
    ["Ban Dân tộc", "Đỗ Thị Chi", 2018, "Hoàn thành nhiệm vụ", "1/QĐ", date(2018, 12, 5)],
    ["Sở Y tế", "Vũ Thị Giang", 2018, "Hoàn thành nhiệm vụ", "1/QĐ", date(2018, 12, 5)],
    ["Sở Y tế", "Nguyễn Văn An", 2025, "Hoàn thành nhiệm vụ", "1/QĐ", date(2018, 12, 5)],
    ["Sở Y tế", "Nguyễn Văn An", 2018, "Giỏi", "1/QĐ", date(2018, 12, 5)],
    ["Sở Y tế", "Nguyễn Văn An", 2017, "Hoàn thành nhiệm vụ", "1/QĐ", date(2018, 12, 5)],
    ["Sở Y tế", "Nguyễn Văn An", 2017, "Hoàn thành nhiệm vụ", "1/QĐ", date(2018, 12, 5)],
]


def test_ratings_come_from_excel_and_go_back(year: Story, as_user) -> None:
    an = year.actor("an")
    wrong = preview_import(kind="ratings", upload=upload(BAD), by=an)
    assert [(fault["row"], fault["column"]) for fault in wrong.errors] == [
        (2, "Đơn vị"),
        (3, "Họ và tên"),
        (4, "Năm"),
        (5, "Mức xếp loại"),
        (7, "Năm"),
    ]
    batch = preview_import(kind="ratings", upload=upload(GOOD), by=an)
    assert not batch.errors
    assert not Rating.objects.exists(), "nothing is taken in by looking"
    confirm_import(batch=batch, by=an)
    assert Rating.objects.filter(person=year.people["an"], level="excellent").exists()
    assert Rating.objects.filter(person=None, unit=year.units["y_te"], level="good").exists()
    address = f"/nhap-excel/luot/{batch.pk}/"
    assert as_user("an").get(address).status_code == 200
    assert as_user("chi").get(address).status_code == 404, "another unit's file"
    assert as_user("dung").get(address).status_code == 404
    undo_import(batch=batch, by=an)
    assert not Rating.objects.exists()


def test_what_was_corrected_after_the_import_is_not_swept_away(year: Story) -> None:
    an = year.actor("an")
    batch = confirm_import(batch=preview_import(kind="ratings", upload=upload(GOOD), by=an), by=an)
    rate(year, level="completed", by="dung", decision_date=date(2019, 12, 1))
    Rating.objects.filter(level="completed").update(recorded_at=year.actor("dung").at.replace(hour=11))
    with pytest.raises(Refused, match="được sửa sau khi nhập"):
        undo_import(batch=batch, by=an)


def test_initiatives_and_discipline_come_from_excel(year: Story) -> None:
    lan = year.actor("lan")
    head = ["Đơn vị", "Tên sáng kiến", "Phạm vi", "Tác giả", "Người công nhận", "Số, ký hiệu", "Ngày"]
    tail = ["Giám đốc", "9/QĐ", date(2019, 5, 5)]
    rows = [head, ["Sở Y tế", "Khám từ xa", "Cơ sở", "Nguyễn Văn An (60); Trần Thị Lan (40)", *tail]]
    wrong = [head, ["Sở Y tế", "Khám từ xa", "Cơ sở", "Nguyễn Văn An (60); Trần Thị Lan (50)", *tail]]
    told = preview_import(kind="initiatives", upload=upload(wrong), by=lan).errors[0]["message"]
    assert "không quá 100" in told
    batch = confirm_import(batch=preview_import(kind="initiatives", upload=upload(rows), by=lan), by=lan)
    made = Initiative.objects.get()
    assert [(str(one.person), one.share) for one in made.authors.all()] == [
        ("Nguyễn Văn An", Decimal(60)),
        ("Trần Thị Lan", Decimal(40)),
    ]
    undo_import(batch=batch, by=lan)
    assert not Initiative.objects.exists()
    head = ["Đơn vị", "Họ và tên", "Hình thức", "Số, ký hiệu", "Ngày", "Hiệu lực từ", "Hết thời hạn"]
    days = [date(2019, 2, 20), date(2019, 3, 1), date(2020, 3, 1)]
    rows = [head, ["Sở Y tế", "Nguyễn Văn An", "Cảnh cáo", "3/QĐ", *days]]
    batch = confirm_import(batch=preview_import(kind="discipline", upload=upload(rows), by=lan), by=lan)
    assert Discipline.objects.get().ends == date(2020, 3, 1)
    undo_import(batch=batch, by=lan)
    with pytest.raises(NotAllowed):
        preview_import(kind="discipline", upload=upload(rows), by=year.actor("an"))


def test_an_writes_on_the_pages(year: Story, as_user) -> None:
    an, y_te = as_user("an"), year.units["y_te"].pk
    person = year.people["an"].pk
    told = {"person": person, "year": "2018", "level": "excellent", "decision_symbol": "1/QĐ"}
    kept = an.post(f"/ho-so/{y_te}/xep-loai/", {**told, "decision_date": "41/12/2018"})
    assert "ví dụ 31/12/2020" in kept.text
    assert "1/QĐ" in kept.text, "nothing typed is lost"
    an.post(f"/ho-so/{y_te}/xep-loai/", {**told, "decision_date": "5/12/2018"})
    assert "HTXSNV" in an.get(f"/ho-so/{y_te}/").text
    told = {
        "title": "Khám từ xa",
        "kind": "initiative",
        "scope": "unit",
        "authors": "Nguyễn Văn An; Người Lạ",
        "recognised_by": "Giám đốc",
        "decision_symbol": "9/QĐ",
        "decision_date": "5/5/2019",
    }
    assert "Không tìm thấy “Người Lạ”" in an.post(f"/ho-so/{y_te}/sang-kien/", told).text
    an.post(f"/ho-so/{y_te}/sang-kien/", {**told, "authors": "Nguyễn Văn An (100)"})
    made = Initiative.objects.get()
    used = {"person": person, "kind": "CSTD_CS", "year": "2019"}
    address = f"/ho-so/sang-kien/{made.pk}/"
    assert "Chiến sĩ thi đua cơ sở" in an.post(address, used, follow=True).text
    assert "chỉ dùng một lần" in an.post(address, {**used, "kind": "BK_TINH"}).text
    an.post(f"{address}da-dung/{InitiativeUse.objects.get().pk}/bo/")
    an.post(f"{address}bo/")
    assert not Initiative.objects.exists()
    an.post(f"/ho-so/{y_te}/hoan-canh/", {"is_remote": "on", "founded_on": "1/1/1990", "gets_flags": "True"})
    an.post(f"/ho-so/{y_te}/ca-nhan/{person}/", {"sex": "male", "is_direct": "True"})
    assert year.people["an"].profile.is_direct is True
    an.post(f"/ho-so/{y_te}/nghi/", {"person": person, "kind": "sick", "first": "1/2/2019"})
    assert "Nghỉ ốm".lower() in an.get(f"/ho-so/{y_te}/").text
    again = an.post(f"/ho-so/{y_te}/nghi/", {"person": person, "kind": "sick", "first": "1/3/2019"})
    assert "trùng" in again.text
    for odd in ("?nam=abc&ca-nhan=zz", "?ca-nhan=999999999999999999999"):
        assert an.get(f"/ho-so/{y_te}/xep-loai/{odd}").status_code == 200
    data = an.get(f"/ho-so/{y_te}/", {"dang": "excel"}).content
    assert CalamineWorkbook.from_object(BytesIO(data)).get_sheet_by_index(0).to_python()[1][2] == "2018"


def test_lan_writes_matters_on_the_pages(year: Story, as_user) -> None:
    lan, y_te = as_user("lan"), year.units["y_te"].pk
    told = {"person": year.people["an"].pk, "kind": "inspection", "since": "1/11/2019", "told_by": ""}
    assert "field-wrong" in lan.post(f"/ho-so/{y_te}/viec-dang-xem-xet/", told).text
    lan.post(f"/ho-so/{y_te}/viec-dang-xem-xet/", {**told, "told_by": "Thanh tra tỉnh"})
    held = PendingMatter.objects.get()
    told = {"cleared_on": "10/12/2019", "violation": "False", "conclusion": "5/KL"}
    lan.post(f"/ho-so/{y_te}/viec-dang-xem-xet/{held.pk}/", told)
    assert "không vi phạm" in lan.get(f"/ho-so/{y_te}/").text
    told = {**DISCIPLINE, "decision_date": "20/2/2019", "starts": "1/3/2019", "person": ""}
    lan.post(f"/ho-so/{y_te}/ky-luat/", told)
    row = Discipline.objects.get()
    lan.post(f"/ho-so/{y_te}/ky-luat/{row.pk}/", {"annulled_on": "1/12/2019", "annulled_by": "7/QĐ"})
    assert "Đã hủy bỏ theo 7/QĐ" in lan.get(f"/ho-so/{y_te}/").text
    lan.post(f"/ho-so/{y_te}/ky-luat/{row.pk}/bo/")
    assert not Discipline.objects.exists()


def test_pages_ask_the_same_questions_of_one_and_of_many(year: Story, as_user) -> None:
    y_te = year.units["y_te"]
    lan, dung = as_user("lan"), as_user("dung")

    def count() -> list[int]:
        told = []
        for client, address in ((lan, f"/ho-so/{y_te.pk}/"), (dung, "/ho-so/")):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            told.append(len(asked))
        return told

    def fill(number: int) -> None:
        office = Office.objects.create(unit=y_te, name=f"Chuyên viên {number}")
        someone = Person.objects.create(full_name=f"Người {number}")
        Tenure.objects.create(person=someone, office=office, term=ALWAYS)
        year.people[f"p{number}"] = someone
        rate(year, who=f"p{number}")
        made = initiative(year, title=f"Sáng kiến {number}", authors=[(someone, None)])
        use(year, made, who=f"p{number}")
        discipline(year, decision_symbol=f"{number}/QĐ")
        matter(year, since=date(2019, 11, number))
        actions.record_leave(
            unit=y_te, person=someone, kind="sick", first=date(2019, 1, 1), by=year.actor("an")
        )

    fill(1)
    count()
    few = count()
    fill(2)
    fill(3)
    assert count() == few


def test_each_list_goes_out_and_comes_in_under_the_same_columns(year: Story, as_user) -> None:
    rate(year)
    initiative(year)
    discipline(year, ends=date(2020, 3, 1))
    concluded = matter(year, document="5/TTr")
    matter(year, since=date(2019, 12, 1))
    lan = year.actor("lan")
    told = {"cleared_on": date(2019, 12, 1), "violation": False, "conclusion": "8/KL"}
    actions.conclude_matter(matter=concluded, by=lan, **told)
    address, client = f"/ho-so/{year.units['y_te'].pk}/", as_user("lan")
    lists = [
        ("xep-loai", "ratings", Rating),
        ("sang-kien", "initiatives", Initiative),
        ("ky-luat", "discipline", Discipline),
        ("viec-dang-xem-xet", "matters", PendingMatter),
    ]
    for name, kind, model in lists:
        data = client.get(address, {"dang": "excel", "bang": name}).content
        names = [field.name for field in model._meta.fields if not field.name.startswith("recorded")]
        kept = sorted(model.objects.values_list(*names[1:]))
        model.objects.all().delete()
        batch = preview_import(kind=kind, upload=SimpleUploadedFile("ho-so.xlsx", data), by=lan)
        assert batch.errors == [], name
        assert not model.objects.exists(), "nothing is taken in by looking"
        confirm_import(batch=batch, by=lan)
        assert sorted(model.objects.values_list(*names[1:])) == kept, name
        undo_import(batch=batch, by=lan)
        assert not model.objects.exists(), name
    assert as_user("an").get(address, {"dang": "excel", "bang": "ky-luat"}).status_code == 404
    assert client.get(address, {"dang": "excel", "bang": "la"}).status_code == 404
    book = CalamineWorkbook.from_object(BytesIO(as_user("an").get(address, {"dang": "excel"}).content))
    shown = ["Xếp loại", "Sáng kiến", "Chức vụ tương đương", "Điều đã xác nhận"]
    assert book.sheet_names == shown, "an officer is not told of the rest"


def test_what_an_initiative_was_used_for_goes_out_and_comes_in(year: Story, as_user) -> None:
    lan, made = year.actor("lan"), initiative(year)
    an = year.people["an"]
    actions.record_use(initiative=made, person=an, kind="CSTD_CS", year=2018, by=lan)
    actions.record_use(initiative=made, person=an, kind="CSTD_TINH", year=2019, by=lan)
    address = f"/ho-so/{year.units['y_te'].pk}/"
    data = as_user("lan").get(address, {"dang": "excel", "bang": "sang-kien"}).content
    InitiativeUse.objects.all().delete()
    Initiative.objects.all().delete()
    batch = preview_import(kind="initiatives", upload=SimpleUploadedFile("sang-kien.xlsx", data), by=lan)
    assert batch.errors == []
    confirm_import(batch=batch, by=lan)
    assert sorted(InitiativeUse.objects.values_list("person", "kind", "year")) == [
        (an.pk, "CSTD_CS", 2018),
        (an.pk, "CSTD_TINH", 2019),
    ]
    undo_import(batch=batch, by=lan)
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("uses", "told"),
    [
        ("đã dùng", "Không đọc được “đã dùng”"),
        ("Nguyễn Văn An: Giải nhất 2018", "Không có danh hiệu, hình thức tên “Giải nhất”"),
        ("Trần Thị Lan: Chiến sĩ thi đua cơ sở 2018", "không phải tác giả"),
        ("Nguyễn Văn An: Chiến sĩ thi đua cơ sở 2031", "Năm 2031 không đúng hoặc chưa đến"),
        ("Nguyễn Văn An: CSTD_CS 2018; Nguyễn Văn An: BK_TINH 2019", "chỉ dùng một lần"),
    ],
)
def test_a_use_that_cannot_be_is_told_by_row(year: Story, uses: str, told: str) -> None:
    head = ["Đơn vị", "Tên sáng kiến", "Phạm vi", "Tác giả", "Người công nhận", "Số, ký hiệu", "Ngày"]
    row = ["Sở Y tế", "Khám từ xa", "Cơ sở", "Nguyễn Văn An", "Giám đốc", "9/QĐ", date(2019, 5, 5), uses]
    rows = [[*head, "Đã dùng để xét"], row]
    (fault,) = preview_import(kind="initiatives", upload=upload(rows), by=year.actor("lan")).errors
    assert fault["column"] == "Đã dùng để xét"
    assert told in fault["message"]


def test_what_is_wrong_in_a_matter_is_told_by_row(year: Story) -> None:
    head = ["Đơn vị", "Việc", "Từ ngày", "Cơ quan, người thông báo", "Ngày kết luận", "Kết luận"]
    kind, day = "Đơn khiếu nại, tố cáo đang xác minh", date(2019, 11, 1)
    rows = [
        head,
        ["Sở Y tế", kind, date(2020, 1, 1), "Thanh tra", None, None],
        ["Sở Y tế", kind, day, "Thanh tra", date(2019, 10, 1), "Có vi phạm"],
        ["Sở Y tế", kind, day, "Thanh tra", date(2019, 12, 1), None],
        ["Sở Y tế", kind, day, "Thanh tra", date(2019, 12, 1), "Có vi phạm"],
        ["Sở Y tế", kind, day, "Thanh tra", None, None],
        ["Sở Y tế", kind, day, "Thanh tra", None, None],
        ["Ban Dân tộc", kind, day, "Thanh tra", None, None],
    ]
    batch = preview_import(kind="matters", upload=upload(rows), by=year.actor("lan"))
    assert [(fault["row"], fault["column"]) for fault in batch.errors] == [
        (2, "Từ ngày"),
        (3, "Ngày kết luận"),
        (4, "Kết luận"),
        (5, "Văn bản kết luận"),
        (7, "Việc"),
        (8, "Đơn vị"),
    ]


def test_a_rating_is_corrected_and_taken_back_where_it_stands(year: Story, as_user) -> None:
    made, an = rate(year), as_user("an")
    address = f"/ho-so/{year.units['y_te'].pk}/xep-loai/"
    page = an.get(address, {"ca-nhan": year.people["an"].pk, "nam": "2018"}).text
    assert "đã ghi hoàn thành xuất sắc nhiệm vụ" in page
    assert "12/QĐ-SYT" in page, "what stands is shown to be corrected"
    for odd in ({"ca-nhan": "x", "nam": "²"}, {"ca-nhan": "9" * 30, "nam": "-1"}):
        assert an.get(address, odd).status_code == 200
    an.post(f"{address}{made.pk}/bo/")
    assert not Rating.objects.exists()
    row = matter(year)
    as_user("lan").post(f"/ho-so/{year.units['y_te'].pk}/viec-dang-xem-xet/{row.pk}/bo/")
    assert not PendingMatter.objects.exists()
