"""What was read from an Excel file, before and after somebody confirmed it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from thidua.base.files.models import StoredFile
from thidua.base.text import moment


class ImportState(models.TextChoices):
    """An import is looked at, then confirmed, then perhaps undone."""

    PREVIEW = "preview", "Đang xem trước"
    CONFIRMED = "confirmed", "Đã nhập"
    UNDONE = "undone", "Đã hoàn tác"


class ImportBatch(models.Model):
    """Lượt nhập từ Excel: the rows as read, their faults, and what confirming them made.

    `effects` is written and read by the area that owns `kind`: what undoing has to take back.
    """

    kind = models.CharField("loại dữ liệu", max_length=60)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="imports", verbose_name="tệp"
    )
    pasted = models.TextField("vùng đã dán", blank=True)
    rows = models.JSONField("các dòng đọc được", default=list)
    errors = models.JSONField("lỗi theo dòng", default=list)
    effects = models.JSONField("đã tạo", default=dict)
    state = models.CharField("trạng thái", max_length=10, choices=ImportState, default=ImportState.PREVIEW)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="imports",
        verbose_name="người nhập",
    )
    made_at = models.DateTimeField("đọc lúc")
    confirmed_at = models.DateTimeField("nhập lúc", null=True, blank=True)
    undone_at = models.DateTimeField("hoàn tác lúc", null=True, blank=True)

    class Meta:
        verbose_name = "lượt nhập từ Excel"
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state=ImportState.PREVIEW) | models.Q(errors=[]),
                name="only_faultless_imports_are_confirmed",
            ),
            models.CheckConstraint(
                condition=models.Q(file__isnull=True) ^ models.Q(pasted=""),
                name="an_import_is_a_file_or_pasted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_state_display()}"

    @property
    def title(self) -> str:
        """The file's name, or when it was pasted."""
        return self.file.name if self.file is not None else f"Vùng dán lúc {moment(self.made_at)}"
