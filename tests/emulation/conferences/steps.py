"""A conference of the bloc, step by step, for the stories of this folder and of the nominations."""

from __future__ import annotations

from datetime import date, datetime, time

from tests.story import Story, moment
from thidua.base.accounts.actors import Actor
from thidua.emulation.conferences import actions
from thidua.emulation.conferences.actions import ConferenceText, DelegateText
from thidua.emulation.conferences.models import AgendaItem, Conference, ConferenceKind
from thidua.voting import actions as voting
from thidua.voting.models import Ballot

DAY = date(2019, 12, 16)
VOTERS = {
    "van_hoa": ("Phạm Văn Hải", "Giám đốc", "hai"),
    "y_te": ("Trần Thị Lan", "Giám đốc", "lan"),
    "giao_duc": ("Hoàng Thị Mai", "Giám đốc", "mai"),
}


def at(hour: int) -> datetime:
    """That hour of the conference's day."""
    return moment(DAY, hour)


def year_end(
    year: Story, name: str = "binh", day: date = DAY, title: str = "Hội nghị tổng kết năm 2019"
) -> Conference:
    """A year-end conference planned by Bình."""
    text = ConferenceText(
        kind=ConferenceKind.YEAR_END,
        title=title,
        day=day,
        period="năm 2019",
        starts_at=time(8),
        place="Hội trường Sở Văn hóa, Thể thao và Du lịch",
    )
    return actions.plan_conference(owner=year.cycle, text=text, by=year.actor(name))


def invited(year: Story) -> Conference:
    """The same, with every member's answer: each sends its leader, who votes."""
    conference = actions.send_invitations(conference=year_end(year), by=year.actor("binh"))
    for unit, (name, office, user) in VOTERS.items():
        invitation = conference.invitations.get(unit=year.units[unit])
        actions.answer_invitation(
            invitation=invitation,
            answer="comes",
            delegates=[DelegateText(name, office, is_voter=True)],
            by=year.actor(user),
        )
    return conference


def running(year: Story, absent: tuple[str, ...] = ()) -> Conference:
    """The same, opened, with everybody there but `absent` units."""
    conference = invited(year)
    here = conference.attendances.exclude(unit__in=[year.units[key] for key in absent])
    actions.tick_list(
        conference=conference, present=list(here.values_list("pk", flat=True)), by=year.actor("binh", at(8))
    )
    return actions.start_conference(conference=conference, by=year.actor("binh", at(8)))


def item_of(conference: Conference, kind: str) -> AgendaItem:
    """The agenda's line of that kind."""
    found = conference.items.get(kind=kind)
    found.conference = conference
    return found


def counted(year: Story, ballot: Ballot, votes: dict[str, int]) -> Ballot:
    """The ballot held to its signed end, with these votes by unit."""
    hai, dung, binh = (year.actor(name, at(10)) for name in ("hai", "dung", "binh"))
    voting.name_committee(
        ballot=ballot,
        members=[
            ("Ngô Thị Dung", year.units["ban_tdkt"], dung.user, "chair"),
            ("Lê Văn Bình", year.units["van_hoa"], binh.user, "member"),
            ("Người thứ ba", None, None, "secretary"),
        ],
        by=binh,
    )
    voting.seal_roll(ballot=ballot, by=binh)
    item = AgendaItem.objects.select_related("conference").get(pk=int(ballot.about_id))
    actions.mark_roll_present(item=item, by=hai)
    voting.open_ballot(ballot=ballot, by=binh)
    here = list(ballot.roll.filter(present=True).values_list("pk", flat=True))
    voting.mark_roll(ballot=ballot, entries=here, mark="received", value=True, by=binh)
    voting.close_ballot(ballot=ballot, by=binh)
    options = {option.unit_id: option.pk for option in ballot.options.all()}
    by_option = {options[year.units[key].pk]: number for key, number in votes.items()}
    numbers = {"printed": 3, "unused": 3 - len(here), "issued": len(here), "returned": len(here), "kept": 0}
    numbers |= {"valid": len(here), "invalid": 0, "blank": 0}
    for actor in (dung, binh):
        voting.enter_count(ballot=ballot, numbers=numbers, votes=by_option, by=actor)
    ballot.refresh_from_db()
    sign(ballot, dung, binh)
    return ballot


def sign(ballot: Ballot, dung: Actor, binh: Actor) -> None:
    """Everybody of the committee signs the count."""
    for member in ballot.committee.all():
        voting.sign_count(ballot=ballot, member=member, by=dung if member.user_id == dung.user.pk else binh)  # type: ignore[union-attr]
    ballot.refresh_from_db()


def acclaimed(year: Story, winner: str = "y_te") -> Conference:
    """A conference that acclaimed one unit by ballot."""
    conference = running(year)
    item = item_of(conference, "ballot")
    actions.begin_item(item=item, by=year.actor("binh", at(9)))
    ballot = actions.open_ballot_for(item=item, by=year.actor("binh", at(9)))
    votes = {key: 2 if key == winner else 0 for key in VOTERS}
    votes["van_hoa"] += 1
    counted(year, ballot, votes)
    actions.end_item(item=item, by=year.actor("binh", at(11)))
    return conference


def sealed(year: Story) -> Conference:
    """The same, closed, with its minutes sealed."""
    conference = acclaimed(year)
    binh = year.actor("binh", at(12))
    actions.end_conference(conference=conference, by=binh)
    minutes = actions.compose_minutes(conference=conference, by=binh)
    actions.edit_minutes(
        conference=conference,
        text=minutes.text,
        secretary="Lê Văn Bình",
        chair="Phạm Văn Hải",
        revision=minutes.revision,
        by=binh,
    )
    actions.seal_minutes(conference=conference, by=binh)
    return conference
