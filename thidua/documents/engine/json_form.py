"""A paper as JSON and back, so that what was signed can be printed again."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from typing import Any

from thidua.documents.engine import blocks
from thidua.documents.engine.text import PaperText, SignBlock

BLOCKS: dict[str, type] = {
    made.__name__: made
    for made in (
        blocks.Heading,
        blocks.Chapter,
        blocks.Article,
        blocks.Paragraph,
        blocks.Bullets,
        blocks.Table,
        blocks.SignatureGrid,
        blocks.PageBreak,
        blocks.Appendix,
        blocks.QrCode,
        blocks.Ballot,
    )
}


def cleaned(text: str) -> str:
    """One form of Unicode (NFC), no control characters but line breaks, tabs as spaces."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(sign for sign in composed if sign == "\n" or _is_printable(sign))


def _is_printable(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category not in ("Cc", "Cs", "Cn") and sign not in "\u2028\u2029\u202a\u202b\u202c\u202d\u202e"


def to_json(paper: PaperText) -> dict[str, Any]:
    """The paper as plain values; its words are cleaned on the way."""
    made: dict[str, Any] = {
        field.name: _plain(getattr(paper, field.name)) for field in fields(paper) if field.name != "body"
    }
    made["body"] = [_told(block) for block in paper.body]
    return made


LATER = ("bold_rows",)  # came after papers were kept: told only where it says something, so digests stand


def _told(block: blocks.Block) -> dict[str, Any]:
    told = {key: one for key, one in asdict(block).items() if one or key not in LATER}
    return {"block": type(block).__name__, **_plain(told)}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    return _plain(asdict(value)) if is_dataclass(value) and not isinstance(value, type) else value


def from_json(values: dict[str, Any]) -> PaperText:
    """The paper these plain values tell. Raises KeyError, TypeError or ValueError on anything else."""
    told = dict(values)
    dated = told.pop("dated")
    return PaperText(
        **{key: _tuples(value) for key, value in told.items() if key not in ("body", "signers")},
        dated=date.fromisoformat(dated) if dated else None,
        body=tuple(_block(block) for block in told["body"]),
        signers=tuple(SignBlock(**signer) for signer in told["signers"]),
    )


def _block(values: dict[str, Any]) -> blocks.Block:
    told = {key: _tuples(value) for key, value in values.items() if key not in ("block", "columns")}
    if values["block"] == "Table":
        told["columns"] = tuple(blocks.Column(**column) for column in values["columns"])
    made: blocks.Block = BLOCKS[values["block"]](**told)
    return made


def _tuples(value: Any) -> Any:
    return tuple(_tuples(inner) for inner in value) if isinstance(value, list) else value


def digest(paper: PaperText) -> str:
    """SHA-256 of the paper's words, the same for the same words."""
    told = json.dumps(to_json(paper), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
