"""The audit log."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models


class Entry(models.Model):
    """Một dòng nhật ký: who did what to what, when; chained to the entry before it."""

    verb = models.CharField("việc", max_length=80, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="audit_entries"
    )
    actor_name = models.CharField("người làm", max_length=120)
    at = models.DateTimeField("lúc")
    recorded_at = models.DateTimeField("ghi lúc", help_text="Giờ máy chủ, không ai đặt được.")
    subject_type = models.CharField("loại đối tượng", max_length=80)
    subject_id = models.CharField("mã đối tượng", max_length=40)
    subject = models.CharField("đối tượng", max_length=300)
    cycle_id = models.BigIntegerField("năm thi đua", null=True, db_index=True)
    unit_id = models.BigIntegerField("đơn vị", null=True, db_index=True)
    detail = models.JSONField("chi tiết", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "dòng nhật ký"
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.verb} – {self.subject}"

    def digest(self) -> str:
        """The hash this entry must carry, from its own words and the entry before."""
        told: dict[str, Any] = {
            "verb": self.verb,
            "actor": self.actor_id,
            "name": self.actor_name,
            "at": self.at.astimezone(UTC).isoformat(),
            "recorded": self.recorded_at.astimezone(UTC).isoformat(),
            "subject": [self.subject_type, self.subject_id, self.subject],
            "cycle": self.cycle_id,
            "unit": self.unit_id,
            "detail": self.detail,
            "previous": self.previous_hash,
        }
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
