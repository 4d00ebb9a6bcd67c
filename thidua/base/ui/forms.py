"""Fields as Vietnamese officers type them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from thidua.base.text import decimal_text, read_decimal


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
