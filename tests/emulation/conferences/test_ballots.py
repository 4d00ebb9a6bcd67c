"""Choosing the leading unit from the agenda, as the regulation says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.emulation.conferences import steps
from tests.story import Story, moment, set_due
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.base.duties import State
from thidua.emulation.clusters.models import Regulation
from thidua.emulation.conferences import actions, duties
from thidua.emulation.conferences.models import Acclaim, Conference
from thidua.emulation.conferences.queries import acclaimed, chosen_head
from thidua.emulation.scoring.queries import Place
from thidua.voting import actions as voting
from thidua.voting.models import Ballot

Users = Callable[..., Client]


def regulated(year: Story, **changed: object) -> Regulation:
    """A later regulation of the bloc that differs in these settings."""
    return Regulation.objects.create(
        cluster=year.bloc,
        version=2,
        state="adopted",
        effective_from=date(2019, 6, 1),
        adopted_at=moment(date(2019, 6, 1)),
        adopted_by="Hội nghị khối",
        **changed,
    )


def test_a_ballot_takes_its_rules_from_the_regulation(year: Story, as_user: Users) -> None:
    regulated(
        year,
        threshold_numerator=80,
        threshold_denominator=100,
        threshold_strict=False,
        own_unit_allowed=False,
        standing_body_votes=True,
        max_rounds=3,
        tie_break="authority",
    )
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    units = [year.units[key].pk for key in ("van_hoa", "y_te", "giao_duc")]
    page = as_user("binh").post(conference.page("ballot", item=item.pk), {"seats": 1, "candidates": units})
    ballot = Ballot.objects.get()
    assert page.url == ballot.get_absolute_url()
    assert (ballot.threshold_numerator, ballot.threshold_denominator, ballot.threshold_strict) == (
        80,
        100,
        False,
    )
    assert (ballot.mode, ballot.max_rounds, ballot.own_unit_allowed) == ("paper", 3, False)
    assert ballot.tie_break == "Cấp có thẩm quyền quyết định"
    roll = list(ballot.roll.values_list("unit__short_name", "person_name"))
    assert roll == [
        ("Sở VH, TT và DL", "Phạm Văn Hải"),
        ("Sở Y tế", "Trần Thị Lan"),
        ("Sở GD và ĐT", "Hoàng Thị Mai"),
        ("Ban TĐKT", ""),  # votes, but has named nobody
    ]
    assert ballot.options.count() == 3


def test_asked_twice_a_ballot_is_made_once(year: Story) -> None:
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    actions.open_ballot_for(item=item, by=year.actor("binh"))
    with pytest.raises(Refused, match="Đã lập cuộc bỏ phiếu"):
        actions.open_ballot_for(item=item, by=year.actor("binh"))
    assert Ballot.objects.count() == 1


def test_only_the_head_opens_a_ballot(year: Story, as_user: Users) -> None:
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    for name in ("an", "giang", "dung", "tam", "son"):
        with pytest.raises(NotAllowed):
            actions.open_ballot_for(item=item, by=year.actor(name))
        assert as_user(name).get(conference.page("ballot", item=item.pk)).status_code == 403


@pytest.mark.parametrize(("seats", "candidates"), [("0", "all"), ("9", "all"), ("x", "all"), ("1", "none")])
def test_unfit_choices_are_said(year: Story, as_user: Users, seats: str, candidates: str) -> None:
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    units = [year.units[key].pk for key in ("van_hoa", "y_te")] if candidates == "all" else [10**9]
    page = as_user("binh").post(
        conference.page("ballot", item=item.pk), {"seats": seats, "candidates": units}
    )
    assert page.status_code == 200
    assert not Ballot.objects.exists()


def test_without_a_regulation_no_ballot(year: Story, as_user: Users) -> None:
    conference = steps.running(year)
    Conference.objects.filter(pk=conference.pk).update(day=date(2018, 12, 30))
    item = steps.item_of(Conference.objects.get(), "ballot")
    page = as_user("binh").get(item.conference.page("ballot", item=item.pk)).content.decode()
    assert "chưa thông qua quy chế" in page


def test_consensus_is_recorded_and_never_rewritten(year: Story, as_user: Users) -> None:
    regulated(year, choosing_form="consensus")
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    with pytest.raises(Refused, match="thống nhất bình xét"):
        actions.open_ballot_for(item=item, by=year.actor("binh"))
    typed = {"units": [year.units["y_te"].pk], "ground": "Hội nghị thống nhất 3/3 đơn vị"}
    binh = as_user("binh")
    assert binh.post(conference.page("acclaim", item=item.pk), {**typed, "ground": ""}).status_code == 200
    assert binh.post(conference.page("acclaim", item=item.pk), typed).status_code == 302
    assert binh.post(conference.page("acclaim", item=item.pk), typed).status_code == 200  # not twice
    (found,) = acclaimed(year.cycle)
    assert (found.unit, found.how) == (year.units["y_te"], "Hội nghị thống nhất 3/3 đơn vị")
    with pytest.raises(DatabaseError), transaction.atomic():
        Acclaim.objects.update(ground="Khác")


def test_points_choose_alone_and_equals_go_to_the_ballot(year: Story) -> None:
    regulated(year, choosing_form="points")
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    first, second = year.units["y_te"], year.units["giao_duc"]
    with pytest.raises(Refused, match="chưa có kết luận điểm"):
        actions.open_ballot_for(item=item, by=year.actor("binh"))
    path = "thidua.emulation.conferences.actions.ballots.ranking"
    equals = [Place(first.pk, Decimal(97), 1, tied=True), Place(second.pk, Decimal(97), 1, tied=True)]
    with patch(path, return_value=equals):
        with pytest.raises(Refused, match="cùng điểm cao nhất"):
            actions.acclaim(item=item, units=[first], by=year.actor("binh"))
        ballot = actions.open_ballot_for(item=item, by=year.actor("binh"))
    assert {option.unit_id for option in ballot.options.all()} == {first.pk, second.pk}


def test_the_top_by_points_is_acclaimed_with_its_sum(year: Story) -> None:
    regulated(year, choosing_form="points")
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    first, second = year.units["y_te"], year.units["giao_duc"]
    path = "thidua.emulation.conferences.actions.ballots.ranking"
    places = [Place(first.pk, Decimal("97.5"), 1, tied=False), Place(second.pk, Decimal(97), 2, tied=False)]
    with patch(path, return_value=places):
        with pytest.raises(Refused, match="không phải là đơn vị cao điểm nhất"):
            actions.acclaim(item=item, units=[second], by=year.actor("binh"))
        with pytest.raises(Refused, match="không cần bỏ phiếu"):
            actions.open_ballot_for(item=item, by=year.actor("binh"))
        actions.acclaim(item=item, units=[first], by=year.actor("binh"))
    (found,) = acclaimed(year.cycle)
    assert found.how == "Tổng điểm 97,50, cao nhất"


def test_a_tie_goes_on_to_a_second_ballot_and_then_to_a_ruling(year: Story, as_user: Users) -> None:
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    ballot = actions.open_ballot_for(item=item, by=year.actor("binh"))
    steps.counted(year, ballot, {"van_hoa": 1, "y_te": 1, "giao_duc": 1})
    assert not acclaimed(year.cycle)
    page = as_user("an").get(conference.page("conference")).content.decode()
    assert "Lập lượt bỏ phiếu thứ 2" in page
    second = voting.open_second_ballot(ballot=ballot, by=year.actor("binh"))
    steps.counted(year, second, {"van_hoa": 1, "y_te": 1, "giao_duc": 1})
    options = [option.pk for option in second.options.all() if option.unit == year.units["giao_duc"]]
    voting.decide_tie(
        ballot=second,
        options=options,
        deciders="Trưởng, phó khối",
        reason="Điểm cao hơn",
        by=year.actor("binh"),
    )
    (found,) = acclaimed(year.cycle)
    assert found.unit == year.units["giao_duc"]
    assert found.how == "Quyết định sau khi hết lượt bỏ phiếu"


def test_the_next_head_is_chosen_the_same_way(year: Story) -> None:
    conference = steps.running(year)
    item = steps.item_of(conference, "head_ballot")
    ballot = actions.open_ballot_for(item=item, by=year.actor("hai"), candidates=[year.units["giao_duc"]])
    steps.counted(year, ballot, {"giao_duc": 3})
    (found,) = chosen_head(year.cycle)
    assert found.unit == year.units["giao_duc"]
    assert not acclaimed(year.cycle)


def test_the_year_is_told_what_stands_in_the_way(year: Story) -> None:
    set_due(year.cycle, "year_end_conference", date(2019, 12, 10))
    set_due(year.cycle, "ballot", date(2019, 12, 20))
    told = {act.key: act for act in duties.acts(year.cycle, by=year.actor("binh"))}
    assert told["year_end_conference"].state == State.OVERDUE
    assert told["year_end_conference"].head_duties[0].verb == "Lập hội nghị"
    assert told["ballot"].obstacle == "Chưa lập hội nghị tổng kết."
    conference = actions.send_invitations(conference=steps.year_end(year), by=year.actor("binh"))
    told = {act.key: act for act in duties.acts(year.cycle, by=year.actor("binh"))}
    assert told["year_end_conference"].obstacle == "3 đơn vị chưa cử đại biểu"
    (mine,) = [d for d in told["year_end_conference"].duties if d.unit_id == year.units["y_te"].pk]
    assert mine.title == "Cử đại biểu dự Hội nghị tổng kết năm 2019"
    assert told["ballot"].head_duties[0].verb == "Lập cuộc bỏ phiếu"
    actions.add_action_item(
        conference=conference, text="Nộp báo cáo", due=date(2019, 12, 18), by=year.actor("binh")
    )
    told = {act.key: act for act in duties.acts(year.cycle, by=year.actor("binh"))}
    assert len(told["action_items"].head_duties) == 3  # asked of every member


def test_a_held_year_is_told_as_done(year: Story) -> None:
    steps.sealed(year)
    told = {act.key: act for act in duties.acts(year.cycle, by=year.actor("binh"))}
    assert told["ballot"].state == State.DONE
    assert told["year_end_conference"].state == State.DONE


def test_duties_ask_as_much_for_one_as_for_three(year: Story, django_assert_num_queries: Callable) -> None:  # type: ignore[type-arg]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    steps.invited(year)
    with CaptureQueriesContext(connection) as one:
        duties.acts(year.cycle, by=year.actor("binh"))
    for n in range(2):
        conference = steps.year_end(year, title=f"Hội nghị {n}")
        actions.add_action_item(conference=conference, text="Việc", by=year.actor("binh"))
    with django_assert_num_queries(len(one)):
        duties.acts(year.cycle, by=year.actor("binh"))


def test_the_regulation_names_the_ways_of_voting(year: Story, as_user: Users) -> None:
    conference = steps.running(year)
    item = steps.item_of(conference, "ballot")
    units = [year.units[key].pk for key in ("van_hoa", "y_te", "giao_duc")]
    typed = {"seats": 1, "candidates": units, "mode": "electronic"}
    as_user("binh").post(conference.page("ballot", item=item.pk), typed)
    assert not Ballot.objects.exists()  # the regulation in force allows paper only
    regulated(year, electronic_allowed=True)
    page = as_user("binh").get(conference.page("ballot", item=item.pk)).content.decode()
    assert "Phiếu kín điện tử (kiểm chứng được)" in page
    assert "Thăm dò" not in page
    as_user("binh").post(conference.page("ballot", item=item.pk), typed)
    assert Ballot.objects.get().mode == "electronic"
