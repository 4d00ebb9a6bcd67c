"""Parts of a page: marks of state, icons, and how dates and numbers are written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from thidua.base.duties import Duty
from thidua.base.duties.shapes import SOON_DAYS
from thidua.base.periods import today
from thidua.base.text import date_in_words, decimal_text
from thidua.base.text import day as day_text
from thidua.base.text import moment as moment_text
from thidua.base.text.writing import WEEKDAYS
from thidua.base.ui.words import NOTICES, STATES

register = template.Library()

RING = 2 * 3.14159 * 8  # the way around the ring of “đang làm”, radius 8


@register.simple_tag(takes_context=True)
def region(context: template.Context, name: str) -> str:
    """What a page put into its block `name`; empty when it has none, so the frame can leave the place out."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return mark_safe(block.render(context).strip()) if block else ""  # noqa: S308  a rendered, escaped template


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the Tabler set, from our own sprite."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("dist/icons.svg"), name
    )


def ring(share: float) -> SafeString:
    """The ring of “đang làm”, filled to `share` (0..1) from the top."""
    return format_html(
        '<svg class="icon ring" viewBox="0 0 24 24" aria-hidden="true"><circle cx="12" cy="12" r="8"/>'
        '<circle class="part" cx="12" cy="12" r="8" transform="rotate(-90 12 12)" '
        'stroke-dasharray="{} 60"/></svg>',
        f"{RING * min(max(share, 0.0), 1.0):.1f}",
    )


def shape_of(state: str, share: float = 0.0) -> SafeString:
    """The shape that stands for a state even in black and white."""
    return ring(share or 0.75) if state == "doing" else icon(STATES[str(state)].shape)


@register.simple_tag
def mark(state: str, share: float = 0.0) -> SafeString:
    """The shape of a state, with its word for those who cannot see it."""
    return format_html(
        '<span class="mark mark-{}">{}<span class="visually-hidden">{}</span></span>',
        state,
        shape_of(state, share),
        STATES[str(state)].word,
    )


@register.simple_tag
def chip(state: str, text: str = "") -> SafeString:
    """Shape and word in a tinted frame; the state's own word when none is given."""
    return format_html(
        '<span class="chip chip-{}">{}{}</span>', state, shape_of(state), text or STATES[str(state)].word
    )


@register.simple_tag
def cell(duty: Duty) -> SafeString:
    """A cell of the matrix: shape and a short fact."""
    return format_html(
        '<span class="cell cell-{}">{} {}</span>', duty.state, mark(duty.state, duty.share), duty.fact
    )


@register.simple_tag
def empty(symbol: str, title: str, text: str, url: str = "", verb: str = "") -> SafeString:
    """An empty state: gold icon, one sentence, one act."""
    act = format_html('<a class="btn btn-outline" href="{}">{}</a>', url, verb) if url and verb else ""
    return format_html('<div class="empty">{}<h2>{}</h2><p>{}</p>{}</div>', icon(symbol), title, text, act)


@register.simple_tag
def bar(value: float | Decimal, of: float | Decimal, kind: str = "done") -> SafeString:
    """A bar from zero to `value` on a ground that ends at `of`; the same must stand beside it in words."""
    width = max(0.0, min(float(value) / float(of), 1.0)) * 100 if of else 0.0  # 0.0 first: no −0
    return format_html(
        '<svg class="bar bar-{}" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="ground" width="100" height="4"/><rect class="value" width="{}" height="4"/></svg>',
        kind,
        f"{width:.1f}",
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """31/12/2020."""
    return day_text(value)


@register.filter
def day_short(value: date | None) -> str:
    """31/12; with its year when that is not this year: 31/12/2020."""
    if value is None:
        return "–"
    return f"{value:%d/%m}" if value.year == today().year else day_text(value)


@register.filter
def moment(value: datetime | None) -> str:
    """10:42, 31/12/2020."""
    return moment_text(value)


@register.filter
def number(value: Decimal | int | None) -> str:
    """1.234,5."""
    return decimal_text(value)


@register.filter
def points(value: Decimal | None, places: int = 2) -> str:
    """Fixed decimals: 97,50."""
    return decimal_text(value, places)


@register.filter
def weekday(value: date) -> str:
    """Thứ Hai."""
    return WEEKDAYS[value.weekday()]


@register.filter
def in_words(value: date) -> str:
    """ngày 05 tháng 02 năm 2020."""
    return date_in_words(value)


@register.filter
def short(unit: Any) -> str:
    """The unit's short name."""
    return str(unit.short_name)


@register.filter
def left(due: date | None) -> str:
    """“Trễ 6 ngày”, “Hôm nay”, “Còn 2 ngày”; empty without a date."""
    if due is None:
        return ""
    days = (due - today()).days
    if days < 0:
        return f"Trễ {-days} ngày"
    return "Hôm nay" if days == 0 else f"Còn {days} ngày"


@register.filter
def waits(state: str, due: date | None) -> str:
    """How a state stands in time: “Trễ 6 ngày”, “Còn 2 ngày”, or the state's own word."""
    told_by_days = str(state) not in {"returned", "blocked", "waiting", "none", "done"}
    return (left(due) if told_by_days else "") or STATES[str(state)].word


@register.filter
def is_hot(due: date | None, state: str) -> str:
    """The state that tints an act on the timeline: “overdue”, “soon” by its date; empty while it may wait."""
    if state in {"overdue", "returned"}:
        return "overdue"
    near = due is not None and 0 <= (due - today()).days <= SOON_DAYS
    return "soon" if near and state in {"soon", "doing"} else ""


@register.filter
def named(names: dict[int, str], key: int) -> str:
    """The name under a number."""
    return names.get(key, "")


@register.filter
def notice_class(level: str) -> str:
    """The class of a message's notice."""
    return f"notice-{NOTICES.get(level, NOTICES['info']).kind}"


@register.filter
def notice_icon(level: str) -> str:
    """The shape of a message's notice."""
    return NOTICES.get(level, NOTICES["info"]).shape
