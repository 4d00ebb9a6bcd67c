"""Tables of this area, by noun."""

from thidua.emulation.clusters.models.cluster import (
    Cluster,
    ClusterKind,
    ClusterLevel,
    Membership,
    Oversight,
    OversightKind,
)
from thidua.emulation.clusters.models.covenant import (
    Covenant,
    CovenantState,
    CovenantTarget,
    Qualifier,
    Signature,
)
from thidua.emulation.clusters.models.cycle import Cycle, DueDate, Headship, HeadshipOffice
from thidua.emulation.clusters.models.indicator import Direction, Gathering, Indicator
from thidua.emulation.clusters.models.registration import (
    Registration,
    RegistrationLine,
    RegistrationState,
    RegistrationTarget,
)
from thidua.emulation.clusters.models.regulation import (
    ChoosingForm,
    HeadMode,
    OverQuota,
    QuotaRounding,
    Regulation,
    RegulationState,
    ScoreVisibility,
    ThresholdBase,
    TieBreak,
)

__all__ = [
    "ChoosingForm",
    "Cluster",
    "ClusterKind",
    "ClusterLevel",
    "Covenant",
    "CovenantState",
    "CovenantTarget",
    "Cycle",
    "Direction",
    "DueDate",
    "Gathering",
    "HeadMode",
    "Headship",
    "HeadshipOffice",
    "Indicator",
    "Membership",
    "OverQuota",
    "Oversight",
    "OversightKind",
    "Qualifier",
    "QuotaRounding",
    "Registration",
    "RegistrationLine",
    "RegistrationState",
    "RegistrationTarget",
    "Regulation",
    "RegulationState",
    "ScoreVisibility",
    "Signature",
    "ThresholdBase",
    "TieBreak",
]
