"""One object of each kind in the bloc's year, at a point where it can still be acted on.

What belongs to a member belongs to Sở Y tế, so An and Lan stand to it as its own, Giang as the same
cluster, Bình and Hải as the head, Chi and Khang as another cluster.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.base.files.samples import pdf
from tests.base.sheets import test_imports as imports
from tests.base.sheets.workbooks import upload
from tests.commendation.nominations import test_nominations as nominations
from tests.documents import test_register as register
from tests.emulation.clusters import test_registration as registration
from tests.emulation.conferences import steps
from tests.emulation.conferences import test_handover as handover
from tests.emulation.exemplars import test_exemplars as exemplars
from tests.emulation.movements import test_movements as movements
from tests.emulation.results import catalogue
from tests.emulation.results import test_reports as reports
from tests.emulation.scoring import test_scoring as scoring
from tests.honours import test_honours as honours
from tests.records import test_equivalences as equivalences
from tests.records import test_records as records
from tests.records import test_statements as statements
from tests.story import Story, tell_story
from tests.voting import world as ballots
from thidua.base.files.actions import store
from thidua.base.sheets.actions import preview_import
from thidua.commendation.eligibility import actions as eligibility
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.models import Covenant, Oversight
from thidua.emulation.conferences import actions as conferences
from thidua.emulation.conferences.actions import ConferenceText, DelegateText
from thidua.emulation.conferences.models import Conference
from thidua.emulation.exemplars import actions as kept_exemplars
from thidua.emulation.exemplars.models import NothingToRegister
from thidua.emulation.movements.models import MovementReview
from thidua.emulation.results import actions as results
from thidua.emulation.results.models import Period
from thidua.emulation.scoring import actions as scores
from thidua.emulation.scoring.models import Explanation, ScoreSheet
from thidua.organisations.models import Appointment, StandingBody, Tenure


@dataclass
class World:
    """The story and what was made of it, by the word the tables use."""

    story: Story
    things: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Any:
        return self.things[key]


def build() -> World:
    """Tell the whole year."""
    world = World(tell_story())
    for tell in (
        _people,
        _papers,
        _records,
        _clusters,
        _year,
        _exemplars,
        _scores,
        _visits,
        _conference,
        _congress,
        _ballots,
        _ends,
    ):
        tell(world, world.story)
    return world


def _people(world: World, story: Story) -> None:
    an = story.people["an"]
    assert an.user is not None
    world.things |= {
        "unit": story.units["y_te"],
        "person": an,
        "account": an.user,
        "tenure": Tenure.objects.get(person=an),
        "appointment": Appointment.objects.get(person=an),
        "body": StandingBody.objects.get(),
        "session": UserSession.objects.create(
            user=an.user, ip="127.0.0.1", user_agent="Firefox/1", session_key="phien-cua-an"
        ),
        "file": store(
            SimpleUploadedFile("a.pdf", pdf()), by=story.actor("an"), readers=[story.units["y_te"].pk]
        ),
        "batch": preview_import(kind="units", upload=upload(imports.GOOD), by=story.actor("dung")),
    }


def _papers(world: World, story: Story) -> None:
    world.things |= {
        "draft_paper": register.draft(story),
        "numbered_paper": register.numbered(story),
        "reference": register.reference(story.actor("dung")),
        "honour": honours.give(story),
    }


def _records(world: World, story: Story) -> None:
    made = records.initiative(story)
    world.things |= {
        "rating": records.rate(story),
        "initiative": made,
        "use": records.use(story, made),
        "discipline": records.discipline(story),
        "matter": records.matter(story),
        "statement": statements.state(story),
        "led_office": equivalences.held(story, "lan"),
        "equivalence": equivalences.state(story, by="an", who="lan", last=date(2012, 12, 31)),
        "leave": records.actions.record_leave(
            unit=story.units["y_te"],
            person=story.people["an"],
            kind="sick",
            first=date(2018, 1, 1),
            last=date(2018, 2, 1),
            by=story.actor("an"),
        ),
        "verdict": eligibility.keep_verdict(
            unit=story.units["y_te"], person=story.people["an"], kind="CSTD_CS", by=story.actor("an")
        ),
        "list_check": eligibility.begin_check(
            title="Đợt 1",
            text="Nguyễn Văn An\tSở Y tế\tLĐTT",
            on=date(2019, 12, 16),
            by=story.actor("an"),
        ),
    }


def _clusters(world: World, story: Story) -> None:
    binh = story.actor("binh")
    world.things["regulation"] = clusters.draft_regulation(cluster=story.bloc, by=binh)
    first = clusters.draft_covenant(cycle=story.cycle, by=binh)
    text = "Thi đua hoàn thành nhiệm vụ."
    first = clusters.edit_covenant(
        covenant=first, text=text, place="Tỉnh Mẫu", targets=[], revision=first.revision, by=binh
    )
    clusters.open_covenant(covenant=first, by=binh)
    clusters.draft_covenant(cycle=story.cycle, amendment_reason="Thêm chỉ tiêu", by=binh)
    registration._submit(story)
    world.things |= {
        "covenant": Covenant.objects.get(version=1),
        "draft_covenant": Covenant.objects.get(version=2),
        "registration": registration._registration(story),
        "membership": story.bloc.memberships.get(unit=story.units["y_te"]),
        "oversight": Oversight.objects.create(
            cluster=story.bloc, person=story.people["phuc"], kind="council_member", term=story.cycle.term
        ),
    }


def _year(world: World, story: Story) -> None:
    indicator = catalogue.define(story, "cooperatives")["cooperatives"]
    indicator.owner = story.units["y_te"]
    indicator.save()
    [result] = catalogue.put(story, "an", "y_te", indicator, "26").saved
    movement = movements._launch(story)
    expected = movements._expect(story, movement)
    report = reports._send(story)
    draft = results.save_report(
        report=reports._new(story, period=Period.YEAR_END),
        draft=results.Draft(sections=reports.SECTIONS),
        revision=0,
        by=story.actor("an"),
    )
    attached = results.attach_file(
        report=draft, upload=SimpleUploadedFile("b.pdf", pdf()), by=story.actor("an")
    )
    world.things |= {
        "indicator": indicator,
        "result": result,
        "movement": movement,
        "expected": expected,
        "review": MovementReview.objects.create(
            movement=movement, stage="interim", held_on=date(2019, 7, 1), text="Nửa đường."
        ),
        "adoption": movements._adopt(story, expected),
        "report": report,
        "draft_report": draft,
        "attached": attached,
        **_cluster_reports(story),
    }


def _exemplars(world: World, story: Story) -> None:
    made = exemplars.enter(story)
    twice = exemplars.enter(story, "To tiem chung minh hoa")
    by = story.actor("an")
    upload = SimpleUploadedFile("a.pdf", pdf())
    kept_exemplars.merge_exemplars(exemplar=made, duplicate=twice, by=by)
    world.things |= {
        "deed_shown": kept_exemplars.attach_evidence(exemplar=made, upload=upload, by=by),
        "merging": made.mergings.get(),
        "nothing_told": NothingToRegister.objects.create(
            cycle=story.cycle, unit=story.units["y_te"], reason="Đang bồi dưỡng", recorded_at=by.at
        ),
        "exemplar": made,
        "follow_up": made.follow_ups.first(),
        "category": exemplars.category(story),
    }


def _cluster_reports(story: Story) -> dict[str, Any]:
    """The half-year's is being written, the year's was sent to the standing body."""
    binh = story.actor("binh")
    draft = results.compile_report(cycle=story.cycle, period=Period.MID_YEAR, by=binh)
    kept = results.attach_file(report=draft, upload=SimpleUploadedFile("e.pdf", pdf()), by=binh)
    reports._send(story, who="binh", unit=None, period=Period.YEAR_END)
    return {"cluster_report": draft, "cluster_attached": kept}


def _scores(world: World, story: Story) -> None:
    card = scoring.issued(story)
    criterion, sheet = card.criteria.get(code="1.1"), scoring.layer(story, "y_te", "self").sheet
    world.things |= {
        "card": card,
        "criterion": criterion,
        "layer": scoring.layer(story, "y_te", "self"),
        "sheet": sheet,
        "evidence": scores.attach_evidence(
            sheet=sheet,
            criterion=criterion,
            upload=SimpleUploadedFile("d.pdf", pdf()),
            title="Quyết định",
            by=story.actor("an"),
        ),
        "explanation": Explanation.objects.create(
            sheet=sheet, criterion=criterion, text="Có quyết định kèm theo", at=story.actor("an").at
        ),
        "next_card": scores.draft_scorecard(cycle=story.cycle, by=story.actor("binh")),
    }


def _visits(world: World, story: Story) -> None:
    """Sở Giáo dục visits Sở Y tế, whose minutes stand open, and Sở Văn hóa, whose are written."""
    units, by = story.units, story.actor("binh")
    plan = {
        units["giao_duc"].pk: scores.Planned(team=1),
        units["y_te"].pk: scores.Planned(visited_by=1, on=by.on),
        units["van_hoa"].pk: scores.Planned(visited_by=1, on=by.on),
    }
    scores.plan_checks(scorecard=world["card"], plan=plan, by=by)
    sheet = ScoreSheet.objects.get(scorecard=world["card"], unit=units["van_hoa"])
    told = {"place": "Hội trường", "present": "Tổ 1; lãnh đạo Sở", "findings": "Đủ minh chứng"}
    scores.record_visit(sheet=sheet, on=by.on, by=by, **told)
    world.things["visited"] = units["van_hoa"]


def _conference(world: World, story: Story) -> None:
    binh = story.actor("binh")
    sent = nominations.actions.submit_package(package=nominations.prepared(story), by=binh)
    package = nominations.actions.prepare_package(cycle=story.cycle, by=binh)
    nomination = nominations.actions.nominate(
        package=package, text=nominations.merit(story, "van_hoa"), by=binh
    )
    sealed = Conference.objects.get()
    planned = conferences.send_invitations(conference=steps.year_end(story), by=binh)
    world.things |= {
        "package": package,
        "sent_package": sent,
        "nomination": nomination,
        "sealed": sealed,
        "ballot": sealed.items.get(kind="ballot"),
        "planned": planned,
        "invitation": planned.invitations.get(unit=story.units["y_te"]),
        **_things_of(planned, story, "binh"),
    }


def _things_of(conference: Conference, story: Story, name: str) -> dict[str, Any]:
    """What hangs on a conference still to be held."""
    by = story.actor(name)
    return {
        "attendance": conferences.add_attendance(
            conference=conference,
            delegate=DelegateText("Trần Thị Lan", "Giám đốc"),
            unit=story.units["y_te"],
            by=by,
        ),
        "item": conference.items.filter(kind="ballot").first() or conference.items.first(),
        "handout": conferences.add_handout(
            conference=conference, title="Tài liệu", upload=SimpleUploadedFile("c.pdf", pdf()), by=by
        ),
        "opinion": conferences.add_opinion(conference=conference, kind="opinion", text="Nhất trí", by=by),
        "task": conferences.add_action_item(
            conference=conference, text="Gửi báo cáo", unit=story.units["y_te"], by=by
        ),
    }


def _congress(world: World, story: Story) -> None:
    text = ConferenceText(kind="congress", title="Đại hội thi đua yêu nước", day=date(2020, 1, 10))
    congress = conferences.plan_conference(owner=story.units["y_te"], text=text, by=story.actor("an"))
    conferences.set_invitations(
        conference=congress, units=[story.units["giao_duc"]], bodies=[], by=story.actor("an")
    )
    hung = {"invitation": congress.invitations.get(), **_things_of(congress, story, "an")}
    world.things |= {"congress": congress, **{f"congress_{key}": thing for key, thing in hung.items()}}


def _ballots(world: World, story: Story) -> None:
    world.things |= {
        "draft_ballot": ballots.with_committee(story, ballots.new_ballot(story)),
        "open_ballot": ballots.opened(story),
        "closed_ballot": ballots.closed(story),
        "counted_ballot": ballots.counted(story),
        "ceremony_ballot": ballots.in_ceremony(story),
        "voting_ballot": ballots.opened(story, mode="electronic"),
        "opening_ballot": ballots.closed(story, mode="electronic"),
    }


def _ends(world: World, story: Story) -> None:
    world.things["handover"] = handover.prepared(story)
