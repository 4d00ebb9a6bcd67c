"""Handing the headship to the next year's head."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.emulation.conferences import steps
from tests.story import Story, moment
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.duties import State
from thidua.emulation.clusters.models import Cycle, Regulation
from thidua.emulation.conferences import actions, duties
from thidua.emulation.conferences.actions import HandoverLine, HandoverText
from thidua.emulation.conferences.models import Handover, HandoverItem, HandoverSignature
from thidua.emulation.conferences.queries import proposed_next_head

Users = Callable[..., Client]


def prepared(year: Story, *, done: bool = True) -> Handover:
    """A handover from Sở Văn hóa to Sở Y tế, everything handed over unless `done` is False."""
    items = [
        HandoverLine("Quy chế hoạt động", "01 bản", done=done),
        HandoverLine("Sổ văn bản", "02 quyển", done=done),
    ]
    text = HandoverText(
        incoming=year.units["y_te"],
        deputies=[year.units["giao_duc"]],
        ground="Hội nghị bầu 3/3 phiếu",
        day=steps.DAY,
        items=items,
    )
    return actions.prepare_handover(cycle=year.cycle, text=text, by=year.actor("binh"))


def _typed(year: Story, **more: Any) -> dict[str, Any]:
    rows = {
        "items-0-text": "Quy chế",
        "items-0-done": "on",
        "items-1-text": "Cờ luân lưu",
        "items-1-count": "01",
    }
    return {
        "incoming": year.units["y_te"].pk,
        "ground": "Hội nghị bầu",
        "day": "16/12/2019",
        "items-TOTAL_FORMS": 2,
        "items-INITIAL_FORMS": 0,
        **rows,
        **more,
    }


def test_binh_draws_up_the_list_and_the_database_keeps_it_once_signed(year: Story, as_user: Users) -> None:
    binh, url = as_user("binh"), year.address("ban-giao")
    assert binh.post(url + "soan/", _typed(year)).status_code == 302
    handover = Handover.objects.get()
    assert handover.outgoing == year.units["van_hoa"]
    assert "Còn 1 nội dung chưa giao: Cờ luân lưu." in as_user("hai").get(url).content.decode()
    typed = _typed(year, revision=1, **{"items-1-done": "on"})
    assert binh.post(url + "soan/", typed).status_code == 302
    assert binh.post(url + "soan/", typed).status_code == 200  # a stale page
    assert as_user("hai").post(url + "ky/").status_code == 302
    with pytest.raises(DatabaseError), transaction.atomic():
        HandoverItem.objects.update(count="99")
    with pytest.raises(DatabaseError), transaction.atomic():
        HandoverSignature.objects.all().delete()
    handover.refresh_from_db()
    with pytest.raises(Refused, match="Đã có bên ký"):
        actions.edit_handover(
            handover=handover,
            text=HandoverText(incoming=year.units["y_te"], ground="x", day=steps.DAY),
            revision=handover.revision,
            by=year.actor("binh"),
        )


def test_both_leaders_sign_with_their_office_and_the_minutes_get_a_number(
    year: Story, as_user: Users
) -> None:
    prepared(year)
    url = year.address("ban-giao")
    for name in ("an", "binh", "giang", "dung", "khang"):
        assert as_user(name).post(url + "ky/").status_code in {403, 404}
    for name in ("hai", "lan", "lan"):
        as_user(name).post(url + "ky/")
    signed = {one.side: (one.person_name, one.office_name) for one in HandoverSignature.objects.all()}
    assert signed == {"outgoing": ("Phạm Văn Hải", "Giám đốc"), "incoming": ("Trần Thị Lan", "Giám đốc")}
    assert Handover.objects.get().paper.symbol == "01/BB-KTĐ"
    assert as_user("an").get(url + "van-ban/pdf/").content.startswith(b"%PDF")
    assert as_user("chi").get(url + "van-ban/pdf/").status_code == 404


def test_nothing_is_signed_while_something_is_left(year: Story) -> None:
    handover = prepared(year, done=False)
    with pytest.raises(Refused, match="Còn 2 nội dung chưa giao"):
        actions.sign_handover(handover=handover, by=year.actor("hai"))


def test_asked_twice_a_handover_is_drawn_up_once(year: Story) -> None:
    assert prepared(year) == prepared(year)
    assert Handover.objects.count() == 1


def test_the_incoming_is_another_member_with_a_ground(year: Story) -> None:
    text = HandoverText(incoming=year.units["dan_toc"], ground="x", day=steps.DAY)
    with pytest.raises(Refused, match="phải là thành viên"):
        actions.prepare_handover(cycle=year.cycle, text=text, by=year.actor("binh"))
    text = HandoverText(incoming=year.units["y_te"], ground=" ", day=steps.DAY)
    with pytest.raises(Refused, match="căn cứ"):
        actions.prepare_handover(cycle=year.cycle, text=text, by=year.actor("binh"))
    with pytest.raises(NotAllowed):
        actions.prepare_handover(cycle=year.cycle, text=text, by=year.actor("an"))


def test_a_stale_list_is_refused(year: Story) -> None:
    handover = prepared(year)
    text = HandoverText(incoming=year.units["y_te"], ground="x", day=steps.DAY, items=[HandoverLine("Một")])
    actions.edit_handover(handover=handover, text=text, revision=1, by=year.actor("binh"))
    with pytest.raises(Stale):
        actions.edit_handover(handover=handover, text=text, revision=1, by=year.actor("binh"))


def test_the_next_year_opens_under_the_new_head(year: Story, as_user: Users) -> None:
    handover = prepared(year)
    url = year.address("ban-giao")
    binh = as_user("binh")
    assert binh.post(url + "mo-nam/", headers={"Referer": url}).status_code in {302, 409}
    assert not Cycle.objects.filter(address="2020", cluster=year.bloc).exists()
    for name in ("hai", "lan"):
        actions.sign_handover(handover=handover, by=year.actor(name))
    assert as_user("an").post(url + "mo-nam/").status_code == 403
    assert binh.post(url + "mo-nam/").status_code == 302
    following = Cycle.objects.get(cluster=year.bloc, name="2020")
    heads = {h.office: h.unit for h in following.headships.all()}
    assert heads == {"head": year.units["y_te"], "deputy": year.units["giao_duc"]}
    assert following.term.lower == date(2020, 1, 1)
    with pytest.raises(Refused, match="Đã mở năm 2020"):
        actions.open_next_year(handover=handover, by=year.actor("binh"))
    told = {act.key: act for act in duties.acts(year.cycle, by=year.actor("binh"))}
    assert told["handover"].state == State.DONE


def test_the_regulation_says_who_comes_next(year: Story) -> None:
    def mode(head_mode: str, version: int) -> None:
        Regulation.objects.create(
            cluster=year.bloc,
            version=version,
            state="adopted",
            effective_from=date(2019, 6, version),
            adopted_at=moment(date(2019, 6, 1)),
            adopted_by="Hội nghị khối",
            head_mode=head_mode,
        )

    assert proposed_next_head(year.cycle, steps.DAY).unit is None  # elected, nobody yet
    mode("rotation", 2)
    found = proposed_next_head(year.cycle, steps.DAY)
    assert (found.unit, found.deputies) == (year.units["y_te"], [year.units["giao_duc"]])
    mode("appointed", 3)
    assert proposed_next_head(year.cycle, steps.DAY).needs_decision
