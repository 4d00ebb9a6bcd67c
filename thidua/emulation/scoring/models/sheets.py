"""What was scored: sheets, their layers, the marks in them, explanations and evidence."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from thidua.base.files.models import StoredFile
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.models.tables import Criterion, Scorecard
from thidua.organisations.models import Unit


class ScoreSheet(models.Model):
    """Phiếu điểm của một đơn vị trên một bảng điểm."""

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="sheets")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="score_sheets", verbose_name="đơn vị")

    class Meta:
        verbose_name = "phiếu điểm"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scorecard", "unit"], name="a_unit_has_one_sheet")
        ]

    def __str__(self) -> str:
        return f"Điểm của {self.unit}, {self.scorecard.cycle}"

    @property
    def cycle(self) -> Cycle:
        """The year scored."""
        return self.scorecard.cycle

    @property
    def cycle_id(self) -> int:
        """Files its audit entries under the year."""
        return self.scorecard.cycle_id


class LayerKind(models.TextChoices):
    """The layers, in the order in which they are written."""

    SELF = "self", "Tự chấm"
    CROSS = "cross", "Chấm chéo"
    APPRAISAL = "appraisal", "Thẩm định"
    FINAL = "final", "Kết luận"


@pghistory.track()
class ScoreLayer(models.Model):
    """Một lớp điểm của một phiếu: written by one side, then sent and never changed."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="layers")
    kind = models.CharField("lớp", max_length=10, choices=LayerKind)
    scorer = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="layers_to_score",
        verbose_name="đơn vị chấm",
    )
    flags = models.JSONField(
        "trường hợp khống chế",
        null=True,
        blank=True,
        help_text="Mã các trường hợp bảng điểm nêu; trống là giữ như lớp trước.",
    )
    submitted_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    submitted_by = models.CharField("người gửi", max_length=120, blank=True)

    class Meta:
        verbose_name = "lớp điểm"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "kind"], name="a_layer_once_on_a_sheet"),
            models.CheckConstraint(
                condition=models.Q(scorer__isnull=True) | models.Q(kind="cross"),
                name="only_the_cross_layer_is_assigned",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="sent_layers_are_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__submitted_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.sheet}"

    @property
    def cycle(self) -> Cycle:
        """The year scored."""
        return self.sheet.scorecard.cycle

    @property
    def cycle_id(self) -> int:
        """Files its audit entries under the year."""
        return self.sheet.scorecard.cycle_id

    @property
    def unit_id(self) -> int:
        """The unit scored."""
        return self.sheet.unit_id

    @property
    def flags_now(self) -> list[str] | None:
        """The flags filed, as they were last put right; None keeps those of the layer before."""
        corrections = list(self.flag_corrections.all())
        return corrections[-1].flags if corrections else self.flags

    @property
    def sent_criteria(self) -> set[int]:
        """Criteria in parts that their owners have sent."""
        return {pk for part in self.parts.all() for pk in part.criteria}


class Mark(models.Model):
    """Điều ghi cho một tiêu chí trong một lớp; a correction is a new row that names the one it corrects.

    `filed` is what was entered for the criterion itself, by the words of docs/spec/bang-diem-1.md, section 5;
    `extras` for its bonuses and deductions, by code. Points are never stored: the engine computes them from
    what all units filed, since some depend on the best of the cluster.
    """

    layer = models.ForeignKey(ScoreLayer, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    filed = models.JSONField("điều đã ghi", null=True, blank=True)
    extras = models.JSONField("điểm thưởng, điểm trừ đã ghi", default=dict, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "điểm chấm"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["layer", "criterion"],
                condition=models.Q(corrects__isnull=True),
                name="a_criterion_is_marked_once_in_a_layer",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True) | ~models.Q(reason=""),
                name="a_correction_has_a_reason",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="marks_keep_within_bounds",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("line", "RECORD"), ("given", "TEXT")],
                func="""
                    SELECT kind, max_points, COALESCE(rule ->> 'type', 'direct') AS rule INTO line
                    FROM scoring_criterion WHERE id = NEW.criterion_id;
                    given := NEW.filed #>> '{}';
                    IF line.kind = 'group' THEN
                        RAISE EXCEPTION 'a group takes no mark';
                    END IF;
                    IF line.rule IN ('direct', 'full') AND given ~ '^[+-]?[0-9]+([.][0-9]+)?$' THEN
                        IF given::numeric < 0 OR given::numeric > line.max_points THEN
                            RAISE EXCEPTION 'a mark keeps within its criterion';
                        END IF;
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="sent_marks_are_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT 1 FROM scoring_scorelayer l
                               WHERE l.id = OLD.layer_id AND l.submitted_at IS NOT NULL)
                       OR EXISTS (SELECT 1 FROM scoring_appraisalpart p
                                  WHERE p.layer_id = OLD.layer_id AND OLD.criterion_id = ANY(p.criteria)) THEN
                        RAISE EXCEPTION 'marks of a sent layer are frozen';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.filed}"


@pghistory.track()
class Explanation(models.Model):
    """Giải trình: what the scored unit says of a criterion after others have marked it, and the answer."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="explanations")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="explanations")
    text = models.TextField("nội dung giải trình", max_length=2000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc")
    answer = models.TextField("trả lời", max_length=2000, blank=True)
    accepted = models.BooleanField("chấp nhận", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)

    class Meta:
        verbose_name = "giải trình"
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, accepted__isnull=True, answer="")
                | (models.Q(answered_at__isnull=False, accepted__isnull=False) & ~models.Q(answer="")),
                name="an_answer_says_yes_or_no_and_why",
            )
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(
                name="answered_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Giải trình {self.criterion.code}, {self.sheet.unit}"

    @property
    def cycle(self) -> Cycle:
        """The year scored."""
        return self.sheet.scorecard.cycle

    @property
    def cycle_id(self) -> int:
        """Files its audit entries under the year."""
        return self.sheet.scorecard.cycle_id


class Evidence(models.Model):
    """Minh chứng: a file the unit puts behind its mark."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="evidence")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="evidence_files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField("tên minh chứng", max_length=200)

    class Meta:
        verbose_name = "minh chứng"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.title
