"""Who keeps the catalogue, who expects movements of a year, who answers for a unit."""

from __future__ import annotations

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.files.models import StoredFile
from thidua.base.files.permissions import let_in
from thidua.emulation.clusters.permissions import acts_for_unit, administers, oversees, runs_cycle, sees_cycle
from thidua.emulation.clusters.queries import MEMBER_KINDS
from thidua.emulation.movements.models import Adoption, Movement, MovementLevel, MovementReview
from thidua.emulation.movements.queries import standing_authorities, visible_movements
from thidua.organisations.models import AppointmentKind


@rules.predicate
def sees_movement(by: Actor, movement: Movement) -> bool:
    """It is among those the person sees; same answer as `visible_movements`."""
    return visible_movements(by).filter(pk=movement.pk).exists()


@rules.predicate
def keeps_movement(by: Actor, movement: Movement) -> bool:
    """Launches and corrects it: the standing body above, the head in a cluster, the unit its own."""
    if by.holds(AppointmentKind.ADMINISTRATOR):
        return True
    if movement.level == MovementLevel.CLUSTER:
        return movement.cycle is not None and bool((runs_cycle | oversees)(by, movement.cycle))
    if movement.level == MovementLevel.UNIT:
        return movement.authority_id is not None and by.holds(*MEMBER_KINDS, unit=movement.authority_id)
    if movement.level == MovementLevel.NATIONAL:
        return by.holds(AppointmentKind.STANDING_OFFICER)
    return standing_authorities(by).filter(authority=movement.authority_id).exists()


@rules.predicate
def keeps_review(by: Actor, review: MovementReview) -> bool:
    """Whoever keeps the movement it is of."""
    return bool(keeps_movement(by, review.movement))


@rules.predicate
def adds_to_catalogue(by: Actor, _subject: object) -> bool:
    """May add to some catalogue outside a cluster's year: a standing body's, or the own unit's."""
    return by.holds(AppointmentKind.STANDING_OFFICER, AppointmentKind.ADMINISTRATOR, *MEMBER_KINDS)


def reads_plan(by: Actor, file: StoredFile) -> bool:
    """Head, deputies and standing body read the plan a member sent with its answer."""
    adoption = (
        Adoption.objects.filter(pk=file.about_id or 0).select_related("expected__cycle__cluster").first()
    )
    return adoption is not None and bool((runs_cycle | oversees)(by, adoption))


let_in("movements.adoption", reads_plan)

rules.add_perm("movements.view_movement", sees_movement)
rules.add_perm("movements.add_movement", adds_to_catalogue)
rules.add_perm("movements.launch_movement", keeps_movement)
rules.add_perm("movements.revise_movement", keeps_movement)
rules.add_perm("movements.remove_movement", keeps_movement)
rules.add_perm("movements.review_movement", keeps_movement)
rules.add_perm("movements.remove_review", keeps_review)
rules.add_perm("movements.view_board", sees_cycle)
rules.add_perm("movements.apply_movement", runs_cycle | oversees | administers)
rules.add_perm("movements.drop_movement", runs_cycle | oversees | administers)
rules.add_perm("movements.adopt_movement", acts_for_unit)
rules.add_perm("movements.withdraw_adoption", acts_for_unit)
