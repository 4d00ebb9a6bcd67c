"""The covenant: what all promise, what each promises, and who signed."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from thidua.base.text import decimal_text
from thidua.emulation.clusters.models.cycle import Cycle
from thidua.emulation.clusters.models.indicator import Indicator
from thidua.organisations.models import Unit


class CovenantState(models.TextChoices):
    """Draft, then open for signing; complete when every member has signed (derived, not stored)."""

    DRAFT = "draft", "Dự thảo"
    OPEN = "open", "Đang ký"
    REPLACED = "replaced", "Đã thay bằng bản sau"


@pghistory.track()
class Covenant(models.Model):
    """Giao ước thi đua: a version of the text; an amendment is a new version signed again by all."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="covenants")
    version = models.PositiveSmallIntegerField("bản", default=1)
    state = models.CharField("tình trạng", max_length=10, choices=CovenantState, default="draft")
    text = models.TextField("nội dung giao ước")
    amendment_reason = models.CharField("lý do sửa đổi", max_length=300, blank=True)
    opened_at = models.DateTimeField("mở ký lúc", null=True, blank=True)
    place = models.CharField("nơi ký", max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "giao ước thi đua"
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "version"], name="a_covenant_version_once"),
            models.UniqueConstraint(
                fields=["cycle"], condition=models.Q(state="draft"), name="one_draft_covenant"
            ),
            models.UniqueConstraint(
                fields=["cycle"], condition=models.Q(state="open"), name="one_open_covenant"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="opened_text_is_frozen",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft")
                & (
                    pgtrigger.Q(old__text__df=pgtrigger.F("new__text"))
                    | pgtrigger.Q(old__version__df=pgtrigger.F("new__version"))
                    | pgtrigger.Q(new__state="draft")
                ),
            ),
            pgtrigger.Protect(
                name="opened_stays",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]

    def __str__(self) -> str:
        return f"Giao ước thi đua {self.cycle}, bản {self.version}"


class Qualifier(models.TextChoices):
    """How exact a figure is: reports often give only a bound (cluster-operations 9)."""

    EQUAL = "eq", "bằng"
    AT_LEAST = "ge", "từ"
    ABOVE = "gt", "trên"
    AT_MOST = "le", "không quá"
    BELOW = "lt", "dưới"
    ABOUT = "about", "khoảng"
    HUNDREDS = "hundreds", "hàng trăm"
    THOUSANDS = "thousands", "hàng nghìn"
    RANGE = "range", "trong khoảng"

    @classmethod
    def of_one_number(cls) -> list[tuple[str, str]]:
        """Choices where a figure has one number or none."""
        return [choice for choice in cls.choices if choice[0] != cls.RANGE]

    def of(self, value: Decimal | None, measure: str, upper: Decimal | None = None) -> str:
        """“trên 50%”, “97,7–139,5%”, “hàng trăm lượt”, “26 hợp tác xã”; empty when nothing is told."""
        if value is None:
            vague = self in {Qualifier.HUNDREDS, Qualifier.THOUSANDS}
            return f"{self.label} {measure}".strip() if vague else ""
        word = "" if self in {Qualifier.EQUAL, Qualifier.RANGE} else str(self.label)
        number = decimal_text(value) + (f"–{decimal_text(upper)}" if upper is not None else "")
        glue = "" if measure.startswith("%") else " "
        return f"{word} {number}{glue}{measure}".strip()


class CovenantTarget(models.Model):
    """Chỉ tiêu giao ước: for all members when `unit` is empty, else for that unit."""

    covenant = models.ForeignKey(Covenant, models.CASCADE, related_name="targets")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự")
    indicator = models.CharField("chỉ tiêu", max_length=300)
    qualifier = models.CharField("mức", max_length=10, choices=Qualifier, default=Qualifier.AT_LEAST)
    value = models.DecimalField("giá trị", max_digits=18, decimal_places=4, null=True, blank=True)
    measure = models.CharField("đơn vị tính", max_length=40, blank=True)
    due = models.DateField("hoàn thành trước", null=True, blank=True)
    catalogued = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="chỉ tiêu trong danh mục",
    )

    class Meta:
        verbose_name = "chỉ tiêu giao ước"
        ordering: ClassVar = ["position", "pk"]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="opened_targets_are_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM clusters_covenant
                        WHERE id IN (OLD.covenant_id, NEW.covenant_id) AND state <> 'draft'
                    ) THEN
                        RAISE EXCEPTION 'targets of an opened covenant are frozen';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.indicator


class Signature(models.Model):
    """Chữ ký: the leader in office of a member unit signed this version, then; never taken back."""

    covenant = models.ForeignKey(Covenant, models.PROTECT, related_name="signatures")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="covenant_signatures")
    person_name = models.CharField("người ký", max_length=120)
    office_name = models.CharField("chức vụ khi ký", max_length=160)
    signed_at = models.DateTimeField("ký lúc")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "chữ ký giao ước"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["covenant", "unit"], name="a_unit_signs_a_version_once")
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.person_name}"

    @property
    def cycle_id(self) -> int:
        """The year the signature belongs to, under which the log files it."""
        return self.covenant.cycle_id
