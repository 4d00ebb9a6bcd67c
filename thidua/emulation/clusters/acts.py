"""The acts of a cluster's year that may have a due date, known by these keys in every area.

Each area owns the state of its acts; the keys and their Vietnamese titles stand here, since the
regulation and the settings of a year give them their dates.
"""

from __future__ import annotations

from django.db import models


class ActKey(models.TextChoices):
    """Việc trong năm thi đua: in the usual order of a calendar year (cluster-operations 2.1)."""

    REGULATION = "regulation", "Thông qua quy chế"
    COVENANT = "covenant", "Ký giao ước"
    REGISTRATION = "registration", "Đăng ký thi đua"
    MOVEMENTS = "movements", "Hưởng ứng phong trào"
    EXEMPLARS = "exemplars", "Đăng ký điển hình"
    SCORECARD = "scorecard", "Ban hành bảng điểm"
    Q1_REPORT = "q1_report", "Báo cáo quý I"
    Q2_REPORT = "q2_report", "Báo cáo quý II"
    MID_YEAR_REPORT = "mid_year_report", "Báo cáo 6 tháng"
    MID_YEAR_CONFERENCE = "mid_year_conference", "Sơ kết 6 tháng"
    Q3_REPORT = "q3_report", "Báo cáo quý III"
    NINE_MONTHS_REPORT = "nine_months_report", "Báo cáo 9 tháng"
    Q4_REPORT = "q4_report", "Báo cáo quý IV"
    SECOND_HALF_REPORT = "second_half_report", "Báo cáo 6 tháng cuối năm"
    YEAR_REPORT = "year_report", "Báo cáo năm"
    RATINGS = "ratings", "Nhập xếp loại hằng năm"
    SELF_SCORE = "self_score", "Tự chấm điểm"
    CROSS_SCORE = "cross_score", "Chấm chéo"
    APPRAISAL = "appraisal", "Thẩm định"
    EXPLANATION = "explanation", "Giải trình điểm"
    FINAL_SCORE = "final_score", "Kết luận điểm"
    YEAR_END_CONFERENCE = "year_end_conference", "Tổng kết năm"
    BALLOT = "ballot", "Suy tôn đơn vị dẫn đầu"
    NOMINATION = "nomination", "Trình khen thưởng"
    HANDOVER = "handover", "Bàn giao trưởng cụm, khối"
