"""What is typed of the table as a whole: scale, rounding, caps, classes, flags."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from thidua.base.ui.forms import NumberField
from thidua.emulation.scoring.engine import BadFile
from thidua.emulation.scoring.engine.typed import read_classes, read_flags, write_classes, write_flags
from thidua.emulation.scoring.views.tables.forms import area, as_told, comma, points_field


class SettingsForm(forms.Form):
    """What holds for the whole table."""

    title = forms.CharField(label="Tên bảng", max_length=300, required=False)
    total = NumberField(label="Thang điểm", places=3, min_value=0)
    places = forms.IntegerField(label="Số lẻ khi làm tròn", min_value=0, max_value=6)
    mode = forms.ChoiceField(
        label="Cách làm tròn",
        choices=[
            ("half_up", "Nửa làm tròn lên"),
            ("half_even", "Nửa làm tròn về số chẵn"),
            ("down", "Bỏ phần thừa"),
        ],
    )
    bonus_cap = points_field("Trần điểm thưởng cả bảng")
    penalty_cap = points_field("Trần điểm trừ cả bảng")
    not_assigned = forms.ChoiceField(
        label="Tiêu chí không giao",
        choices=[("drop", "Không tính"), ("rescale", "Quy phần còn lại về thang")],
        required=False,
    )
    classes = area(
        "Các loại",
        5,
        "Loại cao đứng trước, mỗi dòng một loại: “Xuất sắc: từ 95; không có 0; đủ mức tối thiểu”.",
        lines="classes",
    )
    flags = area(
        "Khống chế, loại trừ",
        5,
        "Mỗi dòng: mã | trường hợp | “cao nhất: tên loại” hoặc “không xếp loại”."
        " Mã “không gửi” tự gắn cho đơn vị không gửi phiếu chấm.",
        lines="flags",
    )
    revision = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_classes(self) -> list[dict[str, Any]]:
        """The classes, or the line that is not understood."""
        return self._lines("classes", read_classes)

    def clean_flags(self) -> list[dict[str, Any]]:
        """The flags, or the line that is not understood."""
        return self._lines("flags", read_flags)

    def _lines(self, name: str, read: Callable[[str], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        try:
            return read(self.cleaned_data[name])
        except BadFile as fault:
            raise forms.ValidationError(str(fault)) from fault

    def settings(self) -> dict[str, Any]:
        """The head of the document."""
        data = {name: as_told(one) for name, one in self.cleaned_data.items() if name != "revision"}
        data["rounding"] = {"places": data.pop("places"), "mode": data.pop("mode")}
        return data


def settings_initial(document: Mapping[str, Any]) -> dict[str, Any]:
    """The head of a document as the form shows it."""
    rounding = document.get("rounding") or {}
    found = {**document, "places": rounding.get("places", 2), "mode": rounding.get("mode", "half_up")}
    found["classes"] = write_classes(document.get("classes", []))
    found["flags"] = write_flags(document.get("flags", []))
    return {key: comma(key, one) for key, one in found.items() if key != "criteria"}
