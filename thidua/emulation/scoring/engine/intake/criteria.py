"""Lines of the tree as criteria of a document, their texts made into rules."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from thidua.emulation.scoring.engine.checking.findings import ERROR, WARNING
from thidua.emulation.scoring.engine.intake.machine import as_exported
from thidua.emulation.scoring.engine.intake.rows import Row, amount_of
from thidua.emulation.scoring.engine.intake.texts import Understood, band_of, plain, understand
from thidua.emulation.scoring.engine.intake.trees import Node
from thidua.emulation.scoring.engine.numbers import ZERO, said
from thidua.emulation.scoring.engine.points import MARK

_PER = re.compile(
    r"^([+\-−–]?\s*\d+(?:[.,]\d+)?)\s*(?:điểm|đ)?\s*(?:/|mỗi|cho mỗi)\s*(?:01|1|một)?\s*([^\d,;.()≤<]*)",
    re.IGNORECASE,
)
_HELD = re.compile(r"(?:≤|<=|tối đa|không quá|nhiều nhất)\s*(\d+(?:[.,]\d+)?)", re.IGNORECASE)
NOTICE = "notice"


def plain_text(number: Decimal) -> str:
    """“80”, “0.5”."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class Maker:
    """Makes criteria and keeps what was noticed on the way."""

    def __init__(self) -> None:
        self.remarks: list[tuple[str, str, str, str]] = []
        self.understood: dict[str, list[tuple[str, str]]] = {}
        self.places: dict[str, str] = {}

    def line(self, node: Node) -> dict[str, Any]:
        """A criterion with all below it."""
        self.places.setdefault(node.code, node.row.place)
        told: dict[str, Any] = {"code": node.code, "title": _one_line(node.row.title), "max": "0"}
        if node.kind != MARK:
            told["kind"] = node.kind
        told |= self._words(node.row)
        bands = self._bands_below(node)
        self._drop_unpointed(node)
        if node.children and not bands:
            self._group(node, told)
        else:
            self._leaf(node, told, bands)
        if not node.is_named:
            self._note(NOTICE, node, "dòng không có mã, đặt mã này")
        return told

    def _note(self, level: str, node: Node, sentence: str) -> None:
        self.remarks.append((level, node.row.place, node.code, sentence))

    def _words(self, row: Row) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key in ("evidence", "measure"):
            if row.words.get(key):
                found[key] = _one_line(row.words[key])
        names = [name.strip() for name in re.split(r"[;\n]", row.words.get("scored_by", "")) if name.strip()]
        return found | ({"scored_by": names} if names else {})

    def _most(self, node: Node) -> Decimal:
        given = node.row.points.get("max", "")
        if given and node.row.amount("max") is None:
            self._note(ERROR, node, f"không hiểu điểm “{given}”")
        most = node.most if node.most is not None else ZERO
        return abs(most) if node.kind != MARK else most

    def _group(self, node: Node, told: dict[str, Any]) -> None:
        told["children"] = [self.line(child) for child in node.children]
        below = sum(
            (Decimal(one["max"]) for one in told["children"] if one.get("kind", MARK) == node.kind), ZERO
        )
        if node.most is None:
            told["max"] = plain_text(below)
            self._note(NOTICE, node, f"không ghi điểm, lấy tổng bên dưới: {said(below)}")
        else:
            told["max"] = plain_text(self._most(node))
        text = _text_of(node)
        if text:
            told["note"] = text
        for extra in node.extras:
            self._note(
                WARNING, extra, f"dòng thưởng, trừ đứng ở mục {node.code} có tiêu chí bên dưới; chưa tính"
            )

    def _leaf(self, node: Node, told: dict[str, Any], bands: dict[str, Any] | None) -> None:
        told["max"] = plain_text(self._most(node))
        exported = as_exported(
            node.row.words.get("rule", ""), node.row.words.get("how", ""), Decimal(told["max"])
        )
        if exported is not None:
            told |= exported
            found, text = Understood(), ""
        else:
            text = _text_of(node)
            found = understand(text)
        if bands is not None:
            found.rule = bands
        self._take(node, told, found)
        self._columns(node, told)
        for extra in node.extras:
            told.setdefault(extra.column, []).append(self._extra(extra))
        if found.left:
            told["note"] = text if not found.told else "\n".join(found.left)
            if not found.anything:
                self._note(NOTICE, node, "cách chấm giữ làm hướng dẫn, điểm ghi thẳng")

    def _take(self, node: Node, told: dict[str, Any], found: Understood) -> None:
        """What was understood of the text, under codes of its own."""
        if found.rule is not None:
            told["rule"] = found.rule
        told |= found.caps
        for key, lines in (("bonuses", found.bonuses), ("deductions", found.deductions)):
            for line in lines:
                count = len(told.get("bonuses", [])) + len(told.get("deductions", [])) + len(node.extras)
                told.setdefault(key, []).append({"code": f"{node.code}.{count + 1}", **line})
        if found.told:
            self.understood[node.code] = found.told

    def _columns(self, node: Node, told: dict[str, Any]) -> None:
        """A number in the bonus or penalty column of the criterion's row is the most it gives or takes."""
        if "max" not in node.row.points:
            return
        for column, key, cap in (
            ("bonus", "bonuses", "bonus_cap"),
            ("penalty", "deductions", "deduction_cap"),
        ):
            given = node.row.points.get(column, "")
            amount = amount_of(given)
            if not given or given.strip() in {"-", "–", "0"}:
                continue
            if amount is None and self._counted(node, told, key, given):
                continue
            if amount is None:
                self._note(
                    WARNING,
                    node,
                    f"không hiểu “{given}” ở cột điểm {'thưởng' if column == 'bonus' else 'trừ'}",
                )
            elif key in told:
                told.setdefault(cap, plain_text(abs(amount)))
            else:
                held = amount if column == "bonus" else abs(amount)
                self._beside(node, told, key, {"rule": {"type": "direct"}, "cap": plain_text(held)})

    def _beside(self, node: Node, told: dict[str, Any], key: str, line: dict[str, Any]) -> None:
        """A bonus or deduction that the criterion's own row speaks of."""
        count = len(node.extras) + len(told.get("bonuses", [])) + len(told.get("deductions", []))
        title = "Điểm thưởng" if key == "bonuses" else "Điểm trừ"
        told.setdefault(key, []).append({"code": f"{node.code}.{count + 1}", "title": title, **line})

    def _counted(self, node: Node, told: dict[str, Any], key: str, given: str) -> bool:
        """“-0,5đ/vụ, tối đa 2đ”, “≤ 3” in the column: so much for each case, or as much as is decided."""
        per, held = _PER.match(given.strip()), _HELD.search(given)
        if per is None and held is None:
            return False
        line: dict[str, Any] = {"rule": {"type": "direct"}}
        if per is not None:
            each = amount_of(per[1]) or ZERO
            line = {"each": plain_text(each if key == "bonuses" else abs(each))}
            if what := per[2].strip():
                line["title"] = f"Mỗi {what}"
        if held is not None:
            line["cap"] = plain(held[1])
        self._beside(node, told, key, line)
        word = "theo việc" if per else "ghi thẳng điểm"
        self.understood.setdefault(node.code, []).append(
            (given, f"{'thưởng' if key == 'bonuses' else 'trừ'} {word}")
        )
        return True

    def _extra(self, extra: Node) -> dict[str, Any]:
        """A bonus or deduction on a row of its own."""
        row = extra.row
        self.places.setdefault(extra.code, row.place)
        column = "bonus" if extra.column == "bonuses" else "penalty"
        told = {"code": extra.code, "title": _one_line(row.title)}
        given = row.points.get(column, "")
        exported = as_exported(row.words.get("rule", ""), given, None)
        if exported is not None:
            return told | exported
        text = " ".join([row.title, row.words.get("how", ""), given])
        amount, per = amount_of(given), _PER.match(given.strip())
        if per:
            amount = amount_of(per[1])
        if amount is None:
            self._note(ERROR, extra, f"không hiểu điểm “{given}”")
            amount = ZERO
        each = amount if column == "bonus" else abs(amount)
        told["each"] = plain_text(each)
        held = _HELD.search(text)
        is_counted = per or re.search(r"\b(mỗi|từng|cứ)\b|/\s*\w", text, re.IGNORECASE)
        if held:
            told["cap"] = plain(held[1])
        elif not is_counted:
            told["cap"] = plain_text(abs(each))
        word = "theo việc" if is_counted else "một lần"
        self.understood[extra.code] = [(given, f"{'thưởng' if column == 'bonus' else 'trừ'} {word}")]
        return told

    def _bands_below(self, node: Node) -> dict[str, Any] | None:
        """Rows without codes that are bands with their points: “Trên 98% … 5”."""
        if len(node.children) < 2 or any(child.is_named or child.most is None for child in node.children):  # noqa: PLR2004
            return None
        bands = [band_of(f"{child.row.title}: {child.most} điểm") for child in node.children]
        if any(band is None for band in bands):
            return None
        self.understood[node.code] = [(child.row.title, "mức") for child in node.children]
        node.children = []
        return {"type": "bands", "bands": bands}

    def _drop_unpointed(self, node: Node) -> None:
        """Coded rows without any points below a criterion that has them only explain it."""
        if node.most is None:
            return
        for child in [one for one in node.children if one.most is None and not one.children]:
            if "max" not in child.row.points:
                node.children.remove(child)
                node.spoken.append(child.row)
                self._note(NOTICE, child, f"không có điểm, giữ làm hướng dẫn của {node.code}")


def _text_of(node: Node) -> str:
    parts = [node.row.words.get("how", "")]
    for row in node.spoken:
        parts += [row.title, row.words.get("how", "")]
    return "\n".join(part.strip() for part in parts if part.strip())


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
