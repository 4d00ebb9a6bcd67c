"""The points table: its versions and their criteria."""

from __future__ import annotations

from typing import ClassVar

import pghistory
import pgtrigger
from django.db import models

from thidua.emulation.clusters.models import Cycle
from thidua.emulation.movements.models import CycleMovement
from thidua.emulation.scoring.engine import in_words, terms_in_words
from thidua.emulation.scoring.models.scopes import Scope
from thidua.organisations.models import Unit
from thidua.rulebook.catalogue import with_names


class ScorecardState(models.TextChoices):
    """A draft is edited; an adopted version is frozen; a later adopted version replaces it."""

    DRAFT = "draft", "Dự thảo"
    ADOPTED = "adopted", "Đã ban hành"
    REPLACED = "replaced", "Đã thay bằng bản sau"


@pghistory.track()
class Scorecard(models.Model):
    """Bảng điểm: a version of the year's points table, or of a movement's own one (bảng điểm chuyên đề)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="scorecards")
    movement = models.ForeignKey(
        CycleMovement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="scorecards",
        verbose_name="phong trào chấm riêng",
    )
    version = models.PositiveSmallIntegerField("bản", default=1)
    state = models.CharField("tình trạng", max_length=10, choices=ScorecardState, default="draft")
    basis = models.CharField("căn cứ ban hành", max_length=300, blank=True)
    caution_reason = models.CharField("lý do ban hành dù còn lưu ý", max_length=500, blank=True)
    adopted_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    due = models.DateField(
        "hạn tự chấm chuyên đề",
        null=True,
        blank=True,
        help_text="Bảng của năm theo hạn của năm; bảng chuyên đề có hạn riêng.",
    )
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
            models.UniqueConstraint(
                fields=["cycle", "movement", "version"],
                name="a_scorecard_version_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["cycle", "movement"],
                condition=models.Q(state="draft"),
                name="one_draft_scorecard",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["cycle", "movement"],
                condition=models.Q(state="adopted"),
                name="one_adopted_scorecard",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=models.Q(due=None) | models.Q(movement__isnull=False),
                name="only_a_thematic_table_has_a_day_of_its_own",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="a_movement_is_of_the_tables_year",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__movement_id__isnull=False),
                func="""
                    IF NOT EXISTS (SELECT 1 FROM movements_cyclemovement m
                                   WHERE m.id = NEW.movement_id AND m.cycle_id = NEW.cycle_id) THEN
                        RAISE EXCEPTION 'a thematic table scores a movement of its own year';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        told = f"chuyên đề “{self.movement.movement}”, " if self.movement else ""
        return f"Bảng điểm {told}{self.cycle}, bản {self.version}"

    @property
    def scope(self) -> Scope:
        """What it scores."""
        return Scope(self.cycle, self.movement)


class CriterionKind(models.TextChoices):
    """What a line of the table is."""

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
    def is_computed(self) -> bool:
        """Its points come from a rule, or from bonuses and deductions beside it."""
        return bool(self.rule or self.terms)

    @property
    def rule_words(self) -> str:
        """How its points are computed, as officers say it; empty where they are entered directly."""
        return with_names(in_words(self.rule, self.max_points)) if self.rule else ""

    @property
    def how(self) -> str:
        """Its rule, its bonuses and deductions, and what else is said of scoring it."""
        terms = [with_names(one) for one in terms_in_words(self.terms)] if self.terms else []
        return " ".join(filter(None, [self.rule_words, *terms, self.guidance]))
