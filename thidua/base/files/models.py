"""Files people handed in."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class ScanState(models.TextChoices):
    """What the virus scanner said."""

    UNSCANNED = "unscanned", "Chưa quét vi-rút"
    PENDING = "pending", "Đang chờ quét vi-rút"
    CLEAN = "clean", "Đã quét, an toàn"
    INFECTED = "infected", "Có mã độc"


def random_place(_file: StoredFile, _name: str) -> str:
    """Where the bytes lie: a random name that says nothing of the person, the file or its kind."""
    name = secrets.token_hex(24)
    return f"{name[:2]}/{name}"


class StoredFile(models.Model):
    """Tệp tải lên: the bytes as they came, with who brought them and who may read them.

    Readers are the uploader, everyone with an appointment at one of `reader_unit_ids`, and whom the
    owner area lets in for `about_type` (see `permissions.let_in`). Units are named by number, since
    files know no organisations.
    """

    content = models.FileField("nội dung", upload_to=random_place, max_length=100)
    name = models.CharField("tên tệp", max_length=200)
    content_type = models.CharField("loại", max_length=100)
    size = models.PositiveIntegerField("cỡ (byte)")
    sha256 = models.CharField("mã băm", max_length=64, db_index=True)
    scan = models.CharField("quét vi-rút", max_length=10, choices=ScanState)
    scanned_at = models.DateTimeField("quét lúc", null=True, blank=True)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="uploads",
        verbose_name="người tải lên",
    )
    uploaded_at = models.DateTimeField("tải lên lúc")
    about_type = models.CharField("của loại", max_length=80, blank=True)
    about_id = models.BigIntegerField("của đối tượng", null=True, blank=True)
    reader_unit_ids = ArrayField(
        models.BigIntegerField(),
        verbose_name="đơn vị được đọc",
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = "tệp tải lên"
        ordering: ClassVar = ["-uploaded_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["about_type", "about_id"], name="file_about")]

    def __str__(self) -> str:
        return self.name
