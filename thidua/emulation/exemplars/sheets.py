"""The register as Excel: out, and in with preview and undo, in the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import rules

from thidua.base.accounts.actors import Actor
from thidua.base.sheets.columns import Column, Row, RowError, Sheet
from thidua.base.sheets.imports import Effects, Importer, offer
from thidua.base.text import loose_key, normalise, search_key
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.queries import members, visible_cycles
from thidua.emulation.exemplars.actions import Entry, enter_exemplar, remove_exemplar
from thidua.emulation.exemplars.models import (
    ConsentState,
    Exemplar,
    ExemplarCategory,
    ExemplarKind,
    ExemplarLevel,
    Field,
    Locality,
    Occupation,
    Sex,
    Step,
)
from thidua.emulation.exemplars.queries import obstacles_to_entering
from thidua.organisations.models import Unit
from thidua.organisations.queries import people_named, units_named


def _choices(words: Any) -> dict[str, Any]:
    return {choice.label: choice.value for choice in words}


COLUMNS = (
    Column("Cụm, khối thi đua", "cluster", width=30, hint="Chỉ cần khi đơn vị thuộc nhiều cụm, khối."),
    Column("Năm thi đua", "cycle", width=10, required=True, also=("Năm",)),
    Column("Đơn vị", "unit", width=34, required=True, hint="Tên đơn vị như trong danh sách đơn vị."),
    Column("Loại", "kind", width=14, required=True, choices=_choices(ExemplarKind)),
    Column("Tên cá nhân, tập thể, hộ", "name", width=34, required=True, also=("Họ và tên", "Tên")),
    Column("Lĩnh vực", "field", width=26, required=True, choices=_choices(Field)),
    Column("Nhóm", "categories", width=40, hint="Nhiều nhóm cách nhau bằng dấu chấm phẩy."),
    Column("Cấp", "level", width=16, choices=_choices(ExemplarLevel)),
    Column("Địa bàn", "locality", width=22, choices=_choices(Locality)),
    Column("Đối tượng", "occupation", width=26, choices=_choices(Occupation), hint="Chỉ ghi cho cá nhân."),
    Column("Giới tính", "sex", width=10, choices=_choices(Sex), hint="Chỉ ghi cho cá nhân."),
    Column("Việc làm, thành tích", "deeds", width=60, required=True),
    Column("Người phát hiện", "found_by", width=24),
    Column("Người theo dõi", "followed_by", width=24),
    Column(
        "Bước", "step", width=14, choices=_choices(Step), hint="Khi nhập: phát hiện, bồi dưỡng hoặc đăng ký."
    ),
    Column("Ngày", "day", "date", 14, required=True),
    Column("Ý kiến công khai", "consent", width=20, choices=_choices(ConsentState)),
    Column("Ngày ý kiến", "consent_day", "date", 14),
)
WORDS = ("name", "deeds", "found_by", "followed_by")
CODES = ("kind", "field", "level", "locality", "occupation", "sex")


def sheet_of(cycle: Cycle, rows: Iterable[Exemplar]) -> Sheet:
    """Exemplars as they can be filled in and taken in again; the step is the furthest one."""
    return Sheet("Điển hình tiên tiến", COLUMNS, [_told(cycle, row) for row in rows])


def _told(cycle: Cycle, row: Exemplar) -> dict[str, Any]:
    steps = sorted(row.follow_ups.all(), key=lambda one: (one.step, one.day))
    consents = list(row.consents.all())
    return {
        "cluster": cycle.cluster.name,
        "cycle": cycle.name,
        "unit": row.unit.name,
        "categories": "; ".join(category.name for category in row.categories.all()),
        **{name: getattr(row, name) for name in WORDS},
        **{name: getattr(row, f"get_{name}_display")() for name in CODES},
        "step": steps[-1].get_step_display() if steps else "",
        "day": steps[-1].day if steps else None,
        "consent": consents[-1].get_state_display() if consents else "",
        "consent_day": consents[-1].day if consents else None,
    }


def offer_imports() -> None:
    """Let the import pages take exemplars."""
    offer(
        Importer(
            kind="exemplars",
            address="dien-hinh",
            title="Nhập điển hình tiên tiến từ Excel",
            noun="điển hình",
            columns=COLUMNS,
            permission="exemplars.import_exemplars",
            list_route="clusters:list",
            check=check_exemplars,
            apply=import_exemplars,
            undo=undo_exemplars,
            shared=False,
        )
    )


class Finder:
    """Units, years and headings that rows name, found in a few queries for the whole file."""

    def __init__(self, rows: Sequence[Row], by: Actor) -> None:
        self.by = by
        self.units = units_named()
        self.cycles = list(visible_cycles(by))
        clusters = {cycle.cluster_id for cycle in self.cycles}
        self.categories = {
            (one.cluster_id, one.search): one for one in ExemplarCategory.objects.filter(cluster__in=clusters)
        }
        named = {loose_key(row["unit"] or "") for row in rows}
        self.people = people_named(unit.pk for key in named for unit in self.units.get(key, []))

    def unit(self, name: str) -> Unit:
        """The unit of this name for which the person writes; ValueError says why not."""
        found = self.units.get(loose_key(name), [])
        if len(found) != 1:
            how_many = "Không tìm thấy" if not found else f"Có {len(found)}"
            raise ValueError(
                "Đơn vị", f"{how_many} đơn vị tên “{name}”. Anh/chị ghi tên như trong danh sách."
            )
        asked = Exemplar(unit=found[0])
        if not self.by.is_system and not rules.has_perm("exemplars.enter_exemplar", self.by, asked):
            raise ValueError("Đơn vị", "Anh/chị không ghi điển hình cho đơn vị này.")
        return found[0]

    def cycle(self, row: Row, unit: Unit) -> Cycle:
        """The year of this name in the unit's cluster."""
        name, cluster = normalise(str(row["cycle"])), loose_key(row["cluster"] or "")
        found = [
            cycle
            for cycle in self.cycles
            if cycle.name == name and unit.pk in {m.unit_id for m in members(cycle)}
        ]
        if cluster:
            found = [
                c for c in found if cluster in {loose_key(c.cluster.name), loose_key(c.cluster.short_name)}
            ]
        if not found:
            raise ValueError(
                "Năm thi đua", f"{unit} không là thành viên cụm, khối nào có năm thi đua “{name}”."
            )
        if len(found) > 1:
            raise ValueError("Cụm, khối thi đua", f"{unit} thuộc {len(found)} cụm, khối. Anh/chị ghi tên.")
        return found[0]

    def headings(self, cycle: Cycle, text: str | None) -> list[ExemplarCategory]:
        """The cluster's headings of these names."""
        names = [part for part in map(normalise, (text or "").split(";")) if part]
        for name in names:
            if (cycle.cluster_id, search_key(name)) not in self.categories:
                raise ValueError("Nhóm", f"Cụm, khối không có nhóm “{name}”.")
        return [self.categories[cycle.cluster_id, search_key(name)] for name in names]

    def exemplar(self, row: Row) -> tuple[Exemplar, Entry]:
        """The row as an exemplar and its first step; a person of this name at the unit is linked."""
        unit = self.unit(row["unit"])
        cycle = self.cycle(row, unit)
        codes = {name: row[name] or "" for name in CODES} | {"level": row["level"] or ExemplarLevel.UNIT}
        made = Exemplar(cycle=cycle, unit=unit, **codes, **{name: row[name] or "" for name in WORDS})
        known = self.people.get((unit.pk, loose_key(row["name"])), [])
        if made.kind == ExemplarKind.INDIVIDUAL and len(known) == 1:
            made.person = known[0]
        told = {name: row[name] for name in ("day", "consent_day")}
        headings = self.headings(cycle, row["categories"])
        step, consent = row["step"] or Step.REGISTERED, row["consent"] or ""
        return made, Entry(step=step, consent=consent, categories=headings, **told)


def check_exemplars(rows: Sequence[Row], by: Actor) -> list[RowError]:
    """Known units, years and headings; first steps only; the same exemplar of a unit once a year."""
    finder = Finder(rows, by)
    taken: set[tuple[Any, ...]] = set(
        Exemplar.objects.filter(cycle__in=[c.pk for c in finder.cycles], merged_into=None).values_list(
            "cycle", "unit", "kind", "search"
        )
    )

    def check(row: Row) -> None:
        if any(row[column.key] is None for column in COLUMNS if column.required):
            return  # the cells themselves were found faulty
        made, entry = finder.exemplar(row)
        _check_told(made, entry, by.on)
        key = (made.cycle_id, made.unit_id, made.kind, search_key(made.name))
        if key in taken:
            raise ValueError(COLUMNS[4].title, f"{made.unit} đã ghi “{made.name}” trong năm này.")
        taken.add(key)

    return _checked(rows, check)


def _check_told(made: Exemplar, entry: Entry, on: date) -> None:
    if entry.step > Step.REGISTERED:
        raise ValueError("Bước", "Bước đầu tiên là phát hiện, bồi dưỡng hoặc đăng ký.")
    if made.kind != ExemplarKind.INDIVIDUAL and (made.sex or made.occupation):
        raise ValueError("Loại", "Giới tính và đối tượng chỉ ghi cho cá nhân.")
    if entry.day > on:
        raise ValueError("Ngày", "Ngày này ở sau hôm nay.")
    if entry.consent_day and entry.consent_day > on:
        raise ValueError("Ngày ý kiến", "Ngày này ở sau hôm nay.")
    if entry.consent_day and not entry.consent:
        raise ValueError("Ý kiến công khai", "Anh/chị ghi ý kiến đã nhận ngày này.")
    for obstacle in obstacles_to_entering(made.cycle, made.unit_id):
        raise ValueError("Năm thi đua", obstacle)


def _checked(rows: Sequence[Row], check: Callable[[Row], None]) -> list[RowError]:
    errors = []
    for row in rows:
        try:
            check(row)
        except ValueError as fault:
            errors.append(RowError(row.number, *fault.args))
    return errors


def import_exemplars(rows: Sequence[Row], by: Actor) -> Effects:
    """Take the rows in."""
    finder = Finder(rows, by)
    made = []
    for row in rows:
        exemplar, entry = finder.exemplar(row)
        made.append(enter_exemplar(exemplar=exemplar, entry=entry, by=by).pk)
    return {"exemplars": made}


def undo_exemplars(effects: Effects, by: Actor) -> None:
    """Remove them again; refused once something was done with one."""
    for row in Exemplar.objects.filter(pk__in=effects["exemplars"]).select_related("cycle"):
        remove_exemplar(exemplar=row, by=by)
