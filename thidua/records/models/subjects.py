"""Who wrote a row, and whom it is about."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from thidua.organisations.models import Person, Unit


class Recorded(models.Model):
    """Who wrote a row, and when."""

    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="người ghi"
    )
    recorded_at = models.DateTimeField("ghi lúc")

    class Meta:
        abstract = True


class OfSubject(Recorded):
    """About a person of the unit, or about the unit itself as a collective when no person is named."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="%(class)ss", verbose_name="đơn vị")
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="%(class)ss", verbose_name="cá nhân"
    )

    class Meta:
        abstract = True

    @property
    def subject(self) -> Person | Unit:
        """Whom it is about."""
        return self.person or self.unit
