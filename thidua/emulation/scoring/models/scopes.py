"""What a points table scores: the whole work of a year, or one movement of it."""

from __future__ import annotations

from typing import NamedTuple

from thidua.emulation.clusters.models import Cycle
from thidua.emulation.movements.models import CycleMovement


class Scope(NamedTuple):
    """Phạm vi chấm: the year, or a movement (chuyên đề) that has a table of its own beside the year's."""

    cycle: Cycle
    movement: CycleMovement | None = None

    @property
    def address(self) -> str:
        """As it stands in the addresses of pages after the cluster: “2019”, “2019/phong-trao/17”."""
        return self.movement.address if self.movement else str(self.cycle.address)

    @property
    def name(self) -> str:
        """“năm 2019”, “chuyên đề “Thi đua cải cách hành chính””: enough where the year is told beside it."""
        return f"chuyên đề “{self.movement.movement}”" if self.movement else f"năm {self.cycle.name}"

    @property
    def words(self) -> str:
        """“năm 2019”, “chuyên đề “Thi đua cải cách hành chính”, năm 2019”."""
        return f"{self.name}, năm {self.cycle.name}" if self.movement else self.name

    @property
    def slug(self) -> str:
        """As it stands in the names of files."""
        return self.address.replace("/", "-")
