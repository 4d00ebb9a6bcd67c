"""The compiled list of what members registered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from thidua.documents.engine import Column, Heading, PaperText, SignBlock, Table
from thidua.documents.engine.blocks import Block
from thidua.emulation.clusters.models import Cycle, RegistrationLine
from thidua.rulebook import catalogue


def registrations_paper(
    cycle: Cycle, lines: Iterable[RegistrationLine], on: date, *, demo: bool = False
) -> PaperText:
    """Bản tổng hợp đăng ký thi đua: units in order, each with its lines; sent on to the standing body."""
    cluster, noun = cycle.cluster, cycle.cluster.noun.upper()
    body = cluster.standing_body
    return PaperText(
        kind="DS",
        title="TỔNG HỢP",
        subject=f"Đăng ký danh hiệu thi đua, hình thức khen thưởng năm {cycle.name} của {cluster.name}",
        issuer=(cluster.authority.name, cluster.name),
        series_symbol=cluster.symbol,
        body=_body(lines, on),
        signers=[SignBlock(authority=f"TM. {noun} THI ĐUA", post=f"TRƯỞNG {noun}")],
        recipients=[*([f"{body.unit.name};"] if body else []), "Các đơn vị thành viên;", "Lưu: VT."],
        demo=demo,
    )


def _body(lines: Iterable[RegistrationLine], on: date) -> list[Block]:
    blocks: list[Block] = []
    by_unit = groupby(lines, key=lambda line: line.registration.unit)
    for number, (unit, of_unit) in enumerate(by_unit, start=1):
        rows = [
            [str(at), line.recipient, catalogue.name_of(line.honour_kind, on)]
            for at, line in enumerate(of_unit, start=1)
        ]
        columns = [
            Column("STT", 1, "center"),
            Column("Tập thể, cá nhân", 6),
            Column("Danh hiệu, hình thức", 6),
        ]
        blocks += [Heading(2, f"{number}. {unit.name}"), Table(columns, rows)]
    return blocks
