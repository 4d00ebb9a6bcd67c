"""The points table and what was scored on it."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models

from thidua.base.files.models import StoredFile
from thidua.emulation.clusters.models import Cycle
from thidua.emulation.scoring.engine import in_words
from thidua.organisations.models import Unit


class ScorecardState(models.TextChoices):
    """A draft is edited; an adopted version is frozen; a later adopted version replaces it."""

    DRAFT = "draft", "Dự thảo"
    ADOPTED = "adopted", "Đã ban hành"
    REPLACED = "replaced", "Đã thay bằng bản sau"


@pghistory.track()
class Scorecard(models.Model):
    """Bảng điểm: a version of the year's points table."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="scorecards")
    version = models.PositiveSmallIntegerField("bản", default=1)
    state = models.CharField("tình trạng", max_length=10, choices=ScorecardState, default="draft")
    basis = models.CharField("căn cứ ban hành", max_length=300, blank=True)
    caution_reason = models.CharField("lý do ban hành dù còn lưu ý", max_length=500, blank=True)
    adopted_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    published_at = models.DateTimeField("công bố kết quả lúc", null=True, blank=True)
    is_demonstration = models.BooleanField("số liệu minh họa", default=False)
    settings = models.JSONField(
        "quy định chung của bảng",
        default=dict,
        blank=True,
        help_text="Mọi mục đầu bảng theo docs/spec/bang-diem-1.md: thang, làm tròn, trần, loại, khống chế.",
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "bảng điểm"
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "version"], name="a_scorecard_version_once"),
            models.UniqueConstraint(
                fields=["cycle"], condition=models.Q(state="draft"), name="one_draft_scorecard"
            ),
            models.UniqueConstraint(
                fields=["cycle"], condition=models.Q(state="adopted"), name="one_adopted_scorecard"
            ),
        ]

    def __str__(self) -> str:
        return f"Bảng điểm {self.cycle}, bản {self.version}"


class CriterionKind(models.TextChoices):
    """What a line of the table is; the same words as the engine's `LineKind`."""

    GROUP = "group", "Mục lớn"
    MARK = "mark", "Tiêu chí"
    BONUS = "bonus", "Điểm thưởng"
    PENALTY = "penalty", "Điểm trừ"


class Criterion(models.Model):
    """Tiêu chí, hoặc mục lớn gom các tiêu chí."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="thuộc mục"
    )
    code = models.CharField("mã", max_length=40)
    title = models.CharField("nội dung", max_length=1000)
    kind = models.CharField("loại", max_length=10, choices=CriterionKind, default="mark")
    max_points = models.DecimalField("điểm tối đa", max_digits=8, decimal_places=3)
    guidance = models.TextField("cách chấm", blank=True)
    evidence = models.CharField("minh chứng cần có", max_length=1000, blank=True)
    by_standing_body = models.BooleanField("chỉ cơ quan thường trực chấm", default=False)
    scored_by = models.JSONField("ai được chấm", default=list, blank=True)
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="criteria_to_score",
        verbose_name="đơn vị phụ trách chấm",
    )
    rule = models.JSONField(
        "quy tắc tính",
        default=dict,
        blank=True,
        help_text="Theo docs/spec/bang-diem-1.md, mục 2; trống là ghi thẳng điểm.",
    )
    terms = models.JSONField(
        "điểm thưởng, điểm trừ, trần, mức tối thiểu",
        default=dict,
        blank=True,
        help_text="Mọi mục khác của tiêu chí theo docs/spec/bang-diem-1.md.",
    )
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        verbose_name = "tiêu chí"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scorecard", "code"], name="a_code_once_in_a_table"),
            models.CheckConstraint(condition=models.Q(max_points__gte=0), name="a_maximum_is_not_negative"),
            models.CheckConstraint(
                condition=~models.Q(kind="group") | models.Q(rule={}), name="a_group_has_no_rule"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="adopted_tables_are_frozen",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT 1 FROM scoring_scorecard s
                               WHERE s.id = COALESCE(NEW.scorecard_id, OLD.scorecard_id)
                                 AND s.state <> 'draft') THEN
                        RAISE EXCEPTION 'an adopted scorecard is frozen';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"

    @property
    def rule_words(self) -> str:
        """How its points are computed, as officers say it; empty where they are entered directly."""
        return in_words(self.rule, self.max_points) if self.rule else ""

    @property
    def how(self) -> str:
        """Its rule, and what else is said of scoring it."""
        return " ".join(filter(None, [self.rule_words, self.guidance]))


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


class Mark(models.Model):
    """Điểm chấm một tiêu chí trong một lớp; a correction is a new row that names the one it corrects.

    Where the criterion has a rule, `filed` is what was entered and `points` what the rule made of it, by
    the `steps` kept beside.
    """

    layer = models.ForeignKey(ScoreLayer, models.PROTECT, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    points = models.DecimalField("điểm", max_digits=8, decimal_places=3)
    filed = models.CharField("kết quả ghi", max_length=40, blank=True)
    steps = models.CharField("cách tính ra điểm", max_length=300, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(steps="") | ~models.Q(filed=""), name="steps_start_from_what_was_filed"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="marks_keep_within_bounds",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("line", "RECORD")],
                func="""
                    SELECT kind, max_points INTO line FROM scoring_criterion WHERE id = NEW.criterion_id;
                    IF line.kind = 'group'
                       OR (line.kind = 'penalty' AND (NEW.points > 0 OR NEW.points < -line.max_points))
                       OR (line.kind <> 'penalty' AND (NEW.points < 0 OR NEW.points > line.max_points)) THEN
                        RAISE EXCEPTION 'a mark keeps within its criterion';
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
                               WHERE l.id = OLD.layer_id AND l.submitted_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'marks of a sent layer are frozen';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Explanation(models.Model):
    """Giải trình: what the scored unit says of a criterion after others have marked it."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="explanations")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="explanations")
    text = models.TextField("nội dung giải trình", max_length=2000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("lúc")

    class Meta:
        verbose_name = "giải trình"
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"Giải trình {self.criterion.code}, {self.sheet.unit}"


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
