"""What the verbs share."""

from __future__ import annotations

from thidua.base.audit.refusals import Stale, refuse_if
from thidua.emulation.conferences.models import Conference
from thidua.emulation.conferences.queries import obstacles_to_agenda_change


def lock(conference: Conference) -> Conference:
    """Hold the conference's row until the act is over and read it anew: acts on one conference take turns."""
    conference.refresh_from_db(from_queryset=Conference.objects.select_for_update(of=("self",)))
    return conference


def lock_unsealed(conference: Conference, revision: int | None = None) -> Conference:
    """The same, refusing once the minutes are sealed, and a page that shows an older revision."""
    refuse_if(obstacles_to_agenda_change(lock(conference)))
    if revision is not None and conference.revision != revision:
        raise Stale
    return conference


def touch(conference: Conference) -> None:
    """What pages saw before is stale from now on."""
    conference.revision += 1
    conference.save(update_fields=["revision"])
