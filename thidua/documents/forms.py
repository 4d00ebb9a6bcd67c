"""What people fill in about papers."""

from __future__ import annotations

from typing import Any

from django import forms

from thidua.base.accounts.actors import Actor
from thidua.base.ui.forms import DayField
from thidua.documents.models import Paper, PaperKind, PaperState
from thidua.documents.queries import years_of

ORDERS = {
    "moi": ("Mới nhất trước", ("-dated", "-number", "-pk")),
    "cu": ("Cũ nhất trước", ("dated", "number", "pk")),
    "loai": ("Theo loại văn bản", ("kind", "-dated", "-number", "-pk")),
}


class RegisterFilter(forms.Form):
    """What to look for in the register."""

    tu = forms.CharField(label="Trích yếu hoặc số, ký hiệu", required=False, max_length=100)
    nam = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    loai = forms.ChoiceField(
        label="Loại văn bản", required=False, choices=[("", "Mọi loại"), *PaperKind.choices]
    )
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Mọi tình trạng"), *PaperState.choices]
    )
    sap_xep = forms.ChoiceField(
        label="Sắp xếp", required=False, choices=[(key, words) for key, (words, _) in ORDERS.items()]
    )

    def __init__(self, data: Any, *, by: Actor, direction: str) -> None:
        super().__init__(data)
        years = [(year, str(year)) for year in years_of(by, direction)]
        self.fields["nam"].choices = [("", "Mọi năm"), *years]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """The questions for `queries.register`; what cannot be read is not asked."""
        self.is_valid()
        told = self.cleaned_data
        return {
            "year": told.get("nam"),
            "kind": told.get("loai", ""),
            "state": told.get("tinh_trang", ""),
            "words": told.get("tu", ""),
        }

    @property
    def order(self) -> tuple[str, ...]:
        """The columns to sort by."""
        self.is_valid()
        return ORDERS[self.cleaned_data.get("sap_xep") or "moi"][1]


class NumberForm(forms.Form):
    """The date a paper gets with its number."""

    dated = DayField(label="Ngày văn bản", help_text="Ngày ký. Số được cấp theo năm của ngày này.")


class SealForm(forms.Form):
    """Issuing, with the signed copy if there is one."""

    scan = forms.FileField(
        label="Bản chụp có chữ ký, đóng dấu", required=False, help_text="Tệp PDF. Không bắt buộc."
    )


class VoidForm(forms.Form):
    """Why a number is voided."""

    reason = forms.CharField(label="Lý do hủy số", max_length=400)


class ReferenceForm(forms.ModelForm[Paper]):
    """A paper of somebody else."""

    kind = forms.ChoiceField(label="Loại văn bản", choices=[("", "Chọn loại"), *PaperKind.choices])
    dated = DayField(label="Ngày, tháng, năm")

    class Meta:
        model = Paper
        fields = ("kind", "symbol", "dated", "issuer_name", "subject")
        labels = {"symbol": "Số, ký hiệu", "subject": "Trích yếu"}  # noqa: RUF012  Django's own shape of Meta
        help_texts = {  # noqa: RUF012
            "symbol": "Ví dụ 34-CT/TW. Để trống nếu văn bản không có số.",
            "issuer_name": "Ví dụ Bộ Chính trị.",
        }
        widgets = {"subject": forms.Textarea(attrs={"rows": 3})}  # noqa: RUF012

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes it, so that a refusal leaves nothing half changed."""
