"""Eleven delegates, three trustees and the screen in the room, each with a browser of their own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import press, said
from tests.journeys.server import ROOT
from tests.journeys.watch import barriers, overflow
from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.periods import now, stand_on
from thidua.organisations.models import Unit
from thidua.organisations.queries import actor
from thidua.voting import actions, queries
from thidua.voting.counting import Share
from thidua.voting.models import Ballot, BoardEntry

STAND_ON = date(2020, 1, 7)
DAY = date(2020, 1, 8)
CODES = ["bhxh", "cdndt", "cdcd", "vhttdl", "tttt", "khcn", "yte", "dantoc", "gddt", "ptth", "ldtbxh"]
OWN_PHONE, CHECKS, TWICE, LOST = "yte", "tttt", "cdcd", "gddt"
TRUSTEES = ["khcn", "dantoc", "cdcd"]
PageAs = Callable[..., Page]
PAPERS = {"printed": 12, "unused": 1, "issued": 11, "returned": 11, "valid": 11}
LEADER, OTHER, TRIAL = "Bảo hiểm Xã hội tỉnh", "Sở Y tế", "Ban Dân tộc"


@dataclass
class Walk:
    """The ballot, who sits before which browser, and the codes on the slips."""

    ballot: Ballot
    here: str
    page_as: PageAs
    chair: Page
    room: Page
    holders: list[Page]
    signers: list[Page]
    delegates: dict[str, Page]
    codes: dict[str, str] = field(default_factory=dict)
    sealed: str = ""  # the mark of the manifest, as the room's screen shows it

    def enter(self, code: str) -> Page:
        """The delegate opens the voting page: by the picture on the slip, or on the enrolled phone."""
        page = self.delegates[code]
        slip = f"#ma={self.codes[code]}" if code in self.codes else ""
        page.goto(f"{self.here}/dien-tu/phieu-bau/{slip}")
        return page


def by(login: str) -> Actor:
    with stand_on(DAY):
        return actor(User.objects.get(username=login), at=now())


def draw_up(mode: str) -> Ballot:
    """The bloc's vote for its leading unit, with roll sealed and committee named."""
    chair = by("bhxh.gv")
    units = {code: by(f"{code}.cv") for code in CODES}
    homes = {code: Unit.objects.get(pk=next(iter(one.units()))) for code, one in units.items()}
    made = actions.create_ballot(
        title="Suy tôn đơn vị dẫn đầu khối năm 2019",
        question="Mỗi đơn vị một phiếu, chọn một đơn vị, không bầu cho đơn vị mình.",
        held_by="Khối thi đua Văn hóa – Xã hội tỉnh Bắc Kạn",
        occasion="Hội nghị tổng kết năm 2019, ngày 08/01/2020",
        mode=mode,
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


@pytest.fixture
def ballot(site: str) -> Ballot:
    """The vote, held electronically."""
    return draw_up("electronic")


def choose(page: Page, name: str) -> None:
    """Tick an option and seal the ballot."""
    page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Niêm phong phiếu").click()
    expect(page.get_by_role("heading", name="Phiếu đã niêm phong, chưa vào hòm")).to_be_visible()


def cast(page: Page, name: str) -> None:
    choose(page, name)
    page.get_by_role("button", name="Bỏ phiếu", exact=True).click()
    expect(page.get_by_role("heading", name="Phiếu của anh/chị đã vào hòm")).to_be_visible()


def make_the_key(walk: Walk) -> None:
    """The chair names who holds the key; each makes a part of it, one keeps a paper copy."""
    walk.chair.goto(f"{walk.here}/dien-tu/nguoi-giu-khoa/")
    for n, code in enumerate(TRUSTEES):
        walk.chair.locator(f"#id_trustees-{n}-user").select_option(label=str(by(f"{code}.cv").user))
    walk.chair.get_by_label("Số người cần có để mở phiếu").fill("2")
    press(walk.chair, "Cử người giữ khóa")
    said(walk.chair, "Đã cử người giữ khóa")
    for page in walk.holders:
        page.goto(f"{walk.here}/dien-tu/giu-khoa/")
        page.get_by_role("button", name="Tạo khóa").click()
    room = walk.room
    room.goto(f"{walk.here}/man-chieu/")
    expect(room.locator(".room-aloud")).to_contain_text("Đã gửi cam kết")
    for page in walk.holders:
        page.get_by_role("button", name="Mọi vân tay đều đúng, tiếp tục").click()
    first, *rest = walk.holders
    first.get_by_role("button", name="Tạo bản giấy").click()
    expect(first.get_by_role("img", name="Bản sao lưu đã mã hóa")).to_be_visible()
    first.get_by_role("button", name="Đã in và chép mật khẩu").click()
    for page in rest:
        page.get_by_role("button", name="Không cần bản giấy").click()
    for page in walk.holders:
        expect(page.get_by_role("heading", name="Đã giữ phần khóa")).to_be_visible()


def give_credentials(walk: Walk) -> None:
    """The committee makes signing keys and prints slips; one delegate uses her own phone instead."""
    for page in walk.signers:
        page.goto(f"{walk.here}/dien-tu/khoa-ky/")
        page.get_by_role("button", name="Tạo khóa ký trên máy này").click()
        said(page, "Máy chủ đã nhận khóa ký")
    own = walk.delegates[OWN_PHONE]
    own.goto(f"{walk.here}/dien-tu/nhan-the/")
    own.get_by_role("button", name="Tạo thẻ trên máy này").click()
    said(own, "Máy chủ đã nhận thẻ của anh/chị")
    slips = walk.signers[0]
    slips.goto(f"{walk.here}/dien-tu/phieu-ma/")
    slips.get_by_role("button", name="Tạo phiếu mã").click()
    said(slips, "Đã tạo 10 phiếu mã")
    texts = slips.locator(".slip-code").all_inner_texts()
    walk.codes = dict(zip([code for code in CODES if code != OWN_PHONE], texts, strict=True))


def compare_what_was_sealed(walk: Walk) -> None:
    """Two trustees find on their own machines the mark of the screen in the room and say so; one is away."""
    expect(walk.room.locator(".room-seal")).to_be_visible()
    walk.sealed = walk.room.locator(".room-seal").inner_text()
    for page in (walk.holders[0], walk.holders[2]):
        expect(page.locator(".mark-big code")).to_have_text(walk.sealed)
        page.get_by_role("button", name="Đã đối chiếu, đúng").click()
        expect(page.get_by_role("heading", name="Đã giữ phần khóa")).to_be_visible()
    assert barriers(walk.holders[1]) == []


def seal_and_open(walk: Walk) -> None:
    """Sealed, read aloud, opened; the screen in the room shows nought of eleven."""
    chair = walk.chair
    chair.goto(f"{walk.here}/dien-tu/")
    assert barriers(chair) == []
    press(chair, "Niêm phong")
    said(chair, "Đã niêm phong")
    own = walk.delegates[OWN_PHONE].locator(".mark-big code").inner_text()
    expect(walk.room.locator(".room-aloud")).to_contain_text(own)
    press(chair, "Đã đọc, cả danh sách đúng")
    said(chair, "Đã xác nhận 11/11")
    compare_what_was_sealed(walk)
    chair.goto(f"{walk.here}/")
    said(chair, f"Chưa đối chiếu dấu bản niêm phong với màn chiếu: {by(f'{TRUSTEES[1]}.cv').user}.")
    press(chair, "Ghi tất cả có mặt")
    said(chair, "có mặt 11")
    press(chair, "Mở bỏ phiếu")
    said(chair, "Đã mở bỏ phiếu")
    expect(walk.room.locator(".room-count")).to_contain_text("0/11")


def check_the_device(walk: Walk) -> None:
    """A delegate opens a trial ballot; a second phone builds it anew and finds the same."""
    page = walk.enter(CHECKS)
    expect(page.locator(".vote-compared code")).to_have_text(walk.sealed)
    assert barriers(page) == []
    assert overflow(page) == 0
    choose(page, TRIAL)
    page.get_by_role("button", name="Kiểm tra máy").click()
    said(page, "Phiếu này đã mở, không được tính.")
    page.get_by_text("Không có máy khác quét được?").click()
    second = walk.page_as("vhttdl.ld", on=DAY, size="phone")
    second.goto(page.locator(".vote-check-link").get_attribute("href") or "")
    expect(second.get_by_role("heading", name="Máy kia đã mã hóa đúng")).to_be_visible()
    said(second, TRIAL)
    page.get_by_role("button", name="Khớp, chọn và bỏ phiếu lại").click()
    cast(page, LEADER)


def replace_the_lost_slip(walk: Walk) -> None:
    """Two members of the committee sign; the new slip votes in the place of the old."""
    proposer, joiner = walk.signers[1], walk.signers[0]
    proposer.goto(f"{walk.here}/dien-tu/khoa-ky/")
    entry = walk.ballot.roll.get(person_name__contains="Giáo dục")
    proposer.get_by_label("Cử tri").select_option(str(entry.pk))
    proposer.get_by_role("button", name="Tạo phiếu mã mới và ký").click()
    walk.codes[LOST] = proposer.locator(".slip-code").inner_text()
    joiner.on("dialog", lambda dialog: dialog.accept())
    joiner.goto(f"{walk.here}/dien-tu/khoa-ky/")
    joiner.get_by_role("button", name="Ký thay thẻ").click()
    said(joiner, "bảng kê đã ghi thẻ mới")
    cast(walk.enter(LOST), LEADER)


def everybody_votes(walk: Walk) -> None:
    """One checks her device first, one votes twice, one has lost her slip."""
    check_the_device(walk)
    for code in CODES:
        if code not in {LOST, CHECKS}:
            cast(walk.enter(code), OTHER if code == "bhxh" else LEADER)
    again = walk.delegates[TWICE]
    again.get_by_role("button", name="Bỏ lại").click()
    cast(again, OTHER)
    replace_the_lost_slip(walk)


def close_and_count(walk: Walk) -> None:
    """Two of three trustees type the mark they see on the screen; the third has not come."""
    room = walk.room
    expect(room.locator(".room-count")).to_contain_text("11/11")
    walk.chair.goto(f"{walk.here}/")
    press(walk.chair, "Đóng bỏ phiếu")
    expect(room.locator(".room-board")).to_contain_text("Dấu lúc đóng hòm")
    mark = room.locator(".room-mark").inner_text()
    for page in (walk.holders[0], walk.holders[2]):
        page.get_by_label("Dấu trên màn chiếu").fill(mark)
        page.get_by_role("button", name="Giải phiếu").click()
        expect(page.get_by_role("heading", name="Đã giải phiếu")).to_be_visible()
    expect(room.locator(".room-result")).to_contain_text("Được chọn")


def take_home(walk: Walk, kept: Path) -> None:
    """Anybody takes the package home and checks it there, with either program."""
    walk.chair.goto(f"{walk.here}/ket-qua/")
    checker = walk.chair.get_by_role("link", name="Kiểm trên trình duyệt").get_attribute("href")
    with walk.chair.expect_download() as told:
        walk.chair.get_by_role("link", name="Tải gói chứng cứ").click()
    told.value.save_as(kept)
    checked = subprocess.run(
        [sys.executable, str(ROOT / "tools/kiemphieu.py"), "goi", str(kept)], check=False, capture_output=True
    )
    assert checked.returncode == 0, checked.stdout.decode()
    home = walk.page_as("yte.ld", on=DAY)
    home.goto(walk.here.split("/bo-phieu/")[0] + str(checker))
    home.locator("#package").set_input_files(kept)
    home.get_by_role("button", name="Kiểm gói này").click()
    report = home.locator("#report")
    expect(report).to_contain_text("Giờ chạy tới, nằm trong khoảng mở và đóng – qua")
    expect(report).to_contain_text(f"{LEADER}9đạt")


def vote_on_paper(walk: Walk) -> Ballot:
    """The same bloc gives the same votes on paper: two of the committee type what each counted."""
    paper = draw_up("paper")
    entries = list(paper.roll.values_list("pk", flat=True))
    for mark in ("present", "received"):
        actions.mark_roll(ballot=paper, entries=entries, mark=mark, value=True, by=by("bhxh.gv"))
        if mark == "present":
            paper = actions.open_ballot(ballot=paper, by=by("bhxh.gv"))
    actions.close_ballot(ballot=paper, by=by("bhxh.gv"))
    options = {option.label: option.pk for option in paper.options.all()}
    votes = {f"option_{options[LEADER]}": 9, f"option_{options[OTHER]}": 2}
    told = ("Chờ người thứ hai nhập độc lập.", "Hai lần nhập khớp nhau.")
    for page, answer in zip(walk.signers, told, strict=True):
        page.goto(f"{walk.here.rsplit('/', 1)[0]}/{paper.pk}/kiem-phieu/")
        for box in page.locator(".counting input.count").all():
            box.fill("0")
        for name, number in (PAPERS | votes).items():
            page.locator(f"#id_{name}").fill(str(number))
        press(page, "Ghi số liệu của tôi")
        expect(page.get_by_text(answer)).to_be_visible()
    paper.refresh_from_db()
    return paper


def test_a_bloc_votes_electronically(page_as: PageAs, site: str, ballot: Ballot, tmp_path: Path) -> None:
    walk = Walk(
        ballot=ballot,
        here=f"{site}/bo-phieu/{ballot.pk}",
        page_as=page_as,
        chair=page_as("bhxh.gv", on=DAY),
        room=page_as("bhxh.cv", on=DAY),
        holders=[page_as(f"{code}.cv", on=DAY) for code in TRUSTEES],
        signers=[page_as(f"{code}.cv", on=DAY) for code in TRUSTEES[:2]],
        delegates={code: page_as(f"{code}.cv", on=DAY, size="phone") for code in CODES},
    )
    make_the_key(walk)
    give_credentials(walk)
    seal_and_open(walk)
    everybody_votes(walk)
    close_and_count(walk)
    take_home(walk, tmp_path / "goi.zip")
    ballot.refresh_from_db()
    found = queries.outcome(ballot)
    assert found is not None
    assert sorted(found.votes.values(), reverse=True)[:3] == [9, 2, 0]
    assert BoardEntry.objects.filter(election__ballot=ballot, type="audited").count() == 1
    on_paper = queries.outcome(vote_on_paper(walk))
    assert on_paper is not None
    assert on_paper.sentences == found.sentences
    assert [(one.label, one.votes, one.elected) for one in on_paper.lines] == [
        (one.label, one.votes, one.elected) for one in found.lines
    ]
