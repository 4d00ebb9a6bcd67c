"""The gallery of components, for those who build and check the pages."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thidua.base.duties import Duty, State
from thidua.base.ui.forms import DayField, NumberField


class Colour(NamedTuple):
    """A colour of the theme with its contrast on white."""

    name: str
    title: str
    code: str
    ratio: str
    use: str


COLOURS = (
    Colour("red", "Đỏ", "#8F1A20", "9,0", "nút chính, mục đang chọn"),
    Colour("red-dark", "Đỏ thẫm", "#731318", "11,4", "dải công khai, màn chiếu"),
    Colour("gold", "Vàng", "#B98A1F", "3,1", "nét, khung, không dùng cho chữ"),
    Colour("gold-text", "Vàng chữ", "#7C5A0E", "6,3", "chữ trên nền trắng"),
    Colour("gold-light", "Vàng sáng", "#E9C46A", "1,7", "trên nền đỏ thẫm"),
    Colour("ink", "Mực", "#211D1A", "16,7", "chữ chính"),
    Colour("ink-2", "Mực 2", "#574F48", "8,0", "chữ phụ"),
    Colour("ink-3", "Mực 3", "#6F665D", "5,6", "chữ nhạt nhất"),
    Colour("field", "Kẻ trường", "#8A8074", "3,9", "viền ô nhập, nút"),
    Colour("line", "Kẻ", "#E8E2D8", "1,3", "đường kẻ"),
    Colour("paper-2", "Giấy 2", "#FBF9F5", "1,0", "đầu bảng, thanh bên"),
    Colour("gold-tint", "Vàng nhạt", "#FBF5E4", "1,1", "hàng đang xét"),
)
FACTS = {
    State.DONE: "26/02",
    State.DOING: "11/13",
    State.WAITING: "chờ ký",
    State.SOON: "còn 4",
    State.OVERDUE: "trễ 6",
    State.RETURNED: "trả lại",
    State.BLOCKED: "vướng",
    State.LATER: "chưa",
    State.NOT_APPLICABLE: "",
}
NUMBERS = (Decimal("91.11"), Decimal("96.50"), Decimal("101.75"), Decimal("-0.11"))


class Sample(forms.Form):
    """One field of each kind, one of them wrong."""

    households = NumberField(label="Số hộ được giúp đỡ", places=0)
    money = NumberField(
        label="Kinh phí, triệu đồng", required=False, help_text="Phần thập phân sau dấu phẩy."
    )
    held_on = DayField(label="Ngày tổ chức", required=False)
    mark = NumberField(label="Điểm kết luận", max_value=Decimal(6))
    kind = forms.ChoiceField(label="Hình thức", choices=[("a", "Bỏ phiếu kín"), ("b", "Giơ tay")])
    agreed = forms.BooleanField(label="Đã thống nhất trong tổ", required=False)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once; nothing for a real system."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    context = {
        "colours": COLOURS,
        "duties": [Duty(unit_id=0, state=state, fact=fact, share=11 / 13) for state, fact in FACTS.items()],
        "numbers": NUMBERS,
        "total": sum(NUMBERS),
        "form": Sample({"households": "12", "money": "1.234,5", "mark": "6,5", "kind": "a"}),
    }
    return render(request, "ui/gallery.html", context)
