"""After the count: a further round, a ruling; and voiding or repeating a ballot."""

from __future__ import annotations

from collections.abc import Collection

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.voting.actions.preparing import (
    OptionRow,
    write_committee,
    write_options,
    write_roll,
)
from thidua.voting.actions.shared import lock
from thidua.voting.models import Ballot, BallotState, TieRuling
from thidua.voting.modes import mode_of
from thidua.voting.queries import (
    obstacles_to_ruling,
    obstacles_to_second_ballot,
    obstacles_to_voiding,
    options_open_for_choice,
    outcome,
)

COPIED = (
    "mode",
    "title",
    "question",
    "threshold_numerator",
    "threshold_denominator",
    "threshold_strict",
    "threshold_base",
    "quorum_numerator",
    "quorum_denominator",
    "quorum_strict",
    "max_rounds",
    "own_unit_allowed",
    "each_decided",
    "rehearses",
    "tie_break",
    "about_type",
    "about_id",
    "about_url",
    "owner_unit",
    "held_by",
    "occasion",
)


@act("voting.open_second_ballot", on="ballot")
def open_second_ballot(
    *,
    ballot: Ballot,
    by: Actor,
    options: Collection[int] | None = None,
) -> Ballot:
    """A draft of the next round over the seats left, with the same voters, committee and rules.

    `options` (ids) narrows the choice; without it the equals stand, or all not yet chosen.
    """
    refuse_if(obstacles_to_second_ballot(lock(ballot)))
    found = outcome(ballot)
    open_still = options_open_for_choice(ballot)
    chosen = [one for one in open_still if options is None or one.pk in options]
    if found is None or len(chosen) < found.seats_left:
        raise Refused("Số phương án cho lượt sau ít hơn số còn phải chọn.", field="options")
    return copy_ballot(
        ballot,
        [(one.unit, one.label) for one in sorted(chosen, key=lambda one: one.position)],
        seats=found.seats_left,
        choices_max=min(ballot.choices_max, found.seats_left),
        round=ballot.round + 1,
        previous=ballot,
    )


@act("voting.repeat_ballot", on="ballot")
def repeat_ballot(
    *,
    ballot: Ballot,
    by: Actor,
) -> Ballot:
    """A fresh draft of a voided ballot: same question, roll, committee. Asked twice, made once."""
    lock(ballot)
    if ballot.state != BallotState.VOID:
        raise Refused("Chỉ làm lại cuộc bỏ phiếu đã hủy.")
    made = Ballot.objects.filter(replaces=ballot).first()
    if made is not None:
        return made
    return copy_ballot(
        ballot,
        [(one.unit, one.label) for one in ballot.options.select_related("unit")],
        seats=ballot.seats,
        choices_max=ballot.choices_max,
        round=ballot.round,
        previous=ballot.previous,
        replaces=ballot,
    )


def copy_ballot(ballot: Ballot, options: list[OptionRow], **changed: object) -> Ballot:
    """A draft with the same roll, committee and rules, but for what is changed."""
    copy = Ballot.objects.create(**({name: getattr(ballot, name) for name in COPIED} | changed))
    copy.managers.set(ballot.managers.all())
    copy.readers.set(ballot.readers.all())
    write_options(copy, options)
    write_roll(
        copy,
        [(v.unit, v.person_name, v.office) for v in ballot.roll.select_related("unit")],
    )
    members = ballot.committee.select_related("unit", "user")
    write_committee(copy, [(m.person_name, m.unit, m.user, m.role) for m in members])
    return copy


@act("voting.void_ballot", on="ballot", keeps=("reason",))
def void_ballot(*, ballot: Ballot, reason: str, by: Actor) -> Ballot:
    """Give up the ballot, from whatever step, with the reason; nothing of it counts any more."""
    refuse_if(obstacles_to_voiding(lock(ballot)))
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do hủy.", field="reason")
    mode_of(ballot).void(ballot, reason.strip(), by.at)
    ballot.state, ballot.voided_at, ballot.void_reason = (
        BallotState.VOID,
        by.at,
        reason.strip(),
    )
    ballot.save(update_fields=["state", "voided_at", "void_reason"])
    return ballot


@act("voting.decide_tie", on="ballot", keeps=("deciders", "reason"))
def decide_tie(*, ballot: Ballot, options: Collection[int], deciders: str, reason: str, by: Actor) -> Ballot:
    """Record whom those named by the regulation chose after the last round, and why."""
    refuse_if(obstacles_to_ruling(lock(ballot)))
    found = outcome(ballot)
    chosen = [one for one in options_open_for_choice(ballot) if one.pk in options]
    if found is None or not chosen or len(chosen) < len(set(options)) or len(chosen) > found.seats_left:
        left = found.seats_left if found else 0
        raise Refused(f"Chọn từ 1 đến {left} trong số các phương án còn lại.", field="options")
    if not deciders.strip() or not reason.strip():
        raise Refused("Ghi rõ ai quyết định và vì sao.", field="reason")
    TieRuling.objects.bulk_create(
        TieRuling(
            ballot=ballot,
            option=one,
            deciders=deciders.strip(),
            reason=reason.strip(),
            user=by.user,
            at=by.at,
        )
        for one in chosen
    )
    return ballot
