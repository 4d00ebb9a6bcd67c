"""Pages of the register: the year's list, one exemplar, what is written about it."""

from thidua.emulation.exemplars.views.entry import (
    attach,
    consent,
    enter,
    exemplar,
    follow,
    merge,
    remove,
    revise,
    strike,
)
from thidua.emulation.exemplars.views.listing import (
    categories,
    register,
    register_excel,
    remove_category,
)

__all__ = [
    "attach",
    "categories",
    "consent",
    "enter",
    "exemplar",
    "follow",
    "merge",
    "register",
    "register_excel",
    "remove",
    "remove_category",
    "revise",
    "strike",
]
