"""What was told to whom."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Notice(models.Model):
    """Thông báo: one sentence to one person, with where to go; told once for one `key`."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField("nội dung", max_length=400)
    url = models.CharField("nơi mở", max_length=300, blank=True)
    key = models.CharField(max_length=200, help_text="Cùng khóa thì không báo lại.")
    at = models.DateTimeField("lúc")
    read_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    mailed_at = models.DateTimeField("đã gửi thư lúc", null=True, blank=True)

    class Meta:
        verbose_name = "thông báo"
        ordering: ClassVar = ["-at", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["to", "key"], name="a_notice_is_told_once")]

    def __str__(self) -> str:
        return self.text
