"""What the log says of each verb, in words. A test asserts that every act has its sentence."""

from __future__ import annotations

from thidua.base.audit.models import Entry

SENTENCES: dict[str, str] = {
    "desk.remind": "nhắc đơn vị",
    "scoring.draft_scorecard": "bắt đầu soạn bảng điểm",
    "scoring.edit_scorecard": "sửa dự thảo bảng điểm",
    "scoring.adopt_scorecard": "ban hành bảng điểm",
    "scoring.carry_over": "chuyển bảng điểm sang năm sau",
    "scoring.open_sheets": "lập phiếu điểm",
    "scoring.assign_cross": "phân công chấm chéo",
    "scoring.write_marks": "ghi điểm",
    "scoring.copy_marks": "lấy điểm của lớp trước",
    "scoring.send_layer": "gửi điểm",
    "scoring.correct_mark": "đính chính điểm",
    "scoring.explain": "giải trình điểm",
    "scoring.attach_evidence": "thêm minh chứng",
    "scoring.remove_evidence": "bỏ minh chứng",
    "scoring.publish": "công bố kết quả chấm điểm",
}


def sentence(entry: Entry) -> str:
    """“gửi điểm: Tự chấm, Sở Y tế”: what was done to what, after the actor's name."""
    done = SENTENCES.get(entry.verb, entry.verb)
    return f"{done}: {entry.subject}" if entry.subject else done
