"""What the cluster proposes: the package, its lines, sending it up."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.notices.actions import tell
from thidua.base.periods import last_day
from thidua.base.text import loose_key
from thidua.commendation.eligibility.actions import keep_verdict
from thidua.commendation.eligibility.models import Verdict
from thidua.commendation.nominations.actions.shared import lock_in_hand
from thidua.commendation.nominations.models import Nomination, Package, PackageState
from thidua.commendation.nominations.papers import submission_letter
from thidua.commendation.nominations.queries import (
    nomination_lines,
    obstacles_to_preparing,
    obstacles_to_submitting,
    suggested_kind,
)
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import members_now
from thidua.emulation.conferences.models import Conference, ConferenceKind
from thidua.emulation.conferences.queries import acclaimed, officers_of
from thidua.emulation.conferences.registering import register
from thidua.emulation.movements.models import Movement
from thidua.honours.models import CommendationGround
from thidua.organisations.models import Unit
from thidua.organisations.queries import people_named
from thidua.rulebook.catalogue import kind as kind_of_code


@dataclass(frozen=True, kw_only=True)
class NominationText:
    """A proposal as it is typed; without `recipient` it is for the unit itself."""

    unit: Unit
    honour_kind: str
    recipient: str = ""
    ground: str = CommendationGround.MERIT
    movement: Movement | None = None
    summary: str = ""
    over_quota_reason: str = ""
    warning_reason: str = ""
    leads: bool = False
    leads_how: str = ""


@act("nominations.prepare_package", on="cycle")
def prepare_package(*, cycle: Cycle, by: Actor, is_demonstration: bool = False) -> Package:
    """Begin a package, with the leading units the conference acclaimed already proposed for the flag."""
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    refuse_if(obstacles_to_preparing(cycle))
    chosen = acclaimed(cycle)
    held = chosen[0].item.conference if chosen else _year_end(cycle)
    package = Package.objects.create(
        cycle=cycle,
        number=Package.objects.filter(cycle=cycle).count() + 1,
        conference=held,
        addressee=_addressee(cycle),
        is_demonstration=is_demonstration,
    )
    code = suggested_kind(cycle)
    proposed = set(Nomination.objects.filter(cycle=cycle, honour_kind=code).values_list("unit_id", flat=True))
    for one in chosen:
        if code and one.unit.pk not in proposed:
            text = NominationText(unit=one.unit, honour_kind=code, leads=True, leads_how=one.how[:400])
            _write(Nomination(package=package, cycle=cycle), text, by)
    return package


def _year_end(cycle: Cycle) -> Conference | None:
    return Conference.objects.filter(cycle=cycle, kind=ConferenceKind.YEAR_END).first()


def _addressee(cycle: Cycle) -> str:
    body = cycle.cluster.standing_body
    council = f"Hội đồng Thi đua – Khen thưởng {cycle.cluster.authority.name}"
    return f"{council} (qua {body.unit.name})" if body is not None else council


@act("nominations.edit_package", on="package", keeps=("revision",))
def edit_package(
    *,
    package: Package,
    addressee: str,
    text: str,
    conference: Conference | None,
    revision: int,
    by: Actor,
) -> Package:
    """Change to whom it goes, what the letter says besides the list, and the conference it rests on."""
    lock_in_hand(package)
    if package.revision != revision:
        raise Stale
    if conference is not None and conference.cycle_id != package.cycle_id:
        raise Refused("Hội nghị không thuộc năm này.", field="conference")
    package.addressee, package.text, package.conference = addressee.strip(), text.strip(), conference
    package.revision += 1
    package.save(update_fields=["addressee", "text", "conference", "revision"])
    return package


@act("nominations.discard_package", on="package")
def discard_package(*, package: Package, by: Actor) -> None:
    """Remove a package that was never sent."""
    lock_in_hand(package)
    if package.submitted_at is not None:
        raise Refused("Hồ sơ đã từng gửi nên không xóa được.")
    package.nominations.all().delete()
    package.delete()


@act("nominations.nominate", on="package")
def nominate(*, package: Package, text: NominationText, by: Actor) -> Nomination:
    """Propose somebody. Refused outside the cluster, for an unknown kind, and twice for the same kind."""
    lock_in_hand(package)
    return _write(Nomination(package=package, cycle=package.cycle), text, by)


@act("nominations.edit_nomination", on="nomination")
def edit_nomination(*, nomination: Nomination, text: NominationText, by: Actor) -> Nomination:
    """Change a proposal before it is sent."""
    lock_in_hand(nomination.package)
    return _write(nomination, text, by)


@act("nominations.withdraw_nomination", on="nomination")
def withdraw_nomination(*, nomination: Nomination, by: Actor) -> None:
    """Take a proposal out before it is sent."""
    lock_in_hand(nomination.package)
    nomination.delete()


def _write(nomination: Nomination, text: NominationText, by: Actor) -> Nomination:
    cycle = nomination.cycle
    _refuse_unfit(cycle, text, by)
    recipient = text.recipient.strip() or text.unit.name
    twice = Nomination.objects.filter(
        cycle=cycle, honour_kind=text.honour_kind, unit=text.unit, recipient=recipient
    ).exclude(pk=nomination.pk)
    if twice.exists():
        raise Refused(f"{recipient} đã được đề nghị danh hiệu, hình thức này.", field="honour_kind")
    nomination.unit, nomination.recipient = text.unit, recipient
    nomination.is_unit = recipient == text.unit.name
    nomination.honour_kind, nomination.ground = text.honour_kind, text.ground
    nomination.movement = text.movement
    nomination.summary, nomination.over_quota_reason = text.summary.strip(), text.over_quota_reason.strip()
    nomination.warning_reason = text.warning_reason.strip()
    if nomination.pk is None:
        nomination.leads, nomination.leads_how = text.leads, text.leads_how
        nomination.position = nomination.package.nominations.count() + 1
    nomination.verdict = _verdict(nomination, by)
    nomination.save()
    return nomination


def _verdict(nomination: Nomination, by: Actor) -> Verdict | None:
    """What the rulebook says today, kept with the proposal; None when the recipient is not on record."""
    unit, year = nomination.unit, last_day(nomination.cycle.term).year
    person = None
    if not nomination.is_unit:
        found = people_named([unit.pk]).get((unit.pk, loose_key(nomination.recipient)), [])
        if len(found) != 1:
            return None
        person = found[0]
    return keep_verdict(
        unit=unit, person=person, kind=nomination.honour_kind, year=year, for_proposal=True, by=by
    )


def _refuse_unfit(cycle: Cycle, text: NominationText, by: Actor) -> None:
    if text.unit.pk not in {member.unit_id for member in members_now(cycle, by.on)}:
        raise Refused("Đơn vị không phải thành viên trong năm này.", field="unit")
    if text.movement is not None and text.ground != CommendationGround.MOVEMENT:
        raise Refused("Đề nghị theo phong trào thì chọn loại hình “Phong trào thi đua”.", field="ground")
    if text.movement is not None and not cycle.movements.filter(movement=text.movement).exists():
        raise Refused("Phong trào này không áp dụng cho năm.", field="movement")
    try:
        found = kind_of_code(text.honour_kind, by.on)
    except LookupError as fault:
        raise Refused("Danh hiệu, hình thức này không có trong danh mục.", field="honour_kind") from fault
    if not text.recipient.strip() and not found.suits("tap_the"):
        raise Refused(f"{found.name} chỉ tặng cá nhân; ghi tên người được đề nghị.", field="recipient")


@act("nominations.submit_package", on="package")
def submit_package(*, package: Package, by: Actor) -> Package:
    """Send the package up: the letter gets its number, the lines freeze, the standing body is told."""
    lock_in_hand(package)
    refuse_if(obstacles_to_submitting(package, by.on))
    body = package.cycle.cluster.standing_body
    if body is None:  # pragma: no cover  an obstacle above
        raise Refused("Chưa có cơ quan thường trực.")
    package.letter = register(
        submission_letter(package, nomination_lines(package), by.on),
        of=package.cycle,
        about="nominations.package",
        about_id=package.pk,
        by=by,
    )
    package.state, package.submitted_at, package.submitted_by = PackageState.SUBMITTED, by.at, by.name[:160]
    package.save(update_fields=["state", "submitted_at", "submitted_by", "letter"])
    tell(
        people=officers_of([body.unit_id], by.on),
        text=f"{package.cycle.cluster.name} gửi {package.letter.title}. Anh/chị tiếp nhận hồ sơ.",
        url=package_address(package),
        key=f"nominations.submitted:{package.pk}:{package.letter.pk}",
        at=by.at,
    )
    return package


def package_address(package: Package) -> str:
    """Where the package is read."""
    from django.urls import reverse

    cycle = package.cycle
    return reverse("nominations:package", args=[cycle.cluster.address, cycle.address, package.number])
