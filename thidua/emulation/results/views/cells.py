"""What a table of values answers, cell by cell, to the script that sent what changed."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse
from django.utils import timezone

from thidua.base.periods import now
from thidua.emulation.results.actions import Entered, kind_of
from thidua.emulation.results.forms import Typed, cell_name


def answer(typed: Typed, done: Entered, computed: dict[str, str]) -> JsonResponse:
    """When it was kept, what stands in each cell now, what was not taken and why, what follows from it."""
    cells = {
        cell_name(kind_of(value), value.unit_id, value.indicator_id): {
            "text": value.said.text,
            "version": value.version,
        }
        for value in done.saved
    }
    saved = f"{timezone.localtime(now()):%H:%M}" if done.saved else ""
    return JsonResponse(
        {"saved": saved, "cells": cells, "faults": faults_of(typed, done), "computed": computed}
    )


def faults_of(typed: Typed, done: Entered) -> dict[str, dict[str, Any]]:
    """By cell: why it was not taken, what could stand there, and the version that stands now."""
    found: dict[str, dict[str, Any]] = {
        name: {"reason": fault.reason, "offer": fault.offer} for name, fault in typed.faults.items()
    }
    for refused in done.refused:
        entry = refused.entry
        found[cell_name(entry.kind, entry.unit, entry.indicator)] = {
            "reason": refused.reason,
            "offer": refused.kept.said.text if refused.kept else "",
            "version": refused.kept.version if refused.kept else 0,
        }
    return found
