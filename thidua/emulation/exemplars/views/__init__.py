"""Pages of the register: the year's list, one exemplar, what is written about it."""

from thidua.emulation.exemplars.views.entry import (
    attach,
    consent,
    detach,
    enter,
    exemplar,
    follow,
    merge,
    remove,
    revise,
    strike,
    unmerge,
)
from thidua.emulation.exemplars.views.listing import (
    categories,
    register,
    register_excel,
    remove_category,
)
from thidua.emulation.exemplars.views.nothing import nothing, withdraw_nothing

__all__ = [
    "attach",
    "categories",
    "consent",
    "detach",
    "enter",
    "exemplar",
    "follow",
    "merge",
    "nothing",
    "register",
    "register_excel",
    "remove",
    "remove_category",
    "revise",
    "strike",
    "unmerge",
    "withdraw_nothing",
]
