"""Parts of a page: marks of state, icons, and how dates and numbers are written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from thidua.base.duties import Duty
from thidua.base.periods import today
from thidua.base.text import date_in_words, decimal_text
from thidua.base.text import day as day_text
from thidua.base.text import moment as moment_text

register = template.Library()


@register.simple_tag(takes_context=True)
def region(context: template.Context, name: str) -> str:
    """What a page put into its block `name`; empty when it has none, so the frame can leave the place out."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    return mark_safe(block.render(context).strip()) if block else ""  # noqa: S308  a rendered, escaped template

MARKS = {
    "done": ("check", "Xong"),
    "doing": ("progress", "Đang làm"),
    "waiting": ("hourglass", "Chờ người khác"),
    "soon": ("clock", "Sắp đến hạn"),
    "overdue": ("alert-triangle-filled", "Quá hạn"),
    "returned": ("arrow-back-up", "Bị trả lại"),
    "blocked": ("alert-square", "Còn vướng"),
    "later": ("point", "Chưa đến"),
    "none": ("minus", "Không áp dụng"),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An outline icon from our own sprite."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("dist/icons.svg"), name
    )


@register.simple_tag
def mark(state: str) -> SafeString:
    """The shape of a state, with its word for those who cannot see it."""
    shape, word = MARKS[str(state)]
    return format_html(
        '<span class="mark mark-{}">{}<span class="visually-hidden">{}</span></span>',
        state,
        icon(shape),
        word,
    )


@register.simple_tag
def chip(state: str, text: str) -> SafeString:
    """Shape and word in a tinted frame."""
    return format_html('<span class="chip chip-{}">{}{}</span>', state, icon(MARKS[str(state)][0]), text)


@register.simple_tag
def cell(duty: Duty) -> SafeString:
    """A cell of the matrix: shape and a short fact."""
    return format_html('<span class="cell cell-{}">{} {}</span>', duty.state, mark(duty.state), duty.fact)


@register.simple_tag
def empty(symbol: str, title: str, text: str, url: str = "", verb: str = "") -> SafeString:
    """An empty state: gold icon, one sentence, one act."""
    act = format_html('<a class="btn btn-outline" href="{}">{}</a>', url, verb) if url else ""
    return format_html('<div class="empty">{}<h2>{}</h2><p>{}</p>{}</div>', icon(symbol), title, text, act)


@register.filter
def day(value: date | datetime | None) -> str:
    """31/12/2020."""
    return day_text(value)


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
def in_words(value: date) -> str:
    """ngày 05 tháng 02 năm 2020."""
    return date_in_words(value)


@register.filter
def short(unit: Any) -> str:
    """The unit's short name."""
    return str(unit.short_name)


@register.filter
def waits(state: str, due: date | None) -> str:
    """“Trễ 6 ngày”, “Còn 2 ngày”, or the state's own word."""
    if state in {"returned", "blocked", "waiting", "doing"} or due is None:
        return MARKS[str(state)][1]
    left = (due - today()).days
    if left < 0:
        return f"Trễ {-left} ngày"
    return "Hôm nay" if left == 0 else f"Còn {left} ngày"


@register.filter
def named(names: dict[int, str], key: int) -> str:
    """The name under a number."""
    return names.get(key, "")


@register.filter
def unlocalized(value: float) -> str:
    """A number for an attribute: a dot whatever the language."""
    return f"{value:.3f}"
