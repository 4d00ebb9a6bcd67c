"""What is typed of a draft is kept on the server while it is typed, and never written over unseen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.emulation.scoring.test_rules import drafted, revision_on
from tests.story import Story
from thidua.base.audit.refusals import Refused
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.models import Scorecard, UnsavedPart

AUTOSAVE = {"HX-Request": "true"}
Users = Callable[..., Client]


def typed(**given: str) -> dict[str, str]:
    """The fields of a criterion as the browser sends them."""
    return {
        "code": "1.1",
        "title": "Rút ngắn thời gian",
        "max": "40",
        "kind": "mark",
        "type": "direct",
    } | given


def send(client: Client, url: str, data: dict[str, str], status: int = 200) -> dict[str, Any]:
    """What the page's autosave is answered."""
    answer = client.post(url, data, headers=AUTOSAVE)
    assert answer.status_code == status, answer.content.decode()
    told: dict[str, Any] = answer.json()
    return told


def title_of(card: Scorecard, code: str = "1.1") -> str:
    return str(card.criteria.get(code=code).title)


@pytest.fixture
def card(year: Story) -> Scorecard:
    return drafted(year)


def test_what_binh_typed_waits_on_another_machine_until_it_is_saved(
    year: Story, as_user: Users, card: Scorecard
) -> None:
    desk, url = as_user("binh"), year.address("bang-diem", "soan", "1.1")
    before = title_of(card)
    half = typed(title="Cải cách hành chính", type="bands", bands="từ 95: 5\ntừ 90 dư", trial="96")
    told = send(desk, url, {**half, "revision": revision_on(desk, url)})
    assert "Đã giữ phần gõ dở" in told["said"]
    assert title_of(card) == before
    assert url in desk.get(year.address("bang-diem") + "?ban=1").content.decode()

    home = as_user("binh")
    page = home.get(url)
    shown = page.content.decode()
    assert page.context["form"]["title"].value() == "Cải cách hành chính"
    assert "từ 90 dư" in shown
    assert "Dòng 2: không hiểu" in shown
    assert "phần anh/chị gõ dở" in shown
    assert page.context["form"]["revision"].value() == told["revision"]
    again = send(home, url, {**half, "bands": "từ 95: 5\ndưới 95: 0", "revision": told["revision"]})
    late = send(desk, url, {**half, "title": "Khác", "revision": told["revision"]}, 409)
    assert "cửa sổ hoặc máy khác" in late["error"]

    whole = {**half, "max": "5", "bands": "từ 95: 5\ndưới 95: 0", "revision": again["revision"]}
    assert home.post(url, whole).status_code == 302
    assert title_of(card) == "Cải cách hành chính"
    assert not UnsavedPart.objects.exists()


@pytest.mark.parametrize("made_up", ["", "x", "." * 50, "0" * 60 + ".1", f"{'a' * 16}.{'9' * 5000}"])
def test_a_page_that_carries_what_nobody_gave_it_loses_nothing(
    year: Story, as_user: Users, card: Scorecard, made_up: str
) -> None:
    desk, url = as_user("binh"), year.address("bang-diem", "soan", "1.1")
    half = typed(title="Cải cách hành chính", revision=made_up)
    told = send(desk, url, half | {"lạ\x00": "chữ\x00 thừa"})
    assert "sẽ thấy cả hai nội dung" in told["said"]
    refused = as_user("binh").post(url, half)
    assert refused.status_code == 200
    assert "Người khác đã sửa phần này" in refused.content.decode()
    assert "Cải cách hành chính" in refused.content.decode()


def test_typing_may_be_thrown_away_and_what_says_the_same_is_not_kept(
    year: Story, as_user: Users, card: Scorecard
) -> None:
    binh, url = as_user("binh"), year.address("bang-diem", "soan", "1.1")
    form = binh.get(url).context["form"]
    same = {one.html_name: str(one.value() or "") for one in form.visible_fields() if one.value() is not True}
    told = send(binh, url, {**same, "revision": form["revision"].value()})
    assert "Giống dự thảo" in told["said"]
    assert not UnsavedPart.objects.exists()
    told = send(binh, url, {**same, "note": "Theo biểu 2\x00", "revision": told["revision"]})
    assert UnsavedPart.objects.get().fields["note"] == "Theo biểu 2"
    assert binh.post(url, {**same, "forget": "1"}).status_code == 302
    assert not UnsavedPart.objects.exists()


def test_two_people_at_one_criterion_see_each_other_and_both_texts(
    year: Story, as_user: Users, card: Scorecard
) -> None:
    binh, dung, url = as_user("binh"), as_user("dung"), year.address("bang-diem", "soan", "1.1")
    told = send(binh, url, typed(title="Của Bình", revision=revision_on(binh, url)))
    page = dung.get(url).content.decode()
    assert "Lê Văn Bình cũng đang gõ phần này" in page
    assert (
        "Tiêu chí 1.1: Lê Văn Bình gõ lúc" in dung.get(year.address("bang-diem") + "?ban=1").content.decode()
    )
    assert dung.post(url, typed(title="Của Dung", revision=revision_on(dung, url))).status_code == 302

    seen = send(binh, url, typed(title="Của Bình", revision=told["revision"]))
    assert "Người khác vừa lưu phần này" in seen["said"]
    mine = typed(title="Của Bình", revision=seen["revision"])
    refused = binh.post(url, mine)
    shown = refused.content.decode()
    assert refused.status_code == 200
    assert "Của Dung" in shown
    assert "Của Bình" in shown
    assert title_of(card) == "Của Dung"
    assert "Của Dung" in binh.get(url).content.decode()
    work = refused.context["work"]
    assert ("Nội dung", "Của Dung", "Của Bình") in work.differences
    assert binh.post(url, {**mine, "over": "một nội dung chưa thấy"}).status_code == 200
    assert binh.post(url, {**mine, "over": work.digest}).status_code == 302
    assert title_of(card) == "Của Bình"


def test_two_people_at_two_criteria_do_not_stand_in_each_others_way(
    year: Story, as_user: Users, card: Scorecard
) -> None:
    binh, dung = as_user("binh"), as_user("dung")
    first, second = (year.address("bang-diem", "soan", code) for code in ("1.1", "1.2"))
    read, other = revision_on(binh, first), revision_on(dung, second)
    assert dung.post(second, typed(code="1.2", title="Của Dung", revision=other)).status_code == 302
    assert binh.post(first, typed(title="Của Bình", revision=read)).status_code == 302
    assert (title_of(card), title_of(card, "1.2")) == ("Của Bình", "Của Dung")


def test_the_settings_and_the_lines_are_kept_alike(year: Story, as_user: Users, card: Scorecard) -> None:
    binh, dung = as_user("binh"), as_user("dung")
    for words, field in ((("quy-dinh",), "title"), (("soan",), "basis")):
        url = year.address("bang-diem", *words)
        page = binh.get(url)
        data = {field: "Đang gõ", "revision": page.context["form"]["revision"].value()}
        if field == "basis":
            for row in page.context["formset"].initial_forms:
                data |= {row.add_prefix(name): str(row.initial.get(name) or "") for name in row.fields}
            data |= {"lines-TOTAL_FORMS": str(len(page.context["formset"].initial_forms))}
            data |= {"lines-INITIAL_FORMS": data["lines-TOTAL_FORMS"], "lines-1-title": "Dòng đang gõ"}
        else:
            data |= {"total": "100", "places": "2", "mode": "half_up"}
        told = send(binh, url, data)
        again = binh.get(url)
        assert again.context["form"][field].value() == "Đang gõ"
        assert field != "basis" or "Dòng đang gõ" in again.content.decode()
        assert dung.get(url).context["form"][field].value() != "Đang gõ"
        assert binh.post(url, {**data, "revision": told["revision"]}).status_code == 302
    assert title_of(card) == "Dòng đang gõ"


def test_a_draft_that_is_no_more_keeps_nothing(year: Story, as_user: Users, card: Scorecard) -> None:
    by = year.actor("binh")
    kept = {"scorecard": card, "part": "quy-dinh", "fields": {"title": "x"}, "base": "b"}
    actions.keep_unsaved(**kept, revision=0, by=by)
    with pytest.raises(Refused, match="cửa sổ hoặc máy khác"):
        actions.keep_unsaved(**kept, revision=0, by=by)
    page = as_user("binh").get(year.address("bang-diem") + "?ban=1").content.decode()
    assert "1 phần đang gõ dở bị bỏ" in page
    actions.adopt_scorecard(scorecard=card, caution_reason="Theo quy chế khối", by=by)
    assert not UnsavedPart.objects.exists()
    with pytest.raises(Refused, match="đã được ban hành hoặc đã bỏ"):
        actions.keep_unsaved(**kept, revision=0, by=by)
    assert as_user("an").get(year.address("bang-diem", "soan", "1.1")).status_code == 403


def test_a_page_left_open_on_a_criterion_that_is_gone_is_told_so(
    year: Story, as_user: Users, card: Scorecard
) -> None:
    binh, dung, url = as_user("binh"), as_user("dung"), year.address("bang-diem", "soan", "1.1")
    seen = revision_on(binh, url)
    dung.post(year.address("bang-diem", "sap-xep"), {"step": "remove", "code": "1.1"})
    look = binh.post(url, typed(revision=seen, look="1"), headers=AUTOSAVE)
    assert "không còn trong dự thảo" in look.content.decode()
    assert "không còn trong dự thảo" in send(binh, url, typed(revision=seen), 422)["error"]
    assert binh.get(url).status_code == 404
