"""Ready-made settings from practice read in norms (cluster-operations 1.3, 2.2, 5.3, 5.4).

They are starting points to edit. Most of these norms were replaced after the Law of 2022, so each says
where it comes from and none is presented as law in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.models import ChoosingForm, HeadMode, OverQuota, ThresholdBase, TieBreak


@dataclass(frozen=True)
class Preset:
    """Mẫu quy chế: values that differ from the defaults, and where they were read."""

    key: str
    title: str
    summary: str
    source: str
    values: Mapping[str, Any] = field(default_factory=dict)


def _share(name: str, numerator: int, denominator: int) -> dict[str, int]:
    return {f"{name}_numerator": numerator, f"{name}_denominator": denominator}


USUAL_DATES = {
    ActKey.COVENANT: "02-28",
    ActKey.REGISTRATION: "03-15",
    ActKey.SCORECARD: "03-31",
    ActKey.MID_YEAR_REPORT: "07-05",
    ActKey.MID_YEAR_CONFERENCE: "07-31",
    ActKey.YEAR_REPORT: "12-10",
    ActKey.SELF_SCORE: "12-18",
    ActKey.CROSS_SCORE: "12-25",
    ActKey.APPRAISAL: "12-31",
    ActKey.EXPLANATION: "+1-01-04",
    ActKey.FINAL_SCORE: "+1-01-07",
    ActKey.YEAR_END_CONFERENCE: "+1-01-10",
    ActKey.BALLOT: "+1-01-10",
    ActKey.NOMINATION: "+1-01-15",
    ActKey.HANDOVER: "+1-01-15",
}
NO_FLAG_NUMBER: dict[str, Any] = {"flag_quota_number": None}

PRESETS = (
    Preset(
        "tinh",
        "Cụm, khối cấp tỉnh",
        "Bỏ phiếu kín, quá nửa tổng số phiếu, 1 Cờ, hạn các việc theo năm lịch.",
        "Thực hành thường gặp của cụm, khối cấp tỉnh.",
        {"deadlines": USUAL_DATES},
    ),
    Preset(
        "quang-ninh",
        "Quảng Ninh: 1 Cờ, Bằng khen không quá 50% số còn lại",
        "Bầu luân phiên trưởng, phó; 1 Cờ; Bằng khen không quá 50% số đơn vị còn lại.",
        "Quyết định 1174/QĐ-UBND ngày 19/4/2017 của UBND tỉnh Quảng Ninh.",
        {
            **_share("merit_quota", 1, 2),
            "merit_quota_of_rest": True,
            "deadlines": USUAL_DATES,
        },
    ),
    Preset(
        "kiem-sat",
        "Ngành Kiểm sát: từ 80% thành viên tán thành",
        "Luân phiên trưởng; đạt từ 80% thành viên; mỗi cụm 4 Cờ (khối: 3), vượt thì kèm lý do.",
        "Thông tư 01/2019/TT-VKSTC, Điều 11 và Điều 20 (tham khảo, kiểm tra văn bản thay thế).",
        {
            "head_mode": HeadMode.ROTATION,
            "head_needs_emulation": True,
            **_share("threshold", 4, 5),
            "threshold_strict": False,
            "threshold_base": ThresholdBase.MEMBERS,
            "flag_quota_number": 4,
            "over_quota": OverQuota.WARN,
            "tie_break": TieBreak.AUTHORITY,
        },
    ),
    Preset(
        "toa-an",
        "Ngành Tòa án: từ 2/3 số đơn vị, 2 lượt, rồi trưởng và phó cụm",
        "Đạt từ 2/3 số đơn vị trong cụm; nhiều nhất 2 lượt; năm thi đua từ 01/12 đến 30/11.",
        "Thông tư 01/2018/TT-TANDTC, Điều 6, 11, 19, 20, 29, 30 (tham khảo, kiểm tra văn bản thay thế).",
        {
            "head_mode": HeadMode.ELECTED_CONFIRMED,
            **_share("threshold", 2, 3),
            "threshold_strict": False,
            "threshold_base": ThresholdBase.UNITS,
            "max_rounds": 2,
            "tie_break": TieBreak.HEAD_AND_DEPUTY,
            "flag_quota_number": 5,
            "deadlines": {
                ActKey.COVENANT: "02-25",
                ActKey.MID_YEAR_REPORT: "06-15",
                ActKey.YEAR_REPORT: "+1-12-15",
                ActKey.NOMINATION: "+1-12-30",
            },
        },
    ),
    Preset(
        "cong-an",
        "Ngành Công an: từ 80%, Cờ không quá 50% số đơn vị",
        "Đạt từ 80% thành viên; Cờ của Bộ không quá 50% số đơn vị trong cụm.",
        "Thông tư 12/2019/TT-BCA, Điều 17, 18 (tham khảo, kiểm tra văn bản thay thế).",
        {
            **_share("threshold", 4, 5),
            "threshold_strict": False,
            **NO_FLAG_NUMBER,
            **_share("flag_quota", 1, 2),
        },
    ),
    Preset(
        "nong-nghiep",
        "Ngành Nông nghiệp: Cờ không quá 20% số thành viên",
        "Bầu luân phiên hằng năm; Cờ không quá 20% số thành viên, làm tròn xuống.",
        "Thông tư 08/2018/TT-BNNPTNT, Điều 9 (tham khảo, kiểm tra văn bản thay thế).",
        {**NO_FLAG_NUMBER, **_share("flag_quota", 1, 5)},
    ),
    Preset(
        "tu-phap",
        "Ngành Tư pháp: Bộ trưởng chỉ định trưởng, phó",
        "Trưởng, phó do Bộ trưởng chỉ định; đăng ký 28/2, giao ước 15/3, hồ sơ chậm nhất 30/11.",
        "Thông tư 05/2018/TT-BTP, Điều 17, 30, 39 (tham khảo, kiểm tra văn bản thay thế).",
        {
            "head_mode": HeadMode.APPOINTED,
            "deadlines": {
                ActKey.REGISTRATION: "02-28",
                ActKey.COVENANT: "03-15",
                ActKey.SCORECARD: "03-15",
                ActKey.NOMINATION: "11-30",
            },
        },
    ),
    Preset(
        "van-hoa",
        "Ngành Văn hóa, Thể thao và Du lịch: xếp từ cao xuống thấp",
        "Bầu, Bộ công nhận; chọn theo điểm từ cao xuống thấp; giao ước và bảng điểm 30/3.",
        "Thông tư 07/2019/TT-BVHTTDL, Điều 6, 9, 20, 25 (tham khảo, kiểm tra văn bản thay thế).",
        {
            "head_mode": HeadMode.ELECTED_CONFIRMED,
            "choosing_form": ChoosingForm.POINTS,
            "tie_break": TieBreak.POINTS,
            "deadlines": {
                ActKey.REGISTRATION: "03-25",
                ActKey.COVENANT: "03-30",
                ActKey.SCORECARD: "03-30",
                ActKey.NOMINATION: "12-05",
            },
        },
    ),
    Preset(
        "ngan-hang",
        "Ngành Ngân hàng: thống nhất bình xét, 1 Cờ mỗi khối",
        "Chọn bằng thống nhất; 1 Cờ mỗi khối; đăng ký, giao ước 28/2; hồ sơ 15/2 năm sau.",
        "Thông tư 17/2019/TT-NHNN, Điều 7, 30, 48 (tham khảo, kiểm tra văn bản thay thế).",
        {
            "choosing_form": ChoosingForm.CONSENSUS,
            "deadlines": {
                ActKey.REGISTRATION: "02-28",
                ActKey.COVENANT: "02-28",
                ActKey.NOMINATION: "+1-02-15",
            },
        },
    ),
)


def preset(key: str) -> Preset | None:
    """The preset of this key; None when there is none."""
    return next((found for found in PRESETS if found.key == key), None)
