"""Rules as officers type them: the page says “không gửi” where the document says `not_filed`."""

from __future__ import annotations

from thidua.emulation.scoring.engine import NOT_FILED
from thidua.emulation.scoring.engine.typed import read_flags, write_flags

TYPED = "không gửi | Không gửi phiếu chấm | không xếp loại\ncanh_cao | Bị cảnh cáo | cao nhất: Khá"


def test_flags_come_back_as_typed_and_the_document_keeps_its_code() -> None:
    told = read_flags(TYPED)
    assert [flag["code"] for flag in told] == [NOT_FILED, "canh_cao"]
    assert write_flags(told) == TYPED
