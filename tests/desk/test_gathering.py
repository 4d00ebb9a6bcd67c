"""What the desk gathers, sorts and folds; the acts themselves are told by the areas."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.story import ALWAYS, Story
from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State
from thidua.base.periods import Term
from thidua.desk import queries
from thidua.desk.glance import glance
from thidua.desk.queries import (
    MOST_UNGIVEN,
    OpenYear,
    begun_years,
    cycle_acts,
    gathered,
    todos,
    year_of_today,
)
from thidua.desk.year import MOST_STATIONS, year_view
from thidua.emulation.clusters.models import Cluster, Cycle, Oversight
from thidua.organisations.models import Appointment

AsUser = Callable[..., Client]


def open_years(by: Actor) -> list[OpenYear]:
    """What the home page gathers."""
    return gathered(begun_years(by).asked, by=by)


class Told:
    """An area that tells these acts."""

    def __init__(self, *acts: Act) -> None:
        self.told = list(acts)

    def acts(self, cycle: Cycle, *, by: Actor) -> list[Act]:
        return self.told


def act(
    key: str, due: date | None, state: State = State.LATER, *duties: Duty, head: tuple[Duty, ...] = ()
) -> Act:
    return Act(key=key, title=key, due=due, state=state, duties=duties, head_duties=head)


@pytest.fixture
def tell(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def set_acts(*acts: Act) -> None:
        monkeypatch.setattr(queries, "AREAS", (Told(*acts),))

    return set_acts


def asked(year: Story, unit: str, state: State, due: date | None = None, **more: object) -> Duty:
    return Duty(unit_id=year.units[unit].pk, state=state, title=f"Việc của {unit}", due=due, **more)  # type: ignore[arg-type]


def test_acts_stand_by_due_date_and_an_undated_one_beside_the_one_before(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    tell(
        act("giao-uoc", date(2019, 2, 26)),
        act("phong-trao", None),
        act("tong-ket", date(2020, 1, 8)),
        act("bao-cao", date(2019, 12, 10)),
    )
    told = cycle_acts(year.cycle, by=year.actor("an"))
    assert [one.key for one in told] == ["giao-uoc", "phong-trao", "bao-cao", "tong-ket"]


def test_an_sees_what_is_late_then_what_is_near_then_the_rest(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    tell(
        act("a", date(2019, 12, 10), State.OVERDUE, asked(year, "y_te", State.OVERDUE)),
        act("b", date(2019, 12, 18), State.DOING, asked(year, "y_te", State.DOING)),
        act("c", date(2020, 1, 15), State.LATER, asked(year, "y_te", State.LATER)),
        act("d", date(2019, 12, 9), State.DOING, asked(year, "y_te", State.WAITING)),
        act("e", date(2019, 12, 1), State.DONE, asked(year, "y_te", State.DONE)),
    )
    by = year.actor("an")
    mine = todos(open_years(by), by=by)
    assert [[t.act.key for t in group] for group in (mine.late, mine.soon, mine.later, mine.others)] == [
        ["a"],
        ["b"],
        ["c"],
        ["d"],
    ]


def test_the_work_of_others_is_not_mine(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    tell(
        act(
            "a",
            date(2019, 12, 10),
            State.OVERDUE,
            asked(year, "giao_duc", State.OVERDUE),
            asked(year, "y_te", State.SOON, kinds=("unit_leader",)),
            head=(asked(year, "van_hoa", State.OVERDUE, kinds=("head_officer",)),),
        )
    )
    for name, count in {"an": 0, "lan": 1, "binh": 1, "giang": 1, "chi": 0, "dung": 0}.items():
        by = year.actor(name)
        mine = todos(open_years(by), by=by)
        assert len(mine.late) + len(mine.soon) == count, name


def test_a_leader_is_asked_to_sign_and_told_what_the_officers_do(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    both, leader = ("unit_officer", "unit_leader"), ("unit_leader",)
    tell(
        act("ghi", None, State.LATER, asked(year, "y_te", State.LATER, kinds=both)),
        act("ký", None, State.LATER, asked(year, "y_te", State.LATER, kinds=leader)),
        act("trễ", None, State.OVERDUE, asked(year, "y_te", State.OVERDUE, kinds=both)),
    )
    lan, an = year.actor("lan"), year.actor("an")
    told = todos(open_years(lan), by=lan)
    assert [[t.act.key for t in group] for group in (told.late, told.later, told.officers)] == [
        ["trễ"],
        ["ký"],
        ["ghi"],
    ]
    assert [t.act.key for t in todos(open_years(an), by=an).later] == ["ghi"]
    Appointment.objects.filter(unit=year.units["y_te"], kind="unit_officer").update(
        term=Term(date(2018, 1, 1), date(2018, 2, 1))
    )
    alone = todos(open_years(lan), by=lan)
    assert ([t.act.key for t in alone.later], alone.officers) == (["ghi", "ký"], [])


def test_the_standing_body_is_asked_what_falls_to_it(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    tell(act("a", None, State.SOON, head=(asked(year, "ban_tdkt", State.SOON, kinds=("standing_officer",)),)))
    by = year.actor("dung")
    assert {t.title for t in todos(open_years(by), by=by).later} == {"Việc của ban_tdkt"}


def test_the_year_of_today_is_the_latest_begun(year: Story) -> None:
    assert year_of_today([year.cycle], date(2021, 3, 1)) == year.cycle
    assert year_of_today([year.cycle], date(2018, 3, 1)) == year.cycle
    assert year_of_today([], date(2019, 3, 1)) is None


def test_done_acts_at_the_start_are_folded_when_the_line_is_full(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    done = [act(f"xong-{month}", date(2019, month, 1), State.DONE) for month in range(1, 9)]
    ahead = [act(f"toi-{month}", date(2020, month, 1)) for month in range(1, 8)]
    tell(*done, *ahead)
    view = year_view(year.cycle, by=year.actor("an"))
    assert len(view.past) + len(view.stations) == len(done) + len(ahead)
    assert len(view.stations) + 1 == MOST_STATIONS
    assert all(station.act.state is State.DONE for station in view.past)
    assert [s.act.key for s in view.stations if s.today_before] == ["toi-1"]


def test_a_short_line_is_not_folded(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    tell(act("a", date(2019, 2, 1), State.DONE), act("b", date(2019, 3, 1), State.OVERDUE))
    view = year_view(year.cycle, by=year.actor("an"))
    assert (len(view.past), len(view.stations), view.today_after_all) == (0, 2, True)


def test_the_glance_gives_each_member_one_box(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    doing = act(
        "a",
        date(2019, 12, 18),
        State.DOING,
        asked(year, "y_te", State.SOON),
        asked(year, "giao_duc", State.SOON),
        asked(year, "van_hoa", State.DONE),
    )
    seen = glance(OpenYear(year.cycle, [doing]), mine={year.units["y_te"].pk}, on=date(2019, 12, 16))
    assert seen.lines[0].boxes == ["on", "mine", ""]
    assert seen.lines[0].mine is not None


def test_beside_the_matrix_stands_what_the_head_does(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    many = tuple(asked(year, "van_hoa", State.SOON, date(2019, 12, 20)) for _ in range(4))
    tell(
        act("viec", date(2019, 12, 20), State.SOON, head=(*many, asked(year, "y_te", State.SOON))),
        act("tre", date(2019, 12, 10), State.OVERDUE, asked(year, "y_te", State.OVERDUE)),
        *(
            act(f"xa-{n}", date(2020, 3, n + 1), head=(asked(year, "van_hoa", State.LATER),))
            for n in range(9)
        ),
    )
    steps = year_view(year.cycle, by=year.actor("binh")).next_steps
    assert [step.act.key for step in steps[:2]] == ["tre", "viec"]
    assert (len(steps[1].shown), steps[1].more) == (2, 2)
    assert steps[0].late_names == "Sở Y tế"
    assert len(steps) == 5


def test_what_is_still_asked_after_its_day_is_late(year: Story, tell) -> None:  # type: ignore[no-untyped-def]
    tell(act("a", date(2019, 12, 10), State.DOING, asked(year, "y_te", State.DOING)))
    by = year.actor("an")
    assert [t.act.key for t in todos(open_years(by), by=by).late] == ["a"]


def test_the_standing_body_is_not_asked_for_a_cluster_given_to_a_colleague(year: Story) -> None:
    def asked() -> set[str]:
        return {one.cycle.cluster.address for one in open_years(year.actor("dung"))}

    assert asked() == {"khoi-vhxh", "khoi-noi-chinh"}
    colleague = year.people["phuc"]
    Oversight.objects.create(cluster=year.bloc, person=colleague, kind="officer", term=ALWAYS)
    assert asked() == {"khoi-noi-chinh"}
    Oversight.objects.create(cluster=year.bloc, person=year.people["dung"], kind="officer", term=ALWAYS)
    assert asked() == {"khoi-vhxh", "khoi-noi-chinh"}


def test_clusters_given_to_nobody_are_listed_when_they_are_many(year: Story, as_user: AsUser) -> None:
    for number in range(MOST_UNGIVEN):
        clone(year.bloc, number, year.cycle.term)
    dung = as_user("dung")
    shown = dung.get("/").content.decode()
    assert "Chưa giao ai theo dõi" in shown
    assert "/cum-thi-dua/khoi-0/theo-doi/" in shown
    assert f"/cum-thi-dua/{year.bloc.address}/theo-doi/" in shown
    Oversight.objects.create(cluster=year.bloc, person=year.people["phuc"], kind="officer", term=ALWAYS)
    assert f"/cum-thi-dua/{year.bloc.address}/theo-doi/" not in dung.get("/").content.decode()


def test_the_home_of_the_standing_body_costs_no_more_with_more_clusters(year: Story, as_user: AsUser) -> None:
    for number in range(MOST_UNGIVEN):
        clone(year.bloc, number, year.cycle.term)
    dung = as_user("dung")
    few = count_queries(dung, "/")
    clone(year.bloc, MOST_UNGIVEN, year.cycle.term)
    assert count_queries(dung, "/") == few


def clone(cluster: Cluster, number: int, term: Term) -> None:
    """Another cluster of the same standing body, with a year of its own."""
    other = Cluster.objects.get(pk=cluster.pk)
    other.pk = None
    other.name, other.short_name, other.address = f"Khối {number}", f"Khối {number}", f"khoi-{number}"
    other.save()
    Cycle.objects.create(cluster=other, name="2019", address="2019", term=term)


def count_queries(browser: Client, address: str) -> int:
    """Queries of a page once its session has settled."""
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)
