"""Making a ballot and its committee, before the roll is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale
from thidua.organisations.models import Unit
from thidua.voting.actions.shared import lock
from thidua.voting.counting import Share
from thidua.voting.models import (
    Ballot,
    BallotOption,
    BallotState,
    CommitteeMember,
    CommitteeRole,
    RollEntry,
)
from thidua.voting.queries.obstacles import COMMITTEE_SIZES

OptionRow = tuple[Unit | None, str]  # unit or None, label on the paper
VoterRow = tuple[Unit, str, str]  # unit, full name (may be empty), office
MemberRow = tuple[str, Unit | None, User | None, str]  # full name, unit, account, CommitteeRole


@act("voting.create_ballot", on="owner_unit", keeps=("title", "mode"))
def create_ballot(
    *,
    title: str,
    mode: str,
    about_type: str,
    about_id: object,
    owner_unit: Unit,
    manager_units: Iterable[Unit],
    reader_units: Iterable[Unit],
    options: Sequence[OptionRow],
    roll: Sequence[VoterRow],
    seats: int,
    choices_max: int,
    threshold: Share,
    threshold_base: str,
    quorum: Share,
    max_rounds: int,
    own_unit_allowed: bool,
    tie_break: str,
    by: Actor,
    each_decided: bool = False,
    question: str = "",
    held_by: str = "",
    occasion: str = "",
    about_url: str = "",
) -> Ballot:
    """A draft ballot under the rules given; `tie_break` says in Vietnamese who decides after the last round.

    `held_by` (“Khối thi đua …”) and `occasion` (“Hội nghị tổng kết năm 2019, ngày 08/01/2020”) stand on
    papers and on the screen in the room; `about_url` is the page the ballot's page leads back to.

    With `each_decided` every line passes or fails by itself, as a council decides its forty dossiers.

    The roll holds everybody entitled to vote, absent or not: threshold and quorum are shares of it.
    """
    ballot = Ballot.objects.create(
        title=title,
        question=question,
        held_by=held_by,
        occasion=occasion,
        about_url=about_url,
        mode=mode,
        about_type=about_type,
        about_id=str(about_id),
        owner_unit=owner_unit,
        seats=seats,
        choices_max=choices_max,
        threshold_numerator=threshold.numerator,
        threshold_denominator=threshold.denominator,
        threshold_strict=threshold.strict,
        threshold_base=threshold_base,
        quorum_numerator=quorum.numerator,
        quorum_denominator=quorum.denominator,
        quorum_strict=quorum.strict,
        max_rounds=max_rounds,
        own_unit_allowed=own_unit_allowed,
        each_decided=each_decided,
        tie_break=tie_break,
    )
    ballot.managers.set(manager_units)
    ballot.readers.set(reader_units)
    write_options(ballot, options)
    write_roll(ballot, roll)
    return ballot


@act("voting.revise_ballot", on="ballot", keeps=("title",))
def revise_ballot(
    *,
    ballot: Ballot,
    revision: int,
    title: str,
    question: str,
    options: Sequence[OptionRow],
    roll: Sequence[VoterRow],
    by: Actor,
) -> Ballot:
    """Rewrite the words, options and roll of a draft. Raises Stale when somebody revised it meanwhile."""
    lock(ballot)
    if ballot.state != BallotState.DRAFT:
        raise Refused("Danh sách đã chốt, không sửa được nữa. Nếu có sai sót, anh/chị hủy rồi làm lại.")
    if ballot.revision != revision:
        raise Stale
    ballot.title, ballot.question, ballot.revision = title, question, revision + 1
    ballot.save(update_fields=["title", "question", "revision"])
    ballot.options.all().delete()
    ballot.roll.all().delete()
    write_options(ballot, options)
    write_roll(ballot, roll)
    return ballot


def write_options(ballot: Ballot, options: Sequence[OptionRow]) -> None:
    """The options in their order; the same words or unit twice are refused."""
    labels = [label.strip() for _, label in options]
    units = [unit.pk for unit, _ in options if unit]
    if len({label.casefold() for label in labels}) < len(labels) or len(set(units)) < len(units):
        raise Refused("Có phương án ghi hai lần. Mỗi phương án chỉ ghi một lần.")
    BallotOption.objects.bulk_create(
        BallotOption(ballot=ballot, unit=unit, label=label.strip(), position=position)
        for position, (unit, label) in enumerate(options, start=1)
    )


def write_roll(ballot: Ballot, roll: Sequence[VoterRow]) -> None:
    """The voters in their order; the same person of a unit twice is refused."""
    named = [(unit.pk, name.strip().casefold()) for unit, name, _ in roll if name.strip()]
    if len(set(named)) < len(named):
        raise Refused("Có người ghi hai lần trong danh sách cử tri.")
    RollEntry.objects.bulk_create(
        RollEntry(
            ballot=ballot,
            unit=unit,
            person_name=name.strip(),
            office=office.strip(),
            position=position,
        )
        for position, (unit, name, office) in enumerate(roll, start=1)
    )


@act("voting.name_committee", on="ballot")
def name_committee(
    *,
    ballot: Ballot,
    members: Sequence[MemberRow],
    by: Actor,
) -> Ballot:
    """Set the counting committee: 3 or 5 people with one chair, before the vote opens."""
    lock(ballot)
    if not ballot.in_preparation:
        raise Refused("Đã mở bỏ phiếu nên không đổi ban kiểm phiếu được nữa.")
    if len(members) not in COMMITTEE_SIZES:
        raise Refused(f"Ban kiểm phiếu gồm 3 hoặc 5 người, đang ghi {len(members)}.")
    if [role for *_, role in members].count(CommitteeRole.CHAIR) != 1:
        raise Refused("Ban kiểm phiếu phải có đúng một trưởng ban.")
    accounts = [user.pk for _, _, user, _ in members if user]
    if len(set(accounts)) < len(accounts):
        raise Refused("Một tài khoản chỉ đứng tên một người trong ban kiểm phiếu.")
    ballot.committee.all().delete()
    write_committee(ballot, members)
    return ballot


def write_committee(ballot: Ballot, members: Sequence[MemberRow]) -> None:
    """The committee in its order, the chair first."""
    ordered = sorted(members, key=lambda member: member[3] != CommitteeRole.CHAIR)
    CommitteeMember.objects.bulk_create(
        CommitteeMember(
            ballot=ballot,
            person_name=name,
            unit=unit,
            user=user,
            role=role,
            position=position,
        )
        for position, (name, unit, user, role) in enumerate(ordered, start=1)
    )
