"""What stands in the way of sealing the minutes."""

from __future__ import annotations

from thidua.emulation.conferences.models import Conference, ConferenceState, Minutes
from thidua.emulation.conferences.queries.ballots import ballots_by_item


def obstacles_to_sealing(conference: Conference) -> list[str]:
    """It is over, the minutes say who signs, somebody came, every ballot is counted and decided."""
    standing = []
    if conference.state != ConferenceState.ENDED:
        standing.append(f"Hội nghị ở bước “{conference.get_state_display()}”; bế mạc rồi mới chốt biên bản.")
    minutes = Minutes.objects.filter(conference=conference).first()
    if minutes is None or not minutes.text.strip():
        standing.append("Chưa lập biên bản.")
    elif not minutes.secretary or not minutes.chair:
        standing.append("Biên bản chưa ghi thư ký và người chủ tọa.")
    if not conference.attendances.filter(present_at__isnull=False).exists():
        standing.append("Chưa điểm danh ai có mặt.")
    return standing + _ballots(conference)


def _ballots(conference: Conference) -> list[str]:
    items = [item for item in conference.items.all() if item.is_ballot]
    held = ballots_by_item(items).values()
    unsigned = [ballot for found in held for ballot in found.rounds if ballot.state != "signed"]
    return [f"Cuộc bỏ phiếu “{ballot}” chưa ký biên bản kiểm phiếu." for ballot in unsigned] + [
        f"Cuộc bỏ phiếu “{found.last}”: {found.follows}" for found in held if found.follows
    ]
