"""What changes clusters and their years, by noun."""

from thidua.emulation.clusters.actions.clusters import (
    ClusterDetails,
    add_members,
    assign_oversight,
    cite_guidance,
    create_cluster,
    edit_cluster,
    end_membership,
    end_oversight,
    order_members,
)
from thidua.emulation.clusters.actions.covenants import (
    TargetText,
    draft_covenant,
    drop_covenant,
    edit_covenant,
    open_covenant,
    sign,
)
from thidua.emulation.clusters.actions.cycles import (
    choose_heads,
    close_cycle,
    edit_cycle,
    open_cycle,
    reopen_cycle,
    set_due_dates,
)
from thidua.emulation.clusters.actions.indicators import (
    IndicatorText,
    define_indicator,
    describe_indicator,
    end_indicator,
)
from thidua.emulation.clusters.actions.registration import (
    forward_registrations,
    return_registration,
    save_registration,
    submit_registration,
    withdraw_registration,
)
from thidua.emulation.clusters.actions.regulations import (
    adopt_regulation,
    draft_regulation,
    drop_regulation,
    edit_regulation,
)

__all__ = [
    "ClusterDetails",
    "IndicatorText",
    "TargetText",
    "add_members",
    "adopt_regulation",
    "assign_oversight",
    "choose_heads",
    "cite_guidance",
    "close_cycle",
    "create_cluster",
    "define_indicator",
    "describe_indicator",
    "draft_covenant",
    "draft_regulation",
    "drop_covenant",
    "drop_regulation",
    "edit_cluster",
    "edit_covenant",
    "edit_cycle",
    "edit_regulation",
    "end_indicator",
    "end_membership",
    "end_oversight",
    "forward_registrations",
    "open_covenant",
    "open_cycle",
    "order_members",
    "reopen_cycle",
    "return_registration",
    "save_registration",
    "set_due_dates",
    "sign",
    "submit_registration",
    "withdraw_registration",
]
