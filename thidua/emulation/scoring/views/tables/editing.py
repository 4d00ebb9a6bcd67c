"""The draft line by line: each with its rule told back, tried out and checked while it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.refusals import Refused, attempt
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.engine import BadFile, read_table
from thidua.emulation.scoring.engine.edits import added, line_at, moved, removed, replaced
from thidua.emulation.scoring.models import Scope, Scorecard
from thidua.emulation.scoring.models.unsaved import HEAD, LINE
from thidua.emulation.scoring.queries import document_of, draft_of
from thidua.emulation.scoring.views.shared import in_scope
from thidua.emulation.scoring.views.tables.forms import (
    ExtraFormSet,
    LineForm,
    extras_initial,
    line_initial,
)
from thidua.emulation.scoring.views.tables.settings import SettingsForm, settings_initial
from thidua.emulation.scoring.views.tables.shown import found_in, line_words
from thidua.emulation.scoring.views.tables.taking import draft_address, keep_before
from thidua.emulation.scoring.views.tables.trying import tried
from thidua.emulation.scoring.views.tables.unsaved import Work, differences, row_texts, texts, work_on
from thidua.rulebook.catalogue import kinds


def _draft(request: Request, cluster: str, cycle: str) -> tuple[Scope, Scorecard]:
    scope = in_scope(request, cluster, cycle)
    allow(request.actor, "scoring.draft_scorecard", scope.cycle)
    card = draft_of(*scope)
    if card is None:
        raise Http404
    return scope, card


def set_rule(request: Request, cluster: str, cycle: str, code: str) -> HttpResponse:
    """One criterion of the draft: saved, only looked at while it is typed, or kept as far as it is typed."""
    scope, card = _draft(request, cluster, cycle)
    document = document_of(card)
    line = line_at(document, code)
    if line is None:
        raise Http404
    own = {key: one for key, one in line.items() if key != "children"}
    work = work_on(request, card, f"{LINE}{code}", own)
    if work.is_forgotten:
        return work.forget()
    form = LineForm(work.data, initial=line_initial(line) | {"revision": work.revision})
    has_grid = work.data is not None and "extras-TOTAL_FORMS" in work.data
    grid = ExtraFormSet(work.data if has_grid else None, initial=extras_initial(line), prefix="extras")
    now, typed = (_texts(form, grid if has_grid else None, typed=typed) for typed in (False, True))
    if work.is_autosave:
        return work.keep(now, typed)
    fits = work.data is not None and form.is_valid() and (not has_grid or grid.is_valid())
    changed = _changed(line, form, grid if has_grid else None) if fits else line
    look = _look(document, code, changed, form, grid, work)
    if work.only_looks and request.headers.get("HX-Request"):
        return render(request, "scoring/look.html", look)
    if work.saves and fits and attempt(form, lambda: _save(work, document, code, changed)):
        messages.success(request, f"Đã lưu tiêu chí {changed['code']}.")
        return redirect(draft_address(scope, changed["code"]))
    work.differences = differences(now, typed) if work.is_conflict else []
    shown = {"cycle": scope.cycle, "scope": scope, "card": card, "line": line, "form": form, "grid": grid}
    names = [one.name for one in kinds(request.actor.on)]
    return render(request, "scoring/rule.html", look | shown | {"work": work, "honours": names})


def _texts(form: LineForm, grid: Any, *, typed: bool) -> dict[str, str]:
    found = texts(form, typed=typed)
    if grid is None:
        return found
    if typed:
        return found | row_texts(grid, typed=True)
    return found | row_texts(grid.initial_forms, typed=False)


def _changed(line: Mapping[str, Any], form: LineForm, grid: Any) -> dict[str, Any]:
    told = form.line(line)
    if grid is None or line.get("children"):
        return told
    before = {x["code"]: x for side in ("bonuses", "deductions") for x in line.get(side, [])}
    for side in ("bonuses", "deductions"):
        told.pop(side, None)
    for one in grid:
        if one.cleaned_data and not one.cleaned_data.get("DELETE"):
            told.setdefault(one.cleaned_data["side"], []).append(one.told(before))
    if told.get("deductions") and not told.get("rule"):
        told["rule"] = {"type": "direct"}
    if told.get("rule") == {"type": "direct"} and not told.get("deductions"):
        del told["rule"]
    return told


def _save(work: Work, document: Mapping[str, Any], code: str, changed: Mapping[str, Any]) -> None:
    """Write the draft with this line; an error of the line itself keeps it open, those elsewhere do not."""
    work.refuse_conflict()
    whole = replaced(document, code, changed)
    own = _codes(changed)
    wrong = [x for x in found_in(whole) if x.level == "error" and x.code in own and x.kind != "sum"]
    if wrong:
        raise Refused(*(f"{one.code}: {one.sentence}." for one in wrong))
    _write(work, whole)


def _write(work: Work, whole: Mapping[str, Any]) -> None:
    actions.write_table(
        scorecard=work.card,
        document=whole,
        revision=work.card.revision,
        part=work.part,
        by=work.request.actor,
    )


def _codes(line: Mapping[str, Any]) -> set[str]:
    extras = [*line.get("bonuses", []), *line.get("deductions", [])]
    return {str(line["code"]), *(str(one["code"]) for one in extras)}


def _look(
    document: Mapping[str, Any],
    code: str,
    changed: Mapping[str, Any],
    form: LineForm,
    grid: Any,
    work: Work,
) -> dict[str, Any]:
    """The rule in words, what is found on the line, what a value typed for trial would give."""
    whole = replaced(document, code, changed)
    faults = [str(x) for errors in form.errors.values() for x in errors] if form.is_bound else []
    faults += (
        [str(x) for one in grid.errors for errors in one.values() for x in errors] if grid.is_bound else []
    )
    try:
        table = read_table(whole)
        line = next(one for one in table.lines if one.code == str(changed["code"]).strip())
    except (BadFile, StopIteration) as fault:
        return {"words": [], "findings": [], "faults": [*faults, str(fault)] if str(fault) else faults}
    own = _codes(changed)
    trial = str((work.data or {}).get("trial", ""))
    return {
        "words": line_words(line),
        "findings": [one for one in found_in(whole) if one.code in own],
        "faults": faults,
        "trial": trial,
        "tried": tried(line, trial) if trial.strip() and not faults else None,
    }


@require_POST
def arrange(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Add, move or take out a line of the draft; the last step can be taken back."""
    scope, card = _draft(request, cluster, cycle)
    before, code, step = document_of(card), request.POST.get("code", ""), request.POST.get("step", "")
    try:
        after, at = _step(before, step, code)
        card = actions.write_table(scorecard=card, document=after, by=request.actor)
    except (BadFile, Refused) as fault:
        reasons = fault.reasons if isinstance(fault, Refused) else (str(fault),)
        messages.error(request, " ".join(reasons))
        return redirect(draft_address(scope, code))
    keep_before(request, card, before)
    if step == "add":
        return redirect("scoring:set_rule", cluster, cycle, at)
    return redirect(draft_address(scope, at))


def _step(document: Mapping[str, Any], step: str, code: str) -> tuple[dict[str, Any], str]:
    if step == "add":
        return added(document, code)
    if step in {"up", "down"}:
        return moved(document, code, -1 if step == "up" else 1), code
    if step == "remove":
        return removed(document, code), ""
    raise BadFile("Không rõ việc cần làm.")


def table_settings(request: Request, cluster: str, cycle: str) -> HttpResponse:
    """Scale, rounding, caps, classes and flags of the draft."""
    scope, card = _draft(request, cluster, cycle)
    document = document_of(card)
    head = {key: one for key, one in document.items() if key != "criteria"}
    work = work_on(request, card, HEAD, head)
    if work.is_forgotten:
        return work.forget()
    form = SettingsForm(work.data, initial=settings_initial(document) | {"revision": work.revision})
    now, typed = (texts(form, typed=typed) for typed in (False, True))
    if work.is_autosave:
        return work.keep(now, typed)
    fits = work.data is not None and form.is_valid()
    whole = document | form.settings() if fits else document
    whole = {key: one for key, one in whole.items() if one not in (None, "", [])}
    faults = [str(x) for errors in form.errors.values() for x in errors] if form.is_bound else []
    look = {"findings": [one for one in found_in(whole) if not one.code], "faults": faults}
    if work.only_looks and request.headers.get("HX-Request"):
        return render(request, "scoring/look.html", look)
    if work.saves and fits and attempt(form, lambda: _save_head(work, whole)):
        messages.success(request, "Đã lưu quy định chung của bảng.")
        return redirect(draft_address(scope))
    work.differences = differences(now, typed) if work.is_conflict else []
    shown = {"cycle": scope.cycle, "scope": scope, "card": card, "form": form, "work": work}
    return render(request, "scoring/settings.html", look | shown)


def _save_head(work: Work, whole: Mapping[str, Any]) -> None:
    work.refuse_conflict()
    _write(work, whole)
