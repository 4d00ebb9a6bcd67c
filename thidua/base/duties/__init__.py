"""What an act of the year asks of whom, by when, in which state, and what stands in the way.

Each area tells its own acts in `duties.py`; the desk gathers them into the home page, the cycle
page and the reminders. Nothing here knows which acts there are.
"""

from thidua.base.duties.shapes import Act, Duty, State, state_by_date

__all__ = ["Act", "Duty", "State", "state_by_date"]
