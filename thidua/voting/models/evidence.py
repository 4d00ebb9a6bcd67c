"""What the package carries beside the board: the signed minutes, and the time stamp of the close."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from thidua.voting.models.election import Election
from thidua.voting.models.triggers import append_only


class SealedMinutes(models.Model):
    """Biên bản kiểm phiếu đã ký, the very file whose hash the last line of the board tells."""

    election = models.OneToOneField(Election, models.PROTECT, related_name="minutes")
    file = models.BinaryField("tệp PDF")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "biên bản ghi trên bảng kê"
        triggers: ClassVar = [append_only()]

    def __str__(self) -> str:
        return f"{self.election}"


class CloseStamp(models.Model):
    """Dấu thời gian RFC 3161 over the head at the close, from an authority outside (section 11.2)."""

    election = models.OneToOneField(Election, models.PROTECT, related_name="stamp")
    token = models.BinaryField("phản hồi của nơi cấp dấu")
    authority = models.CharField("nơi cấp dấu", max_length=300)
    told_time = models.CharField("giờ ghi trong dấu", max_length=60)
    at = models.DateTimeField("nhận lúc")

    class Meta:
        verbose_name = "dấu thời gian lúc đóng hòm"
        triggers: ClassVar = [append_only()]

    def __str__(self) -> str:
        return f"{self.election}: {self.told_time}"
