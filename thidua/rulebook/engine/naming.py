"""Years and families of facts in words."""

from __future__ import annotations

from thidua.rulebook.catalogue import short_of
from thidua.rulebook.engine import bits
from thidua.rulebook.engine.facts import RATINGS, REACHES, WORKS
from thidua.rulebook.engine.sight import GRADES, WORK_FAMILIES, Sight


def years_of(word: int, sight: Sight) -> list[int]:
    """The years of a word, in order."""
    return [sight.year - at for at in range(bits.SPAN - 1, -1, -1) if word >> at & 1]


def span(years: list[int]) -> str:
    """Years in words: “2021–2023, 2025”."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def family_name(family: str) -> str:
    """A family of years in words."""
    if family in GRADES:
        return f"xếp loại {RATINGS[family]}" + (" trở lên" if family != "HTXSNV" else "")
    if family in WORK_FAMILIES:
        work, reach = WORK_FAMILIES[family]
        return f"{WORKS[work]} phạm vi {REACHES[reach]}"
    return "đăng ký thi đua" if family == "DANG_KY" else short_of(family)


def names(families: tuple[str, ...]) -> str:
    """Several families."""
    return " hoặc ".join(family_name(one) for one in families)
