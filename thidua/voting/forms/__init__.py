"""What people type: the draft, the committee, the count, reasons; trustees and hours of a sealed one."""

from thidua.voting.forms.holding import (
    ChoiceForm,
    CountForm,
    DraftForm,
    MemberRows,
    OptionRows,
    RulingForm,
    VoidForm,
    VoterRows,
    accounts_of,
    member_rows,
    members_as_typed,
    option_rows,
    units_of,
    voter_rows,
)
from thidua.voting.forms.sealing import NeededForm, RestartForm, SealForm, TrusteeRows, trustee_rows

__all__ = [
    "ChoiceForm",
    "CountForm",
    "DraftForm",
    "MemberRows",
    "NeededForm",
    "OptionRows",
    "RestartForm",
    "RulingForm",
    "SealForm",
    "TrusteeRows",
    "VoidForm",
    "VoterRows",
    "accounts_of",
    "member_rows",
    "members_as_typed",
    "option_rows",
    "trustee_rows",
    "units_of",
    "voter_rows",
]
