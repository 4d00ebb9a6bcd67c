"""What is typed when a points table is written: its file, one criterion, what holds for the whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.db import models
from django.forms import BoundField

from thidua.base.ui.forms import NumberField
from thidua.emulation.scoring.engine import BadFile, read_bands, read_number, write_bands
from thidua.emulation.scoring.engine.typed import (
    read_awards,
    read_matrix,
    read_steps,
    write_awards,
    write_matrix,
    write_steps,
)
from thidua.emulation.scoring.forms import points_text
from thidua.rulebook.catalogue import code_of, name_of

BANDS_HELP = (
    "Mỗi dòng một mức: “từ 95 đến 100: 5”, “từ 90 dưới 95: 4”, “dưới 90: 0”. "
    "Dán từ Excel được ba cột: từ, dưới, điểm."
)

MATRIX_HELP = (
    "Dòng đầu: “hồ sơ \\ sớm | từ 1 dưới 5 | từ 5”. Mỗi dòng sau: “dưới 1000 | 0,5 | 1”. Dán từ Excel được."
)

AWARDS_HELP = "Mỗi dòng một danh hiệu, hình thức, chọn theo tên: “Cờ thi đua của Ủy ban nhân dân tỉnh: 10”."


def coded_awards(text: str) -> dict[str, str]:
    """Honours told by name, or by code, as the document has them: by code."""
    found: dict[str, str] = {}
    for words, points in read_awards(text).items():
        code = code_of(words)
        if code is None:
            raise BadFile(f"Không có danh hiệu, hình thức “{words}”. Chọn tên trong danh sách gợi ý.")
        found[code] = points
    return found


def named_awards(told: Mapping[str, Any]) -> str:
    """Honours of a rule by name, with their points."""
    return write_awards({name_of(code): points for code, points in told.items()})


class TableFileForm(forms.Form):
    """A file to look at; or, sealed, the document that was looked at."""

    file = forms.FileField(
        label="Tệp bảng điểm",
        required=False,
        help_text="Word (.docx), Excel (.xlsx), tệp .yaml, .json. Bảng cần cột nội dung và cột điểm.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.xlsx,.yaml,.yml,.json"}),
    )
    document = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = self.cleaned_data
        if not data.get("document") and not data.get("file") and not self.errors:
            self.add_error("file", "Chọn một tệp.")
        return data


class RuleKind(models.TextChoices):
    """The rules of docs/spec/bang-diem-1.md, section 2."""

    DIRECT = "direct", "Ghi thẳng điểm"
    FULL = "full", "Đủ điểm, trừ theo trường hợp"
    PASS_FAIL = "pass_fail", "Đạt hoặc không đạt"
    COUNT = "count", "Theo số việc"
    PERCENT = "percent", "Theo phần trăm hoàn thành"
    BANDS = "bands", "Theo mức"
    STEPS = "steps", "Vượt mốc, mỗi bước thêm điểm"
    MATRIX = "matrix", "Theo bảng hai chiều"
    RELATIVE = "relative", "So với đơn vị vượt nhiều nhất trong cụm"
    REGISTERED = "registered", "Chỉ tiêu đơn vị tự đăng ký"
    HONOURS = "honours", "Theo danh hiệu, hình thức đang giữ"


NEEDS = {
    "count": ("each",),
    "bands": ("bands",),
    "steps": ("start", "step", "each"),
    "matrix": ("matrix",),
    "registered": ("count", "each"),
    "honours": ("awards",),
}
USES = {
    "count": ("each", "cap"),
    "bands": ("bands", "otherwise", "low", "high", "whole"),
    "steps": ("start", "first", "step", "each", "cap", "better", "inclusive"),
    "percent": ("better", "start"),
    "relative": ("better",),
    "matrix": ("matrix", "otherwise"),
    "registered": ("count", "each", "bonus"),
    "honours": ("awards", "take"),
}


def points_field(label: str, **more: Any) -> NumberField:
    """A number of points that may be left out."""
    return NumberField(label=label, places=4, required=False, **more)


def area(label: str, rows: int, help_text: str = "", *, lines: str = "") -> forms.CharField:
    """Several lines; of a kind that `lines.js` works as a small table, when named."""
    attrs = {"rows": rows, "data-lines": lines} if lines else {"rows": rows}
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs=attrs), help_text=help_text
    )


class LineForm(forms.Form):
    """One criterion: what it is, how it is scored, what holds its bonuses and deductions.

    A field the request lacks keeps what the draft has.
    """

    code = forms.CharField(label="Mã", max_length=40, required=False)
    title = forms.CharField(label="Nội dung", max_length=1000, required=False)
    kind = forms.ChoiceField(
        label="Loại",
        required=False,
        choices=[("mark", "Tiêu chí"), ("bonus", "Điểm thưởng"), ("penalty", "Điểm trừ")],
    )
    max = NumberField(label="Điểm tối đa", places=3, min_value=0, required=False)
    measure = forms.CharField(label="Đơn vị tính", max_length=60, required=False)
    scored_by = area("Ai chấm", 2, "Để trống là ai cũng chấm ở lớp của mình; mỗi dòng một tên.")
    evidence = forms.CharField(label="Minh chứng", max_length=1000, required=False)
    note = area("Hướng dẫn thêm", 2)

    type = forms.ChoiceField(label="Cách tính", choices=RuleKind, required=False)
    bands = area("Các mức", 6, BANDS_HELP, lines="bands")
    otherwise = points_field("Điểm khi không thuộc mức nào")
    low = points_field("Giá trị nhỏ nhất có thể có")
    high = points_field("Giá trị lớn nhất có thể có")
    whole = forms.BooleanField(label="Giá trị chỉ là số nguyên", required=False)
    start = points_field("Mốc")
    inclusive = forms.BooleanField(label="Đúng mốc cũng được tính", required=False)
    first = points_field("Điểm khi qua mốc")
    step = points_field("Mỗi bước")
    count = forms.IntegerField(label="Số chỉ tiêu tự đăng ký", required=False, min_value=1, max_value=100)
    each = points_field("Điểm mỗi việc, mỗi bước, mỗi chỉ tiêu")
    bonus = points_field("Thưởng nhiều nhất mỗi chỉ tiêu")
    cap = points_field("Nhiều nhất", help_text="Để trống là điểm tối đa.")
    better = forms.ChoiceField(
        label="Chiều tốt",
        required=False,
        choices=[("more", "Càng nhiều càng tốt"), ("less", "Càng ít càng tốt")],
    )
    matrix = area("Bảng hai chiều", 5, MATRIX_HELP, lines="matrix")
    awards = area("Danh hiệu, hình thức và điểm", 4, AWARDS_HELP, lines="honours")
    take = forms.ChoiceField(
        label="Cách lấy", required=False, choices=[("best", "Lấy mức cao nhất"), ("sum", "Cộng tất cả")]
    )

    bonus_cap = points_field("Trần thưởng")
    deduction_cap = points_field("Trần trừ")
    net_low = points_field("Bù trừ, không dưới")
    net_high = points_field("Bù trừ, không quá")
    least = points_field("Điểm thấp nhất")
    floor = points_field("Phải đạt (% tối đa)")
    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    HEAD = ("code", "title", "kind", "max", "measure", "scored_by", "evidence", "note")
    LIMITS = ("bonus_cap", "deduction_cap", "net_low", "net_high", "least", "floor")

    def clean(self) -> dict[str, Any]:
        """Reads what is written in several lines; asks for what the chosen rule cannot do without."""
        data = self.cleaned_data
        kind = data.get("type", "")
        for name, read in (("bands", read_bands), ("matrix", read_matrix), ("awards", coded_awards)):
            if name in USES.get(kind, ()) and data.get(name):
                self._read(name, read)
        for name in NEEDS.get(kind, ()):
            if name not in self.errors and data.get(name) in (None, "", [], {}):
                self.add_error(name, "Quy tắc này cần mục này.")
        if "code" in self.data and not data.get("code"):
            self.add_error("code", "Ghi mã của tiêu chí.")
        return data

    def _read(self, name: str, read: Callable[[str], Any]) -> None:
        try:
            self.cleaned_data[name] = read(self.data[name])
        except BadFile as fault:
            self.add_error(name, str(fault))

    def rule(self) -> dict[str, Any]:
        """The rule as data; {} for direct entry."""
        kind = self.cleaned_data.get("type") or "direct"
        if kind == "direct":
            return {}
        if kind == "matrix":
            rest = as_told(self.cleaned_data.get("otherwise"))
            return dict(self.cleaned_data["matrix"]) | ({} if rest is None else {"otherwise": rest})
        given = {name: as_told(self.cleaned_data.get(name)) for name in USES.get(kind, ())}
        return {"type": kind} | {name: one for name, one in given.items() if one not in (None, "", False)}

    def line(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """The line as the form has it over the line before."""
        told = dict(before)
        for name in (*self.HEAD, *self.LIMITS):
            if name in self.data:
                told[name] = as_told(self.cleaned_data.get(name))
        told["scored_by"] = [x.strip() for x in names_of(told.get("scored_by")) if x.strip()]
        ends = {end: told.pop(f"net_{end}", None) for end in ("low", "high")}
        if "net_low" in self.data:
            told["net"] = {end: one for end, one in ends.items() if one not in (None, "")}
        if "type" in self.data:
            told["rule"] = self.rule()
            if not told["rule"] and told.get("deductions"):
                told["rule"] = {"type": "direct"}
        told["max"] = told.get("max") or "0"
        if told.get("kind") == "mark":
            del told["kind"]
        return {key: one for key, one in told.items() if one not in (None, "", [], {})} | {"max": told["max"]}

    def head(self) -> list[BoundField]:
        """What the criterion is."""
        return [self[name] for name in self.HEAD]

    def limits(self) -> list[BoundField]:
        """What holds its bonuses and deductions."""
        return [self[name] for name in self.LIMITS]

    def fields_of(self) -> list[tuple[str, BoundField]]:
        """Each field with the rules that read it, for the page to show or hide."""
        used = {name: [kind for kind, names in USES.items() if name in names] for name in self.fields}
        return [(" ".join(used[name]), self[name]) for name in self.fields if used[name]]


def names_of(told: Any) -> list[str]:
    """Names typed a line each, or as the document has them."""
    return re.split(r"[\n;]", told) if isinstance(told, str) else list(told or [])


def as_told(value: Any) -> Any:
    """A value as documents hold it: numbers as text."""
    return points_text(value) if isinstance(value, Decimal) else str(value) if type(value) is int else value


def line_initial(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line as the form shows it."""
    rule = line.get("rule") or {"type": "full" if line.get("deductions") else "direct"}
    rule = {"type": rule} if isinstance(rule, str) else dict(rule)
    net = line.get("net") or {}
    found = {**line, **rule, "net_low": net.get("low"), "net_high": net.get("high")}
    found["scored_by"] = "\n".join(names_of(line.get("scored_by")))
    if rule["type"] == "bands":
        found["bands"] = write_bands(rule["bands"])
    if rule["type"] == "matrix":
        found["matrix"] = write_matrix(rule)
    if rule["type"] == "honours":
        found["awards"] = named_awards(rule["awards"])
    return {key: comma(key, one) for key, one in found.items()}


WORDS = {"code", "title", "measure", "scored_by", "evidence", "note", "detail", "one_of"}


def comma(name: str, value: Any) -> Any:
    """A stored number with its decimal comma; the code 3.3 is no number."""
    is_number = name not in WORDS and isinstance(value, str) and "." in value
    number = read_number(value) if is_number else None
    return value if number is None else points_text(number)


DETAILS: dict[str, tuple[Callable[[str], Any], Callable[[Any], str]]] = {
    "bands": (
        lambda text: {"type": "bands", "bands": read_bands(text)},
        lambda rule: write_bands(rule["bands"]),
    ),
    "steps": (read_steps, write_steps),
    "matrix": (read_matrix, write_matrix),
    "honours": (
        lambda text: {"type": "honours", "awards": coded_awards(text)},
        lambda rule: named_awards(rule["awards"]),
    ),
}
SIDES = [("bonuses", "Thưởng"), ("deductions", "Trừ")]


class ExtraForm(forms.Form):
    """A bonus or deduction: so many points for each case, or by a rule written out in “chi tiết”."""

    side = forms.ChoiceField(label="Cột", choices=SIDES, initial="bonuses")
    code = forms.CharField(label="Mã", max_length=40)
    title = forms.CharField(label="Trường hợp", max_length=400, required=False)
    type = forms.ChoiceField(
        label="Cách tính",
        initial="each",
        choices=[
            ("each", "Mỗi việc"),
            ("direct", "Ghi thẳng điểm"),
            ("pass_fail", "Đạt, không đạt"),
            ("percent", "Theo phần trăm"),
            ("bands", "Theo mức"),
            ("steps", "Theo bước"),
            ("matrix", "Bảng hai chiều"),
            ("honours", "Danh hiệu đang giữ"),
        ],
    )
    each = NumberField(label="Điểm mỗi việc", places=4, required=False)
    cap = NumberField(label="Trần", places=4, required=False)
    detail = area("Chi tiết", 2, lines="by-type")
    one_of = forms.CharField(label="Chỉ lấy một trong", max_length=60, required=False)
    needs_clean = forms.BooleanField(label="Khi không bị trừ", required=False)
    waivable = forms.BooleanField(label="Tự phát hiện thì không trừ", required=False)

    def clean(self) -> dict[str, Any]:
        """What the way of counting needs."""
        data = self.cleaned_data
        kind = data.get("type", "")
        if kind == "each" and data.get("each") is None and "each" not in self.errors:
            self.add_error("each", "Ghi số điểm mỗi việc.")
        if kind in DETAILS:
            try:
                data["rule"] = DETAILS[kind][0](self.data.get(self.add_prefix("detail"), ""))
            except BadFile as fault:
                self.add_error("detail", str(fault))
        return data

    def told(self, before: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """The line of the document, over the one of the same code before."""
        data = self.cleaned_data
        kept = {key: one for key, one in before.get(data["code"], {}).items() if key in {"note", "proposes"}}
        own = {
            name: as_told(data.get(name))
            for name in ("code", "title", "cap", "one_of", "needs_clean", "waivable")
        }
        if data["type"] == "each":
            own["each"] = as_told(data["each"])
        else:
            own["rule"] = data.get("rule") or {"type": data["type"]}
        return {key: one for key, one in {**kept, **own}.items() if one not in (None, "", False)}


ExtraFormSet = forms.formset_factory(ExtraForm, extra=1, can_delete=True, max_num=60)


def extras_initial(line: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bonuses and deductions of a line as the grid shows them."""
    found = []
    for side, _ in SIDES:
        for extra in line.get(side, []):
            rule = extra.get("rule")
            rule = {"type": rule} if isinstance(rule, str) else rule or {"type": "each"}
            if rule["type"] == "count":
                rule = {**rule, "type": "each"}
            told = {**extra, **rule, "side": side, "title": extra.get("title", "")}
            if rule["type"] in DETAILS:
                told["detail"] = DETAILS[rule["type"]][1](rule)
                told["cap"] = extra.get("cap")
            found.append({key: comma(key, one) for key, one in told.items()})
    return found
