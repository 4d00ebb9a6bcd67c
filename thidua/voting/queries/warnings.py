"""What voters and managers must be told: small numbers give votes away by themselves."""

from __future__ import annotations

from thidua.voting.counting import needed, share_text
from thidua.voting.models import Ballot, Mode, ThresholdBase, Trustee
from thidua.voting.modes import mode_of
from thidua.voting.modes.protocol import roll_numbers

TINY = 25  # largest council; above it unanimity is rare enough not to be the rule


def told_to_voters(ballot: Ballot) -> list[str]:
    """The limits of secrecy, shown before the vote; most stand in the minutes too."""
    mode = mode_of(ballot)
    return [mode.secrecy, *mode.warnings(ballot), *limits_of_secrecy(ballot)]


def limits_of_secrecy(ballot: Ballot) -> list[str]:
    """What no technique prevents in a group of this size; nothing for a vote that is not secret."""
    voters = roll_numbers(ballot).total
    if ballot.mode == Mode.SHOW_OF_HANDS or not 0 < voters <= TINY:
        return []
    told = [
        (
            f"Có {voters} người bỏ phiếu. Nếu kết quả là 0 hoặc {voters} phiếu thì ai cũng biết mọi người"
            " đã chọn gì. Không kỹ thuật nào tránh được điều này."
        ),
        "Người duy nhất bỏ phiếu khác sẽ biết phiếu của tất cả những người còn lại.",
    ]
    if ballot.threshold_base != ThresholdBase.PRESENT and needed(ballot.threshold, voters) == voters:
        told.insert(
            1,
            f"Với {voters} cử tri và ngưỡng {share_text(ballot.threshold)}, mục này chỉ đạt khi tất cả"
            " đồng ý; công bố “đạt” đồng nghĩa công bố phiếu của từng người.",
        )
    return told


def cautions(ballot: Ballot) -> list[str]:
    """What the managers should look at; none of it forbids going on."""
    return [
        *_unreachable(ballot),
        *_own_unit(ballot),
        *_committee_of_candidates(ballot),
        *_manifest_not_compared(ballot),
    ]


def _unreachable(ballot: Ballot) -> list[str]:
    """Without votes for one's own unit an option may never reach the threshold."""
    if ballot.own_unit_allowed or ballot.threshold_base == ThresholdBase.PRESENT:
        return []
    voters = list(ballot.roll.all())
    least = needed(ballot.threshold, len(voters))
    shut = [
        option.label
        for option in ballot.options.all()
        if option.unit_id and len(voters) - sum(v.unit_id == option.unit_id for v in voters) < least
    ]
    if not shut:
        return []
    return [
        (
            f"Không được bầu cho đơn vị mình nên {', '.join(shut)} không thể đạt {least} phiếu"
            f" ({share_text(ballot.threshold)} của {len(voters)})."
        )
    ]


def _own_unit(ballot: Ballot) -> list[str]:
    if ballot.own_unit_allowed or ballot.mode != Mode.PAPER:
        return []
    return [
        (
            "Quy chế không cho bầu đơn vị mình. Phiếu giấy không mang dấu riêng nên không kiểm tra được từng"
            " phiếu; người điều hành nhắc trước khi phát phiếu."
        )
    ]


def _committee_of_candidates(ballot: Ballot) -> list[str]:
    candidates = {option.unit_id for option in ballot.options.all() if option.unit_id}
    own = [m.person_name for m in ballot.committee.all() if m.unit_id in candidates]
    if not own:
        return []
    return [
        (
            f"{', '.join(own)} trong ban kiểm phiếu thuộc đơn vị được bầu. Nếu có thể, chọn người của cơ quan"
            " thường trực hoặc đơn vị không được bầu."
        )
    ]


def _manifest_not_compared(ballot: Ballot) -> list[str]:
    """No obstacle: t of n suffice to open, so one who is missing must not hold up the vote either."""
    missing = Trustee.objects.filter(
        election__ballot=ballot, election__eh__isnull=False, compared_at=None
    ).values_list("person_name", flat=True)
    if not missing:
        return []
    return [
        (
            f"Chưa đối chiếu dấu bản niêm phong với màn chiếu: {', '.join(missing)}. Nên chờ đủ rồi mới"
            " mở; ai không đối chiếu thì biên bản ghi tên."
        )
    ]
