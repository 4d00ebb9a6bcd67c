"""Pages of movements: the catalogue, and the year's board."""

from thidua.emulation.movements.views.catalogue import (
    add,
    catalogue,
    catalogue_excel,
    movement,
    remove,
    remove_review,
    review,
    revise,
    statistics,
    statistics_excel,
)
from thidua.emulation.movements.views.year import (
    adopt,
    apply,
    board,
    board_excel,
    drop,
    launch,
    withdraw,
)

__all__ = [
    "add",
    "adopt",
    "apply",
    "board",
    "board_excel",
    "catalogue",
    "catalogue_excel",
    "drop",
    "launch",
    "movement",
    "remove",
    "remove_review",
    "review",
    "revise",
    "statistics",
    "statistics_excel",
    "withdraw",
]
