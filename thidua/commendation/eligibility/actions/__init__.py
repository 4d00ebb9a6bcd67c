"""Verbs of eligibility."""

from thidua.commendation.eligibility.actions.lists import begin_check, check_some, remove_check
from thidua.commendation.eligibility.actions.verdicts import keep_verdict

__all__ = ["begin_check", "check_some", "keep_verdict", "remove_check"]
