"""Clusters, their members and those who watch over them."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from thidua.base.periods import no_overlap
from thidua.base.text import DerivedTextField, search_key, sort_key
from thidua.documents.models import Paper
from thidua.organisations.models import Person, StandingBody, Unit


class ClusterKind(models.TextChoices):
    """A cluster groups territories, a bloc like functions, a region the justice sector's bodies."""

    CLUSTER = "cluster", "Cụm thi đua"
    BLOC = "bloc", "Khối thi đua"
    REGION = "region", "Khu vực thi đua"


class ClusterLevel(models.TextChoices):
    """The tier that organises the cluster (cluster-operations 1.1)."""

    CENTRAL = "central", "Trung ương"
    INTER_PROVINCE = "inter_province", "Liên tỉnh"
    PROVINCE = "province", "Tỉnh"
    SECTOR = "sector", "Ngành"
    LOCAL = "local", "Huyện, xã"
    INTERNAL = "internal", "Nội bộ đơn vị"


@pghistory.track()
class Cluster(models.Model):
    """Cụm, khối thi đua: alike units that emulate one another."""

    kind = models.CharField("loại", max_length=10, choices=ClusterKind)
    level = models.CharField("cấp", max_length=20, choices=ClusterLevel)
    name = models.CharField("tên đầy đủ", max_length=200, unique=True)
    short_name = models.CharField("tên gọn", max_length=80)
    address = models.SlugField("tên trong địa chỉ", max_length=80, unique=True)
    symbol = models.CharField(
        "ký hiệu văn bản", max_length=20, help_text="Phần sau của số văn bản, ví dụ KTĐ trong 03/BC-KTĐ."
    )
    authority = models.ForeignKey(
        Unit, models.PROTECT, related_name="clusters_organised", verbose_name="cấp tổ chức"
    )
    standing_body = models.ForeignKey(
        StandingBody,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clusters",
        verbose_name="cơ quan thường trực",
    )
    founding = models.CharField("quyết định thành lập", max_length=200, blank=True)
    existence = DateRangeField("tồn tại")
    guidance = models.ManyToManyField(
        Paper, blank=True, related_name="clusters_guided", verbose_name="văn bản chỉ đạo, hướng dẫn"
    )
    search = DerivedTextField(source="name", of=search_key)
    order = DerivedTextField(source="name", of=sort_key)

    class Meta:
        verbose_name = "cụm, khối thi đua"
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return self.name

    @property
    def noun(self) -> str:
        """“cụm”, “khối” or “khu vực”, for sentences."""
        return {"cluster": "cụm", "bloc": "khối", "region": "khu vực"}[self.kind]


class WithUnit(models.Manager["Membership"]):
    """Members are always shown by their unit's name, so it comes along."""

    def get_queryset(self) -> models.QuerySet[Membership]:
        """Rows with their units."""
        return super().get_queryset().select_related("unit")


@pghistory.track()
class Membership(models.Model):
    """Thành viên cụm: a unit belongs to the cluster for a time, in the cluster's own order."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name="đơn vị")
    position = models.PositiveSmallIntegerField("thứ tự")
    term = DateRangeField("thời gian tham gia")
    reason = models.CharField("lý do thay đổi", max_length=200, blank=True)
    objects: ClassVar[WithUnit] = WithUnit()

    class Meta:
        verbose_name = "thành viên cụm, khối"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [no_overlap("a_unit_joins_a_cluster_once", "cluster", "unit")]

    def __str__(self) -> str:
        return f"{self.unit} trong {self.cluster}"


class OversightKind(models.TextChoices):
    """Who, outside the members, is in charge of a cluster."""

    OFFICER = "officer", "Chuyên viên cơ quan thường trực theo dõi"
    COUNCIL_MEMBER = "council_member", "Thành viên Hội đồng phụ trách"


class Oversight(models.Model):
    """Phân công theo dõi, phụ trách cụm, khối."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="oversights")
    person = models.ForeignKey(Person, models.PROTECT, related_name="oversights", verbose_name="cá nhân")
    kind = models.CharField("phân công", max_length=20, choices=OversightKind)
    term = DateRangeField("thời gian")

    class Meta:
        verbose_name = "phân công theo dõi"
        constraints: ClassVar = [
            no_overlap("one_oversight_of_a_kind_at_a_time", "cluster", "person", same_text=("kind",))
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()}"
