"""Questions about clusters and their years, by noun. They never write."""

from thidua.emulation.clusters.queries.clusters import (
    AUTHORITY_KINDS,
    MEMBER_KINDS,
    STANDING_KINDS,
    current_cycle,
    due,
    head_unit_id,
    leading_unit_ids,
    member_on,
    members,
    members_now,
    overlap,
    unit_ids,
    visible_clusters,
    visible_cycle,
    visible_cycles,
)
from thidua.emulation.clusters.queries.regulations import adopted, draft_of, regulation_of

__all__ = [
    "AUTHORITY_KINDS",
    "MEMBER_KINDS",
    "STANDING_KINDS",
    "adopted",
    "current_cycle",
    "draft_of",
    "due",
    "head_unit_id",
    "leading_unit_ids",
    "member_on",
    "members",
    "members_now",
    "overlap",
    "regulation_of",
    "unit_ids",
    "visible_clusters",
    "visible_cycle",
    "visible_cycles",
]
