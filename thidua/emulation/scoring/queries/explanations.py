"""What stands in the way of a unit that would explain, or put evidence behind, its points."""

from __future__ import annotations

from datetime import date

from thidua.base.text import day
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.scoring.models import LayerKind, ScoreSheet
from thidua.emulation.scoring.queries.cards import due_of


def obstacles_to_explaining(sheet: ScoreSheet, on: date) -> list[str]:
    """Why a criterion cannot be explained now."""
    sent = _sent(sheet)
    if LayerKind.SELF not in sent:
        return ["Đơn vị gửi bảng tự chấm trước, rồi mới giải trình."]
    if LayerKind.FINAL in sent:
        return ["Điểm đã kết luận, không giải trình thêm được."]
    last = due_of(sheet.scorecard, ActKey.EXPLANATION)
    return [f"Hạn giải trình là ngày {day(last)}, đã hết."] if last is not None and on > last else []


def obstacles_to_attaching(sheet: ScoreSheet) -> list[str]:
    """Why no evidence can be added."""
    return ["Điểm đã kết luận, không thêm minh chứng được."] if LayerKind.FINAL in _sent(sheet) else []


def _sent(sheet: ScoreSheet) -> set[str]:
    return set(sheet.layers.filter(submitted_at__isnull=False).values_list("kind", flat=True))
