"""Fields of this area: shares, quotas and deadlines as officers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from thidua.base.text import decimal_text, read_decimal
from thidua.base.text.measures import converted
from thidua.emulation.clusters.deadlines import read_deadline
from thidua.emulation.clusters.models import Indicator
from thidua.emulation.clusters.queries import indicator_named, measure_fault
from thidua.voting.counting import Share, share_text

LARGEST = 32_767  # what the columns of a fraction hold
WRONG_SHARE = "Ghi phân số hoặc phần trăm, ví dụ 2/3 hoặc 80%."


def read_share(text: str) -> Fraction:
    """“2/3”, “80%”, “66,5 %” as an exact fraction of at most 1. Raises ValueError."""
    bare = text.strip()
    if found := re.fullmatch(r"(\d{1,5})\s*/\s*(\d{1,5})", bare):
        if int(found[2]) == 0:
            raise ValueError(text)
        share = Fraction(int(found[1]), int(found[2]))
    elif bare.endswith("%"):
        share = Fraction(read_decimal(bare[:-1])) / 100
    else:
        raise ValueError(text)
    if not 0 <= share <= 1 or share.denominator > LARGEST:
        raise ValueError(text)
    return share


class ShareField(forms.CharField):
    """Tỷ lệ: typed as 2/3 or 80%, kept as an exact fraction."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 12, "help_text": "Ví dụ 2/3 hoặc 80%.", **kwargs})

    def clean(self, value: Any) -> Any:
        """The fraction; None when empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_share(text)
        except ValueError as error:
            raise ValidationError(WRONG_SHARE, code="invalid") from error


class QuotaField(forms.CharField):
    """Chỉ tiêu: a number (1), a share (20%, 1/5), or nothing for no limit."""

    def __init__(self, **kwargs: Any) -> None:
        hint = "Một số (1), một tỷ lệ (20% hoặc 1/5), để trống là không giới hạn."
        super().__init__(**{"max_length": 12, "required": False, "help_text": hint, **kwargs})

    def clean(self, value: Any) -> Any:
        """(number, share): at most one of them."""
        text = super().clean(value)
        if not text:
            return None, None
        if re.fullmatch(r"\d{1,3}", text):
            return int(text), None
        try:
            return None, read_share(text)
        except ValueError as error:
            raise ValidationError("Ghi một số, hoặc tỷ lệ như 20% hay 1/5.", code="invalid") from error


class DeadlineField(forms.CharField):
    """Hạn hằng năm: 15/3, or 10/1 năm sau."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 20, "required": False, **kwargs})

    def clean(self, value: Any) -> str:
        """As a regulation keeps it; empty without one."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return read_deadline(text)
        except ValueError as error:
            raise ValidationError("Ghi ngày/tháng, ví dụ 15/3 hoặc 10/1 năm sau.", code="invalid") from error


def share_as_typed(numerator: int, denominator: int) -> str:
    """How a stored share is shown in its field."""
    return share_text(Share(numerator, denominator))


def fit_measure(form: forms.Form, told: dict[str, Any], catalogue: Iterable[Indicator]) -> None:
    """A target named as in the catalogue takes its unit of measure; another one is refused, converted."""
    indicator = indicator_named(catalogue, told.get("indicator") or "")
    if indicator is None:
        return
    written, value = told.get("measure") or "", told.get("value")
    fault = measure_fault(indicator, written)
    if not fault:
        told["measure"] = indicator.measure
        return
    offer = converted(value, written, indicator.measure) if value is not None else None
    mend = f" Anh/chị ghi {decimal_text(offer)} {indicator.measure}." if offer is not None else ""
    form.add_error("measure", fault + mend)
