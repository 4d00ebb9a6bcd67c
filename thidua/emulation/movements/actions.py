"""Verbs of movements: launch, revise, review, expect of a year, adopt."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.files.base import File

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.files.actions import store
from thidua.base.text import normalise
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import members, obstacles_to_changing
from thidua.emulation.movements.models import (
    Adoption,
    AdoptionTarget,
    CycleMovement,
    Movement,
    MovementReview,
    ReviewFigure,
)
from thidua.emulation.movements.queries import (
    ancestors,
    obstacles_to_dropping,
    obstacles_to_launching,
    obstacles_to_removing,
)
from thidua.organisations.models import Unit


@act("movements.launch_movement", on="movement")
def launch_movement(*, movement: Movement, launchers: Iterable[Unit] = (), by: Actor) -> Movement:
    """Phát động: write a new movement; one launched by a cluster applies to that year at once."""
    _check(movement, list(launchers))
    movement.save(force_insert=True)
    movement.launchers.set(launchers)
    if movement.cycle is not None:
        CycleMovement.objects.create(cycle=movement.cycle, movement=movement)
    return movement


@act("movements.revise_movement", on="movement")
def revise_movement(*, movement: Movement, launchers: Iterable[Unit], revision: int, by: Actor) -> Movement:
    """Correct a movement; refuses when somebody else corrected it since `revision` was read."""
    kept = Movement.objects.select_for_update().get(pk=movement.pk)
    if kept.revision != revision:
        raise Stale
    if (kept.level, kept.authority_id, kept.cycle_id) != (
        movement.level,
        movement.authority_id,
        movement.cycle_id,
    ):
        raise Refused(
            "Cấp và danh mục của phong trào không đổi được. Anh/chị lập phong trào mới.", field="level"
        )
    _check(movement, list(launchers))
    movement.revision = revision + 1
    movement.save()
    movement.launchers.set(launchers)
    return movement


def _check(movement: Movement, launchers: list[Unit]) -> None:
    movement.title = normalise(movement.title)
    if movement.is_theme_of_year and not movement.theme:
        raise Refused("Anh/chị ghi chủ đề của năm.", field="theme")
    if not launchers and not movement.other_launchers:
        raise Refused(
            "Anh/chị chọn ít nhất một đơn vị phát động, hoặc ghi tên cơ quan.", field="other_launchers"
        )
    refuse_if(obstacles_to_launching(movement), field="consent")
    if movement.pk and movement.pk in ancestors(movement):
        raise Refused("Phong trào này đang được chính phong trào đó cụ thể hóa.", field="parent")


@act("movements.remove_movement", on="movement")
def remove_movement(*, movement: Movement, by: Actor) -> None:
    """Take an entry made by mistake out of the catalogue; refuses once anything depends on it."""
    refuse_if(obstacles_to_removing(movement))
    movement.delete()


@act("movements.review_movement", on="movement")
def review_movement(
    *, movement: Movement, review: MovementReview, figures: Iterable[ReviewFigure] = (), by: Actor
) -> MovementReview:
    """Sơ kết, tổng kết: write down a review with its figures; a movement is summed up once."""
    Movement.objects.select_for_update().get(pk=movement.pk)
    if review.held_on > by.on:
        raise Refused("Ngày sơ kết, tổng kết chưa đến.", field="held_on")
    if review.stage == "final" and movement.reviews.filter(stage="final").exists():
        raise Refused("Phong trào này đã được tổng kết.", field="stage")
    review.movement = movement
    review.save(force_insert=True)
    for position, figure in enumerate(figures, start=1):
        figure.review, figure.position = review, position
        figure.save(force_insert=True)
    return review


@act("movements.remove_review", on="review")
def remove_review(*, review: MovementReview, by: Actor) -> None:
    """Take back a review written by mistake. A copy stays in the history."""
    review.delete()


@act("movements.apply_movement", on="cycle")
def apply_movement(
    *, cycle: Cycle, movement: Movement, plan_required: bool = True, plan_due: date | None = None, by: Actor
) -> CycleMovement:
    """Expect a movement of every member of the year; asking again changes the plan's due date."""
    refuse_if(obstacles_to_changing(cycle))
    expected, _ = CycleMovement.objects.update_or_create(
        cycle=cycle, movement=movement, defaults={"plan_required": plan_required, "plan_due": plan_due}
    )
    return expected


@act("movements.drop_movement", on="cycle")
def drop_movement(*, cycle: Cycle, expected: CycleMovement, by: Actor) -> None:
    """Expect it no longer; refuses once a member has answered, or anything else of the year stands on it."""
    refuse_if(obstacles_to_dropping(CycleMovement.objects.select_for_update().get(pk=expected.pk)))
    expected.delete()


@act("movements.adopt_movement", on="adoption", keeps=("revision",))
def adopt_movement(
    *,
    adoption: Adoption,
    targets: Sequence[AdoptionTarget] | None = None,
    revision: int = 0,
    plan_upload: File[Any] | None = None,
    by: Actor,
) -> Adoption:
    """Hưởng ứng: write, or correct, a member's answer, its own plan and targets; None leaves the targets.

    Refuses a day to come, a unit that was no member during the year, and a correction of what somebody
    else changed since `revision` was read. The same answer sent twice is written once.
    """
    CycleMovement.objects.select_for_update().get(pk=adoption.expected_id)
    kept = Adoption.objects.filter(expected=adoption.expected_id, unit=adoption.unit_id).first()
    if kept is not None and kept.revision != revision:
        if _same(kept, adoption) and _same_targets(kept, targets) and _same_file(kept, plan_upload):
            return kept
        raise Stale
    _check_adoption(adoption, by)
    adoption.pk = kept.pk if kept else None
    adoption.revision = revision + 1
    adoption.save()
    if targets is not None:
        _set_targets(adoption, targets)
    if plan_upload is not None:
        adoption.plan_file = store(
            plan_upload, by=by, owner=adoption, readers=[adoption.unit_id], field="plan_upload"
        )
        adoption.save(update_fields=["plan_file"])
    return adoption


def _check_adoption(adoption: Adoption, by: Actor) -> None:
    refuse_if(obstacles_to_changing(adoption.cycle))
    if adoption.adopted_on > by.on:
        raise Refused("Ngày triển khai chưa đến. Anh/chị ghi ngày đơn vị đã triển khai.", field="adopted_on")
    if adoption.plan_dated and not adoption.plan_symbol:
        raise Refused("Anh/chị ghi số, ký hiệu của kế hoạch.", field="plan_symbol")
    if adoption.unit_id not in {membership.unit_id for membership in members(adoption.cycle)}:
        raise Refused("Đơn vị không phải thành viên trong năm này.")


def _same(kept: Adoption, new: Adoption) -> bool:
    told = ("adopted_on", "plan_symbol", "plan_dated", "note")
    return all(getattr(kept, name) == getattr(new, name) for name in told)


def _same_file(kept: Adoption, upload: File[Any] | None) -> bool:
    """The upload is the file already kept, byte for byte."""
    if upload is None:
        return True
    if kept.plan_file is None or kept.plan_file.size != upload.size:
        return False
    upload.seek(0)
    same = kept.plan_file.sha256 == hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    return same


def _same_targets(kept: Adoption, targets: Sequence[AdoptionTarget] | None) -> bool:
    return targets is None or [str(row) for row in kept.targets.all()] == [str(row) for row in targets]


def _set_targets(adoption: Adoption, targets: Sequence[AdoptionTarget]) -> None:
    adoption.targets.all().delete()
    for position, target in enumerate(targets, start=1):
        target.adoption, target.position = adoption, position
        target.save(force_insert=True)


@act("movements.withdraw_adoption", on="adoption")
def withdraw_adoption(*, adoption: Adoption, by: Actor) -> None:
    """Take back an answer written by mistake. A copy stays in the history."""
    refuse_if(obstacles_to_changing(adoption.cycle))
    adoption.delete()
