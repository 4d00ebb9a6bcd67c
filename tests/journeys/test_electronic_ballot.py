"""Eleven delegates, three trustees and the screen in the room, each with a browser of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import press, said
from tests.journeys.server import ROOT
from tests.journeys.watch import barriers, overflow
from thidua.base.periods import now, stand_on
from thidua.organisations.queries import actor
from thidua.voting import actions, queries
from thidua.voting.models import Ballot, BoardEntry

STAND_ON = date(2020, 1, 7)
DAY = date(2020, 1, 8)
CODES = ["bhxh", "cdndt", "cdcd", "vhttdl", "tttt", "khcn", "yte", "dantoc", "gddt", "ptth", "ldtbxh"]
TRUSTEES = ["khcn", "dantoc", "cdcd"]
PageAs = Callable[..., Page]


def by(login: str):
    from thidua.base.accounts.models import User

    with stand_on(DAY):
        return actor(User.objects.get(username=login), at=now())


@pytest.fixture
def ballot(site: str) -> Ballot:
    """The bloc's vote for its leading unit, electronically, with roll sealed and committee named."""
    from thidua.organisations.models import Unit
    from thidua.voting.counting import Share

    chair = by("bhxh.gv")
    units = {code: by(f"{code}.cv") for code in CODES}
    homes = {code: Unit.objects.get(pk=next(iter(one.units()))) for code, one in units.items()}
    made = actions.create_ballot(
        title="Suy tôn đơn vị dẫn đầu khối năm 2019",
        question="Mỗi đơn vị một phiếu, chọn một đơn vị, không bầu cho đơn vị mình.",
        held_by="Khối thi đua Văn hóa – Xã hội tỉnh Bắc Kạn",
        occasion="Hội nghị tổng kết năm 2019, ngày 08/01/2020",
        mode="electronic",
        about_type="journey",
        about_id=1,
        owner_unit=homes["bhxh"],
        manager_units=[homes["bhxh"]],
        reader_units=homes.values(),
        options=[(unit, unit.name) for unit in homes.values()],
        roll=[(unit, f"Đại biểu {unit.short_name}", "Đại diện") for unit in homes.values()],
        seats=1,
        choices_max=1,
        threshold=Share(1, 2, strict=True),
        threshold_base="members",
        quorum=Share(2, 3),
        max_rounds=2,
        own_unit_allowed=False,
        tie_break="Trưởng, phó khối thống nhất",
        by=chair,
    )
    members = [
        (str(units[code].user), homes[code], units[code].user, "chair" if n == 0 else "member")
        for n, code in enumerate(TRUSTEES)
    ]
    made = actions.name_committee(ballot=made, members=members, by=chair)
    return actions.seal_roll(ballot=made, by=chair)


def choose(page: Page, name: str) -> None:
    """Tick an option and seal the ballot."""
    page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Niêm phong phiếu").click()
    expect(page.get_by_role("heading", name="Phiếu đã niêm phong, chưa vào hòm")).to_be_visible()


def cast(page: Page, name: str) -> None:
    choose(page, name)
    page.get_by_role("button", name="Bỏ phiếu", exact=True).click()
    expect(page.get_by_role("heading", name="Phiếu của anh/chị đã vào hòm")).to_be_visible()


def test_a_bloc_votes_electronically(page_as: PageAs, site: str, ballot: Ballot, tmp_path: Path) -> None:
    here = f"{site}/bo-phieu/{ballot.pk}"
    chair = page_as("bhxh.gv", on=DAY)
    holders = [page_as(f"{code}.cv", on=DAY) for code in TRUSTEES]

    # The chair names who holds the key; each makes a part of it on the own machine.
    chair.goto(f"{here}/dien-tu/nguoi-giu-khoa/")
    for n, code in enumerate(TRUSTEES):
        chair.locator(f"#id_trustees-{n}-user").select_option(str(by(f"{code}.cv").user.pk))
    chair.get_by_label("Số người cần có để mở phiếu").fill("2")
    press(chair, "Cử người giữ khóa")
    for page in holders:
        page.goto(f"{here}/dien-tu/giu-khoa/")
        page.get_by_role("button", name="Tạo khóa").click()
    for page in holders:
        page.get_by_role("button", name="Mọi vân tay đều đúng, tiếp tục").click()
    for n, page in enumerate(holders):
        if n == 0:
            page.get_by_role("button", name="Tạo bản giấy").click()
            expect(page.get_by_role("img", name="Bản sao lưu đã mã hóa")).to_be_visible()
            page.get_by_role("button", name="Đã in và chép mật khẩu").click()
        else:
            page.get_by_role("button", name="Không cần bản giấy").click()
        expect(page.get_by_role("heading", name="Đã giữ phần khóa")).to_be_visible()

    # The committee makes its signing keys and prints slips; one delegate uses her own phone instead.
    signers = [page_as(f"{code}.cv", on=DAY) for code in TRUSTEES[:2]]
    for page in signers:
        page.goto(f"{here}/dien-tu/khoa-ky/")
        page.get_by_role("button", name="Tạo khóa ký trên máy này").click()
        said(page, "Máy chủ đã nhận khóa ký")
    delegates = {code: page_as(f"{code}.cv", on=DAY, size="phone") for code in CODES}
    own = delegates["yte"]
    own.goto(f"{here}/dien-tu/nhan-the/")
    own.get_by_role("button", name="Tạo thẻ trên máy này").click()
    said(own, "Máy chủ đã nhận thẻ của anh/chị")
    slips = signers[0]
    slips.goto(f"{here}/dien-tu/phieu-ma/")
    slips.get_by_role("button", name="Tạo phiếu mã").click()
    said(slips, "Đã tạo 10 phiếu mã")
    codes = dict(
        zip([c for c in CODES if c != "yte"], slips.locator(".slip-code").all_inner_texts(), strict=True)
    )

    # Sealed, read aloud, opened.
    chair.goto(f"{here}/dien-tu/")
    assert barriers(chair) == []
    press(chair, "Niêm phong")
    said(chair, "Đã niêm phong")
    press(chair, "Đã đọc, cả danh sách đúng")
    said(chair, "Đã xác nhận 11/11")
    chair.goto(here + "/")
    press(chair, "Ghi tất cả có mặt")
    press(chair, "Mở bỏ phiếu")
    said(chair, "Đã mở bỏ phiếu")
    room = page_as("bhxh.cv", on=DAY)
    room.goto(f"{here}/man-chieu/")
    expect(room.locator(".room-count")).to_contain_text("0/11")

    # Eleven delegates vote: one checks her device first, one votes twice, one has lost her slip.
    def enter(code: str) -> Page:
        page = delegates[code]
        page.goto(f"{here}/dien-tu/phieu-bau/" + ("" if code == "yte" else f"#ma={codes[code]}"))
        return page

    lost = "gddt"
    for code in CODES:
        if code == lost:
            continue
        page = enter(code)
        if code == "tttt":
            assert barriers(page) == []
            assert overflow(page) == 0
            choose(page, "Ban Dân tộc")
            page.get_by_role("button", name="Kiểm tra máy").click()
            said(page, "Phiếu này đã mở, không được tính.")
            second = page_as("vhttdl.ld", on=DAY, size="phone")
            page.get_by_text("Không có máy khác quét được?").click()
            second.goto(page.locator(".vote-check-link").get_attribute("href"))
            expect(second.get_by_role("heading", name="Máy kia đã mã hóa đúng")).to_be_visible()
            said(second, "Ban Dân tộc")
            page.get_by_role("button", name="Khớp, chọn và bỏ phiếu lại").click()
        favourite = "Bảo hiểm Xã hội tỉnh" if code != "bhxh" else "Sở Y tế"
        cast(page, favourite)
    again = delegates["cdcd"]
    again.get_by_role("button", name="Bỏ lại").click()
    cast(again, "Sở Y tế")

    proposer = signers[1]
    proposer.goto(f"{here}/dien-tu/khoa-ky/")
    entry = ballot.roll.get(person_name__contains="Giáo dục")
    proposer.get_by_label("Cử tri").select_option(str(entry.pk))
    proposer.get_by_role("button", name="Tạo phiếu mã mới và ký").click()
    codes[lost] = proposer.locator(".slip-code").inner_text()
    signers[0].on("dialog", lambda dialog: dialog.accept())
    signers[0].goto(f"{here}/dien-tu/khoa-ky/")
    signers[0].get_by_role("button", name="Ký thay thẻ").click()
    said(signers[0], "bảng kê đã ghi thẻ mới")
    cast(enter(lost), "Bảo hiểm Xã hội tỉnh")
    expect(room.locator(".room-count")).to_contain_text("11/11")

    # Closed; two of three trustees type the mark of the screen.
    chair.goto(here + "/")
    press(chair, "Đóng bỏ phiếu")
    expect(room.locator(".room-board")).to_contain_text("Dấu lúc đóng hòm")
    mark = room.locator(".room-mark").inner_text()
    for page in (holders[0], holders[2]):
        page.get_by_label("Dấu trên màn chiếu").fill(mark)
        page.get_by_role("button", name="Giải phiếu").click()
        expect(page.get_by_role("heading", name="Đã giải phiếu")).to_be_visible()
    expect(room.locator(".room-result")).to_contain_text("Bảo hiểm Xã hội")
    ballot.refresh_from_db()
    found = queries.outcome(ballot)
    assert found is not None
    assert sorted(found.votes.values(), reverse=True)[:3] == [9, 2, 0]

    # Anybody takes the package home and checks it there.
    chair.goto(f"{here}/ket-qua/")
    with chair.expect_download() as told:
        chair.get_by_role("link", name="Tải gói chứng cứ").click()
    kept = tmp_path / "goi.zip"
    told.value.save_as(kept)
    checked = subprocess.run(
        [sys.executable, str(ROOT / "tools/kiemphieu.py"), "goi", str(kept)], check=False, capture_output=True
    )
    assert checked.returncode == 0, checked.stdout.decode()
    assert BoardEntry.objects.filter(election__ballot=ballot, type="audited").count() == 1
