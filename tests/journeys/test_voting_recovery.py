"""A delegate's phone fails in every way it can; each time a sentence says so and there is a way on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Route, expect

from demo import devices
from tests.journeys.hands import reach, said
from tests.journeys.others import CODES, by, unit_of
from tests.journeys.watch import Watch, barriers, overflow
from thidua.voting import actions
from thidua.voting.counting import Share
from thidua.voting.models import Ballot, BoardEntry

STAND_ON = date(2020, 1, 7)
DAY = date(2020, 1, 8)
PageAs = Callable[..., Page]
CHOICE = "Bảo hiểm Xã hội tỉnh"
STRICT = {"default-src 'none'", "script-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"}


def opened(mode: str = "electronic", **changed: object) -> Ballot:
    """A ballot of the bloc, sealed, read aloud and open; its slips are those of the demonstration."""
    chair, units = by("bhxh.gv", DAY), {code: unit_of(code) for code in CODES}
    told: dict[str, object] = {
        "title": "Bầu đơn vị dẫn đầu",
        "options": [(unit, unit.name) for unit in units.values()],
        "roll": [(unit, "", "Đại diện") for unit in units.values()],
        "threshold": Share(1, 2, strict=True),
        "seats": 1,
        "choices_max": 1,
        "own_unit_allowed": True,
    } | changed
    ballot = actions.create_ballot(
        **told,  # type: ignore[arg-type]
        mode=mode,
        about_type="journey",
        about_id=2,
        owner_unit=units["bhxh"],
        manager_units=[units["bhxh"]],
        reader_units=units.values(),
        threshold_base="members",
        quorum=Share(1, 3),
        max_rounds=1,
        tie_break="Trưởng khối",
        by=chair,
    )
    members = [
        (str(by(f"{code}.cv", DAY).user), units[code], by(f"{code}.cv", DAY).user, role)
        for code, role in (("khcn", "chair"), ("dantoc", "member"), ("cdcd", "member"))
    ]
    actions.name_committee(ballot=ballot, members=members, by=chair)
    actions.seal_roll(ballot=ballot, by=chair)
    holders = [by(f"{code}.cv", DAY) for code in ("khcn", "dantoc", "cdcd")]
    if mode == "electronic":
        devices.make_key(ballot, holders=holders, chair=chair)
    devices.give_slips(ballot, chair)
    actions.seal_manifest(ballot=ballot, closes=chair.at + timedelta(days=2), by=chair)
    entries = list(ballot.roll.values_list("pk", flat=True))
    actions.confirm_lines(ballot=ballot, entries=entries, by=chair)
    actions.mark_roll(ballot=ballot, entries=entries, mark="present", value=True, by=chair)
    return actions.open_ballot(ballot=ballot, by=chair)


def enter(page: Page, site: str, ballot: Ballot, code: str) -> Page:
    """Scan the slip; a scan always opens the page anew."""
    page.goto("about:blank")
    page.goto(f"{site}/bo-phieu/{ballot.pk}/dien-tu/phieu-bau/#ma={devices.slip_of(CODES.index(code) + 1)}")
    return page


def seal(page: Page, name: str = CHOICE) -> str:
    """Choose and seal; the tracker."""
    page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="Niêm phong phiếu").click()
    expect(page.get_by_role("heading", name="Phiếu đã niêm phong, chưa vào hòm")).to_be_visible()
    return page.locator(".vote-seal code").inner_text()


def press_cast(page: Page) -> None:
    page.get_by_role("button", name="Bỏ phiếu", exact=True).click()


def in_the_box(page: Page) -> str:
    expect(page.get_by_role("heading", name="Phiếu của anh/chị đã vào hòm")).to_be_visible()
    return page.locator(".vote-seal code").inner_text()


def cast_lines(ballot: Ballot, code: str) -> int:
    lines = BoardEntry.objects.filter(election__ballot=ballot, type="cast")
    return lines.filter(voter__entry__unit=unit_of(code)).count()


def goes_offline(page: Page, site: str, ballot: Ballot) -> None:
    """The network goes as she casts; when it is back the ballot is in, once, with the same receipt."""
    tracker = seal(enter(page, site, ballot, "khcn"))
    page.context.set_offline(True)
    press_cast(page)
    said(page, "Đang mất mạng. Có mạng lại thì máy tự gửi tiếp.")
    page.context.set_offline(False)
    assert in_the_box(page) == tracker
    assert in_the_box(enter(page, site, ballot, "khcn")) == tracker
    assert cast_lines(ballot, "khcn") == 1


def loses_the_answer(page: Page, site: str, ballot: Ballot) -> None:
    """The server took the ballot, the answer never came, and she pressed twice."""
    seal(enter(page, site, ballot, "dantoc"))
    lost: list[bool] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(True)
            route.fetch()
            route.abort()

    page.route("**/dien-tu/quyet-dinh/", lose)
    page.get_by_role("button", name="Bỏ phiếu", exact=True).dblclick()
    in_the_box(page)
    assert lost
    assert cast_lines(ballot, "dantoc") == 1


def closes_the_browser(page: Page, site: str, ballot: Ballot) -> None:
    """Closed after choosing, then after sealing; a second tab seals another ballot meanwhile."""
    enter(page, site, ballot, "cdcd").get_by_label(CHOICE, exact=True).check()
    page.wait_for_timeout(1500)  # the device writes the choice down by itself, and shows nothing of it
    page.close()
    again = enter(page.context.new_page(), site, ballot, "cdcd")
    expect(again.get_by_label(CHOICE, exact=True)).to_be_checked()
    tracker = seal(again)
    second = enter(page.context.new_page(), site, ballot, "cdcd")
    expect(second.locator(".vote-seal code")).to_have_text(tracker)
    second.get_by_role("button", name="Quay lại chọn").click()
    newer = seal(second, "Ban Dân tộc")
    press_cast(again)
    said(again, "Chỉ quyết định được về phiếu mới nhất.")
    again.get_by_role("button", name="Tải lại trang").click()
    expect(again.locator(".vote-seal code")).to_have_text(newer)
    press_cast(again)
    assert in_the_box(again) == newer


def is_signed_out(page: Page, site: str, ballot: Ballot) -> None:
    """The session ends between sealing and casting; after signing in she is where she was, slip and all."""
    tracker = seal(enter(page, site, ballot, "ptth"))
    cookie = next(one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    kept = Session.objects.get(pk=cookie["value"])
    Session.objects.filter(pk=kept.pk).delete()
    press_cast(page)
    expect(page.get_by_role("heading", name="Phiên đăng nhập đã hết")).to_be_visible()
    kept.save(force_insert=True)
    page.context.add_cookies([cookie])
    page.reload()
    expect(page.locator(".vote-seal code")).to_have_text(tracker)
    press_cast(page)
    assert in_the_box(page) == tracker


def comes_too_late(page: Page, site: str, ballot: Ballot) -> None:
    """Her clock is years behind and she dawdles; the box is closed before she casts, and she is told."""
    page.clock.install(time="2017-03-01T00:00:00")
    seal(enter(page, site, ballot, "gddt"))
    for code in ("bhxh", "yte"):
        entry = ballot.roll.get(unit=unit_of(code))
        devices.vote(ballot, entry, None, by(f"{code}.cv", DAY, 10))
    actions.close_ballot(ballot=ballot, by=by("bhxh.gv", DAY, 12))
    press_cast(page)
    expect(page.get_by_role("heading", name="Hòm phiếu đã đóng")).to_be_visible()
    said(page, "Phiếu đã niêm phong trên máy này chưa vào hòm trước khi đóng nên không được tính.")
    assert cast_lines(ballot, "gddt") == 0


def test_every_interruption_ends_in_a_sentence_and_a_way_on(page_as: PageAs, site: str, watch: Watch) -> None:
    watch.expect("Failed to load resource|htmx:")
    ballot = opened()
    for code, story in (
        ("khcn", goes_offline),
        ("dantoc", loses_the_answer),
        ("cdcd", closes_the_browser),
        ("ptth", is_signed_out),
        ("gddt", comes_too_late),
    ):
        story(page_as(f"{code}.cv", on=DAY, size="phone"), site, ballot)


def test_forty_lines_on_a_phone_by_keyboard(page_as: PageAs, site: str) -> None:
    """A council's ballot: all ticked with one press, five taken back, read back as two lists."""
    lines = [
        (None, f"Tập thể Trường Tiểu học số {n}, đề nghị Bằng khen của Chủ tịch tỉnh") for n in range(1, 41)
    ]
    ballot = opened(
        options=lines, each_decided=True, seats=40, choices_max=40, question="Để trống là không tán thành."
    )
    page = enter(page_as("yte.cv", on=DAY, size="phone"), site, ballot, "yte")
    said(page, "Để trống là không tán thành.")
    reach(page, page.get_by_role("button", name="Tán thành tất cả"))
    page.keyboard.press("Enter")
    boxes = page.get_by_role("checkbox")
    for n in range(5):
        reach(page, boxes.nth(n))
        page.keyboard.press("Space")
    expect(page.get_by_role("status").filter(has_text="Tán thành")).to_have_text("Tán thành 35/40 dòng.")
    assert barriers(page) == []
    assert overflow(page) == 0
    reach(page, page.get_by_role("button", name="Niêm phong phiếu"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Phiếu đã niêm phong, chưa vào hòm")).to_be_focused()
    reach(page, page.get_by_role("button", name="Hiện hoặc che lựa chọn của anh/chị"))
    page.keyboard.press("Enter")
    said(page, "Không tán thành: 5 dòng")
    assert barriers(page) == []
    assert overflow(page) == 0


def test_the_poll_says_what_it_is_and_the_page_what_it_runs(page_as: PageAs, site: str) -> None:
    ballot = opened("poll", options=[(None, "Quý II"), (None, "Quý III")], question="Họp khối vào quý nào?")
    page = page_as("yte.cv", on=DAY, size="phone")
    with page.expect_response(f"**/bo-phieu/{ballot.pk}/dien-tu/phieu-bau/") as told:
        enter(page, site, ballot, "yte")
    policy = {part.strip() for part in told.value.headers["content-security-policy"].split(";")}
    assert policy >= STRICT
    assert all("'unsafe" not in part and "http" not in part for part in policy)
    expect(page.locator("main .notice").first).to_contain_text("Không phải phiếu kín.")
    page.get_by_role("button", name="Niêm phong phiếu").click()
    expect(page.get_by_role("alert")).to_contain_text("Chưa chọn dòng nào.")
    script = page.locator("script[type=module]").get_attribute("src") or ""
    served = page.request.get(f"{site}{script}").body()
    expect(page.locator(".vote-hash")).to_have_text(hashlib.sha256(served).hexdigest())
    seal(page, "Quý III")
    press_cast(page)
    in_the_box(page)
    said(page, "Quản trị máy chủ về kỹ thuật có thể biết ai chọn gì.")
