"""What an electronic ballot keeps beside the ballot itself: its keys, its trustees, its credentials."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from thidua.organisations.models import Unit
from thidua.voting.models.ballot import Ballot
from thidua.voting.models.roll import CommitteeMember, RollEntry
from thidua.voting.models.triggers import changed, written_once


class Disclosure(models.TextChoices):
    """What is told of the count."""

    COUNTS = "counts", "Công bố số phiếu của từng phương án"
    OUTCOME = "outcome", "Chỉ công bố kết luận đạt hay không đạt"


class Election(models.Model):
    """Phần điện tử của một cuộc bỏ phiếu: the server's keys, the sealed manifest, what was destroyed.

    `server_seed` signs the heads of the board and `server_share` is the server's part of the key; both lie
    here encrypted under a key of the settings. No choice is ever written in any column.
    """

    ballot = models.OneToOneField(Ballot, models.PROTECT, related_name="election")
    meeting = models.CharField("mã cuộc họp", max_length=40)
    needed = models.PositiveSmallIntegerField("số người giữ khóa cần có", default=0)
    min_ballots = models.PositiveIntegerField("số phiếu ít nhất để mở")
    disclosure = models.CharField("mức công bố", max_length=8, choices=Disclosure, default=Disclosure.COUNTS)
    revote = models.BooleanField("được bỏ lại", default=True)
    opens_at = models.DateTimeField("nhận phiếu từ", null=True)
    closes_at = models.DateTimeField("nhận phiếu đến", null=True)
    server_key = models.BinaryField("khóa công khai của máy chủ")
    server_seed = models.BinaryField("khóa ký của máy chủ, đã mã hóa")
    server_share = models.BinaryField("phần khóa của máy chủ, đã mã hóa", null=True)
    server_round1 = models.BinaryField("phần tiết lộ của máy chủ")
    manifest = models.BinaryField("bản niêm phong", null=True)
    eh = models.BinaryField("băm của bản niêm phong", null=True, unique=True)
    destroyed_at = models.DateTimeField("hủy phần khóa của máy chủ lúc", null=True)
    purged_at = models.DateTimeField("hủy nội dung phiếu lúc", null=True)

    class Meta:
        verbose_name = "phần điện tử của cuộc bỏ phiếu"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(manifest__isnull=True)
                | Q(eh__isnull=False, opens_at__isnull=False, closes_at__gt=F("opens_at")),
                name="a_manifest_has_its_hash_and_hours",
            ),
            models.CheckConstraint(
                condition=Q(server_share__isnull=False) | Q(destroyed_at__isnull=False),
                name="a_share_is_kept_or_destroyed",
            ),
        ]
        triggers: ClassVar = [
            written_once(
                "manifest_sealed_once",
                "manifest",
                "eh",
                "meeting",
                "needed",
                "min_ballots",
                "disclosure",
                "revote",
                "opens_at",
                "closes_at",
                "server_key",
                "server_round1",
                "ballot",
                when=pgtrigger.Q(old__manifest__isnull=False),
            ),
            pgtrigger.Protect(
                name="a_destroyed_share_stays_destroyed",
                operation=pgtrigger.Update,
                condition=changed("server_share")
                & pgtrigger.Q(old__manifest__isnull=False, new__server_share__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ballot}"

    @property
    def is_sealed(self) -> bool:
        """The manifest is written; from now on only the board grows."""
        return self.manifest is not None


class Trustee(models.Model):
    """Người giữ khóa: one of those without whom nothing opens, and how far their key ceremony is.

    Each column is written once by the person's own device; a ceremony that fails starts with new rows.
    """

    election = models.ForeignKey(Election, models.CASCADE, related_name="trustees")
    index = models.PositiveSmallIntegerField("số thứ tự")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    person_name = models.CharField("họ và tên", max_length=120)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name="đơn vị")
    commit = models.BinaryField("cam kết", null=True)
    round1 = models.BinaryField("phần tiết lộ", null=True)
    sealed = models.BinaryField("phần chia cho từng người", null=True)
    confirmed_at = models.DateTimeField("xác nhận phần khóa lúc", null=True)
    compared_at = models.DateTimeField("đối chiếu bản niêm phong lúc", null=True)
    destroyed_at = models.DateTimeField("đã hủy phần khóa lúc", null=True)

    class Meta:
        verbose_name = "người giữ khóa"
        ordering: ClassVar = ["index"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "index"], name="a_trustee_at_a_place"),
            models.UniqueConstraint(fields=["election", "user"], name="a_trustee_once"),
            models.CheckConstraint(
                condition=Q(round1__isnull=True) | Q(commit__isnull=False),
                name="nobody_reveals_before_committing",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(sealed__isnull=False, round1__isnull=False),
                name="a_confirmed_key_was_shared",
            ),
        ]
        triggers: ClassVar = [
            written_once(
                f"{column}_written_once", column, when=pgtrigger.Q(**{f"old__{column}__isnull": False})
            )
            for column in ("commit", "round1", "sealed", "confirmed_at", "compared_at")
        ]

    def __str__(self) -> str:
        return f"{self.index}. {self.person_name}"


class CredentialKind(models.TextChoices):
    """Where the voter's key lies."""

    DEVICE = "device", "Khóa trên máy"
    SLIP = "slip", "Phiếu mã trên giấy"


class Credential(models.Model):
    """Thẻ bỏ phiếu: the public key of one line of the roll. The server never holds the other half."""

    election = models.ForeignKey(Election, models.CASCADE, related_name="credentials")
    entry = models.ForeignKey(RollEntry, models.PROTECT, related_name="credentials", verbose_name="cử tri")
    key = models.BinaryField("khóa công khai")
    kind = models.CharField("loại thẻ", max_length=6, choices=CredentialKind)
    at = models.DateTimeField("nhận lúc")
    confirmed_at = models.DateTimeField("cử tri xác nhận vân tay lúc", null=True)
    replaced_at = models.DateTimeField("thay lúc", null=True)

    class Meta:
        verbose_name = "thẻ bỏ phiếu"
        ordering: ClassVar = ["entry__position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "key"], name="a_credential_once"),
            models.UniqueConstraint(
                fields=["election", "entry"],
                condition=Q(replaced_at__isnull=True),
                name="one_credential_in_force_for_a_line",
            ),
        ]
        triggers: ClassVar = [written_once("credential_written_once", "key", "entry", "election", "kind")]

    def __str__(self) -> str:
        return f"{self.entry}, {self.get_kind_display()}"


class CommitteeKey(models.Model):
    """Khóa ký của thành viên ban kiểm phiếu, with which they replace a lost credential."""

    member = models.OneToOneField(CommitteeMember, models.CASCADE, related_name="key")
    key = models.BinaryField("khóa công khai")
    at = models.DateTimeField("nhận lúc")

    class Meta:
        verbose_name = "khóa ký của ban kiểm phiếu"

    def __str__(self) -> str:
        return f"{self.member}"


class Replacement(models.Model):
    """Thay thẻ bị mất: a new key for a line, waiting for enough signatures of the committee."""

    election = models.ForeignKey(Election, models.PROTECT, related_name="replacements")
    old = models.ForeignKey(Credential, models.PROTECT, related_name="replacements")
    key = models.BinaryField("khóa công khai mới")
    kind = models.CharField("loại thẻ", max_length=6, choices=CredentialKind, default=CredentialKind.SLIP)
    reason = models.CharField("lý do", max_length=200)
    at = models.DateTimeField("đề nghị lúc")
    done_at = models.DateTimeField("ghi vào bảng kê lúc", null=True)

    class Meta:
        verbose_name = "thay thẻ bỏ phiếu"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["election", "key"], name="a_replacement_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.old.entry}: {self.reason}"


class ReplacementSignature(models.Model):
    """Chữ ký của thành viên ban kiểm phiếu cho việc thay thẻ."""

    replacement = models.ForeignKey(Replacement, models.CASCADE, related_name="signatures")
    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="+")
    signature = models.BinaryField("chữ ký")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "chữ ký thay thẻ"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["replacement", "member"], name="a_member_signs_a_replacement_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.replacement}"
