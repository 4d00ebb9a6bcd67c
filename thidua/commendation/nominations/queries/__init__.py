"""Questions about nominations, by noun. They never write."""

from thidua.commendation.nominations.queries.packages import (
    NominationLine,
    inbox,
    nomination_lines,
    obstacles_to_appraising,
    obstacles_to_deciding,
    obstacles_to_preparing,
    obstacles_to_receiving,
    obstacles_to_returning,
    obstacles_to_submitting,
    package_in_hand,
    packages_of,
    suggested_kind,
    thematic_places,
    visible_package,
    visible_packages,
)
from thidua.commendation.nominations.queries.quotas import Quota, quotas_of

__all__ = [
    "NominationLine",
    "Quota",
    "inbox",
    "nomination_lines",
    "obstacles_to_appraising",
    "obstacles_to_deciding",
    "obstacles_to_preparing",
    "obstacles_to_receiving",
    "obstacles_to_returning",
    "obstacles_to_submitting",
    "package_in_hand",
    "packages_of",
    "quotas_of",
    "suggested_kind",
    "thematic_places",
    "visible_package",
    "visible_packages",
]
