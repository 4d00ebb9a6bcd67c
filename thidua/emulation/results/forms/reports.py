"""What people fill in about reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from thidua.base.accounts.actors import Actor
from thidua.base.text import decimal_text
from thidua.base.text.measures import converted
from thidua.base.ui.forms import NumberField
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Indicator, Qualifier
from thidua.emulation.clusters.queries import indicator_named, indicators_in, measure_fault
from thidua.emulation.results.actions import Draft
from thidua.emulation.results.models import WORDS_ALONE, Report, SectionKey
from thidua.emulation.results.queries import MUST_TELL, Figure, figures_of, first_figures, sections_of
from thidua.emulation.results.wording import range_fault
from thidua.organisations.models import Unit

LONGEST = 60_000  # letters of a section: some thirty printed pages
SPARE, MOST = 3, 200
CATALOGUE = {"list": "danh-muc-chi-tieu"}  # the names the browser offers while one types


class ReportForm(forms.Form):
    """The sections of the outline and the papers cited."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    papers = forms.ModelMultipleChoiceField(
        Paper.objects.none(),
        label="Văn bản viện dẫn",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, papers: QuerySet[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].queryset = papers  # type: ignore[attr-defined]
        for key in SectionKey:
            rows = forms.Textarea(attrs={"rows": 10 if key in MUST_TELL else 5})
            self.fields[key.value] = forms.CharField(
                label=key.label, help_text=key.help, widget=rows, required=False, max_length=LONGEST
            )

    @property
    def sections(self) -> list[forms.BoundField]:
        """The sections in the order of the outline."""
        return [self[key] for key in SectionKey.values]


class FigureForm(forms.Form):
    """One figure: exact, a bound, a vague count, or a list of units."""

    indicator = forms.CharField(
        label="Chỉ tiêu, nội dung", max_length=300, required=False, widget=forms.TextInput(CATALOGUE)
    )
    is_part = forms.BooleanField(label="Trong đó", required=False)
    qualifier = forms.ChoiceField(
        label="Mức", choices=Qualifier.choices, initial=Qualifier.EQUAL, required=False
    )
    value = NumberField(label="Kết quả", places=4, required=False)
    upper = NumberField(label="đến", places=4, required=False)
    measure = forms.CharField(label="Đơn vị tính", max_length=40, required=False)
    target = NumberField(label="Chỉ tiêu giao", places=4, required=False)
    units = forms.ModelMultipleChoiceField(Unit.objects.none(), label="Đơn vị đạt", required=False)
    note = forms.CharField(label="Ghi chú", max_length=500, required=False)

    def __init__(
        self,
        *args: Any,
        units: list[Unit] | None = None,
        catalogue: Sequence[Indicator] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.catalogue = catalogue
        self.catalogued: int | None = None
        if units is None:
            del self.fields["units"]
        else:
            choices = [(unit.pk, unit.short_name) for unit in units]
            self.fields["units"] = forms.TypedMultipleChoiceField(
                choices=choices,
                coerce=int,
                label="Đơn vị đạt",
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        """A line without a name, or a vague count with a number, says what would mend it."""
        told = super().clean() or {}
        written = any(told.get(name) not in (None, "", []) for name in ("value", "measure", "target", "note"))
        if written and not told.get("indicator") and "indicator" not in self.errors:
            self.add_error("indicator", "Anh/chị ghi tên chỉ tiêu, hoặc xóa cả dòng.")
        if told.get("qualifier") in WORDS_ALONE and told.get("value") is not None:
            self.add_error("value", "Đã chọn mức ước chừng thì để trống kết quả.")
        if fault := range_fault(
            told.get("qualifier") or Qualifier.EQUAL, told.get("value"), told.get("upper")
        ):
            self.add_error("upper", fault)
        if not told.get("is_part"):
            self._tie(told)
        return told

    def _tie(self, told: dict[str, Any]) -> None:
        """A line named as in the catalogue is about that indicator, in its unit of measure."""
        found = indicator_named(self.catalogue, told.get("indicator") or "")
        if found is None:
            return
        written, value = told.get("measure") or "", told.get("value")
        fault = measure_fault(found, written)
        if not fault:
            told["measure"], self.catalogued = found.measure, found.pk
            return
        offer = converted(value, written, found.measure) if value is not None else None
        mend = f" Anh/chị ghi {decimal_text(offer)} {found.measure}." if offer is not None else ""
        self.add_error("measure", fault + mend)

    def figure(self) -> Figure | None:
        """What was handed in; None for an empty line."""
        told = self.cleaned_data
        if not told.get("indicator"):
            return None
        return Figure(
            told["indicator"],
            told.get("qualifier") or Qualifier.EQUAL,
            told.get("value"),
            told.get("measure", ""),
            told.get("target"),
            frozenset(told.get("units") or ()),
            told.get("note", ""),
            bool(told.get("is_part")),
            told.get("upper"),
            self.catalogued,
        )


class BaseFigures(forms.BaseFormSet):  # type: ignore[type-arg]
    """The figures of a report."""

    def clean(self) -> None:
        """A part needs a whole above it."""
        if any(self.errors):
            return
        first = next(iter(self.figures()), None)
        if first is not None and first.is_part:
            raise forms.ValidationError(
                "Dòng đầu tiên không thể là “trong đó”. Anh/chị ghi số liệu chung trước."
            )

    def figures(self) -> list[Figure]:
        """Lines that say something, in order."""
        kept = [form.figure() for form in self.forms if form not in self.deleted_forms]
        return [figure for figure in kept if figure is not None]


Figures = forms.formset_factory(
    FigureForm,
    formset=BaseFigures,
    extra=SPARE,
    max_num=MOST,
    absolute_max=MOST + 50,
    validate_max=True,
    can_delete=True,
)


def _initial(figures: Iterable[Figure]) -> list[dict[str, Any]]:
    names = ("indicator", "is_part", "qualifier", "value", "upper", "measure", "target", "note")
    return [{name: getattr(line, name) for name in names} | {"units": sorted(line.units)} for line in figures]


class ReportForms:
    """Form and figures of a report, bound or not, as one."""

    def __init__(
        self, report: Report, data: Any, papers: QuerySet[Paper], units: list[Unit], by: Actor
    ) -> None:
        self.report, self.by = report, by
        # What was handed in is not compared with what is kept: an unchanged line would count as empty.
        figures = self._kept_figures() if data is None else []
        initial: dict[str, Any] = {**sections_of(report), "revision": report.revision if report.pk else 0}
        initial["papers"] = list(report.papers.values_list("pk", flat=True)) if report.pk else []
        self.form = ReportForm(data, papers=papers, initial=initial)
        listed = units if report.unit_id is None else None
        self.catalogue = indicators_in(report.cycle)
        given = {"units": listed, "catalogue": self.catalogue}
        lines = Figures(data, initial=_initial(figures), prefix="so-lieu", form_kwargs=given)
        self.figures = cast("BaseFigures", lines)

    def _kept_figures(self) -> list[Figure]:
        return figures_of(self.report) if self.report.pk else first_figures(self.report, self.by)

    def is_valid(self) -> bool:
        """Both are; asks both, so that every fault is told at once."""
        return bool(self.form.is_valid() & self.figures.is_valid())

    @property
    def draft(self) -> Draft:
        """What was handed in."""
        told = self.form.cleaned_data
        sections = {key: told[key] for key in SectionKey.values}
        return Draft(sections=sections, figures=self.figures.figures(), papers=list(told["papers"]))

    @property
    def faults(self) -> list[str]:
        """Every fault in a sentence that names its place, for the autosave's answer."""
        found = [
            f"{self.form[name].label}: {text}" for name, texts in self.form.errors.items() for text in texts
        ]
        for number, form in enumerate(self.figures.forms, start=1):
            found += [
                f"Số liệu dòng {number}, {form.fields[name].label}: {text}"
                for name, texts in form.errors.items()
                for text in texts
            ]
        return [*found, *map(str, self.figures.non_form_errors())]


class ReturnForm(forms.Form):
    """Why a report goes back."""

    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Đơn vị đọc được nguyên văn. Anh/chị ghi rõ phần nào cần bổ sung.",
    )


class AttachForm(forms.Form):
    """A file that goes with the report."""

    upload = forms.FileField(label="Tệp kèm theo", help_text="PDF, Word, Excel hoặc ảnh.")
