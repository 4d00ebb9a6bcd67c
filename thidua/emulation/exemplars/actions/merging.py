"""One exemplar entered twice becomes one, and is taken apart again when that was a mistake."""

from __future__ import annotations

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act, allow
from thidua.base.audit.refusals import refuse_if
from thidua.emulation.exemplars.models import Consent, Exemplar, FollowUp, Merging
from thidua.emulation.exemplars.queries import obstacles_to_merging, obstacles_to_unmerging


@act("exemplars.merge_exemplars", on="exemplar")
def merge_exemplars(*, exemplar: Exemplar, duplicate: Exemplar, by: Actor) -> Exemplar:
    """Gộp: one exemplar entered twice becomes one, with the steps, answers and headings of both."""
    _lock(exemplar, duplicate)
    allow(by, "exemplars.merge_exemplars", duplicate)
    refuse_if(obstacles_to_merging(exemplar, duplicate), field="duplicate")
    merging = Merging.objects.create(
        exemplar=exemplar, duplicate=duplicate, recorded_by=by.user, recorded_at=by.at
    )
    merging.follow_ups.set(duplicate.follow_ups.all())
    merging.consents.set(duplicate.consents.all())
    merging.categories.set(set(duplicate.categories.all()) - set(exemplar.categories.all()))
    FollowUp.objects.filter(exemplar=duplicate).update(exemplar=exemplar)
    Consent.objects.filter(exemplar=duplicate).update(exemplar=exemplar)
    exemplar.categories.add(*merging.categories.all())
    Exemplar.objects.filter(merged_into=duplicate).update(merged_into=exemplar)
    Exemplar.objects.filter(pk=duplicate.pk).update(merged_into=exemplar)
    return exemplar


@act("exemplars.unmerge_exemplars", on="merging")
def unmerge_exemplars(*, merging: Merging, by: Actor) -> Exemplar:
    """Tách ra: the entry merged by mistake gets back its steps, answers and headings."""
    kept, back = merging.exemplar, merging.duplicate
    _lock(kept, back)
    refuse_if(obstacles_to_unmerging(merging))
    FollowUp.objects.filter(pk__in=merging.follow_ups.values("pk")).update(exemplar=back)
    Consent.objects.filter(pk__in=merging.consents.values("pk")).update(exemplar=back)
    kept.categories.remove(*merging.categories.all())
    earlier = Merging.objects.filter(exemplar=back).values("duplicate")
    Exemplar.objects.filter(pk__in=earlier).update(merged_into=back)
    Exemplar.objects.filter(pk=back.pk).update(merged_into=None)
    merging.delete()
    back.refresh_from_db()
    return back


def _lock(*entries: Exemplar) -> None:
    rows = Exemplar.objects.select_for_update(of=("self",)).order_by("pk")
    list(rows.filter(pk__in=[one.pk for one in entries]))
