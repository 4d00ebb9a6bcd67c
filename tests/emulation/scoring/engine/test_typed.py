"""Rules as officers type them: the page says “không gửi” where the document says `not_filed`."""

from __future__ import annotations

from thidua.emulation.scoring.engine import NOT_FILED
from thidua.emulation.scoring.engine.typed import (
    read_classes,
    read_flags,
    read_steps,
    write_classes,
    write_flags,
    write_steps,
)

TYPED = "không gửi | Không gửi phiếu chấm | không xếp loại\ncanh_cao | Bị cảnh cáo | cao nhất: Khá"


def test_steps_that_go_down_and_a_class_for_all_the_rest_come_back_as_typed() -> None:
    steps = "mốc: 100; mỗi: 1; thêm: 0,5; nhiều nhất: 3; càng ít càng tốt"
    assert read_steps(steps)["better"] == "less"
    assert write_steps(read_steps(steps)) == steps
    classes = "Đạt: từ 60; đủ mức tối thiểu\nChưa đạt: mọi giá trị"
    assert read_classes(classes)[1] == {"title": "Chưa đạt"}
    assert write_classes(read_classes(classes)) == classes
    assert read_classes("Chưa đạt: còn lại") == [{"title": "Chưa đạt"}]


def test_flags_come_back_as_typed_and_the_document_keeps_its_code() -> None:
    told = read_flags(TYPED)
    assert [flag["code"] for flag in told] == [NOT_FILED, "canh_cao"]
    assert write_flags(told) == TYPED
