"""The register of exemplars: as many as the report counts, each made for the demonstration and said to be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from demo.world import World, members_of
from thidua.base.accounts.actors import Actor
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.exemplars import actions
from thidua.emulation.exemplars.models import Exemplar, Field, Step
from thidua.organisations.models import Unit

DEEDS = "Dòng minh họa: bài báo chỉ nêu số lượng, không nêu tên và việc làm của từng điển hình."
FOUND, TOLD_OF, COMMENDED = date(2019, 10, 15), date(2019, 11, 5), date(2019, 11, 15)


def register_exemplars(world: World, file: str, cycle: Cycle, told: dict[str, Any]) -> None:
    """Members enter them in turn; the first of each kind is followed further, with consent."""
    head = next(iter(cycle.headships.all())).unit
    code = next(code for code, unit in members_of(world, file) if unit.pk == head.pk)
    by = world.by(f"{code}.gv", date(2019, 2, 15))
    name = told["of_which"][0].upper() + told["of_which"][1:]
    heading = actions.add_category(cycle=cycle, name=name, by=by)
    actions.add_category(cycle=cycle, name="Xây dựng nông thôn mới", by=by)
    members = list(members_of(world, file))
    for n, (exemplar, is_part) in enumerate(_all(cycle, told)):
        code, unit = members[n % len(members)]
        _enter(exemplar, unit, [heading] if is_part else [], world.by(f"{code}.cv", FOUND))
        if exemplar.name.endswith(" 1"):
            _follow(exemplar, world.by(f"{code}.cv", COMMENDED))


def _all(cycle: Cycle, told: dict[str, Any]) -> Iterator[tuple[Exemplar, bool]]:
    fields = (Field.SOCIETY, Field.ADMINISTRATION, Field.PARTY)
    for kind, word, count, part in (
        ("collective", "Tập thể", told["collectives"], told["of_which_collectives"]),
        ("individual", "Cá nhân", told["individuals"], told["of_which_individuals"]),
    ):
        for n in range(1, count + 1):
            field = fields[n % len(fields)]
            made = Exemplar(cycle=cycle, kind=kind, name=f"{word} minh họa {n}", field=field, deeds=DEEDS)
            yield made, n <= part


def _enter(exemplar: Exemplar, unit: Unit, categories: list[Any], by: Actor) -> None:
    exemplar.unit = unit
    asked = "given" if exemplar.name.endswith("1") else ""
    entry = actions.Entry(day=FOUND, consent=asked, categories=categories)
    actions.enter_exemplar(exemplar=exemplar, entry=entry, by=by)


def _follow(exemplar: Exemplar, by: Actor) -> None:
    for step, day, text in (
        (Step.PUBLICISED, TOLD_OF, "Giới thiệu tại sinh hoạt chuyên đề của đơn vị (minh họa)."),
        (Step.COMMENDED, COMMENDED, "Thủ trưởng đơn vị biểu dương (minh họa)."),
    ):
        actions.follow_exemplar(exemplar=exemplar, step=step, day=day, text=text, by=by)
