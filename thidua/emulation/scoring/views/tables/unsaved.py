"""A part of the draft as one person works on it: what they typed is kept on the server, apart from the draft.

A page carries `revision`, “digest of the part when it was read . number of the kept typing”. A colleague who
saved the same part meanwhile changes the digest: both texts are shown, and only a further press writes over
what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone

from thidua.base.accounts.requests import Request
from thidua.base.audit.refusals import Refused
from thidua.emulation.clusters.views.shared import not_saved
from thidua.emulation.scoring import actions
from thidua.emulation.scoring.models import Scorecard, UnsavedPart
from thidua.emulation.scoring.queries import others_typing, part_digest, unsaved_of

LOOK = "look"  # the request only asks what would be found
FORGET = "forget"  # throw the own typing away
OVER = "over"  # write over what a colleague saved, which was on the page
NOT_TYPED = {"csrfmiddlewaretoken", "revision", LOOK, OVER}
CONFLICT = "Người khác đã sửa phần này sau khi anh/chị mở. Chọn nội dung được lưu ở bảng so sánh bên dưới."
REVISION = re.compile(r"([0-9a-f]{16})\.([0-9]{1,9})")
Texts = Mapping[str, str]


@dataclass
class Work:
    """What the request brings of a part, what was kept of it, and whether the part changed meanwhile."""

    request: Request
    card: Scorecard
    part: str
    digest: str
    kept: UnsavedPart | None
    others: list[UnsavedPart]
    differences: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def data(self) -> Mapping[str, Any] | None:
        """What the form is filled with: what was sent, else what was kept; None for the draft's own words."""
        if self.request.method == "POST":
            return self.request.POST or None
        if self.kept is None:
            return None
        return {**self.kept.fields, "revision": f"{self.kept.base}.{self.kept.revision}"}

    @property
    def revision(self) -> str:
        """For a page that shows the draft's own words."""
        return f"{self.digest}.0"

    @property
    def base(self) -> str:
        """The digest of the part when it was read for typing."""
        return self._read[0]

    @property
    def is_conflict(self) -> bool:
        """A colleague saved the part after it was read."""
        return self.base != self.digest and self.request.POST.get(OVER) != self.digest

    @property
    def only_looks(self) -> bool:
        """Nothing is to be written."""
        return LOOK in self.request.POST

    @property
    def is_autosave(self) -> bool:
        """The page sends what is typed by itself."""
        return self._is_sent and "HX-Request" in self.request.headers and not self.only_looks

    @property
    def is_forgotten(self) -> bool:
        """The person throws the own typing away."""
        return self._is_sent and FORGET in self.request.POST

    @property
    def saves(self) -> bool:
        """The button was pressed."""
        return self._is_sent and not self.only_looks and not self.is_autosave

    @property
    def _is_sent(self) -> bool:
        return self.request.method == "POST"

    @property
    def _read(self) -> tuple[str, int]:
        """The digest and the number the page carries; one nobody was given stands for another part."""
        found = REVISION.fullmatch(str((self.data or {}).get("revision", self.revision)))
        return (found[1], int(found[2])) if found else ("", 0)

    def refuse_conflict(self) -> None:
        """Never write over a colleague's words unseen."""
        if self.is_conflict:
            raise Refused(CONFLICT)

    def forget(self) -> HttpResponse:
        """Back to the draft's own words."""
        actions.forget_unsaved(scorecard=self.card, part=self.part, by=self.request.actor)
        return redirect(self.request.get_full_path())

    def keep(self, now: Texts, typed: Texts) -> JsonResponse:
        """What an autosave answers; typing that says what the draft says is not kept."""
        told: dict[str, Any] = {
            "scorecard": self.card,
            "part": self.part,
            "fields": _fields(self.request),
            "base": self.base,
            "revision": self._read[1],
        }
        try:
            if now == typed:
                actions.forget_unsaved(scorecard=self.card, part=self.part, by=self.request.actor)
                return self._said("Giống dự thảo, không có gì phải lưu", f"{self.base}.0")
            row = actions.keep_unsaved(**told, by=self.request.actor)
        except Refused as refusal:
            return not_saved(refusal)
        return self._said("Đã giữ phần gõ dở", f"{row.base}.{row.revision}")

    def _said(self, words: str, revision: str) -> JsonResponse:
        at = f"{timezone.localtime(self.request.actor.at):%H:%M}"
        if self.is_conflict:
            warning = ". Người khác vừa lưu phần này: khi lưu, anh/chị sẽ thấy cả hai nội dung."
        else:
            warning = "".join(f". {one.author_name} cũng đang gõ phần này." for one in self.others[:1])
        return JsonResponse({"saved": at, "said": f"{words} lúc {at}{warning}", "revision": revision})


def work_on(request: Request, card: Scorecard, part: str, now: Any) -> Work:
    """The work on a part whose words in the draft are `now`."""
    kept = unsaved_of(card, part, request.actor)
    return Work(request, card, part, part_digest(now), kept, others_typing(card, part, request.actor))


def _fields(request: Request) -> dict[str, str]:
    return {
        name.replace("\x00", ""): str(value).replace("\x00", "")
        for name, value in request.POST.items()
        if name not in NOT_TYPED
    }


def texts(form: forms.BaseForm, *, typed: bool, under: str = "") -> dict[str, str]:
    """Each field by its label with what it holds: as typed, or as the draft has it."""
    found = {}
    for bound in form.visible_fields():
        value = bound.value() if typed else form.get_initial_for_field(bound.field, bound.name)
        label = f"{under}{bound.label}"
        found[label] = _text(bound.field, value)
    return found


def row_texts(rows: Iterable[forms.BaseForm], *, typed: bool) -> dict[str, str]:
    """The same of rows that have codes; what is to be deleted and what is empty is left out."""
    found: dict[str, str] = {}
    for row in rows:
        values = texts(row, typed=typed)
        code, gone = values.get("Mã", ""), values.pop("Xóa", "") or values.pop("Delete", "")
        if code and not gone:
            found |= {f"{code}, {label.lower()}": text for label, text in values.items() if text}
    return found


def _text(of: forms.Field, value: Any) -> str:
    if isinstance(of, forms.BooleanField):
        return "có" if value else ""
    if isinstance(of, forms.ChoiceField):
        given: Any = of.choices
        choices = {str(key): str(word) for key, word in given}
        return choices.get(str(value or ""), next(iter(choices.values()), ""))
    lines = str("" if value is None else value).strip().splitlines()
    return "\n".join(line.strip() for line in lines)


def differences(now: Texts, typed: Texts) -> list[tuple[str, str, str]]:
    """(field, in the draft, as typed) where they differ."""
    names = list(dict.fromkeys([*now, *typed]))
    return [
        (name, now.get(name, ""), typed.get(name, ""))
        for name in names
        if now.get(name, "") != typed.get(name, "")
    ]
