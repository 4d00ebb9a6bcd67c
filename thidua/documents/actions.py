"""Every change of the register of papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale, refuse_if
from thidua.base.files.models import StoredFile
from thidua.base.text import normalise
from thidua.documents.engine import PaperText, digest, number_text, to_json
from thidua.documents.models import NumberSeries, Paper, PaperDirection, PaperKind, PaperState
from thidua.documents.queries import obstacles_to_numbering, obstacles_to_sealing, obstacles_to_voiding
from thidua.organisations.models import Unit


@act("documents.register_paper", on="issuer")
def register_paper(
    *,
    issuer: Unit,
    text: PaperText,
    by: Actor,
    owner: str = "",
    series_symbol: str = "",
    issuer_name: str = "",
    about_type: str = "",
    about_id: int | None = None,
    readers: Iterable[int] = (),
    for_everyone: bool = False,
) -> Paper:
    """Enter a draft: no number, no date yet.

    `issuer` is the unit that does the paperwork (a cluster's papers: the head's unit). `owner` names who
    keeps the series of numbers, “unit:7” unless a cluster keeps its own (“cluster:3”); `series_symbol` is
    what stands in the symbol (“KTĐ”), that of the text or of the unit when not given. `readers` are ids
    of units that see the paper once it has a number. Entered again about the same object while still a
    draft, the draft is rewritten instead of doubled.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=issuer.pk)
    paper = _draft_about(about_type, about_id, text.kind) or Paper(registered_at=by.at)
    paper.issuer, paper.issuer_name = issuer, issuer_name or text.issuer[1] or issuer.name
    paper.kind = text.kind if text.kind in PaperKind else PaperKind.OTHER
    paper.owner = owner or f"unit:{issuer.pk}"
    paper.series_symbol = series_symbol or text.series_symbol or issuer.symbol
    paper.about_type, paper.about_id, paper.for_everyone = about_type, about_id, for_everyone
    _write(paper, text)
    paper.save()
    paper.reader_units.set(set(readers))
    return paper


def _draft_about(about_type: str, about_id: int | None, kind: str) -> Paper | None:
    if not about_type or about_id is None:
        return None
    drafts = Paper.objects.filter(about_type=about_type, about_id=about_id, state=PaperState.DRAFT)
    return drafts.filter(kind=kind or PaperKind.OTHER).first()


def _write(paper: Paper, text: PaperText) -> None:
    """Put the words into the row; number and date are the register's, whatever the words said."""
    told = replace(
        text,
        number=paper.symbol or None,
        dated=paper.dated if paper.number else None,
        series_symbol=paper.series_symbol,
    )
    signer = text.signers[-1] if text.signers else None
    paper.subject = normalise(text.subject or text.title)[:500]
    paper.signer_name = signer.name if signer else ""
    paper.signer_post = (signer.post or signer.role) if signer else ""
    paper.recipients = "\n".join(line.removeprefix("- ") for line in text.recipients)
    paper.content, paper.content_sha256 = to_json(told), digest(told)


@act("documents.rewrite_paper", on="paper")
def rewrite_paper(*, paper: Paper, text: PaperText, by: Actor) -> Paper:
    """Change the words of a paper that is not issued yet; its number and date stay. Refused afterwards."""
    held = _held(paper)
    if held.state not in (PaperState.DRAFT, PaperState.NUMBERED):
        raise Refused("Văn bản đã ban hành hoặc đã hủy số, không sửa được nữa.")
    _write(held, text)
    return _kept(held)


@act("documents.number_paper", on="paper", keeps=("dated",))
def number_paper(*, paper: Paper, by: Actor, dated: date | None = None) -> Paper:
    """Give a draft the next number of its series and its date (today unless `dated`).

    Series run by owner, kind and year, from 01, without gaps or doubles (Decree 30/2020 Article 15).
    Asked again, a numbered paper keeps the number it has. Refused as `obstacles_to_numbering` says.
    """
    held, day = _held(paper), dated or by.on
    refuse_if(obstacles_to_numbering(held, dated=day, on=by.on), field="dated")
    if held.state != PaperState.DRAFT:
        return held
    held.series, held.year, held.dated = held.kind, day.year, day
    held.number = _next_number(held.owner, held.series, held.year)
    held.symbol = number_text(held.number, held.kind, held.series_symbol)
    held.state = PaperState.NUMBERED
    text = held.text
    if text is not None:
        _write(held, text)
    return _kept(held)


def _next_number(owner: str, series: str, year: int) -> int:
    """Take the next number. The series is locked until the transaction ends; a failed one gives it back."""
    key = {"owner": owner, "series": series, "year": year}
    NumberSeries.objects.bulk_create([NumberSeries(**key)], ignore_conflicts=True)
    row = NumberSeries.objects.select_for_update().get(**key)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


@act("documents.seal_paper", on="paper")
def seal_paper(*, paper: Paper, by: Actor, scan: StoredFile | None = None) -> Paper:
    """Issue a numbered paper: from now on nothing of it changes. `scan` is the signed copy, if any."""
    held = _held(paper)
    if held.state == PaperState.SEALED:
        return held
    refuse_if(obstacles_to_sealing(held))
    held.state, held.sealed_at = PaperState.SEALED, by.at
    held.scan = scan or held.scan
    return _kept(held)


@act("documents.void_number", on="paper", keeps=("reason",))
def void_number(*, paper: Paper, reason: str, by: Actor) -> Paper:
    """Hủy số: the number stays in the register with its reason and is never given again."""
    held = _held(paper)
    if held.state == PaperState.VOIDED:
        return held
    refuse_if(obstacles_to_voiding(held))
    if not reason.strip():
        raise Refused("Anh/chị ghi lý do hủy số.", field="reason")
    held.state, held.void_reason = PaperState.VOIDED, normalise(reason)[:400]
    return _kept(held)


@act("documents.discard_draft", on="paper")
def discard_draft(*, paper: Paper, by: Actor) -> None:
    """Take a draft out of the register. Refused once it has a number."""
    held = _held(paper)
    if held.state != PaperState.DRAFT:
        raise Refused("Văn bản đã có số thì không bỏ khỏi sổ được. Anh/chị hủy số và ghi lý do.")
    held.delete()


@act("documents.register_reference", on="issuer", keeps=("symbol",))
def register_reference(
    *,
    kind: str,
    symbol: str,
    dated: date,
    issuer_name: str,
    subject: str,
    by: Actor,
    issuer: Unit | None = None,
    readers: Iterable[int] = (),
    for_everyone: bool = True,
    scan: StoredFile | None = None,
) -> Paper:
    """Enter a paper of somebody else that plans and reports cite. Refused when it is there already."""
    paper = Paper(
        direction=PaperDirection.REFERENCE,
        state=PaperState.SEALED,
        issuer=issuer,
        for_everyone=for_everyone,
        scan=scan,
        registered_at=by.at,
    )
    _describe(paper, kind=kind, symbol=symbol, dated=dated, issuer_name=issuer_name, subject=subject)
    paper.save()
    paper.reader_units.set(set(readers))
    return paper


@act("documents.edit_reference", on="paper", keeps=("symbol",))
def edit_reference(
    *,
    paper: Paper,
    revision: int,
    kind: str,
    symbol: str,
    dated: date,
    issuer_name: str,
    subject: str,
    by: Actor,
) -> Paper:
    """Correct how a paper of somebody else is described. Stale when somebody else corrected it meanwhile."""
    held = _held(paper)
    if held.direction != PaperDirection.REFERENCE:
        raise Refused("Chỉ sửa được văn bản chỉ đạo, hướng dẫn của cơ quan khác.")
    if held.revision != revision:
        raise Stale
    _describe(held, kind=kind, symbol=symbol, dated=dated, issuer_name=issuer_name, subject=subject)
    return _kept(held)


def _describe(paper: Paper, *, kind: str, symbol: str, dated: date, issuer_name: str, subject: str) -> None:
    paper.kind, paper.symbol = kind, normalise(symbol)
    paper.dated, paper.year = dated, dated.year
    paper.issuer_name, paper.subject = normalise(issuer_name), normalise(subject)
    same = Paper.objects.filter(
        direction=PaperDirection.REFERENCE,
        kind=kind,
        symbol=paper.symbol,
        dated=dated,
        issuer_name=paper.issuer_name,
    )
    if not paper.symbol:
        same = same.filter(subject=paper.subject)
    if same.exclude(pk=paper.pk).exists():
        raise Refused("Văn bản này đã có trong danh sách.", field="symbol")


def _held(paper: Paper) -> Paper:
    """The row as it stands now, locked until the act is over."""
    return Paper.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=paper.pk)


def _kept(held: Paper) -> Paper:
    held.revision += 1
    held.save()
    return held
