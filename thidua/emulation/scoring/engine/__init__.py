"""Sums, rounding and ranking of points. Plain Python, importable without Django."""

from thidua.emulation.scoring.engine.ranking import Place, rank
from thidua.emulation.scoring.engine.table import Line, LineKind, Table, bounds, problems, round_points

__all__ = ["Line", "LineKind", "Place", "Table", "bounds", "problems", "rank", "round_points"]
