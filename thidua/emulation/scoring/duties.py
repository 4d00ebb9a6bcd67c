"""What scoring asks of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.urls import reverse

from thidua.base.accounts.actors import Actor
from thidua.base.duties import Act, Duty, State, state_by_date
from thidua.base.text import decimal_text
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.clusters.permissions import oversees, runs_cycle
from thidua.emulation.clusters.queries import due, head_unit_id
from thidua.emulation.scoring.models import LayerKind, Scope, ScorecardState
from thidua.emulation.scoring.queries import (
    CardFacts,
    SheetProgress,
    cards_of,
    due_of,
    owners_progress,
    progress_of,
    unanswered,
)
from thidua.organisations.models import AppointmentKind, Unit

SCORECARD = "scorecard"
KEYS = {
    LayerKind.SELF: "self_score",
    LayerKind.CROSS: "cross_score",
    LayerKind.APPRAISAL: "appraisal",
    LayerKind.FINAL: "final_score",
}
UNIT = (AppointmentKind.UNIT_OFFICER, AppointmentKind.UNIT_LEADER)
HEAD = (AppointmentKind.HEAD_OFFICER, AppointmentKind.UNIT_LEADER)


def acts(cycle: Cycle, *, by: Actor) -> list[Act]:
    """The year's table and one column for each layer of it; one column for each movement scored by itself."""
    cards = cards_of(cycle)
    own = [c for c in cards if c.card.movement_id is None]
    facts = next((c for c in own if c.card.state == ScorecardState.ADOPTED), None)
    sheets = progress_of(facts.card) if facts else []
    scorecard = _scorecard_act(cycle, facts, own, by)
    thematic = [c for c in cards if c.card.movement_id and c.card.state == ScorecardState.ADOPTED]
    running = [c for c in thematic if c.card.published_at is None]
    return [scorecard, *_layers(Scope(cycle), facts, sheets, by), *(_thematic_act(c, by) for c in running)]


def _layers(scope: Scope, facts: CardFacts | None, sheets: list[SheetProgress], by: Actor) -> list[Act]:
    """The four layers of a table, the first written first."""
    layers = [_layer_act(scope, kind, facts, sheets, by) for kind in KEYS]
    at = list(KEYS).index(LayerKind.APPRAISAL)
    layers[at] = _with_owners(layers[at], scope, facts, by)
    return [*layers[:-1], _with_explanations(layers[-1], scope, facts, by)]


def _thematic_act(facts: CardFacts, by: Actor) -> Act:
    """A movement scored by itself: members score themselves; its other layers are for who runs the year."""
    scope, sheets = facts.card.scope, progress_of(facts.card)
    own, *others = _layers(scope, facts, sheets, by)
    later = [duty for layer in others for duty in layer.head_duties]
    if sheets and all(sheet.layers[LayerKind.FINAL].sent for sheet in sheets) and runs_cycle(by, scope.cycle):
        later.append(_publishing(scope))
    assert scope.movement is not None
    return replace(
        own,
        key=f"thematic_{scope.movement.pk}",
        title=f"Tự chấm {scope.name}",
        short="Chuyên đề",
        head_duties=(*own.head_duties, *later),
    )


def _publishing(scope: Scope) -> Duty:
    return Duty(
        unit_id=head_unit_id(scope.cycle) or 0,
        state=State.SOON,
        title=f"Công bố kết quả {scope.name}",
        reason="Mọi đơn vị đã được kết luận điểm.",
        url=_address("ranking", scope),
        verb="Công bố",
        kinds=HEAD,
    )


def _beside(scope: Scope) -> str:
    """What a duty adds to its title where it is not of the year's own table."""
    return f", {scope.name}" if scope.movement else ""


def _address(name: str, scope: Scope, *more: int) -> str:
    return reverse(f"scoring:{name}", args=[scope.cycle.cluster.address, scope.address, *more])


def _with_explanations(act: Act, scope: Scope, facts: CardFacts | None, by: Actor) -> Act:
    """Explanations not answered hold up the conclusion: who answers them is told so."""
    cycle = scope.cycle
    if facts is None or not (runs_cycle(by, cycle) or oversees(by, cycle)):
        return act
    waiting = unanswered(facts.card)
    if not waiting:
        return act
    first = waiting[0]
    todo = Duty(
        unit_id=head_unit_id(cycle) or 0,
        state=State.SOON,
        fact="chờ trả lời",
        title=f"Trả lời {len(waiting)} giải trình về điểm{_beside(scope)}",
        reason=", ".join(dict.fromkeys(one.sheet.unit.short_name for one in waiting)),
        url=_address("sheet", scope, first.sheet.unit_id) + f"?tieu-chi={first.criterion_id}",
        verb="Trả lời",
        due=act.due,
        kinds=HEAD,
    )
    return replace(act, head_duties=(*act.head_duties, todo))


def _with_owners(act: Act, scope: Scope, facts: CardFacts | None, by: Actor) -> Act:
    """Owners named by the table appraise their part; who runs or oversees the year hears who is missing."""
    owners = owners_progress(facts.card) if facts else []
    if not owners:
        return act
    state, word = state_by_date(act.due, by.on)
    url = _address("overview", scope)
    own = [
        Duty(
            unit_id=one.owner.pk,
            state=state,
            fact=word,
            title=f"Gửi phần thẩm định {len(one.ready)} đơn vị{_beside(scope)}",
            reason=f"Tiêu chí {', '.join(one.codes)}: {_names(one.ready)}",
            url=url,
            verb="Thẩm định",
            due=act.due,
        )
        for one in owners
        if one.ready and one.owner.pk in by.units()
    ]
    missing = [f"{one.owner.short_name} {len(one.ready)} đơn vị" for one in owners if one.ready]
    obstacle = f"chờ phần thẩm định của {', '.join(missing)}" if missing else ""
    told = "; ".join(filter(None, [act.obstacle, obstacle]))
    return replace(act, head_duties=(*act.head_duties, *own), obstacle=told)


def _names(units: Sequence[Unit]) -> str:
    """The first few, by short name."""
    return ", ".join(unit.short_name for unit in units[:4]) + (" …" if len(units) > 4 else "")  # noqa: PLR2004


def _scorecard_act(cycle: Cycle, facts: CardFacts | None, cards: list[CardFacts], by: Actor) -> Act:
    url = _address("scorecard", Scope(cycle))
    when = due(cycle, SCORECARD)
    if facts:
        fact = f"Bản {facts.card.version}, {decimal_text(facts.points)} điểm"
        return Act(key=SCORECARD, title="Ban hành bảng điểm", due=when, state=State.DONE, fact=fact, url=url)
    state, word = state_by_date(when, by.on)
    todo = Duty(
        unit_id=head_unit_id(cycle) or 0,
        state=state,
        fact=word,
        title="Ban hành bảng điểm của năm",
        reason="Có dự thảo, chưa ban hành." if cards else "Chưa có bảng điểm.",
        url=url,
        verb="Soạn bảng điểm",
        due=when,
        kinds=HEAD,
    )
    return Act(
        key=SCORECARD,
        title="Ban hành bảng điểm",
        due=when,
        state=state,
        fact=todo.reason,
        url=url,
        head_duties=(todo,),
    )


def _layer_act(
    scope: Scope, kind: LayerKind, facts: CardFacts | None, sheets: list[SheetProgress], by: Actor
) -> Act:
    when = due_of(facts.card, KEYS[kind]) if facts else due(scope.cycle, KEYS[kind])
    leaves = facts.leaves if facts else 0
    url = _address("overview", scope)
    if not sheets:
        state, _ = state_by_date(when, by.on)
        blocked = state in {State.SOON, State.OVERDUE}
        return Act(
            key=KEYS[kind],
            title=kind.label,
            due=when,
            state=State.BLOCKED if blocked else state,
            obstacle="Chưa ban hành bảng điểm." if blocked else "",
            url=url,
        )
    duties = tuple(_cell(scope, kind, sheet, leaves, when, by.on) for sheet in sheets)
    done = sum(d.state == State.DONE for d in duties)
    return Act(
        key=KEYS[kind],
        title=kind.label,
        due=when,
        state=_station(duties, done, when, by.on),
        fact=_station_fact(kind, sheets, done),
        obstacle=_obstacle(kind, sheets),
        url=url,
        duties=duties,
        head_duties=_for_head(scope, kind, sheets, when, by),
    )


def _station(duties: tuple[Duty, ...], done: int, when: date | None, on: date) -> State:
    if done == len(duties):
        return State.DONE
    state, _ = state_by_date(when, on)
    if state is State.OVERDUE:
        return state
    if all(d.state == State.BLOCKED for d in duties):
        return State.BLOCKED
    return State.DOING if done or any(d.state == State.DOING for d in duties) else state


def _station_fact(kind: LayerKind, sheets: list[SheetProgress], done: int) -> str:
    if done == len(sheets):
        return f"Xong, {done}/{len(sheets)} đơn vị"
    word = "chưa gửi" if kind in {LayerKind.SELF, LayerKind.CROSS} else "chưa xong"
    return f"{len(sheets) - done} đơn vị {word}"


def _obstacle(kind: LayerKind, sheets: list[SheetProgress]) -> str:
    if kind is LayerKind.CROSS:
        waiting = sum(not s.layers[kind].scorers and not s.layers[kind].sent for s in sheets)
        return f"{waiting} đơn vị chưa có người chấm" if waiting else ""
    if kind in {LayerKind.APPRAISAL, LayerKind.FINAL}:
        waiting = sum(not s.layers[LayerKind.SELF].sent for s in sheets)
        return f"{waiting} đơn vị chưa gửi tự chấm" if waiting else ""
    return ""


def _cell(
    scope: Scope, kind: LayerKind, sheet: SheetProgress, leaves: int, when: date | None, on: date
) -> Duty:
    """One unit's cell, of the unit scored; the cross duty falls to its scorer on the home page."""
    layer, unit = sheet.layers[kind], sheet.unit
    url = _address("sheet", scope, unit.pk)
    if layer.submitted_at:
        day = layer.submitted_at.astimezone()
        return Duty(unit_id=unit.pk, state=State.DONE, fact=f"{day:%d/%m}", url=url)
    state, fact, reason = _pending(kind, sheet, leaves, when, on)
    return Duty(
        unit_id=unit.pk,
        state=state,
        fact=fact,
        title=f"Gửi bảng tự chấm điểm {scope.name}" if kind is LayerKind.SELF else "",
        reason=reason or f"Đã ghi {layer.written}/{leaves} tiêu chí.",
        url=url,
        verb="Chấm tiếp" if layer.written else "Chấm điểm",
        due=when,
        share=layer.written / leaves if leaves else 0,
        kinds=UNIT if kind is LayerKind.SELF else HEAD,
    )


def _pending(
    kind: LayerKind, sheet: SheetProgress, leaves: int, when: date | None, on: date
) -> tuple[State, str, str]:
    by_date, word = state_by_date(when, on)
    if kind is LayerKind.CROSS and not sheet.layers[kind].scorers:
        if by_date is State.LATER:
            return by_date, word, "Chưa phân công đơn vị chấm chéo."
        return State.BLOCKED, "vướng", "Chưa phân công đơn vị chấm chéo."
    if kind is not LayerKind.SELF and not sheet.layers[LayerKind.SELF].sent:
        if by_date is State.LATER:
            return by_date, word, "Đơn vị chưa gửi bảng tự chấm."
        return State.BLOCKED, "vướng", "Đơn vị chưa gửi bảng tự chấm."
    written = sheet.layers[kind].written
    if written and by_date is not State.OVERDUE:
        return State.DOING, f"{written}/{leaves}", ""
    return by_date, word, ""


def _for_head(
    scope: Scope, kind: LayerKind, sheets: list[SheetProgress], when: date | None, by: Actor
) -> tuple[Duty, ...]:
    """Assign the cross scorers; appraise; conclude; and, for the scorers, what they have to score."""
    cycle = scope.cycle
    if kind is LayerKind.SELF or not (runs_cycle(by, cycle) or oversees(by, cycle)):
        return tuple(_cross_duties(scope, sheets, when, by)) if kind is LayerKind.CROSS else ()
    ready = [s for s in sheets if s.layers[LayerKind.SELF].sent and not s.layers[kind].sent]
    own = tuple(_cross_duties(scope, sheets, when, by)) if kind is LayerKind.CROSS else ()
    if kind is LayerKind.CROSS:
        ready = [s for s in sheets if not s.layers[kind].scorers and not s.layers[kind].sent]
        ready = ready if scope.movement is None else []  # nobody is asked to have a movement scored across
    if not ready:
        return own
    state, word = state_by_date(when, by.on)
    titles = {
        LayerKind.CROSS: f"Giao đơn vị chấm chéo cho {len(ready)} đơn vị",
        LayerKind.APPRAISAL: f"Thẩm định điểm {len(ready)} đơn vị",
        LayerKind.FINAL: f"Kết luận điểm {len(ready)} đơn vị",
    }
    verbs = {LayerKind.CROSS: "Phân công", LayerKind.APPRAISAL: "Thẩm định", LayerKind.FINAL: "Kết luận"}
    todo = Duty(
        unit_id=head_unit_id(cycle) or 0,
        state=state,
        fact=word,
        title=titles[kind] + _beside(scope),
        reason=_names([s.unit for s in ready]),
        url=_address("overview", scope),
        verb=verbs[kind],
        due=when,
        kinds=HEAD,
    )
    return (todo, *own)


def _cross_duties(scope: Scope, sheets: list[SheetProgress], when: date | None, by: Actor) -> list[Duty]:
    state, word = state_by_date(when, by.on)
    mine = by.units()
    return [
        Duty(
            unit_id=scorer,
            state=state,
            fact=word,
            title=f"Chấm chéo {sheet.unit.name}{_beside(scope)}",
            reason="Đơn vị đã gửi bảng tự chấm."
            if sheet.layers[LayerKind.SELF].sent
            else "Đơn vị chưa gửi bảng tự chấm.",
            url=_address("sheet", scope, sheet.unit.pk),
            verb="Chấm chéo",
            due=when,
            kinds=UNIT,
        )
        for sheet in sheets
        for scorer in sheet.layers[LayerKind.CROSS].scorers & mine
        if sheet.layers[LayerKind.CROSS].submitted_at is None
    ]
