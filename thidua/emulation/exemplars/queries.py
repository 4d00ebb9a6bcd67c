"""Questions about exemplars. They never write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from thidua.base.accounts.actors import Actor
from thidua.base.files.models import StoredFile
from thidua.base.text import search_key
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import runs_cycle, watches
from thidua.emulation.clusters.queries import MEMBER_KINDS, members, obstacles_to_changing, visible_cycles
from thidua.emulation.exemplars.models import (
    Consent,
    ConsentState,
    Exemplar,
    ExemplarCategory,
    ExemplarKind,
    FollowUp,
    Merging,
    NothingToRegister,
    Step,
)
from thidua.organisations.models import Unit

ACT = ActKey.EXEMPLARS
MEASURES = {
    ExemplarKind.COLLECTIVE: "tập thể",
    ExemplarKind.INDIVIDUAL: "cá nhân",
    ExemplarKind.HOUSEHOLD: "hộ",
}
STANDING = Q(follow_ups__struck_reason="")


def reads_all(cycle: Cycle, by: Actor) -> bool:
    """Head, deputies, standing body and those above read every member's exemplars."""
    return by.is_system or bool((runs_cycle | watches)(by, cycle))


def visible_exemplars(cycle: Cycle, by: Actor) -> QuerySet[Exemplar]:
    """The year's exemplars the person reads: all of the cluster, or the own unit's."""
    rows = with_facts(Exemplar.objects.filter(cycle=cycle, merged_into=None))
    return rows if reads_all(cycle, by) else rows.filter(unit__in=by.units(*MEMBER_KINDS))


def with_facts(rows: QuerySet[Exemplar]) -> QuerySet[Exemplar]:
    """With the furthest step (`step`) and the consent that holds (`consent`), in one query."""
    latest = Consent.objects.filter(exemplar=OuterRef("pk")).order_by("-day", "-pk")
    return (
        rows.select_related("unit", "person", "collective")
        .prefetch_related("categories")
        .annotate(step=Max("follow_ups__step", filter=STANDING), consent=Subquery(latest.values("state")[:1]))
    )


@dataclass(frozen=True)
class Filter:
    """What the register was asked for; empty words ask nothing."""

    words: str = ""
    unit: int | None = None
    kind: str = ""
    category: int | None = None
    field: str = ""
    step: int | None = None


def register(cycle: Cycle, by: Actor, asked: Filter) -> QuerySet[Exemplar]:
    """The year's list, narrowed."""
    found = visible_exemplars(cycle, by)
    if asked.words:
        found = found.filter(search__contains=search_key(asked.words))
    told = {
        "unit": asked.unit,
        "kind": asked.kind,
        "categories": asked.category,
        "field": asked.field,
        "step": asked.step,
    }
    return found.filter(**{key: value for key, value in told.items() if value})


def totals(rows: Collection[Exemplar]) -> list[tuple[str, int]]:
    """How many of each kind, in the order of the kinds, as far as there are any."""
    found = Counter(row.kind for row in rows)
    return [(kind.label, found[kind]) for kind in ExemplarKind if found[kind]]


def categories_of(cycle: Cycle) -> QuerySet[ExemplarCategory]:
    """The cluster's headings."""
    return ExemplarCategory.objects.filter(cluster=cycle.cluster_id)


@dataclass(frozen=True)
class CategoryCount:
    """“Trong đó”: how many of them stand in a category."""

    category: str
    count: int


@dataclass(frozen=True)
class KindCount:
    """How many exemplars of a kind were registered, and of them how many in each category."""

    kind: ExemplarKind
    count: int
    parts: tuple[CategoryCount, ...] = ()

    @property
    def measure(self) -> str:
        """What is counted: “tập thể”, “cá nhân”, “hộ”."""
        return MEASURES[self.kind]


def registered(cycle: Cycle, through: date | None = None) -> QuerySet[Exemplar]:
    """Exemplars that came as far as the register, by the end of a day."""
    steps = FollowUp.objects.filter(exemplar=OuterRef("pk"), struck_reason="", step__gte=Step.REGISTERED)
    if through is not None:
        steps = steps.filter(day__lte=through)
    return Exemplar.objects.filter(Exists(steps), cycle=cycle, merged_into=None)


def counts(
    cycle: Cycle, *, units: Collection[int] | None = None, through: date | None = None
) -> list[KindCount]:
    """Registered exemplars by kind, of them by category, for reports: two queries.

    Of all members, or of `units`; those registered by the end of `through`. A kind or category without
    any is left out.
    """
    rows = registered(cycle, through).order_by()
    if units is not None:
        rows = rows.filter(unit__in=units)
    kinds = Counter(rows.values_list("kind", flat=True))
    placed = ExemplarCategory.objects.filter(exemplars__in=rows).order_by("search")
    within = Counter(placed.values_list("exemplars__kind", "name"))  # keeps the order of the names
    return [
        KindCount(
            kind,
            kinds[kind],
            tuple(CategoryCount(name, count) for (of, name), count in within.items() if of == kind),
        )
        for kind in ExemplarKind
        if kinds[kind]
    ]


def told(found: Collection[KindCount]) -> str:
    """As a report tells it: “08 tập thể và 27 cá nhân, trong đó 05 tập thể và 14 cá nhân: …”."""
    whole = _listed((row.count, row.measure) for row in found)
    names = {part.category: None for row in found for part in row.parts}
    parts = [f"{_listed(_of_category(found, name))}: {name}" for name in names]
    return f"{whole}, trong đó {'; '.join(parts)}" if parts else whole


def _of_category(found: Collection[KindCount], name: str) -> Iterator[tuple[int, str]]:
    return ((part.count, row.measure) for row in found for part in row.parts if part.category == name)


def _listed(counted: Iterable[tuple[int, str]]) -> str:
    """“08 tập thể, 27 cá nhân và 03 hộ”: two digits at least, as officers write numbers of people."""
    words = [f"{count:02} {measure}" for count, measure in counted]
    return " và ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def registered_by_unit(cycle: Cycle) -> Counter[int]:
    """How many each member registered, in one query."""
    return Counter(registered(cycle).order_by().values_list("unit_id", flat=True))


def nothing_told(cycle: Cycle) -> QuerySet[NothingToRegister]:
    """Who answered that there is nothing to register, in the order of the units' names."""
    return NothingToRegister.objects.filter(cycle=cycle).select_related("unit").order_by("unit__order")


def nothing_read_by(cycle: Cycle, by: Actor) -> list[NothingToRegister]:
    """The answers that still hold, as far as the person reads the units' exemplars."""
    counted, own = registered_by_unit(cycle), by.units(*MEMBER_KINDS)
    everything = reads_all(cycle, by)
    return [
        row for row in nothing_told(cycle) if not counted[row.unit_id] and (everything or row.unit_id in own)
    ]


def history_of(exemplar: Exemplar) -> QuerySet[FollowUp]:
    """Its steps in the order of their days, struck ones among them."""
    return exemplar.follow_ups.select_related("recorded_by")


def consents_of(exemplar: Exemplar) -> QuerySet[Consent]:
    """Everything that was asked and answered about making it public."""
    return exemplar.consents.select_related("recorded_by")


def evidence_of(exemplar: Exemplar) -> QuerySet[StoredFile]:
    """Its files and those of the entries merged into it, without those taken off."""
    entries = [exemplar.pk, *exemplar.duplicates.values_list("pk", flat=True)]
    taken_off = Exemplar.detached.through.objects.filter(exemplar__in=entries).values("storedfile")
    return StoredFile.objects.filter(about_type=Exemplar._meta.label_lower, about_id__in=entries).exclude(
        pk__in=taken_off
    )


def mergings_of(exemplar: Exemplar) -> QuerySet[Merging]:
    """The entries merged into this very one, each with who did it and when."""
    return exemplar.mergings.select_related("duplicate__unit", "recorded_by")


def like(exemplar: Exemplar, by: Actor) -> list[Exemplar]:
    """Entries of the cluster the person reads that are probably the same: same kind, name alike when folded.

    Of the same year they can be merged; of other years they tell that it was an exemplar before.
    """
    cycles = {cycle.pk: cycle for cycle in visible_cycles(by).filter(cluster=exemplar.cycle.cluster_id)}
    found = Exemplar.objects.filter(
        cycle__in=cycles, kind=exemplar.kind, likeness=exemplar.likeness, merged_into=None
    ).exclude(pk=exemplar.pk)
    own = by.units(*MEMBER_KINDS)
    rows = list(found.select_related("unit", "cycle").order_by("-cycle__term", "pk"))
    return [row for row in rows if row.unit_id in own or reads_all(cycles[row.cycle_id], by)]


def doubles(rows: Collection[Exemplar]) -> set[int]:
    """Ids of the rows that share kind and folded name with another of them."""
    found = Counter((row.kind, row.likeness) for row in rows)
    return {row.pk for row in rows if found[row.kind, row.likeness] > 1}


def writable_units(cycle: Cycle, by: Actor) -> list[Unit]:
    """Members of the year for which the person enters exemplars."""
    own = by.units(*MEMBER_KINDS)
    ids = [membership.unit_id for membership in members(cycle) if membership.unit_id in own]
    return list(Unit.objects.filter(pk__in=ids))


def obstacles_to_entering(cycle: Cycle, unit_id: int) -> list[str]:
    """Why no exemplar of this unit is entered in this year."""
    found = obstacles_to_changing(cycle)
    if unit_id not in {membership.unit_id for membership in members(cycle)}:
        found.append("Đơn vị không phải thành viên trong năm này.")
    return found


def obstacles_to_publicising(exemplar: Exemplar) -> list[str]:
    """Why its deeds are not made public."""
    latest = exemplar.consents.order_by("-day", "-pk").first()
    if latest is None:
        return [f"Chưa hỏi ý kiến {exemplar} về việc công khai. Anh/chị hỏi và ghi ý kiến trước."]
    if latest.state == ConsentState.GIVEN:
        return []
    answer = latest.get_state_display().lower()
    return [f"{exemplar} {answer} (ngày {latest.day:%d/%m/%Y}), nên chưa công khai được."]


def obstacles_to_removing(exemplar: Exemplar) -> list[str]:
    """Why an entry stays: something was already done with it."""
    found = obstacles_to_changing(exemplar.cycle)
    if exemplar.follow_ups.filter(step__gt=Step.REGISTERED).exists():
        found.append("Điển hình đã được tuyên truyền, khen thưởng hoặc theo dõi, nên không bỏ khỏi sổ được.")
    if exemplar.duplicates.exists():
        found.append("Đã gộp một dòng khác vào điển hình này, nên không bỏ khỏi sổ được.")
    return found


def obstacles_to_merging(exemplar: Exemplar, duplicate: Exemplar) -> list[str]:
    """Why two entries are not one exemplar."""
    found = obstacles_to_changing(exemplar.cycle)
    if exemplar.pk == duplicate.pk or exemplar.cycle_id != duplicate.cycle_id:
        found.append("Chỉ gộp hai dòng khác nhau của cùng một năm thi đua.")
    if exemplar.kind != duplicate.kind:
        found.append("Hai dòng không cùng loại nên không gộp được.")
    if exemplar.merged_into_id or duplicate.merged_into_id:
        found.append("Một trong hai dòng đã được gộp.")
    return found


def obstacles_to_unmerging(merging: Merging) -> list[str]:
    """Why two entries merged into one are not taken apart again."""
    kept = merging.exemplar
    found = obstacles_to_changing(kept.cycle)
    if kept.merged_into_id:
        found.append(f"{kept} đã gộp tiếp vào một điển hình khác. Anh/chị tách lần gộp sau trước.")
    given = merging.follow_ups.values("pk")
    own_steps = kept.follow_ups.filter(struck_reason="").exclude(pk__in=given)
    if not own_steps.exists():
        found.append("Tách ra thì điển hình này không còn bước nào. Anh/chị ghi bước của nó trước.")
    told = own_steps.filter(step=Step.PUBLICISED).exists()
    agreed = kept.consents.exclude(pk__in=merging.consents.values("pk")).filter(state=ConsentState.GIVEN)
    if told and not agreed.exists():
        found.append(
            "Điển hình này đã được tuyên truyền nhờ ý kiến đồng ý ghi ở dòng đã gộp, nên không tách được."
        )
    return found


def obstacles_to_answering_nothing(cycle: Cycle, unit_id: int) -> list[str]:
    """Why a unit does not say that it has nothing to register."""
    found = obstacles_to_entering(cycle, unit_id)
    if registered_by_unit(cycle)[unit_id]:
        found.append("Đơn vị đã đăng ký điển hình trong năm này.")
    return found


def entries_with_steps(cycle: Cycle, by: Actor) -> QuerySet[Exemplar]:
    """The year's exemplars with all their steps and answers, for the Excel file."""
    steps = Prefetch("follow_ups", FollowUp.objects.filter(struck_reason=""))
    return visible_exemplars(cycle, by).prefetch_related(steps, "consents")
