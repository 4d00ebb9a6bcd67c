"""Sự kiện: what is known of a person, collective or household, each with its date. Not known is not false.

A list that is `None` is not known; an empty one is known to be empty. A year without a rating is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

RECIPIENTS = {"ca_nhan": "cá nhân", "tap_the": "tập thể", "ho_gia_dinh": "hộ gia đình"}
RATINGS = {
    "KHTNV": "không hoàn thành nhiệm vụ",
    "HTNV": "hoàn thành nhiệm vụ",
    "HTTNV": "hoàn thành tốt nhiệm vụ",
    "HTXSNV": "hoàn thành xuất sắc nhiệm vụ",
    "KXL": "không xếp loại",
}
GROUNDS = {
    "cong_trang": "công trạng",
    "dot_xuat": "đột xuất",
    "phong_trao": "phong trào thi đua",
    "chuyen_de": "chuyên đề",
    "cong_hien": "quá trình cống hiến",
    "nien_han": "niên hạn",
    "doi_ngoai": "đối ngoại",
    "khang_chien": "kháng chiến",
}
REACHES = {"co_so": "cơ sở", "tinh": "bộ, ban, ngành, tỉnh", "toan_quoc": "toàn quốc"}
WORKS = {"sang_kien": "sáng kiến", "de_tai": "đề tài, đề án, công trình"}
DISCIPLINES = {
    "khien_trach": "khiển trách",
    "canh_cao": "cảnh cáo",
    "ha_bac_luong": "hạ bậc lương",
    "giang_chuc": "giáng chức",
    "cach_chuc": "cách chức",
    "buoc_thoi_viec": "buộc thôi việc",
    "khai_tru": "khai trừ",
}
PENDING = {
    "ky_luat": "đang xem xét kỷ luật",
    "dieu_tra": "đang bị điều tra, thanh tra, kiểm tra có dấu hiệu vi phạm",
    "khieu_nai": "có khiếu nại, tố cáo đang được xác minh",
    "bao_chi": "có việc tham nhũng, tiêu cực báo chí nêu đang được xác minh",
}
OCCUPATIONS = {
    "can_bo": "cán bộ",
    "cong_chuc": "công chức",
    "vien_chuc": "viên chức",
    "nguoi_lao_dong": "người lao động",
    "cong_nhan": "công nhân",
    "nong_dan": "nông dân",
    "doanh_nhan": "doanh nhân, trí thức, nhà khoa học",
    "quan_nhan": "quân nhân, công an",
    "khac": "khác",
}
LEAVES = {
    "thai_san": "nghỉ thai sản",
    "om_dau": "nghỉ ốm đau",
    "hoc_tap": "đi học, đào tạo, bồi dưỡng",
    "dieu_tri": "điều trị vết thương do chiến đấu, cứu người, cứu tài sản",
    "viec_rieng": "nghỉ việc riêng",
}
SEXES = {"nam": "nam", "nu": "nữ"}


@dataclass(frozen=True, kw_only=True)
class Honour:
    """Danh hiệu, hình thức đã có; `year` is the last year of the achievement period the decision names."""

    kind: str
    year: int
    ground: str | None = None
    decision: str = ""
    decided_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """Sáng kiến hoặc đề tài được công nhận, đã áp dụng; `used_for` are codes of kinds it already served."""

    year: int
    reach: str
    work: str = "sang_kien"
    name: str = ""
    used_for: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Discipline:
    """Kỷ luật; achievements count again after `ends`."""

    form: str
    on: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class Pending:
    """Việc đang được xem xét, xác minh; `cleared` once a conclusion in writing finds no violation."""

    matter: str
    since: date | None = None
    until: date | None = None
    cleared: bool = False


@dataclass(frozen=True, kw_only=True)
class Position:
    """Chức vụ đã giữ, hay việc đã làm; `ends` is the day after the last, open while it is held.

    `ground` says why it counts as that post: the office's own name, and the paper that holds it equal.
    """

    post: str
    starts: date
    ends: date | None = None
    ground: str = ""


@dataclass(frozen=True, kw_only=True)
class Leave:
    """Thời gian nghỉ, for one of `LEAVES`."""

    reason: str
    starts: date
    ends: date | None = None


@dataclass(frozen=True, kw_only=True)
class Members:
    """Thành viên của tập thể trong một năm, đếm; `None` is not known."""

    total: int | None = None
    advanced: int | None = None  # đạt Lao động tiên tiến / Chiến sĩ tiên tiến
    completed: int | None = None  # hoàn thành nhiệm vụ trở lên
    fighters: int | None = None  # đạt Chiến sĩ thi đua cơ sở
    warned: int | None = None  # bị kỷ luật từ cảnh cáo trở lên
    women: int | None = None


MEMBERS = ("total", "advanced", "completed", "fighters", "warned", "women")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Everything stated of one subject. Keys of `statements` are those the provisions ask for.

    `grounds` names the papers of statements, where they are known; a verdict repeats them.
    """

    recipient: str
    id: str = ""
    name: str = ""
    year: int | None = None
    sex: str | None = None
    occupation: str | None = None
    recruited: date | None = None
    founded: date | None = None
    ratings: Mapping[int, str] = field(default_factory=dict)
    registered: tuple[int, ...] | None = None
    honours: tuple[Honour, ...] | None = None
    initiatives: tuple[Initiative, ...] | None = None
    discipline: tuple[Discipline, ...] | None = None
    pending: tuple[Pending, ...] | None = None
    positions: tuple[Position, ...] | None = None
    leave: tuple[Leave, ...] | None = None
    members: Mapping[int, Members] = field(default_factory=dict)
    statements: Mapping[str, bool] = field(default_factory=dict)
    grounds: Mapping[str, str] = field(default_factory=dict)
    received: date | None = None  # the day the appraising body received the dossier

    def judged_year(self, on: date) -> int:
        """Năm xét: as stated; else this year from November on, before it the year that ended."""
        if self.year is not None:
            return self.year
        return on.year if on.month >= REVIEW_MONTH else on.year - 1


REVIEW_MONTH = 11  # ratings and the year's review are due from 25 November to 15 December
