"""What both renderers print, line by line: the rules of Decree 30/2020 that are about words, not places."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import segno

from thidua.documents.engine.json_form import from_json, to_json
from thidua.documents.engine.text import NUMBERED_KINDS, PaperText, SignBlock, date_text

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DEMO_LINE = "Số liệu minh họa"
END_MARK = "./."
BLANK_NUMBER = "\u2003\u2003"
ENDLESS_KINDS = frozenset({"GU", "DS", "PB", ""})  # kinds without the end mark
DATELESS_KINDS = frozenset({"BB", "PB"})  # minutes tell their time in the text (Annex III, 1.9)
TO_LABELS = {"GM": "Kính mời:"}


def laid_out(paper: PaperText) -> dict[str, Any]:
    """The paper as lines and blocks ready to be placed; words are cleaned first."""
    paper = from_json(to_json(paper))
    sections = _sections(paper)
    return {
        "kind": paper.kind,
        "nation": NATION,
        "motto": MOTTO,
        "parent": _shortened(paper.issuer[0]).upper(),
        "issuer": paper.issuer[1].upper(),
        "number": number_line(paper),
        "date": _date_line(paper),
        "title": "" if paper.kind == "CV" else paper.title.upper(),
        "subject": paper.subject,
        "reference": paper.reference,
        "to_label": TO_LABELS.get(paper.kind, "Kính gửi:"),
        "to": _lines(paper.to, dash=len(paper.to) > 1),
        "bases": _bases(paper.bases),
        "sections": sections,
        "recipients": _recipients(paper),
        "signers": [_signer(signer) for signer in paper.signers],
        "secretaries": [_signer(signer) for signer in paper.signers if _is_secretary(paper, signer)],
        "chairs": [_signer(signer) for signer in paper.signers if not _is_secretary(paper, signer)],
        "landscape": paper.landscape,
        "demo": DEMO_LINE if paper.demo else "",
        "ballots": [
            block for section in sections for block in section["blocks"] if block["block"] == "Ballot"
        ],
    }


def number_line(paper: PaperText) -> str:
    """“Số: 05/TTr-KTĐ”; a draft leaves the number blank; untyped papers have none."""
    if paper.number is not None:
        return f"Số: {paper.number}"
    if paper.kind not in NUMBERED_KINDS:
        return ""
    symbol = paper.series_symbol or "…"
    return f"Số:{BLANK_NUMBER}/{symbol if paper.kind == 'CV' else f'{paper.kind}-{symbol}'}"


def _date_line(paper: PaperText) -> str:
    dateless = paper.kind in DATELESS_KINDS or (paper.kind == "QC" and not paper.place)
    return "" if dateless else date_text(paper.place, paper.dated)


def _shortened(parent: str) -> str:
    """Common words of the parent line are shortened (Annex I, box 2)."""
    return parent.replace("Ủy ban nhân dân", "UBND").replace("Uỷ ban nhân dân", "UBND")


def _bases(bases: Sequence[str]) -> list[str]:
    bare = [base.rstrip(" ;.,") for base in bases if base.strip()]
    return [f"{base};" for base in bare[:-1]] + [f"{base}." for base in bare[-1:]]


def _lines(items: Sequence[str], *, dash: bool) -> list[str]:
    bare = [item.strip().removeprefix("- ").rstrip(" ;.") for item in items if item.strip()]
    if not dash:
        return bare
    return [f"- {item};" for item in bare[:-1]] + [f"- {item}." for item in bare[-1:]]


def _recipients(paper: PaperText) -> list[str]:
    """Nơi nhận: begins with “Như trên” when Kính gửi is used, ends with the file copy."""
    items = list(paper.recipients)
    if not items:
        return []
    if paper.to and not items[0].casefold().lstrip("- ").startswith("như trên"):
        items.insert(0, "Như trên")
    if not any(item.casefold().lstrip("- ").startswith("lưu") for item in items):
        items.append("Lưu: VT")
    return _lines(items, dash=True)


def _is_secretary(paper: PaperText, signer: SignBlock) -> bool:
    return paper.kind == "BB" and signer.role.casefold().startswith("thư ký")


def _signer(signer: SignBlock) -> dict[str, Any]:
    above = [
        line for part in (signer.authority, signer.role, signer.post) for line in part.split("\n") if line
    ]
    return {
        "above": [line.upper() for line in above],
        "signed": signer.signed,
        "other_post": signer.other_post,
        "name": signer.name,
    }


def _sections(paper: PaperText) -> list[dict[str, Any]]:
    """The body, then each appendix, which has its own pages."""
    made: list[dict[str, Any]] = [{"appendix": None, "landscape": paper.landscape, "blocks": []}]
    for block in to_json(paper)["body"]:
        if block["block"] == "Appendix":
            made.append({"appendix": block, "landscape": block["landscape"], "blocks": []})
        else:
            made[-1]["blocks"].extend(_placed(block))
    if paper.kind not in ENDLESS_KINDS:
        _put_end_mark(made[0]["blocks"])
    return made


def _placed(block: dict[str, Any]) -> list[dict[str, Any]]:
    if block["block"] == "Paragraph":
        lines = [line.strip() for line in block["text"].split("\n") if line.strip()] or [""]
        rest = [{**block, "text": line, "lead": ""} for line in lines[1:]]
        return [{**block, "text": lines[0]}, *rest]
    if block["block"] == "Heading" and block["level"] <= 1:
        return [{**block, "text": block["text"].upper() if block["level"] == 1 else block["text"]}]
    if block["block"] == "Bullets":
        lines = [item.strip().removeprefix("- ") for item in block["items"] if item.strip()]
        return [{"block": "Bullets", "lines": lines}]
    if block["block"] == "QrCode":
        return [{**block, "svg": qr_svg(block["data"])}]
    return [block]


def _put_end_mark(placed: list[dict[str, Any]]) -> None:
    """“./.” after the last sentence, where the body ends in one."""
    if not placed:
        return
    last = placed[-1]
    if last["block"] == "Paragraph":
        placed[-1] = {**last, "text": last["text"].rstrip(" .;") + END_MARK}
    elif last["block"] == "Bullets" and last["lines"]:
        *lines, end = last["lines"]
        placed[-1] = {**last, "lines": [*lines, end.rstrip(" .;") + END_MARK]}


def qr_svg(data: str) -> str:
    """The QR code of `data` as an SVG picture."""
    kept = io.BytesIO()
    segno.make(data, error="m", micro=False).save(kept, kind="svg", border=2, xmldecl=False, svgns=True)
    return kept.getvalue().decode()
