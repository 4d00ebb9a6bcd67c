"""What people fill in about movements."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator

from thidua.base.accounts.actors import Actor
from thidua.base.periods import Term
from thidua.base.ui.forms import DayField, NumberField
from thidua.emulation.clusters.models import Cycle, Qualifier
from thidua.emulation.clusters.queries import MEMBER_KINDS, head_unit_id
from thidua.emulation.movements.models import (
    Adoption,
    AdoptionTarget,
    Movement,
    MovementKind,
    MovementLevel,
    MovementReview,
    ReviewFigure,
    ReviewStage,
)
from thidua.emulation.movements.queries import bodies_followed, standing_authorities, visible_movements
from thidua.organisations.models import AppointmentKind, Unit

LAST_YEAR = 2200
LONGEST = 20_000  # letters of aims or criteria
MANY = 300  # units offered as launching bodies at most; others are written by name


class MovementForm(forms.ModelForm[Movement]):
    """A movement; `where` says in whose catalogue a new one stands."""

    where = forms.ChoiceField(label="Thuộc danh mục")
    launched_on = DayField(label="Ngày phát động", required=False)
    document_dated = DayField(label="Ngày văn bản", required=False)
    starts = DayField(label="Thực hiện từ ngày", required=False)
    ends = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa định ngày kết thúc.")

    class Meta:
        model = Movement
        fields: ClassVar = [
            "title",
            "where",
            "kind",
            "launchers",
            "other_launchers",
            "launched_on",
            "document_symbol",
            "document_dated",
            "starts",
            "ends",
            "is_theme_of_year",
            "theme",
            "parent",
            "place",
            "aims",
            "criteria",
            "quota_collectives",
            "quota_individuals",
            "needs_consent",
            "consent",
        ]
        widgets: ClassVar = {
            "aims": forms.Textarea(attrs={"rows": 5}),
            "criteria": forms.Textarea(attrs={"rows": 4}),
            "launchers": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, by: Actor, cycle: Cycle | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle = cycle
        self._offer_launchers(by)
        parents = visible_movements(by).exclude(pk=self.instance.pk)
        self.fields["parent"].queryset = parents  # type: ignore[attr-defined]
        self.fields["parent"].empty_label = "Không"  # type: ignore[attr-defined]
        for name in ("aims", "criteria"):
            self.fields[name].max_length = LONGEST  # type: ignore[attr-defined]
            self.fields[name].validators.append(MaxLengthValidator(LONGEST))
        if self.instance.pk or cycle is not None:
            del self.fields["where"]
        else:
            self.fields["where"].choices = catalogues_of(by)  # type: ignore[attr-defined]
        if self.instance.term is not None:
            self.initial.update(starts=self.instance.term.lower, ends=self.instance.last_day)

    def _offer_launchers(self, by: Actor) -> None:
        offered = Unit.objects.filter(bodies_followed(by)).distinct()[:MANY].values_list("pk", flat=True)
        chosen = self.instance.launchers.values_list("pk", flat=True) if self.instance.pk else []
        field = self.fields["launchers"]
        field.queryset = Unit.objects.filter(pk__in=[*offered, *chosen])  # type: ignore[attr-defined]
        if not self.instance.pk:
            own = [head_unit_id(self.cycle)] if self.cycle is not None else [*by.units(*MEMBER_KINDS)]
            self.initial.setdefault("launchers", own)

    def clean(self) -> dict[str, Any]:
        """The term, and the catalogue of a new movement, from what was typed."""
        told = super().clean() or {}
        starts, ends = told.get("starts"), told.get("ends")
        if ends and ends.year > LAST_YEAR:
            self.add_error("ends", "Ngày kết thúc xa quá. Để trống nếu chưa định ngày.")
        elif ends and not starts:
            self.add_error("starts", "Anh/chị ghi ngày bắt đầu.")
        elif starts and ends and ends < starts:
            self.add_error("ends", "Ngày kết thúc đứng trước ngày bắt đầu.")
        else:
            self.instance.term = _term(starts, ends)
        self._place(told.get("where", ""))
        return told

    def _place(self, where: str) -> None:
        if self.instance.pk:
            return
        if self.cycle is not None:
            self.instance.level, self.instance.cycle = MovementLevel.CLUSTER, self.cycle
        elif where:
            level, _, body = where.partition(":")
            self.instance.level, self.instance.authority_id = level, int(body) if body else None


def _term(starts: Any, ends: Any) -> Term | None:
    if starts is None:
        return None
    return Term.through(starts, ends)


def catalogues_of(by: Actor) -> list[tuple[str, str]]:
    """Catalogues the person may add to: the authority's for its standing body, and the own unit's."""
    offered: list[tuple[str, str]] = []
    if by.holds(AppointmentKind.STANDING_OFFICER, AppointmentKind.ADMINISTRATOR):
        offered.append(("national", "Toàn quốc"))
    for body in standing_authorities(by).select_related("authority").distinct():
        offered.append((f"province:{body.authority_id}", f"Cấp tỉnh: {body.authority.name}"))
        offered.append(
            (f"sector:{body.authority_id}", f"Bộ, ngành, đoàn thể, theo dõi tại {body.authority.name}")
        )
    own = Unit.objects.filter(pk__in=by.units(*MEMBER_KINDS))
    return offered + [(f"unit:{unit.pk}", f"Đơn vị: {unit.name}") for unit in own]


class FilterForm(forms.Form):
    """Search and filters of the catalogue."""

    words = forms.CharField(label="Tên phong trào", required=False, max_length=100)
    level = forms.ChoiceField(label="Cấp", required=False, choices=[("", "Mọi cấp"), *MovementLevel.choices])
    kind = forms.ChoiceField(label="Loại", required=False, choices=[("", "Mọi loại"), *MovementKind.choices])
    year = forms.IntegerField(
        label="Đang thực hiện trong năm", required=False, min_value=1945, max_value=2100
    )


class ApplyForm(forms.Form):
    """Choose from the catalogue what the year expects."""

    movement = forms.ModelChoiceField(
        Movement.objects.none(), label="Phong trào", empty_label="Chọn phong trào"
    )
    plan_required = forms.BooleanField(
        label="Mỗi đơn vị phải có kế hoạch riêng", required=False, initial=True
    )
    plan_due = DayField(label="Hạn gửi kế hoạch", required=False)

    def __init__(self, *args: Any, movements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["movement"].queryset = movements  # type: ignore[attr-defined]


class ReviewForm(forms.ModelForm[MovementReview]):
    """An interim or final review."""

    held_on = DayField(label="Ngày sơ kết, tổng kết")
    turnout = NumberField(label="Tỷ lệ tham gia (%)", places=2, min_value=0, max_value=100, required=False)

    class Meta:
        model = MovementReview
        fields: ClassVar = [
            "stage",
            "held_on",
            "document",
            "text",
            "turnout",
            "collectives_commended",
            "individuals_commended",
        ]
        widgets: ClassVar = {"stage": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = ReviewStage.choices  # type: ignore[attr-defined]  # a choice, with none beforehand


class FigureLineForm(forms.Form):
    """An indicator and how much, as exact as it is known; an empty line is none."""

    indicator = forms.CharField(label="Chỉ tiêu, nội dung", max_length=300, required=False)
    qualifier = forms.ChoiceField(
        label="Mức", choices=Qualifier.of_one_number, initial=Qualifier.EQUAL, required=False
    )
    value = NumberField(label="Số", places=4, required=False)
    measure = forms.CharField(label="Đơn vị tính", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """A number without a name, or a vague level with a number, says what would mend it."""
        told = super().clean() or {}
        written = told.get("value") is not None or told.get("measure")
        if written and not told.get("indicator") and "indicator" not in self.errors:
            self.add_error("indicator", "Anh/chị ghi tên chỉ tiêu, hoặc xóa cả dòng.")
        if told.get("value") is not None and told.get("qualifier") in VAGUE:
            self.add_error("value", "Đã chọn mức ước chừng thì để trống số.")
        return told


VAGUE = (Qualifier.HUNDREDS, Qualifier.THOUSANDS)
SPARE, MOST = 2, 50
FigureLines = forms.formset_factory(
    FigureLineForm, extra=SPARE, max_num=MOST, absolute_max=MOST + 20, validate_max=True, can_delete=True
)
NAMES = ("indicator", "qualifier", "value", "measure")


def target_lines(data: Any, adoption: Adoption) -> forms.BaseFormSet[FigureLineForm]:
    """The targets a member sets itself; what is kept already stands there until something is typed."""
    kept = adoption.targets.all() if data is None and adoption.pk else []
    initial = [{name: getattr(row, name) for name in NAMES} for row in kept]
    return FigureLines(data, initial=initial, prefix="chi-tieu")


def figure_lines(data: Any) -> forms.BaseFormSet[FigureLineForm]:
    """The figures of a new review."""
    return FigureLines(data, prefix="so-lieu")


def _told(lines: forms.BaseFormSet[FigureLineForm]) -> list[dict[str, Any]]:
    rows = [form.cleaned_data for form in lines.forms if form not in lines.deleted_forms]
    return [
        {name: row[name] for name in NAMES} | {"qualifier": row["qualifier"] or Qualifier.EQUAL}
        for row in rows
        if row.get("indicator")
    ]


def typed_targets(lines: forms.BaseFormSet[FigureLineForm]) -> list[AdoptionTarget]:
    """Lines that say something, as targets."""
    return [AdoptionTarget(**row) for row in _told(lines)]


def typed_figures(lines: forms.BaseFormSet[FigureLineForm]) -> list[ReviewFigure]:
    """Lines that say something, as figures of a review."""
    return [ReviewFigure(**row) for row in _told(lines)]


class StatisticsForm(forms.Form):
    """The year to count."""

    year = forms.IntegerField(label="Năm thống kê", min_value=1945, max_value=2100)


class AdoptionForm(forms.ModelForm[Adoption]):
    """A member's answer and its own plan."""

    adopted_on = DayField(label="Ngày đơn vị triển khai")
    plan_dated = DayField(label="Ngày kế hoạch", required=False)
    plan_upload = forms.FileField(label="Tệp kế hoạch", required=False, help_text="PDF, Word hoặc ảnh chụp.")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    class Meta:
        model = Adoption
        fields: ClassVar = ["adopted_on", "plan_symbol", "plan_dated", "plan_upload", "note"]
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 3})}
