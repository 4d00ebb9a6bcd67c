"""Marks, filters, fields and the colours they stand in."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from thidua.base.duties import Duty, State
from thidua.base.periods import stand_on
from thidua.base.ui.forms import DayField, NumberField
from thidua.base.ui.templatetags import ui
from thidua.base.ui.words import STATES

ROOT = Path(__file__).resolve().parents[3]
TOKENS = ROOT / "thidua/base/ui/frontend/css/tokens.css"


def test_every_state_has_a_shape_and_a_word_of_its_own() -> None:
    assert set(STATES) == {str(state) for state in State}
    assert len({look.shape for look in STATES.values()}) == len(State)
    assert len({look.word for look in STATES.values()}) == len(State)


@pytest.mark.parametrize("state", list(State))
def test_the_word_of_a_state_is_there_for_those_who_cannot_see_its_shape(state: State) -> None:
    assert STATES[state].word in ui.mark(state)
    assert STATES[state].word in ui.chip(state)
    assert "còn 4" in ui.cell(Duty(unit_id=1, state=state, fact="còn 4"))


@given(st.floats(-2, 3, allow_nan=False), st.floats(0, 3, allow_nan=False))
def test_a_bar_never_leaves_its_ground(value: float, of: float) -> None:
    width = re.search(r'class="value" width="([\d.]+)"', ui.bar(value, of))
    assert width is not None
    assert 0 <= float(width[1]) <= 100


def test_words_of_an_officer_cannot_become_markup() -> None:
    assert "<script>" not in ui.cell(Duty(unit_id=1, state=State.SOON, fact="<script>"))
    assert "<script>" not in ui.empty("flag", "<script>", "<script>", "/", "<script>")


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (date(2019, 12, 10), "Trễ 6 ngày"),
        (date(2019, 12, 16), "Hôm nay"),
        (date(2019, 12, 18), "Còn 2 ngày"),
        (None, ""),
    ],
)
def test_days_left_in_words(due: date | None, words: str) -> None:
    with stand_on(date(2019, 12, 16)):
        assert ui.left(due) == words


def test_what_waits_for_others_is_told_by_its_state_not_its_days() -> None:
    with stand_on(date(2019, 12, 16)):
        assert ui.waits("overdue", date(2019, 12, 10)) == "Trễ 6 ngày"
        assert ui.waits("returned", date(2019, 12, 10)) == "Bị trả lại"
        assert ui.waits("blocked", date(2019, 12, 25)) == "Còn vướng"


def test_the_timeline_is_tinted_only_where_something_must_be_done_soon() -> None:
    with stand_on(date(2019, 12, 16)):
        assert ui.is_hot(date(2019, 12, 10), "overdue") == "overdue"
        assert ui.is_hot(date(2019, 12, 18), "doing") == "soon"
        assert ui.is_hot(date(2020, 2, 1), "doing") == ""
        assert ui.is_hot(date(2019, 12, 18), "done") == ""


def test_numbers_and_days_are_written_the_vietnamese_way() -> None:
    text = "{{ a|number }} {{ b|points:2 }} {{ c|day }} {{ c|in_words }} {{ c|weekday }}"
    values = {"a": Decimal("1234.50"), "b": Decimal("97.5"), "c": date(2020, 2, 5)}
    assert Template(text).render(Context(values)) == (
        "1.234,5 97,50 05/02/2020 ngày 05 tháng 02 năm 2020 Thứ Tư"
    )


@pytest.mark.parametrize("typed", ["5/1/2020", "05-01-2020", " 05.01.2020 ", "2020-01-05"])
def test_a_day_is_read_however_it_is_typed(typed: str) -> None:
    assert DayField().clean(typed) == date(2020, 1, 5)


@pytest.mark.parametrize("typed", ["31/02/2020", "hôm nay", "1/2", "0/0/0000"])
def test_a_day_that_is_none_says_how_to_write_one(typed: str) -> None:
    with pytest.raises(forms.ValidationError, match="ngày/tháng/năm"):
        DayField().clean(typed)


def test_a_number_says_its_bounds_in_vietnamese() -> None:
    field = NumberField(max_value=Decimal("6.5"), min_value=0, places=2)
    assert field.clean("1,25") == Decimal("1.25")
    for typed, words in (
        ("6,75", "không quá 6,5"),
        ("-1", "từ 0 trở lên"),
        ("1,234", "2 chữ số"),
        ("ba", "12,5"),
    ):
        with pytest.raises(forms.ValidationError, match=words):
            field.clean(typed)


class _Sample(forms.Form):
    mark = NumberField(label="Điểm", help_text="Từ 0 đến 6.")


def test_an_error_stands_beside_its_field_and_is_told_to_screen_readers() -> None:
    drawn = str(_Sample({"mark": ""}))
    described = re.search(r'aria-describedby="([^"]+)"', drawn)
    assert described is not None
    for name in described[1].split():
        assert f'id="{name}"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert "Anh/chị ghi mục này." in drawn


def _luminance(code: str) -> float:
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_can_be_read_on_its_ground() -> None:
    colour = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", TOKENS.read_text()))
    on_white = ["red", "gold-text", "ink", "ink-2", "ink-3"]
    pairs = [(name, "#ffffff") for name in on_white]
    pairs += [(name, colour[f"{name}-tint"]) for name in ("done", "doing", "soon", "alarm", "red")]
    pairs += [("ink-2", colour["paper-2"]), ("ink-3", colour["paper-2"]), ("gold-light", colour["red-dark"])]
    for name, ground in pairs:
        assert _contrast(colour[name], ground) >= 4.5, name
    assert _contrast(colour["field"], "#ffffff") >= 3


def test_every_icon_named_exists_in_the_sprite() -> None:
    sprite = ROOT / "thidua/base/ui/static/dist/icons.svg"
    if not sprite.exists():
        pytest.skip("the front end is not built")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite.read_text()))
    named = {
        (name, path.name)
        for path in (ROOT / "thidua").rglob("*.html")
        for name in re.findall(r'{% (?:icon|empty) "([a-z0-9-]+)"', path.read_text())
    }
    assert not {pair for pair in named if pair[0] not in drawn}


def test_no_template_carries_inline_style_or_script() -> None:
    """The content policy would refuse them; data blocks of JSON are not scripts."""
    unfit = re.compile(
        r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*(?:src=|application/json))", re.IGNORECASE
    )
    for path in (ROOT / "thidua").rglob("templates/**/*.html"):
        assert not unfit.search(path.read_text()), path
