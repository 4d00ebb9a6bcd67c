"""A regulation in sentences a member understands; the page, the paper and the comparison read the same."""

from __future__ import annotations

from dataclasses import dataclass

from thidua.base.text import decimal_text
from thidua.emulation.clusters.acts import ActKey
from thidua.emulation.clusters.deadlines import deadline_text
from thidua.emulation.clusters.differences import Change, compare
from thidua.emulation.clusters.models import QuotaRounding, Regulation, ThresholdBase
from thidua.emulation.clusters.queries.regulations import quorum, threshold
from thidua.voting.counting import Share, share_text


@dataclass(frozen=True)
class Section:
    """A heading and its sentences, each known by a key so that two versions can be compared."""

    title: str
    lines: dict[str, str]


def sections(regulation: Regulation) -> list[Section]:
    """All that a regulation settles, in the order members ask for it."""
    noun = regulation.cluster.noun
    found = [
        Section("Trưởng và phó", _leading(regulation, noun)),
        Section("Chấm điểm", _points(regulation)),
        Section("Suy tôn đơn vị dẫn đầu", _choosing(regulation, noun)),
        Section("Chỉ tiêu đề nghị khen thưởng", _quotas(regulation)),
        Section("Hạn các việc trong năm", _deadlines(regulation, noun)),
        Section("Quy định khác", {"text": regulation.text} if regulation.text else {}),
    ]
    return [section for section in found if section.lines]


def _leading(regulation: Regulation, noun: str) -> dict[str, str]:
    count = regulation.deputies
    lines = {
        "head_mode": f"Cách chọn trưởng {noun}: {_lower(regulation.get_head_mode_display())}.",
        "deputies": f"Có {count} phó {noun}." if count else f"Không có phó {noun}.",
    }
    if regulation.head_needs_emulation:
        lines["head_needs_emulation"] = (
            f"Đơn vị không được xét thi đua năm trước thì không làm trưởng {noun}."
        )
    return lines


def _points(regulation: Regulation) -> dict[str, str]:
    bonus = regulation.points_bonus
    more = f", điểm thưởng tối đa {decimal_text(bonus)} điểm" if bonus else ", không có điểm thưởng"
    gap = regulation.reason_above
    seen = {
        "sealed": "Điểm tự chấm được niêm phong đến khi mọi đơn vị gửi đủ.",
        "open": "Các đơn vị xem được điểm của nhau ngay khi gửi.",
        "after_final": "Các đơn vị chỉ xem được điểm của nhau sau khi có kết luận.",
    }
    return {
        "points_total": f"Thang điểm {decimal_text(regulation.points_total)} điểm{more}; "
        f"ghi đến {regulation.points_places} chữ số thập phân.",
        "reason_above": f"Điểm lớp sau lệch lớp trước quá {decimal_text(gap)} điểm thì phải ghi lý do."
        if gap
        else "Điểm lớp sau khác lớp trước thì phải ghi lý do.",
        "score_visibility": seen[regulation.score_visibility],
    }


def _choosing(regulation: Regulation, noun: str) -> dict[str, str]:
    standing = "cùng bỏ phiếu" if regulation.standing_body_votes else "dự, không bỏ phiếu"
    electronic = " hoặc phiếu kín điện tử kiểm chứng được" if regulation.electronic_allowed else ""
    own = "được" if regulation.own_unit_allowed else "không được"
    rounds, last = regulation.max_rounds, regulation.get_tie_break_display()
    return {
        "choosing_form": f"Chọn đơn vị dẫn đầu: {_lower(regulation.get_choosing_form_display())}.",
        "votes_per_unit": f"Mỗi đơn vị có {regulation.votes_per_unit} phiếu; cơ quan thường trực {standing}.",
        "electronic_allowed": f"Phiếu kín, nếu có, bỏ trên giấy{electronic}.",
        "own_unit_allowed": f"Đơn vị {own} bầu cho chính mình.",
        "quorum": f"Chỉ bỏ phiếu khi có mặt ít nhất {share_text(quorum(regulation))} số thành viên.",
        "threshold": f"Đơn vị được suy tôn khi đạt {_reach(threshold(regulation))} {_base(regulation)}.",
        "max_rounds": f"Bỏ phiếu nhiều nhất {rounds} lượt; nếu vẫn chưa chọn được: "
        f"{_lower(last).replace('cụm, khối', noun)}.",
    }


def _reach(share: Share) -> str:
    """“từ 80%”, or “trên 50%” when the share itself is not enough."""
    return share_text(share) if share.strict else f"từ {share_text(share)}"


def _base(regulation: Regulation) -> str:
    return {
        ThresholdBase.MEMBERS: "tổng số phiếu của toàn bộ thành viên, đơn vị vắng mặt vẫn tính",
        ThresholdBase.UNITS: "tổng số đơn vị thành viên",
        ThresholdBase.PRESENT: "số có mặt bỏ phiếu",
    }[ThresholdBase(regulation.threshold_base)]


def _quotas(regulation: Regulation) -> dict[str, str]:
    over = {
        "warn": "Đề nghị vượt chỉ tiêu phải ghi lý do.",
        "forbid": "Không được đề nghị vượt chỉ tiêu.",
    }
    merit_base = "số đơn vị còn lại sau khi trừ Cờ" if regulation.merit_quota_of_rest else "số thành viên"
    lines = {
        "flag": _quota(regulation, "flag", "Cờ thi đua", "số thành viên"),
        "merit": _quota(regulation, "merit", "Bằng khen", merit_base),
    }
    return lines | {"over_quota": over[regulation.over_quota]}


def _quota(regulation: Regulation, name: str, what: str, base: str) -> str:
    number = getattr(regulation, f"{name}_quota_number")
    top = getattr(regulation, f"{name}_quota_numerator")
    if number is not None:
        return f"Đề nghị tối đa {number} {what}."
    if top is None:
        return f"Số {what} được đề nghị: không giới hạn."
    share = Share(top, getattr(regulation, f"{name}_quota_denominator"))
    rounding = _lower(QuotaRounding(regulation.quota_rounding).label)
    return f"Đề nghị {what} không quá {share_text(share)} {base}, {rounding}."


def _deadlines(regulation: Regulation, noun: str) -> dict[str, str]:
    kept = {key: deadline_text(regulation.deadlines.get(key, "")) for key in ActKey}
    return {
        f"due_{key}": f"{key.label.replace('cụm, khối', noun)}: trước hoặc trong ngày {written}."
        for key, written in kept.items()
        if written
    }


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def changes(old: Regulation, new: Regulation) -> list[Change]:
    """Every sentence that differs between two versions, with the words taken out and put in."""
    before = {(s.title, key): text for s in sections(old) for key, text in s.lines.items()}
    after = {(s.title, key): text for s in sections(new) for key, text in s.lines.items()}
    before["Căn cứ, phạm vi", "basis"], after["Căn cứ, phạm vi", "basis"] = old.basis, new.basis
    named = list(dict.fromkeys([*after, *before]))
    return [
        Change(name[0], compare(before.get(name, ""), after.get(name, "")))
        for name in named
        if before.get(name, "") != after.get(name, "")
    ]
