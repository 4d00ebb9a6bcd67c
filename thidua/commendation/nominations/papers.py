"""The submission letter with its list, and the package as one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date

from thidua.base.text import day
from thidua.commendation.nominations.models import Package
from thidua.commendation.nominations.queries import NominationLine, quotas_of
from thidua.documents.engine import (
    Appendix,
    Bullets,
    Column,
    PaperText,
    Paragraph,
    SignBlock,
    Table,
    render_pdf,
)
from thidua.emulation.clusters.queries import head_unit_id
from thidua.emulation.conferences.models import Conference, Minutes
from thidua.emulation.conferences.papers import authority_of, minutes_paper, place_of
from thidua.emulation.conferences.queries import ballots_by_item, leader_in_office
from thidua.voting.papers import count_minutes


def submission_letter(package: Package, lines: Sequence[NominationLine], on: date) -> PaperText:
    """Tờ trình: on what it rests, how many of each kind, the list as its appendix."""
    cycle = package.cycle
    cluster, held = cycle.cluster, package.conference
    name, _ = leader_in_office(head_unit_id(cycle) or 0, on)
    return PaperText(
        kind="TTr",
        title="Tờ trình",
        subject=f"Về việc đề nghị khen thưởng năm {cycle.name}",
        issuer=(cluster.authority.name, cluster.name),
        series_symbol=cluster.symbol,
        place=place_of(held) if held is not None else "",
        to=[package.addressee],
        bases=_bases(package),
        body=[
            Paragraph(f"{cluster.name} đề nghị xét khen thưởng thành tích năm {cycle.name}, cụ thể:"),
            Bullets(_counts(lines)),
            *[Paragraph(text) for text in package.text.splitlines() if text.strip()],
            *_over_quota(package, lines, on),
            Paragraph(f"Kèm theo: {'; '.join(_enclosed(package))}."),
            Paragraph("Kính đề nghị xem xét, quyết định."),
            Appendix("Phụ lục", "Danh sách đề nghị khen thưởng", f"(Kèm theo Tờ trình của {cluster.name})"),
            list_table(lines),
        ],
        signers=[
            SignBlock(
                authority=authority_of(held) if held is not None else "",
                post=f"Trưởng {cluster.noun}".upper(),
                name=name,
            )
        ],
        recipients=["Như trên", "Các đơn vị thành viên", f"Lưu: {cluster.symbol}"],
        demo=package.is_demonstration,
    )


def _bases(package: Package) -> list[str]:
    held = package.conference
    regulation = f"Căn cứ quy chế hoạt động của {package.cycle.cluster.name}"
    if held is None:
        return [regulation]
    return [regulation, f"Căn cứ kết quả {held.title} ngày {day(held.day)}"]


def _counts(lines: Sequence[NominationLine]) -> list[str]:
    names = list(dict.fromkeys(line.kind_name for line in lines))
    return [
        f"{name}: {sum(line.kind_name == name for line in lines):02d}"
        f" ({', '.join(line.nomination.recipient for line in lines if line.kind_name == name)})."
        for name in names
    ]


def _over_quota(package: Package, lines: Sequence[NominationLine], on: date) -> list[Paragraph]:
    over = [one for one in quotas_of(package.cycle, [x.nomination for x in lines], on) if one.over]
    reasons = [
        f"{line.nomination.recipient}: {line.nomination.over_quota_reason}."
        for line in lines
        if line.nomination.over_quota_reason
    ]
    return [Paragraph(one.sentence) for one in over] + [Paragraph(text) for text in reasons if over]


def list_table(lines: Sequence[NominationLine]) -> Table:
    """Danh sách đề nghị khen thưởng."""
    return Table(
        columns=[
            Column("TT", 0.4, "center"),
            Column("Tập thể, cá nhân", 2.4),
            Column("Danh hiệu, hình thức", 2),
            Column("Kết quả suy tôn", 2),
            Column("Tóm tắt thành tích", 3),
        ],
        rows=[
            [
                str(number),
                _who(line),
                line.kind_name,
                ("Dẫn đầu. " + line.nomination.leads_how)
                if line.nomination.leads
                else line.nomination.leads_how,
                line.nomination.summary,
            ]
            for number, line in enumerate(lines, start=1)
        ],
    )


def _who(line: NominationLine) -> str:
    row = line.nomination
    return row.recipient if row.is_unit else f"{row.recipient}, {row.unit.name}"


def _enclosed(package: Package) -> list[str]:
    return ["danh sách đề nghị", *[title.lower() for title, _ in conference_papers(package.conference)]]


def conference_papers(held: Conference | None) -> list[tuple[str, PaperText]]:
    """Minutes of the conference, and of every count of its ballot for the leading unit."""
    if held is None:
        return []
    minutes = Minutes.objects.filter(conference=held).select_related("paper").first()
    found = []
    if minutes is not None:
        kept = minutes.paper.text if minutes.paper else None
        found.append(("Biên bản hội nghị", kept or minutes_paper(held, minutes)))
    items = list(held.items.filter(kind="ballot"))
    rounds = [ballot for held_for in ballots_by_item(items).values() for ballot in held_for.rounds]
    counted = [ballot for ballot in rounds if ballot.has_result]
    return found + [
        ("Biên bản kiểm phiếu" + (f" lượt {one.round}" if len(counted) > 1 else ""), count_minutes(one))
        for one in counted
    ]


def package_zip(package: Package, lines: Sequence[NominationLine], on: date) -> bytes:
    """The whole package as PDF files in one archive, numbered in the order they are read."""
    kept = package.letter.text if package.letter else None
    papers = [("Tờ trình kèm danh sách", kept or submission_letter(package, lines, on))]
    papers += conference_papers(package.conference)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (title, text) in enumerate(papers, start=1):
            archive.writestr(f"{number:02d} {title}.pdf", render_pdf(text))
    return made.getvalue()
