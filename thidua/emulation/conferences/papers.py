"""The invitation, the list of delegates, the check-in codes, the minutes and the handover as papers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from thidua.base.text import date_in_words, moment
from thidua.documents.engine import (
    Block,
    Bullets,
    Column,
    Heading,
    PaperText,
    Paragraph,
    QrCode,
    SignBlock,
    Table,
)
from thidua.emulation.conferences.models import Attendance, Chair, Conference, Handover, HandoverSide, Minutes
from thidua.emulation.conferences.queries import AttendanceLine

_CHAPTER = re.compile(r"^[IVX]+\. ")
_SECTION = re.compile(r"^\d+\. ")


def issuer_of(conference: Conference) -> tuple[str, str]:
    """The parent line and the issuer's own."""
    if conference.cycle is not None:
        cluster = conference.cycle.cluster
        return (cluster.authority.name, cluster.name)
    unit = conference.unit
    parent = unit.parent.name if unit is not None and unit.parent is not None else ""
    return (parent, str(unit or ""))


def symbol_of(conference: Conference) -> str:
    """What stands after the kind in the symbol of its papers: “KTĐ”."""
    if conference.cycle is not None:
        return conference.cycle.cluster.symbol
    return conference.unit.symbol if conference.unit is not None else ""


def authority_of(conference: Conference) -> str:
    """“TM. KHỐI THI ĐUA”."""
    noun = conference.cycle.cluster.noun if conference.cycle is not None else ""
    return f"TM. {noun} thi đua".upper() if noun else ""


def blocks_of(text: str) -> list[Block]:
    """Plain lines as blocks: “I. …” and “1. …” are headings, lines that begin with a hyphen are bullets."""
    blocks: list[Block] = []
    bullets: list[str] = []
    for line in (raw.strip() for raw in text.splitlines()):
        if line.startswith("- "):
            bullets.append(line[2:])
            continue
        if bullets:
            blocks.append(Bullets(bullets))
            bullets = []
        if line:
            blocks.append(_block(line))
    return [*blocks, Bullets(bullets)] if bullets else blocks


def _block(line: str) -> Block:
    if _CHAPTER.match(line):
        return Heading(1, line)
    return Heading(2, line) if _SECTION.match(line) else Paragraph(line)


def place_of(conference: Conference) -> str:
    """The place name before the date: the province, else nothing (a draft leaves it to its author)."""
    owner = conference.cycle.cluster.authority if conference.cycle is not None else conference.unit
    while owner is not None and owner.kind != "province":
        owner = owner.parent
    if owner is None:
        return ""
    return re.sub(r"^(UBND|Ủy ban nhân dân)?\s*(tỉnh|thành phố)\s+", "", owner.name, flags=re.IGNORECASE)


def invitation_paper(conference: Conference, to: Sequence[str]) -> PaperText:
    """Giấy mời: when, where, what for, the agenda, and to name delegates."""
    when = f"{conference.starts_at:%H} giờ {conference.starts_at:%M} phút, " if conference.starts_at else ""
    chairs = list(conference.chairs.all())
    return PaperText(
        kind="GM",
        title="Giấy mời",
        subject=f"Dự {conference.title}",
        issuer=issuer_of(conference),
        series_symbol=symbol_of(conference),
        place=place_of(conference),
        dated=conference.invited_at.date() if conference.invited_at else None,
        to=to,
        body=[
            Paragraph(f"Trân trọng kính mời đại biểu dự {conference.title}."),
            Paragraph(f"{when}{date_in_words(conference.day)}.", lead="Thời gian:"),
            Paragraph((conference.place or "họp trực tuyến") + ".", lead="Địa điểm:"),
            *([Paragraph(f"{'; '.join(map(str, chairs))}.", lead="Chủ trì:")] if chairs else []),
            Paragraph("", lead="Chương trình:"),
            Bullets([_line(item.title, item.presenter) for item in conference.items.all()]),
            Paragraph("Đề nghị các đơn vị cử đại biểu và chuẩn bị nội dung để hội nghị đạt kết quả."),
        ],
        signers=[_chair_sign(conference, chairs[:1])],
        recipients=["Như trên", f"Lưu: {symbol_of(conference)}"],
        demo=conference.is_demonstration,
    )


def _line(title: str, presenter: str) -> str:
    return f"{title} ({presenter})" if presenter else title


def _chair_sign(conference: Conference, chairs: Sequence[Chair]) -> SignBlock:
    chair = chairs[0] if chairs else None
    noun = conference.cycle.cluster.noun if conference.cycle is not None else ""
    post = f"Trưởng {noun}" if noun else (chair.office_name if chair else "")
    return SignBlock(
        authority=authority_of(conference), post=post.upper(), name=chair.person_name if chair else ""
    )


def attendance_paper(conference: Conference, lines: Sequence[AttendanceLine]) -> PaperText:
    """Danh sách đại biểu, with a column to sign."""
    rows = [_attendance_row(number, one) for number, one in enumerate(_people(lines), start=1)]
    total = sum(one.head_count for one in _people(lines))
    return PaperText(
        kind="DS",
        title="Danh sách đại biểu",
        subject=f"{conference.title}, {date_in_words(conference.day)}",
        issuer=issuer_of(conference),
        body=[
            Table(
                columns=[
                    Column("TT", 0.5, "center"),
                    Column("Họ và tên", 2.2),
                    Column("Chức vụ", 2),
                    Column("Đơn vị", 2.4),
                    Column("Tư cách", 1.1),
                    Column("Ký tên", 1.3),
                ],
                rows=rows,
            ),
            Paragraph(f"Tổng số: {total} đại biểu.", bold=True),
        ],
        demo=conference.is_demonstration,
    )


def _people(lines: Sequence[AttendanceLine]) -> list[Attendance]:
    return [one for line in lines for one in line.people]


def _attendance_row(number: int, one: Attendance) -> list[str]:
    name = one.person_name or (f"{one.head_count:02d} người" if one.head_count > 1 else "")
    role = "Bỏ phiếu" if one.is_voter else one.get_role_display()
    return [str(number), name, one.office_name, one.body_name, role, ""]


def check_in_address(one: Attendance) -> str:
    """Where the delegate's QR leads."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("conferences:check_in", args=[one.code])


def codes_paper(conference: Conference, lines: Sequence[AttendanceLine]) -> PaperText:
    """Mã điểm danh: one code a delegate, to be cut out or sent with the invitation."""
    people = [one for one in _people(lines) if one.head_count == 1]
    return PaperText(
        kind="",
        title="Mã điểm danh",
        subject=f"{conference.title}, {date_in_words(conference.day)}",
        issuer=issuer_of(conference),
        body=[
            Paragraph("Thư ký hội nghị hoặc đại biểu quét mã, đăng nhập và bấm “Ghi có mặt”."),
            *[
                QrCode(check_in_address(one), f"{one.person_name or one.office_name}, {one.body_name}", 30)
                for one in people
            ],
        ],
        demo=conference.is_demonstration,
    )


def minutes_paper(conference: Conference, minutes: Minutes) -> PaperText:
    """Biên bản hội nghị, signed by secretary and chair."""
    return PaperText(
        kind="BB",
        title="Biên bản",
        subject=conference.title,
        issuer=issuer_of(conference),
        series_symbol=symbol_of(conference),
        dated=conference.day,
        body=blocks_of(minutes.text),
        signers=[
            SignBlock(role="THƯ KÝ", name=minutes.secretary),
            SignBlock(role="CHỦ TỌA", name=minutes.chair),
        ],
        recipients=["Các đơn vị thành viên", "Cơ quan thường trực", f"Lưu: {symbol_of(conference)}"],
        demo=conference.is_demonstration,
    )


def handover_paper(handover: Handover) -> PaperText:
    """Biên bản bàn giao trưởng cụm, khối, signed by both sides."""
    cycle = handover.cycle
    cluster, noun = cycle.cluster, cycle.cluster.noun
    place = f", tại {handover.place}" if handover.place else ""
    rows = [
        [str(n), item.text, item.count, "Đã giao" if item.done else "", item.note]
        for n, item in enumerate(handover.items.all(), start=1)
    ]
    signed = {one.side: one for one in handover.signatures.all()}
    deputies = ", ".join(unit.name for unit in handover.deputies.all())
    return PaperText(
        kind="BB",
        title="Biên bản",
        subject=f"Bàn giao nhiệm vụ Trưởng {noun} thi đua năm {cycle.name}",
        issuer=(cluster.authority.name, cluster.name),
        series_symbol=cluster.symbol,
        dated=handover.day,
        body=[
            Paragraph(f"Hôm nay, {date_in_words(handover.day)}{place}, hai bên gồm:"),
            Paragraph(f"{handover.outgoing.name}, Trưởng {noun} năm {cycle.name}.", lead="Bên giao:"),
            Paragraph(f"{handover.incoming.name}.", lead="Bên nhận:"),
            *([Paragraph(f"{deputies}.", lead=f"Phó {noun} năm sau:")] if deputies else []),
            Paragraph(f"{handover.ground}.", lead="Căn cứ:"),
            Paragraph("Hai bên cùng kiểm và bàn giao:"),
            Table(
                columns=[
                    Column("TT", 0.4, "center"),
                    Column("Nội dung", 3.4),
                    Column("Số lượng", 1),
                    Column("Tình trạng", 1),
                    Column("Ghi chú", 1.4),
                ],
                rows=rows,
            ),
            *[Paragraph(line) for line in handover.note.splitlines() if line.strip()],
            Paragraph(
                f"Bên nhận làm nhiệm vụ Trưởng {noun} năm sau. Biên bản lập thành 03 bản, mỗi bên"
                " giữ một bản, gửi cơ quan thường trực một bản."
            ),
        ],
        signers=[
            SignBlock(
                role=f"ĐẠI DIỆN {HandoverSide(side).label.upper()}",
                post=signed[side].office_name if side in signed else "",
                name=signed[side].person_name if side in signed else "",
                signed=f"Đã ký lúc {moment(signed[side].signed_at)}" if side in signed else "",
            )
            for side in (HandoverSide.INCOMING, HandoverSide.OUTGOING)
        ],
        recipients=["Cơ quan thường trực", "Các đơn vị thành viên", f"Lưu: {cluster.symbol}"],
        demo=bool(handover.conference and handover.conference.is_demonstration),
    )
