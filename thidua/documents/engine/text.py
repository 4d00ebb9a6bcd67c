"""A paper before it is a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from thidua.documents.engine.blocks import Block

# Kinds that carry a number row even while they are drafts; the others only when a number is given.
NUMBERED_KINDS = frozenset({"NQ", "QĐ", "CT", "QyĐ", "TB", "HD", "CTr", "KH", "BC", "BB", "TTr", "GM", "CV"})


@dataclass(frozen=True)
class SignBlock:
    """Chữ ký: authority (“TM. KHỐI THI ĐUA”, “KT. GIÁM ĐỐC”), post, name.

    `role` is what minutes print instead of an authority (THƯ KÝ, CHỦ TỌA, TỔ TRƯỞNG). `other_post` is the
    post in the signer's own agency, printed above the name (Annex I, box 7b). `signed` says that and when
    the signature was given in the system.
    """

    authority: str = ""
    post: str = ""
    name: str = ""
    role: str = ""
    other_post: str = ""
    signed: str = ""


@dataclass(frozen=True)
class PaperText:
    """Văn bản as its author wrote it; how it looks is the renderers' affair.

    `kind` is the abbreviation of Decree 30/2020 Annex III (BC, TTr, BB, KH, GM, QC …), or DS, GU, PB, or
    empty for an untyped paper. `title` is the name printed (BÁO CÁO). `issuer` is the parent line and the
    issuer's own. `number` is the whole symbol (“05/TTr-KTĐ”); a draft has None and prints blanks before
    `series_symbol` (“KTĐ”). `to` is Kính gửi. `reference` is the line “(Kèm theo …)” of an attached text.
    """

    kind: str
    title: str
    subject: str = ""
    issuer: tuple[str, str] = ("", "")
    number: str | None = None
    series_symbol: str = ""
    place: str = ""
    dated: date | None = None
    to: Sequence[str] = ()
    bases: Sequence[str] = ()
    body: Sequence[Block] = ()
    signers: Sequence[SignBlock] = ()
    recipients: Sequence[str] = ()
    reference: str = ""
    landscape: bool = False
    demo: bool = False


def number_text(number: int, kind: str, series_symbol: str) -> str:
    """“05/TTr-KTĐ”: two digits at least; an official letter has no abbreviation (“12/UBND-VX”)."""
    tail = f"{kind}-{series_symbol}" if kind in NUMBERED_KINDS - {"CV"} | {"QC"} else series_symbol
    return f"{number:02d}/{tail}"


def date_text(place: str, day: date | None) -> str:
    """“Bắc Kạn, ngày 05 tháng 02 năm 2020”; blanks for a draft, which has no date yet."""
    if day is None:
        words = "ngày\u2003\u2003tháng\u2003\u2003năm\u2003\u2003"
    else:
        month = f"{day.month:02d}" if day.month <= 2 else str(day.month)  # noqa: PLR2004  Annex I: months 1, 2
        words = f"ngày {day.day:02d} tháng {month} năm {day.year}"
    return f"{place}, {words}" if place else words
