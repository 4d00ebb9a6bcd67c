"""What the regulation asks of the head."""

from __future__ import annotations

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.text import day
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle, Regulation, RegulationState
from thidua.emulation.clusters.queries import due, head_unit_id
from thidua.organisations.models import AppointmentKind

RUNNERS = (AppointmentKind.UNIT_LEADER, AppointmentKind.HEAD_OFFICER)


def regulation_act(cycle: Cycle, *, by: Actor) -> Act:
    """Thông qua quy chế: one query."""
    versions = list(
        Regulation.objects.filter(cluster=cycle.cluster_id).order_by("-effective_from", "-version")
    )
    draft = next((r for r in versions if r.state == RegulationState.DRAFT), None)
    in_force = next((r for r in versions if r.effective_from and r.effective_from <= by.on), None)
    last = due(cycle, ActKey.REGULATION)
    state, _ = state_by_date(last, by.on)
    address = [cycle.cluster.address, cycle.address]
    if in_force is not None:
        fact = f"Bản {in_force.version}, từ {day(in_force.effective_from)}"
    else:
        fact = "Có dự thảo" if draft else "Chưa có quy chế"
    return Act(
        key=ActKey.REGULATION,
        title=ActKey.REGULATION.label,
        short="Quy chế",
        due=last,
        state=State.DONE if in_force else state,
        fact=fact,
        obstacle="" if in_force else "Chưa có quy chế nên chưa có hạn, ngưỡng và chỉ tiêu.",
        url=reverse("clusters:regulation", args=address),
        head_duties=tuple(_head_duties(cycle, draft, in_force, state)),
    )


def _head_duties(
    cycle: Cycle, draft: Regulation | None, in_force: Regulation | None, state: State
) -> list[Duty]:
    head = head_unit_id(cycle)
    if head is None or (draft is None and in_force is not None):
        return []
    address = [cycle.cluster.address, cycle.address]
    if draft is None:
        title, verb, url = "Soạn quy chế", "Soạn quy chế", reverse("clusters:regulation", args=address)
    else:
        title, verb = f"Thông qua quy chế bản {draft.version}", "Thông qua quy chế"
        url = reverse("clusters:regulation_version", args=[*address, draft.version])
    return [
        Duty(
            unit_id=head,
            state=State.DOING if state is State.LATER else state,
            title=title,
            reason="Thông qua tại hội nghị, hoặc bằng văn bản của cơ quan thường trực.",
            url=url,
            verb=verb,
            kinds=RUNNERS,
        )
    ]
