"""What is printed: ballot papers, the roll to sign, the tally sheet, the instruction, the minutes."""

from thidua.voting.papers.instructions import key_instructions
from thidua.voting.papers.minutes import count_minutes, verdict_word
from thidua.voting.papers.room import ballot_papers, instruction, roll_sheet, tally_sheet

__all__ = [
    "ballot_papers",
    "count_minutes",
    "instruction",
    "key_instructions",
    "roll_sheet",
    "tally_sheet",
    "verdict_word",
]
