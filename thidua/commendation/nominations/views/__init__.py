"""Pages of nominations: the cluster's, and the standing body's."""

from thidua.commendation.nominations.views.judging import (
    appraise,
    decide,
    inbox_page,
    receive,
    return_package,
)
from thidua.commendation.nominations.views.packages import (
    archive,
    discard,
    edit_package,
    letter,
    overview,
    package,
    prepare,
    submit,
)
from thidua.commendation.nominations.views.proposing import edit, nominate, withdraw

__all__ = [
    "appraise",
    "archive",
    "decide",
    "discard",
    "edit",
    "edit_package",
    "inbox_page",
    "letter",
    "nominate",
    "overview",
    "package",
    "prepare",
    "receive",
    "return_package",
    "submit",
    "withdraw",
]
