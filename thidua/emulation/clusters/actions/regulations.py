"""Writing, changing and adopting a cluster's regulation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Max

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.emulation.clusters.models import Cluster, Regulation, RegulationState
from thidua.emulation.clusters.presets import Preset
from thidua.emulation.clusters.queries.regulations import adopted, draft_of, obstacles_to_adopting

KEPT = frozenset(
    {
        "id",
        "cluster",
        "version",
        "state",
        "effective_from",
        "adopted_at",
        "adopted_by",
        "revision",
    }
)
SETTINGS = tuple(f.name for f in Regulation._meta.concrete_fields if f.name not in KEPT)


@act("clusters.draft_regulation", on="cluster")
def draft_regulation(*, cluster: Cluster, by: Actor, preset: Preset | None = None) -> Regulation:
    """Begin a new version: as the last adopted one, or as a preset.

    A draft that is there already is given back as it stands, unless a preset is asked for: that refuses.
    """
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    standing = draft_of(cluster)
    if standing is not None:
        if preset is not None:
            raise Refused("Đang có một bản dự thảo. Anh/chị bỏ bản ấy trước khi lấy mẫu khác.")
        return standing
    last = adopted(cluster).first()
    newest = Regulation.objects.filter(cluster=cluster).aggregate(newest=Max("version"))["newest"] or 0
    draft = Regulation(cluster=cluster, version=newest + 1)
    values = {name: getattr(last, name) for name in SETTINGS} if last and preset is None else {}
    _set(draft, values | dict(preset.values if preset else {}))
    draft.save()
    return draft


def _set(regulation: Regulation, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name not in SETTINGS:
            raise FieldDoesNotExist(name)
        setattr(regulation, name, value)


@act("clusters.edit_regulation", on="regulation")
def edit_regulation(
    *, regulation: Regulation, changes: Mapping[str, Any], revision: int, by: Actor
) -> Regulation:
    """Change settings of a draft, named as in `SETTINGS`.

    Refuses an adopted version; Stale when somebody changed it meanwhile.
    """
    draft = Regulation.objects.select_for_update(of=("self",)).get(pk=regulation.pk)
    if draft.state != RegulationState.DRAFT:
        raise Refused("Bản đã thông qua không sửa được. Anh/chị soạn bản mới.")
    if draft.revision != revision:
        raise Stale
    _set(draft, changes)
    draft.revision += 1
    draft.save()
    return draft


@act("clusters.drop_regulation", on="regulation")
def drop_regulation(*, regulation: Regulation, by: Actor) -> None:
    """Throw a draft away. Refuses an adopted version."""
    if regulation.state != RegulationState.DRAFT:
        raise Refused("Bản đã thông qua không bỏ được.")
    regulation.delete()


@act("clusters.adopt_regulation", on="regulation", keeps=("effective_from", "adopted_by"))
def adopt_regulation(
    *, regulation: Regulation, effective_from: date, adopted_by: str, by: Actor
) -> Regulation:
    """Adopt a draft at a conference, or by the standing body's decision; from then on it never changes.

    Refuses a day of effect before that of the version adopted last, and a blank `adopted_by`.
    """
    draft = Regulation.objects.select_for_update(of=("self",)).get(pk=regulation.pk)
    refuse_if(obstacles_to_adopting(draft, effective_from), field="effective_from")
    if not adopted_by.strip():
        raise Refused("Anh/chị ghi hội nghị hoặc văn bản đã thông qua.", field="adopted_by")
    draft.state = RegulationState.ADOPTED
    draft.effective_from, draft.adopted_by, draft.adopted_at = effective_from, adopted_by.strip(), by.at
    draft.save()
    return draft
