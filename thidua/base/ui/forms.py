"""Fields as Vietnamese officers type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.forms.widgets import Script
from django.urls import reverse_lazy

from thidua.base.text import decimal_text, read_decimal, search_key

NUMBERED = re.compile(r"(?:.*\()?([0-9]{1,18})\)?")  # “Nguyễn Văn An, Sở Y tế (12)”, or the number alone
MANY = 20  # rows of one name that are told


class DayField(forms.DateField):
    """A day typed as 31/12/2020; 5/1/2020, 05-01-2020 and 05.01.2020 are read too."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "ngày/tháng/năm"}
        )
        super().__init__(**{"widget": widget, "localize": False, **kwargs})
        self.error_messages["invalid"] = "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 31/12/2020."

    def to_python(self, value: Any) -> date | None:
        """Read the day, whichever mark stands between its parts."""
        if not isinstance(value, str):
            return super().to_python(value)
        parts = re.fullmatch(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})\s*", value)
        if not value.strip():
            return None
        try:
            if parts is None:
                return date.fromisoformat(value.strip())
            return date(int(parts[3]), int(parts[2]), int(parts[1]))
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class NumberField(forms.DecimalField):
    """A number typed with a decimal comma: 1.234,5. `places` is the most decimals it may have."""

    def __init__(
        self,
        *,
        places: int = 2,
        max_value: Decimal | int | None = None,
        min_value: Decimal | int | None = None,
        **kwargs: Any,
    ) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "num", "autocomplete": "off"})
        bounds = {"max_value": max_value, "min_value": min_value, "decimal_places": places, "max_digits": 18}
        super().__init__(**{"widget": widget, **bounds, **kwargs})
        self.error_messages |= {
            "invalid": "Ghi một số, phần thập phân sau dấu phẩy, ví dụ 12,5.",
            "max_value": f"Ghi số không quá {decimal_text(max_value)}.",
            "min_value": f"Ghi số từ {decimal_text(min_value)} trở lên.",
            "max_decimal_places": f"Nhiều nhất {places} chữ số sau dấu phẩy."
            if places
            else "Ghi số nguyên, không có phần thập phân.",
            "max_digits": "Số này quá dài.",
            "max_whole_digits": "Số này quá lớn.",
        }

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # stubs derive it from integers
        """Read the number as it is written in Vietnamese."""
        if not isinstance(value, str):
            return super().to_python(value)
        if not value.strip():
            return None
        try:
            return read_decimal(value)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number as it would be typed."""
        return decimal_text(value).replace("−", "-") if isinstance(value, Decimal) else value


class LookupInput(forms.TextInput):
    """A box that offers names while one types; its script comes only with pages that have one."""

    class Media:
        js = (Script("dist/lookups.js", defer=True),)


class LookupField(forms.CharField):
    """One row among too many for a list, told by its name; `said` tells rows apart by a number in brackets.

    `rows` have a `search` of their name without marks. `source` is the address that answers `?q=` with
    suggestions while one types. A name that several bear is refused with all of them.
    """

    def __init__(
        self,
        rows: QuerySet[Any],
        *,
        said: Callable[[Iterable[Any]], list[str]],
        source: str,
        **kwargs: Any,
    ) -> None:
        widget = LookupInput(attrs={"data-lookup": reverse_lazy(source), "autocomplete": "off"})
        super().__init__(
            **{"widget": widget, "help_text": "Gõ vài chữ của tên rồi chọn trong gợi ý.", **kwargs}
        )
        self.rows, self.said = rows, said

    def prepare_value(self, value: Any) -> Any:
        """The name of what is already known by its number."""
        found = value if isinstance(value, Model) else self._numbered(str(value or ""))
        return self.said([found])[0] if found else value

    def clean(self, value: Any) -> Any:
        """The row; None when nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        found = self._numbered(text)
        if found and text in {str(found.pk), *self.said([found])}:  # the name must be of the number
            return found
        return self._only(text, list(self.rows.filter(search=search_key(text))[:MANY]))

    def _numbered(self, text: str) -> Any:
        told = NUMBERED.fullmatch(text)
        return self.rows.filter(pk=told[1]).first() if told else None

    def _only(self, text: str, found: list[Any]) -> Any:
        if len(found) == 1:
            return found[0]
        if found:
            told = f"Có {len(found)} tên như vậy: {'; '.join(self.said(found))}. Chọn một trong gợi ý."
        else:
            told = f"Không có “{text}” trong danh sách. Gõ vài chữ của tên rồi chọn trong gợi ý."
        raise ValidationError(told, code="invalid_choice")
