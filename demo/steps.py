"""What every file tells in the same words: clusters and years, movements, covenants, reports, conferences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from demo.world import World, code_of, members_of, moment, read, system
from thidua.base.accounts.actors import Actor
from thidua.base.periods import Term
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.models import Cluster, Covenant, Cycle, OversightKind
from thidua.emulation.clusters.queries import head_unit_id
from thidua.emulation.conferences import actions as conferences
from thidua.emulation.conferences.agendas import default_agenda
from thidua.emulation.conferences.models import Conference
from thidua.emulation.movements import actions as movements
from thidua.emulation.movements.models import Adoption, Movement, MovementReview
from thidua.emulation.results import actions as results
from thidua.emulation.results.models import Period, Report
from thidua.emulation.results.queries import Figure
from thidua.organisations.models import Unit

HOURS = {"morning": 8, "afternoon": 14}


def found_cluster(world: World, file: str) -> Cluster:
    """The cluster with its members, guidance, council member and years."""
    told = read(file)["cluster"]
    by = system(date(2019, 1, 1))
    cluster = clusters.create_cluster(
        authority=world.units[told["authority"]],
        details=clusters.ClusterDetails(
            kind=told["kind"],
            level=told["level"],
            name=told["name"],
            short_name=told["short_name"],
            symbol=told["symbol"],
            starts=date(2018, 1, 1),
            address=told["address"],
        ),
        by=by,
    )
    clusters.add_members(
        cluster=cluster, units=[unit for _, unit in members_of(world, file)], starts=date(2018, 1, 1), by=by
    )
    if told.get("guidance"):
        clusters.cite_guidance(cluster=cluster, papers=[world.papers[c] for c in told["guidance"]], by=by)
    if told.get("council_member"):
        clusters.assign_oversight(
            cluster=cluster,
            person=world.people[told["council_member"]],
            kind=OversightKind.COUNCIL_MEMBER,
            starts=date(2018, 1, 1),
            by=by,
        )
    body = world.bodies.get(told["authority"])
    if body is not None:
        clusters.assign_oversight(
            cluster=cluster,
            person=world.people[f"{code_of(world, body.unit)}.cv"],
            kind=OversightKind.OFFICER,
            starts=date(2018, 1, 1),
            by=by,
        )
    world.clusters[file] = cluster
    return cluster


def open_year(world: World, file: str, name: str, deputies: Iterable[str] = ()) -> Cycle:
    """A year of the file's cluster, with its head when the report names one."""
    line = next(one for one in read(file)["cycles"] if one["name"] == name)
    head = world.units.get(line.get("head", ""))
    codes = [*line.get("deputies", []), *deputies]
    cycle = clusters.open_cycle(
        cluster=world.clusters[file],
        name=name,
        starts=line["first"],
        last=line["last"],
        theme=line.get("theme", ""),
        head=head,
        deputies=[world.units[code] for code in codes],
        by=system(line["first"]),
    )
    world.cycles[file, name] = cycle
    return cycle


def launch(world: World, line: dict[str, Any], cycle: Cycle, day: date) -> Movement:
    """A movement of the catalogue, made once, and expected of this year."""
    key = f"{line.get('by', [''])[0] if line['level'] == 'province' else ''}:{line['title']}"
    movement = world.movements.get(key)
    if movement is None:
        movement = movements.launch_movement(
            movement=_movement(world, line),
            launchers=[world.units[code] for code in line.get("by", [])],
            by=system(day),
        )
        world.movements[key] = movement
    movements.apply_movement(
        cycle=cycle, movement=movement, plan_required=bool(line.get("plan_asked")), by=system(day)
    )
    return movement


def _movement(world: World, line: dict[str, Any]) -> Movement:
    parent = next((m for key, m in world.movements.items() if key.endswith(f":{line.get('parent')}")), None)
    starts, ends = line.get("from"), line.get("to")
    plan = world.papers.get(line.get("plan", ""))
    title = line["title"]
    return Movement(
        title=title,
        level=line["level"],
        kind={"front_campaign": "front"}.get(line["kind"], line["kind"]),
        authority=world.units[line["by"][0]] if line["level"] == "province" else None,
        parent=parent,
        other_launchers=line.get("by_name", ""),
        launched_on=line.get("launched"),
        paper=plan,
        term=Term(date(starts, 1, 1), date(ends + 1, 1, 1)) if starts and ends else None,
        is_theme_of_year="theme_of" in line,
        theme=title if "theme_of" in line else "",
        aims=line.get("note", ""),
    )


def answer_movements(world: World, file: str, cycle: Cycle, day: date) -> None:
    """Every member answers every movement that the report says all took part in."""
    for line in read(file)["movements"]:
        launch(world, line, cycle, day)
    asked = {e.movement.title: e for e in cycle.movements.select_related("movement")}
    for line in read(file)["movements"]:
        for code, unit in members_of(world, file) if line.get("adopted") == "all" else ():
            movements.adopt_movement(
                adoption=Adoption(expected=asked[line["title"]], unit=unit, adopted_on=day),
                by=world.by(f"{code}.cv", day, 9),
            )


def review(movement: Movement, *, on: date, stage: str, text: str) -> None:
    """A summing-up that a report or its title tells of."""
    movements.review_movement(
        movement=movement, review=MovementReview(held_on=on, stage=stage, text=text), by=system(on)
    )


def sign_covenant(world: World, file: str, cycle: Cycle, day: date, text: str, hour: int = 9) -> Covenant:
    """The covenant of a year, signed by every member's leader on the same day."""
    by = _runner(world, file, cycle, day, hour)
    covenant = clusters.draft_covenant(cycle=cycle, by=by)
    targets = read(file).get("illustration", {}).get("covenant_targets", [])
    covenant = clusters.edit_covenant(
        covenant=covenant,
        text=text,
        revision=covenant.revision,
        targets=[_target(line) for line in targets],
        by=by,
    )
    covenant = clusters.open_covenant(covenant=covenant, by=by)
    for minute, (code, unit) in enumerate(members_of(world, file)):
        clusters.sign(covenant=covenant, unit=unit, by=world.by(f"{code}.ld", day, hour + 1, minute))
    return covenant


def _target(line: dict[str, str]) -> clusters.TargetText:
    return clusters.TargetText(
        indicator=line["indicator"],
        qualifier=line["qualifier"],
        value=Decimal(line["value"]),
        measure=line["measure"],
    )


def _runner(world: World, file: str, cycle: Cycle, day: date, hour: int = 8) -> Actor:
    """The head's officer; the loader itself where the report names no head."""
    head = head_unit_id(cycle)
    code = next((c for c, u in world.units.items() if u.pk == head and f"{c}.gv" in world.people), None)
    return world.by(f"{code}.gv", day, hour) if code else Actor(None, moment(day, hour))


UNTOLD = "Bài báo không nêu nội dung này."


def whole(sections: dict[str, str]) -> dict[str, str]:
    """Every section of the outline; what the news report does not say is said to be missing."""
    return dict.fromkeys(SECTIONS.values(), UNTOLD) | sections


def report(world: World, file: str, told: dict[str, Any], cycle: Cycle, day: date) -> Report:
    """The cluster's own report with what the news report says of it."""
    by = _runner(world, file, cycle, day)
    period = Period(told.get("period", "year_end"))
    blank = Report(cycle=cycle, unit=None, period=period, revision=0)
    units = dict(members_of(world, file))
    draft = results.Draft(
        sections=whole({key: told[name] for name, key in SECTIONS.items() if name in told}),
        figures=[_figure(line, units) for line in told.get("figures", [])],
        papers=[world.papers[code] for code in told.get("cites", [])],
    )
    kept = results.save_report(report=blank, draft=draft, revision=0, by=by)
    return results.submit_report(report=kept, by=by)


SECTIONS = {
    "I": "situation",
    "II": "results",
    "III": "commendation",
    "IV": "activities",
    "V": "assessment",
    "VI": "next",
}


def _figure(line: dict[str, Any], units: dict[str, Unit]) -> Figure:
    named = units if line.get("units") == "all" else line.get("units", [])
    return Figure(
        line["indicator"],
        qualifier=line.get("qualifier", "eq"),
        value=Decimal(line["value"]) if "value" in line else None,
        measure=line.get("measure", ""),
        target=Decimal(line["target"]) if "target" in line else None,
        units=frozenset(units[code].pk for code in named),
        is_part=bool(line.get("is_part")),
    )


def convene(world: World, owner: Cycle | Unit, line: dict[str, Any], *, by: Any) -> Conference:
    """A conference as the report tells it: host, place, chairs."""
    conference = conferences.plan_conference(
        owner=owner,
        text=conferences.ConferenceText(
            kind=line["kind"],
            title=line["title"],
            day=line["day"],
            period=line.get("period", ""),
            day_part=line.get("session", "morning"),
            starts_at=time(HOURS[line["session"]]) if "session" in line else None,
            place=line.get("place", ""),
            host_unit=world.units.get(line.get("host", "")),
            plan=world.papers.get(line.get("plan", "")),
        ),
        by=by,
    )
    chairs = [
        conferences.ChairText(
            office_name=one["office"], unit=world.units.get(one.get("unit", "")), body=one.get("body", "")
        )
        for one in line.get("chairs", [])
    ]
    if chairs:
        conferences.set_chairs(conference=conference, chairs=chairs, by=by)
    return conference


def hold(world: World, file: str, cycle: Cycle, line: dict[str, Any]) -> Conference:
    """Invite, open, run through the agenda, write down what was said, close."""
    day, hour = line["day"], HOURS.get(line.get("session", "morning"), 8)
    conference = convene(world, cycle, line, by=_runner(world, file, cycle, day - timedelta(days=7)))
    assemble(world, file, cycle, conference, line)
    by = _runner(world, file, cycle, day, hour)
    if not conference.chairs.exists():
        body = world.clusters[file].name
        conferences.set_chairs(
            conference=conference,
            chairs=[conferences.ChairText(office_name="Chủ trì hội nghị", body=body)],
            by=by,
        )
    conferences.start_conference(conference=conference, by=by)
    for item in conference.items.all():
        if item.kind not in {"ballot", "head_ballot"}:
            conferences.begin_item(item=item, by=by)
            conferences.end_item(item=item, by=by)
    speak(conference, line, by)
    return conference


def assemble(world: World, file: str, cycle: Cycle, conference: Conference, line: dict[str, Any]) -> None:
    """Agenda, invitations, delegates by their offices, and who came."""
    by = _runner(world, file, cycle, line["day"] - timedelta(days=6))
    items = default_agenda(line["kind"], line.get("period", ""), world.clusters[file].noun)
    conferences.set_agenda(conference=conference, items=items, by=by)
    bodies = [guest["body"] for guest in line.get("guests", [])]
    units = [unit for _, unit in members_of(world, file)]
    conferences.set_invitations(conference=conference, units=units, bodies=list(dict.fromkeys(bodies)), by=by)
    people = line.get("delegates") or [{"office": "Đại diện đơn vị"}]
    for code, unit in members_of(world, file):
        invitation = conference.invitations.get(unit=unit)
        conferences.answer_invitation(
            invitation=invitation,
            answer="comes",
            delegates=[
                conferences.DelegateText(
                    person_name=world.people[f"{code}.ld"].full_name if n == 0 else "",
                    office_name=f"{one['office']} {unit.short_name}",
                    is_voter=n == 0 and bool(line.get("votes")),
                )
                for n, one in enumerate(people)
            ],
            by=world.by(f"{code}.cv", line["day"] - timedelta(days=3)),
        )
    at = _runner(world, file, cycle, line["day"], 7)
    for guest in line.get("guests", []):
        conferences.add_attendance(
            conference=conference,
            delegate=conferences.DelegateText(
                person_name="", office_name=guest["office"], role=guest.get("role", "guest")
            ),
            body=guest["body"],
            by=at,
        )
    conferences.tick_list(
        conference=conference, present=list(conference.attendances.values_list("pk", flat=True)), by=at
    )


def speak(conference: Conference, line: dict[str, Any], by: Any) -> None:
    """Discussion, directions, conclusions that become action items."""
    if line.get("discussion"):
        conferences.add_opinion(conference=conference, kind="opinion", text=line["discussion"], by=by)
    if line.get("speech"):
        conferences.add_opinion(conference=conference, kind="direction", text=line["speech"], by=by)
    due = conference.day.replace(month=12, day=31)
    for text in line.get("actions", []):
        conferences.add_action_item(conference=conference, text=text, due=due, by=by)


def close(world: World, file: str, cycle: Cycle, conference: Conference, line: dict[str, Any]) -> None:
    """End, seal the minutes, note when the news was posted."""
    by = _runner(world, file, cycle, conference.day, HOURS.get(line.get("session", "morning"), 8) + 3)
    conferences.end_conference(conference=conference, by=by)
    minutes = conferences.compose_minutes(conference=conference, by=by)
    conferences.edit_minutes(
        conference=conference,
        text=minutes.text,
        secretary="Thư ký hội nghị",
        chair="Chủ tọa hội nghị",
        revision=minutes.revision,
        by=by,
    )
    if head_unit_id(cycle):  # only a head takes a number; the report that names none leaves a draft
        conferences.seal_minutes(conference=conference, by=by)
    if line.get("published_on"):
        conferences.record_publication(
            conference=conference,
            published_on=line["published_on"],
            source=line.get("byline", ""),
            by=_runner(world, file, cycle, line["published_on"]),
        )
