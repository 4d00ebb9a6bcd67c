"""Khối thi đua Văn hóa – Xã hội tỉnh Bắc Kạn: the whole of 2019, its conference in January 2020, and 2020."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from demo import votes
from demo.exemplars import register_exemplars
from demo.figures import define, enter
from demo.steps import (
    answer_movements,
    assemble,
    close,
    convene,
    found_cluster,
    open_year,
    sign_covenant,
    speak,
    whole,
)
from demo.world import World, members_of, read, system
from thidua.commendation.nominations import actions as nominations
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import RegisteredLine, RegistrationContent, registration_of
from thidua.emulation.conferences import actions as conferences
from thidua.emulation.conferences.models import Conference
from thidua.emulation.results import actions as results
from thidua.emulation.results.models import Period, Report
from thidua.emulation.results.queries import Figure, exemplar_figures
from thidua.emulation.scoring import actions as scoring
from thidua.emulation.scoring.actions import CriterionText, MarkText
from thidua.emulation.scoring.models import Scorecard, ScoreLayer, ScoreSheet
from thidua.organisations.models import Unit

FILE = "bac-kan-van-hoa-xa-hoi"
TOLD: dict[str, Any] = read(FILE)
MADE: dict[str, Any] = TOLD["illustration"]
HEAD, NEXT = "bhxh", "cdndt"
D = Decimal
Step = tuple[date, Any]


def steps(world: World) -> Iterator[Step]:
    """The bloc's acts in the order of their days."""

    def cycle() -> Cycle:
        return world.cycles[FILE, "2019"]

    yield date(2019, 1, 2), lambda: _begin(world)
    yield date(2019, 1, 4), lambda: define(world, FILE, MADE["indicators"], system(date(2019, 1, 4)))
    yield MADE["regulation_from"], lambda: _adopt_regulation(world)
    yield (
        MADE["covenant_2019"],
        lambda: sign_covenant(world, FILE, cycle(), MADE["covenant_2019"], MADE["covenant_text"]),
    )
    yield MADE["registration"], lambda: _register(world, cycle())
    yield date(2019, 3, 20), lambda: answer_movements(world, FILE, cycle(), date(2019, 3, 20))
    yield MADE["scorecard"], lambda: _issue_table(world, cycle())
    yield date(2019, 11, 15), lambda: register_exemplars(world, FILE, cycle(), TOLD["exemplars"])
    yield (
        date(2019, 12, 4),
        lambda: enter(world, FILE, cycle(), Period.YEAR_END, MADE["reached"], date(2019, 12, 4)),
    )
    yield date(2019, 12, 6), lambda: _report_members(world, cycle())
    for n, code in enumerate(TOLD["cluster"]["members"]):
        day = date(2019, 12, 10 + n)
        yield day, lambda code=code, day=day: _score_self(world, cycle(), code, day)
    yield date(2019, 12, 23), lambda: _score_across(world, cycle())
    yield date(2020, 1, 6), lambda: _conclude(world, cycle())
    yield date(2020, 1, 8), lambda: _confer(world, cycle())
    yield date(2020, 1, 10), lambda: _propose(world, cycle())
    yield votes.READY_ON, lambda: votes.stand_ready(world, world.cycles[FILE, "2020"])


def _begin(world: World) -> None:
    found_cluster(world, FILE)
    cycle = open_year(world, FILE, "2019", deputies=[MADE["deputy_2019"]])
    clusters.set_due_dates(cycle=cycle, dates=MADE["due"], by=world.by(f"{HEAD}.gv", date(2019, 1, 2)))


def _adopt_regulation(world: World) -> None:
    day = MADE["regulation_from"]
    by = world.by(f"{HEAD}.gv", day)
    draft = clusters.draft_regulation(cluster=world.clusters[FILE], by=by)
    kept = clusters.edit_regulation(
        regulation=draft,
        changes={
            "points_bonus": D(5),
            "reason_above": D(0),
            "merit_quota_number": 3,
            "electronic_allowed": True,
            "own_unit_allowed": False,
            "basis": "Quy chế minh họa; báo cáo không nêu nội dung quy chế của khối.",
        },
        revision=draft.revision,
        by=by,
    )
    clusters.adopt_regulation(
        regulation=kept, effective_from=day, adopted_by="Hội nghị khối (minh họa)", by=by
    )


def _register(world: World, cycle: Cycle) -> None:
    for n, (code, unit) in enumerate(members_of(world, FILE)):
        clusters.submit_registration(
            registration=registration_of(cycle, unit),
            content=RegistrationContent(
                lines=(RegisteredLine("CO_TINH" if n % 3 else "BK_TINH"), RegisteredLine("TT_LDXS"))
            ),
            revision=0,
            by=world.by(f"{code}.cv", date(2019, 3, 8 + n % 7)),
        )
    clusters.forward_registrations(cycle=cycle, by=world.by(f"{HEAD}.gv", MADE["registration"]))


def _issue_table(world: World, cycle: Cycle) -> None:
    by = world.by(f"{HEAD}.gv", MADE["scorecard"])
    card = scoring.draft_scorecard(cycle=cycle, by=by)
    Scorecard.objects.filter(pk=card.pk).update(is_demonstration=True)
    lines = [
        CriterionText(
            code=str(line["code"]),
            title=line["title"],
            max_points=D(str(line["max"])),
            kind=line.get("kind", "mark"),
            parent=line.get("parent", ""),
            guidance=line.get("guidance", ""),
        )
        for line in MADE["table"]
    ]
    basis = "Bảng điểm minh họa; báo cáo không nêu bảng điểm của khối"
    card = scoring.edit_scorecard(scorecard=card, lines=lines, basis=basis, revision=card.revision, by=by)
    scoring.adopt_scorecard(scorecard=card, by=by)


def _report_members(world: World, cycle: Cycle) -> None:
    """Every member's year report is made for the demonstration; the bloc's own holds the report's words."""
    for n, (code, unit) in enumerate(members_of(world, FILE)):
        text = {
            "situation": f"Báo cáo minh họa của {unit.name}; bài báo chỉ nêu kết quả chung của khối.",
            "results": "Đơn vị đã phát động, hưởng ứng các phong trào thi đua của tỉnh và của khối.",
            "next": "Tiếp tục thực hiện giao ước thi đua, chuẩn bị hội nghị tổng kết.",
        }
        if code in TOLD["thematic"]["units"]:
            text["activities"] = TOLD["thematic"]["text"]
        mine = Report(cycle=cycle, unit=unit, period=Period.YEAR_END)
        sent = results.submit_report(
            report=mine,
            draft=results.Draft(sections=whole(text)),
            revision=0,
            by=world.by(f"{code}.cv", date(2019, 12, 1 + n % 6)),
        )
        results.accept_report(report=sent, by=world.by(f"{HEAD}.gv", date(2019, 12, 9)))


def bloc_report(world: World, cycle: Cycle) -> Report:
    """The bloc's report: its exemplars are drawn from the register, so that the numbers agree."""
    figures = [
        *exemplar_figures(Report(cycle=cycle, period=Period.YEAR_END)),
        Figure(
            "Phong trào thi đua chuyên đề do hai đơn vị phát động",
            value=D(TOLD["thematic"]["count"]),
            measure="phong trào",
            units=frozenset(world.units[code].pk for code in TOLD["thematic"]["units"]),
            note="Báo cáo không nói rõ ba phong trào chung hay mỗi đơn vị ba phong trào.",
        ),
    ]
    by = world.by(f"{HEAD}.gv", date(2020, 1, 7))
    compiled = results.compile_report(cycle=cycle, period=Period.YEAR_END, by=by)
    words = {
        "situation": TOLD["report"]["I"],
        "results": TOLD["report"]["II"],
        "activities": TOLD["report"]["IV"],
    }
    draft = results.Draft(sections=whole(words), figures=figures)
    kept = results.save_report(report=compiled, draft=draft, revision=compiled.revision, by=by)
    return results.submit_report(report=kept, by=by)


def _layer(cycle: Cycle, unit: Unit, kind: str) -> ScoreLayer:
    return ScoreLayer.objects.select_related("sheet__scorecard__cycle__cluster").get(
        sheet__scorecard__cycle=cycle, sheet__unit=unit, kind=kind
    )


def _marks(cycle: Cycle, code: str, *, own: bool, reason: str = "") -> dict[int, MarkText]:
    """The demonstration's marks: final as written, the self-score higher on 1.1 and 3.2 up to the maximum."""
    lines = list(cycle.scorecards.get(state="adopted").criteria.exclude(kind="group"))
    final = [D(text) for text in MADE["marks"][code]["final"].split()]
    over = dict(zip(("1.1", "3.2"), (D(t) for t in MADE["marks"][code]["over"].split()), strict=True))
    marks = {}
    for line, points in zip(lines, final, strict=True):
        higher = min(points + over[line.code], line.max_points) if own and line.code in over else points
        changed = not own and line.code in over
        marks[line.pk] = MarkText(higher, reason if changed else "")
    return marks


def _write(layer: ScoreLayer, marks: dict[int, MarkText], by: Any) -> None:
    scoring.write_marks(layer=layer, marks=marks, by=by)
    scoring.send_layer(layer=layer, by=by)


def _score_self(world: World, cycle: Cycle, code: str, day: date) -> None:
    by = world.by(f"{code}.cv", day, 10)
    _write(_layer(cycle, world.units[code], "self"), _marks(cycle, code, own=True), by)


def _score_across(world: World, cycle: Cycle) -> None:
    members = list(members_of(world, FILE))
    head = world.by(f"{HEAD}.gv", date(2019, 12, 19))
    for n, (_, unit) in enumerate(members):
        scorer = members[(n + 1) % len(members)][1]
        sheet = ScoreSheet.objects.get(scorecard__cycle=cycle, unit=unit)
        scoring.assign_cross(sheet=sheet, scorer=scorer, by=head)
    for n, (_, unit) in enumerate(members):
        by = world.by(f"{members[(n + 1) % len(members)][0]}.cv", date(2019, 12, 23), 10)
        layer = _layer(cycle, unit, "cross")
        scoring.copy_marks(layer=layer, by=by)
        scoring.send_layer(layer=layer, by=by)


def _conclude(world: World, cycle: Cycle) -> None:
    body, head = world.by("bk_tdkt.cv", date(2019, 12, 30), 10), world.by(f"{HEAD}.gv", date(2020, 1, 6), 10)
    for code, unit in members_of(world, FILE):
        for kind, by, reason in (
            ("appraisal", body, "Theo minh chứng đã nộp (minh họa)."),
            ("final", head, "Theo thẩm định (minh họa)."),
        ):
            _write(_layer(cycle, unit, kind), _marks(cycle, code, own=False, reason=reason), by)
    scoring.publish(
        scorecard=cycle.scorecards.get(state="adopted"), by=world.by(f"{HEAD}.gv", date(2020, 1, 7))
    )


def _confer(world: World, cycle: Cycle) -> None:
    """8 January 2020, afternoon: report, ballot, proposals, covenant of 2020 and handover in one."""
    line = TOLD["conference"] | {"period": "năm 2019", "votes": True, "delegates": [{"office": "Đại diện"}]}
    day = line["day"]
    bloc = bloc_report(world, cycle)
    chairs = {"chairs": [{"unit": HEAD, "office": "Lãnh đạo đơn vị trưởng khối năm 2019"}]}
    conference = convene(world, cycle, line | chairs, by=world.by(f"{HEAD}.gv", date(2019, 12, 27)))
    assemble(world, FILE, cycle, conference, line)
    by = world.by(f"{HEAD}.gv", day, 14)
    conferences.start_conference(conference=conference, by=by)
    votes.hold(world, conference, day, world.vote)
    results.pass_report(report=bloc, conference=conference.title, by=by)
    speak(conference, line, by)
    _handover(world, cycle, conference, day)
    for item in conference.items.exclude(kind="ballot"):
        conferences.begin_item(item=item, by=by)
        conferences.end_item(item=item, by=by)
    close(world, FILE, cycle, conference, line)


def _handover(world: World, cycle: Cycle, conference: Conference, day: date) -> None:
    by = world.by(f"{HEAD}.gv", day, 16)
    lines = [conferences.HandoverLine(text, done=True) for text in conferences.USUAL_ITEMS]
    handover = conferences.prepare_handover(
        cycle=cycle,
        text=conferences.HandoverText(
            incoming=world.units[NEXT],
            ground="Hội nghị tổng kết năm 2019 thống nhất.",
            day=day,
            conference=conference,
            items=lines,
        ),
        by=by,
    )
    conferences.sign_handover(handover=handover, side="outgoing", by=world.by(f"{HEAD}.ld", day, 16, 10))
    conferences.sign_handover(handover=handover, side="incoming", by=world.by(f"{NEXT}.ld", day, 16, 12))
    following = conferences.open_next_year(handover=handover, by=world.by(f"{HEAD}.gv", day, 16, 15))
    world.cycles[FILE, "2020"] = following
    clusters.set_due_dates(cycle=following, dates=MADE["due_2020"], by=system(day))
    sign_covenant(world, FILE, following, TOLD["covenant_2020"]["signed_on"], MADE["covenant_text"], 16)


def _propose(world: World, cycle: Cycle) -> None:
    """The flag for the leading unit and three certificates, sent to the standing body; no decision told."""
    by = world.by(f"{HEAD}.gv", date(2020, 1, 10))
    package = nominations.prepare_package(cycle=cycle, by=by)
    have = set(package.nominations.values_list("unit_id", "honour_kind"))
    told = [("CO_TINH", code) for code in TOLD["proposals"]["flag"]]
    told += [("BK_TINH", code) for code in TOLD["proposals"]["merit"]]
    for kind, code in told:
        unit = world.units[code]
        if (unit.pk, kind) not in have:
            nominations.nominate(
                package=package,
                text=nominations.NominationText(
                    unit=unit,
                    honour_kind=kind,
                    summary=f"Theo kết quả hội nghị tổng kết năm {cycle.name} của khối.",
                ),
                by=by,
            )
    nominations.submit_package(package=package, by=by)
    nominations.receive_package(package=package, by=world.by("bk_tdkt.cv", date(2020, 1, 13)))
