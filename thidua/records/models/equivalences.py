"""To which posts of the career tables held offices are equal."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from thidua.base.periods import no_overlap, term_text
from thidua.organisations.models import Tenure
from thidua.records.models.subjects import Recorded


class CareerPost(models.TextChoices):
    """Chức vụ trong bảng quá trình cống hiến, by the codes of the rulebook's table of posts."""

    MINISTER = "bo_truong", "Bộ trưởng"
    VICE_MINISTER = "thu_truong", "Thứ trưởng"
    DIRECTOR_GENERAL = "tong_cuc_truong", "Tổng cục trưởng"
    DEPUTY_DIRECTOR_GENERAL = "pho_tong_cuc_truong", "Phó Tổng cục trưởng"
    HEAD_OF_DEPARTMENT = "vu_truong", "Vụ trưởng"
    DEPUTY_HEAD_OF_DEPARTMENT = "pho_vu_truong", "Phó Vụ trưởng"
    NONE = "none", "Không tương đương chức vụ nào trong bảng"


@pghistory.track()
class Equivalence(Recorded):
    """Chức vụ tương đương: to which post of the career tables a held office is equal, by which paper.

    The decrees name some offices and leave the rest to papers of those in charge (Decree 152/2025/NĐ-CP
    Articles 10, 60.4). That an office equals none is stated too; what nobody stated is not known.
    """

    tenure = models.ForeignKey(
        Tenure, models.PROTECT, related_name="equivalences", verbose_name="lần giữ chức vụ"
    )
    post = models.CharField("tương đương", max_length=30, choices=CareerPost)
    term = DateRangeField("thời gian tính")
    decided_by = models.CharField("cơ quan, người xác định", max_length=200)
    decision_symbol = models.CharField("số, ký hiệu văn bản", max_length=60)
    decision_date = models.DateField("ngày văn bản")

    class Meta:
        verbose_name = "chức vụ tương đương"
        ordering: ClassVar = ["term", "pk"]
        constraints: ClassVar = [
            no_overlap("one_equal_post_at_a_time", "tenure"),
            models.CheckConstraint(
                condition=~Q(decision_symbol="") & ~Q(decided_by=""), name="an_equal_post_names_its_paper"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tenure.person}, {self.tenure.office}: {self.get_post_display()}"

    @property
    def unit_id(self) -> int:
        """The unit of the office, which keeps it."""
        return self.tenure.office.unit_id

    @property
    def paper(self) -> str:
        """“45-KL/TU ngày 05/03/2024 của Ban Thường vụ Tỉnh ủy”."""
        return f"{self.decision_symbol} ngày {self.decision_date:%d/%m/%Y} của {self.decided_by}"

    @property
    def days(self) -> str:
        """The time it speaks of, in words."""
        return term_text(self.term)

    @property
    def told(self) -> str:
        """“tương đương Vụ trưởng theo văn bản 45-KL/TU ngày …”."""
        post = self.get_post_display()
        equal = post[0].lower() + post[1:] if self.post == CareerPost.NONE else f"tương đương {post}"
        return f"{equal} theo văn bản {self.paper}"
