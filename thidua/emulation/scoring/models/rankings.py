"""The ranking as it was published: frozen with everything that made it."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pgtrigger
from django.db import models

from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.models.tables import Scorecard


class Ranking(models.Model):
    """Bảng xếp hạng đã công bố: the table, the filings, the result and the digest of all three.

    The documents are kept as text: the order of the layers in them counts, and anyone may compute them
    again and compare the digest.
    """

    scorecard = models.OneToOneField(Scorecard, models.PROTECT, related_name="ranking")
    layer = models.CharField("lớp điểm xếp hạng", max_length=40)
    table = models.TextField("bảng điểm")
    filings = models.TextField("kết quả chấm")
    result = models.TextField("kết quả tính")
    digest = models.CharField("mã kiểm", max_length=64)
    frozen_at = models.DateTimeField("công bố lúc")
    frozen_by = models.CharField("người công bố", max_length=120)

    class Meta:
        verbose_name = "bảng xếp hạng"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"), name="a_digest_is_one"
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="a_ranking_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"Xếp hạng {self.scorecard.cycle}"

    @property
    def cycle(self) -> Cycle:
        """The year ranked."""
        return self.scorecard.cycle

    @property
    def cycle_id(self) -> int:
        """Files its audit entries under the year."""
        return self.scorecard.cycle_id

    @property
    def documents(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The table and the filings as the engine reads them."""
        return json.loads(self.table), json.loads(self.filings)
