"""A cluster's years: opening, setting up, choosing heads, due dates, closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.text import slugify

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, refuse_if
from thidua.base.periods import Term, last_day, term_text
from thidua.emulation.clusters.deadlines import dates_in
from thidua.emulation.clusters.models import Cluster, Cycle, DueDate, Headship, HeadshipOffice
from thidua.emulation.clusters.queries.cycles import (
    obstacles_to_closing,
    obstacles_to_heading,
    suggested_term,
)
from thidua.emulation.clusters.queries.regulations import regulation_of
from thidua.organisations.models import Unit

MOST_DEPUTIES = 2


@act("clusters.open_cycle", on="cluster", keeps=("name", "starts", "last"))
def open_cycle(
    *,
    cluster: Cluster,
    by: Actor,
    name: str = "",
    starts: date | None = None,
    last: date | None = None,
    theme: str = "",
    head: Unit | None = None,
    deputies: Sequence[Unit] = (),
) -> Cycle:
    """Open a year of a cluster, by default the one after the latest, as long as it was.

    Members are carried over by their own terms, the regulation by its day of effect; the due dates
    are those the regulation gives. Refuses days that another year holds, a name used before, and a
    head or deputy that is no member on the first day.
    """
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    next_name, next_term = suggested_term(cluster, by.on)
    term = Term.through(starts or next_term.lower, last or last_day(next_term))
    cycle = Cycle(cluster=cluster, name=name.strip() or next_name, theme=theme.strip())
    _set_term(cycle, term)
    cycle.save()
    if head is not None:
        _write_heads(cycle, head, deputies)
    regulation = regulation_of(cycle, max(by.on, term.lower))
    if regulation is not None:
        _write_dates(cycle, dates_in(regulation.deadlines, term))
    return cycle


@act("clusters.edit_cycle", on="cycle", keeps=("name", "starts", "last", "theme"))
def edit_cycle(*, cycle: Cycle, name: str, starts: date, last: date, theme: str, by: Actor) -> Cycle:
    """Correct the name, the first and last day and the theme of a year. Its address stays."""
    _refuse_closed(cycle)
    cycle.name, cycle.theme = name.strip(), theme.strip()
    _set_term(cycle, Term.through(starts, last))
    cycle.save()
    return cycle


def _set_term(cycle: Cycle, term: Term) -> None:
    if term.upper <= term.lower:
        raise Refused("Ngày cuối phải sau ngày đầu của năm thi đua.", field="last")
    others = Cycle.objects.filter(cluster=cycle.cluster_id).exclude(pk=cycle.pk)
    across = others.filter(term__overlap=term).first()
    if across:
        raise Refused(f"Trùng ngày với năm {across.name} ({term_text(across.term)}).", field="starts")
    cycle.address = cycle.address or slugify(cycle.name.replace("–", "-"))
    if not cycle.address:
        raise Refused("Anh/chị ghi tên năm bằng số, ví dụ 2020 hoặc 2019–2020.", field="name")
    if others.filter(address=cycle.address).exists() or others.filter(name=cycle.name).exists():
        raise Refused(f"Đã có năm {cycle.name}.", field="name")
    cycle.term = term


def _refuse_closed(cycle: Cycle) -> None:
    if cycle.closed_at is not None:
        raise Refused(f"Năm {cycle.name} đã khép lại. Cơ quan thường trực mở lại thì mới sửa được.")


@act("clusters.choose_heads", on="cycle")
def choose_heads(*, cycle: Cycle, head: Unit, by: Actor, deputies: Sequence[Unit] = ()) -> Cycle:
    """Set the head and up to two deputies of a year. Refuses units that are no members of it."""
    _refuse_closed(cycle)
    Cycle.objects.select_for_update(of=("self",)).get(pk=cycle.pk)
    cycle.headships.all().delete()
    _write_heads(cycle, head, deputies)
    return cycle


def _write_heads(cycle: Cycle, head: Unit, deputies: Sequence[Unit]) -> None:
    refuse_if(obstacles_to_heading(cycle, [head]), field="head")
    refuse_if(obstacles_to_heading(cycle, deputies), field="first_deputy")
    if len(deputies) > MOST_DEPUTIES or len({head, *deputies}) != 1 + len(deputies):
        raise Refused("Chọn trưởng và tối đa hai phó, mỗi đơn vị một vai.", field="first_deputy")
    Headship.objects.create(cycle=cycle, unit=head, office=HeadshipOffice.HEAD)
    for place, unit in enumerate(deputies, start=1):
        Headship.objects.create(cycle=cycle, unit=unit, office=HeadshipOffice.DEPUTY, position=place)


@act("clusters.set_due_dates", on="cycle")
def set_due_dates(*, cycle: Cycle, dates: Mapping[str, date | None], by: Actor) -> Cycle:
    """Set the due dates of acts named by their keys; None takes a date away, others stay."""
    _refuse_closed(cycle)
    _write_dates(cycle, dates)
    return cycle


def _write_dates(cycle: Cycle, dates: Mapping[str, date | None]) -> None:
    for key, due in dates.items():
        if due is None:
            DueDate.objects.filter(cycle=cycle, act=key).delete()
        else:
            DueDate.objects.update_or_create(cycle=cycle, act=key, defaults={"due": due})


@act("clusters.close_cycle", on="cycle")
def close_cycle(*, cycle: Cycle, by: Actor) -> Cycle:
    """Close a year after its last day: its settings and covenant stay as they are."""
    refuse_if(obstacles_to_closing(cycle, by.on))
    cycle.closed_at = by.at
    cycle.save(update_fields=["closed_at"])
    return cycle


@act("clusters.reopen_cycle", on="cycle")
def reopen_cycle(*, cycle: Cycle, by: Actor) -> Cycle:
    """Take the closing of a year back."""
    cycle.closed_at = None
    cycle.save(update_fields=["closed_at"])
    return cycle
