"""The agenda usual for each kind of conference (cluster-operations 6); everybody changes it freely."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.emulation.conferences.models import ConferenceKind, ItemKind


@dataclass(frozen=True)
class ItemText:
    """A line of the agenda as it is typed; `pk` of the line it rewrites."""

    kind: str
    title: str
    presenter: str = ""
    pk: int | None = None


OPENING = ItemText(ItemKind.OPENING, "Chào cờ, tuyên bố lý do, giới thiệu đại biểu")
CLOSING = ItemText(ItemKind.CLOSING, "Kết luận và bế mạc hội nghị")
SPEECH = ItemText(ItemKind.SPEECH, "Phát biểu chỉ đạo của cấp trên")


def _report(what: str) -> ItemText:
    return ItemText(ItemKind.REPORT, f"Báo cáo {what}")


def default_agenda(kind: str, period: str, noun: str) -> list[ItemText]:
    """The usual lines; `noun` is “cụm”, “khối” or, for a congress outside a cluster, “đơn vị”."""
    told = f" {period}" if period else ""
    middle: dict[str, list[ItemText]] = {
        ConferenceKind.COVENANT: [
            _report(f"kết quả năm trước và kế hoạch hoạt động của {noun}"),
            ItemText(ItemKind.LAUNCH, "Phát động phong trào thi đua trong năm"),
            ItemText(ItemKind.COVENANT, "Các đơn vị ký kết giao ước thi đua"),
            SPEECH,
        ],
        ConferenceKind.MID_YEAR: [
            _report(f"sơ kết phong trào thi đua{told}"),
            ItemText(ItemKind.DISCUSSION, "Thảo luận kết quả, hạn chế và giải pháp"),
            SPEECH,
        ],
        ConferenceKind.YEAR_END: [
            _report(f"tổng kết công tác thi đua, khen thưởng{told}"),
            ItemText(ItemKind.DISCUSSION, "Thảo luận, tham luận của các đơn vị"),
            _report("kết quả chấm điểm của các đơn vị"),
            ItemText(ItemKind.BALLOT, f"Suy tôn đơn vị dẫn đầu {noun}"),
            SPEECH,
            ItemText(ItemKind.HEAD_BALLOT, f"Chọn đơn vị trưởng, phó {noun} năm sau"),
            ItemText(ItemKind.HANDOVER, f"Bàn giao nhiệm vụ trưởng {noun}"),
            ItemText(ItemKind.COVENANT, "Ký kết giao ước thi đua năm sau"),
        ],
        ConferenceKind.CROSS_CHECK: [
            _report("của đơn vị được kiểm tra và bảng tự chấm điểm"),
            ItemText(ItemKind.DISCUSSION, "Đoàn kiểm tra làm việc, trao đổi"),
        ],
        ConferenceKind.THEMATIC: [
            _report("chuyên đề"),
            ItemText(ItemKind.DISCUSSION, "Thảo luận, giao lưu"),
        ],
        ConferenceKind.CONGRESS: [
            _report(f"tổng kết phong trào thi đua yêu nước{told}"),
            ItemText(ItemKind.SPEECH, "Tham luận, giao lưu điển hình tiên tiến"),
            SPEECH,
            ItemText(ItemKind.RECOGNITION, "Biểu dương, khen thưởng điển hình tiên tiến"),
            ItemText(ItemKind.LAUNCH, "Phát động phong trào thi đua giai đoạn tới"),
        ],
        ConferenceKind.EXEMPLAR: [
            _report(f"phong trào thi đua và việc nhân điển hình tiên tiến{told}"),
            ItemText(ItemKind.SPEECH, "Giao lưu với các điển hình tiên tiến"),
            SPEECH,
            ItemText(ItemKind.RECOGNITION, "Biểu dương, khen thưởng"),
        ],
    }
    return [OPENING, *middle[kind], CLOSING]
