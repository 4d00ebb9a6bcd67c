"""The rules of a ballot in words, as its page, its screen and its minutes tell them."""

from __future__ import annotations

from thidua.voting.counting import needed, share_text
from thidua.voting.models import Ballot, Mode, ThresholdBase
from thidua.voting.modes.protocol import roll_numbers


def rules_in_words(ballot: Ballot) -> list[str]:
    """What is asked and by which rules, a sentence each."""
    each = "người" if ballot.mode == Mode.SHOW_OF_HANDS else "phiếu"
    if ballot.mode == Mode.POLL:
        return [f"Thăm dò, không chọn ai: mỗi phiếu chọn nhiều nhất {ballot.choices_max}.", _quorum(ballot)]
    told = [
        "Mỗi mục xét riêng, đạt hay không đạt."
        if ballot.each_decided
        else f"Cần chọn {ballot.seats}; mỗi {each} chọn nhiều nhất {ballot.choices_max}.",
        threshold_in_words(ballot),
        _quorum(ballot),
    ]
    if not ballot.own_unit_allowed:
        told.append("Không được bầu cho đơn vị mình.")
    told.append(f"Bỏ phiếu nhiều nhất {ballot.max_rounds} lượt; đây là lượt {ballot.round}.")
    if ballot.tie_break:
        told.append(f"Hết lượt mà chưa chọn được: {ballot.tie_break}.")
    return told


def threshold_in_words(ballot: Ballot) -> str:
    """From how many votes an option is chosen."""
    share, base = share_text(ballot.threshold), ThresholdBase(ballot.threshold_base).label
    word = "Đạt khi có" if ballot.each_decided else "Được chọn khi đạt"
    if ballot.base_count is None:
        return f"{word} {share} {base}."
    question = ballot.asked(ballot.base_count)
    return f"{word} từ {question.needed}/{question.base} {question.unit} ({share} {base})."


def _quorum(ballot: Ballot) -> str:
    total = roll_numbers(ballot).total
    least = max(needed(ballot.quorum, total), 1)
    return f"Phải có mặt từ {least}/{total} cử tri ({share_text(ballot.quorum)} danh sách)."
