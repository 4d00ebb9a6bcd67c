"""An import is looked at, confirmed, undone; nothing is lost and nothing done twice."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from tests.base.sheets.workbooks import upload
from tests.story import Story
from thidua.base.sheets.models import ImportBatch
from thidua.organisations.models import Person, Tenure, Unit

UNITS = ["Tên đơn vị", "Tên gọn", "Loại", "Ký hiệu", "Trực thuộc", "Từ ngày"]
DISTRICT = "Huyện, quận, thị xã, thành phố thuộc tỉnh"
GOOD = [
    UNITS,
    ["Huyện Ba Bể", "Ba Bể", DISTRICT, "UBND", "UBND tỉnh Mẫu", date(2010, 1, 1)],
    ["Phòng Nội vụ huyện Ba Bể", "", "Đơn vị trực thuộc", "PNV", "Huyện Ba Bể", None],
]
PEOPLE = ["Họ và tên", "Đơn vị", "Chức vụ", "Là lãnh đạo", "Từ ngày", "Đến hết ngày"]


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def preview(client, rows, kind: str = "don-vi"):
    return client.post(f"/nhap-excel/{kind}/", {"file": upload(rows)}, follow=True)


def test_dung_imports_units_and_takes_them_back(year: Story, as_user) -> None:
    dung = as_user("dung")
    page = preview(dung, GOOD)
    batch = ImportBatch.objects.get()
    assert "Không thấy lỗi" in page.text
    assert f">{DISTRICT}</td>" in page.text, "as it was written, not as it is kept"
    assert not Unit.objects.filter(name="Huyện Ba Bể").exists(), "nothing happens before confirming"
    dung.post(f"/nhap-excel/luot/{batch.pk}/", {"confirm": ""})
    room = Unit.objects.get(name="Phòng Nội vụ huyện Ba Bể")
    assert room.parent is not None
    assert room.parent.name == "Huyện Ba Bể"
    again = dung.post(f"/nhap-excel/luot/{batch.pk}/", {"confirm": ""})
    assert again.status_code == 409
    assert Unit.objects.filter(name="Huyện Ba Bể").count() == 1
    dung.post(f"/nhap-excel/luot/{batch.pk}/", {"undo": ""})
    assert not Unit.objects.filter(name__contains="Ba Bể").exists()
    batch.refresh_from_db()
    assert batch.state == "undone"


def test_faulty_rows_are_listed_and_come_back_in_ones_own_file(year: Story, as_user) -> None:
    dung = as_user("dung")
    page = preview(
        dung,
        [
            UNITS,
            ["Sở Y tế", "", "Sở, ban, ngành, cơ quan", "", "UBND tỉnh Mẫu", "32/01/2020"],
            ["Huyện Na Rì", "", DISTRICT, "", "Tỉnh Không Có", None],
            ["Huyện Ngân Sơn", "", DISTRICT, "", "UBND tỉnh Mẫu", None],
        ],
    )
    batch = ImportBatch.objects.get()
    assert "2 dòng có lỗi" in page.text
    assert "Đã có đơn vị tên Sở Y tế" in page.text
    refused = dung.post(f"/nhap-excel/luot/{batch.pk}/", {"confirm": ""})
    assert refused.status_code == 409
    assert not Unit.objects.filter(name="Huyện Ngân Sơn").exists(), "all rows or none"
    marked = dung.get(f"/nhap-excel/luot/{batch.pk}/tep-bao-loi/").content
    table = CalamineWorkbook.from_object(BytesIO(marked)).get_sheet_by_index(0).to_python()
    assert table[0][-1] == "Lỗi"
    assert "không phải là ngày" in table[1][-1]
    assert table[3][-1] == ""


def test_people_with_two_offices_are_one_person(year: Story, as_user) -> None:
    dung = as_user("dung")
    preview(
        dung,
        [
            PEOPLE,
            ["Nông Thị Yến", "Sở Y tế", "Phó Giám đốc", "Có", "01/02/2018", "31/12/2019"],
            ["Nông Thị Yến", "Sở Y tế", "Bí thư Đảng ủy", "Có", "01/02/2018", None],
            ["Nguyễn Văn An", "Sở Y tế", "Trưởng phòng", "Không", "01/01/2020", None],
        ],
        "ca-nhan",
    )
    batch = ImportBatch.objects.get()
    before = Person.objects.count()
    dung.post(f"/nhap-excel/luot/{batch.pk}/", {"confirm": ""})
    assert Person.objects.count() == before + 1, "An is known at his unit"
    assert Tenure.objects.filter(person__full_name="Nông Thị Yến").count() == 2
    deputy = Tenure.objects.get(office__name="Phó Giám đốc")
    assert deputy.term.upper == date(2020, 1, 1), "the last day is still a day in office"
    dung.post(f"/nhap-excel/luot/{batch.pk}/", {"undo": ""})
    assert Person.objects.count() == before
    assert not Tenure.objects.filter(office__name="Trưởng phòng").exists()


def test_overlapping_terms_in_the_file_are_told(year: Story, as_user) -> None:
    rows = [
        PEOPLE,
        ["Nông Thị Yến", "Sở Y tế", "Phó Giám đốc", "", "01/02/2018", "31/12/2019"],
        ["Nông Thị Yến", "Sở Y tế", "Phó Giám đốc", "", "31/12/2019", None],
        ["Nông Thị Yến", "Sở Không Có", "Phó Giám đốc", "", "31/12/2019", "01/01/2019"],
    ]
    page = preview(as_user("dung"), rows, "ca-nhan")
    assert "đã giữ chức vụ này" in page.text
    assert "Không tìm thấy đơn vị tên “Sở Không Có”" in page.text


def test_undo_is_refused_once_a_unit_is_used(year: Story, as_user) -> None:
    dung = as_user("dung")
    preview(dung, GOOD)
    batch = ImportBatch.objects.get()
    dung.post(f"/nhap-excel/luot/{batch.pk}/", {"confirm": ""})
    Unit.objects.create(
        kind="sub_unit",
        name="Đội một",
        short_name="Đội một",
        parent=Unit.objects.get(name="Huyện Ba Bể"),
        existence=year.units["tinh"].existence,
    )
    refused = dung.post(f"/nhap-excel/luot/{batch.pk}/", {"undo": ""})
    assert "đã được dùng ở nơi khác" in refused.text
    assert Unit.objects.filter(name="Phòng Nội vụ huyện Ba Bể").exists(), "taken back whole or not at all"


def test_a_broken_file_is_refused_beside_the_field(year: Story, as_user) -> None:
    page = as_user("dung").post("/nhap-excel/don-vi/", {"file": upload(GOOD, formula=(1, 2))})
    assert page.status_code == 200
    assert "có công thức" in page.text
    assert as_user("dung").post("/nhap-excel/don-vi/", {}).status_code == 200


def test_only_those_who_manage_units_import_them(year: Story, as_user) -> None:
    for name in ("an", "lan", "binh", "chi", "phuc", "quan", "son"):
        assert as_user(name).get("/nhap-excel/don-vi/").status_code == 403, name
    preview(as_user("dung"), GOOD)
    batch = ImportBatch.objects.get()
    assert as_user("chi").get(f"/nhap-excel/luot/{batch.pk}/").status_code == 404
    assert as_user("dung").get("/nhap-excel/khong-co/").status_code == 404


def test_a_unit_outside_ones_authority_is_told_in_its_row(year: Story, as_user) -> None:
    rows = [UNITS, ["Tỉnh Khác", "", "Tỉnh, thành phố", "", "", None]]
    page = preview(as_user("dung"), rows)
    assert "không quản lý cấp này" in page.text


def test_the_template_can_be_filled_in_and_read(year: Story, as_user) -> None:
    data = as_user("dung").get("/nhap-excel/don-vi/tep-mau/").content
    book = CalamineWorkbook.from_object(BytesIO(data))
    assert book.get_sheet_by_index(0).to_python()[0] == UNITS
    assert "Cột" in book.get_sheet_by_index(1).to_python()[0]
