"""The covenant as a paper with a place for every member's signature."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from thidua.base.periods import local_day
from thidua.base.text import moment
from thidua.documents.engine import Block, Column, Heading, PaperText, Paragraph, SignatureGrid, Table
from thidua.emulation.clusters.models import Covenant, CovenantTarget, Membership, Signature
from thidua.emulation.clusters.promises import target_text


def covenant_paper(
    covenant: Covenant,
    targets: Sequence[CovenantTarget],
    required: Sequence[Membership],
    signatures: Sequence[Signature],
    *,
    demo: bool = False,
) -> PaperText:
    """Giao ước thi đua: text, targets for all and for each member, signatures given or still to give."""
    cluster = covenant.cycle.cluster
    amended = f"(Bản sửa đổi {covenant.version}: {covenant.amendment_reason})" if covenant.version > 1 else ""
    return PaperText(
        kind="GU",
        title="Giao ước thi đua",
        subject=f"Năm {covenant.cycle.name} của {cluster.name}",
        issuer=(cluster.authority.name, cluster.name),
        place=covenant.place,
        dated=local_day(covenant.opened_at) if covenant.opened_at else None,
        reference=amended,
        body=[
            *[Paragraph(line) for line in covenant.text.splitlines() if line.strip()],
            *_targets(targets),
            Heading(1, "Đại diện các đơn vị ký giao ước"),
            SignatureGrid(_places(required, signatures)),
        ],
        demo=demo,
    )


def _targets(targets: Sequence[CovenantTarget]) -> list[Block]:
    common = [target for target in targets if target.unit is None]
    own = [target for target in targets if target.unit is not None]
    blocks: list[Block] = []
    if common:
        rows = [[str(n), target_text(t)] for n, t in enumerate(common, start=1)]
        blocks += [
            Heading(1, "Chỉ tiêu chung"),
            Table([Column("STT", 1, "center"), Column("Chỉ tiêu", 11)], rows),
        ]
    if own:
        by_unit = groupby(sorted(own, key=lambda t: t.unit_id or 0), key=lambda t: t.unit)
        lines = [[str(unit), "\n".join(target_text(t) for t in of_unit)] for unit, of_unit in by_unit]
        blocks += [
            Heading(1, "Chỉ tiêu của từng đơn vị"),
            Table([Column("Đơn vị", 4), Column("Chỉ tiêu", 8)], lines),
        ]
    return blocks


def _places(
    required: Sequence[Membership], signatures: Sequence[Signature]
) -> list[tuple[str, str, str, str]]:
    """One place a member, in the cluster's order; those who signed and then left stand last."""
    given = {signature.unit_id: signature for signature in signatures}
    units = list(dict.fromkeys([*(m.unit for m in required), *(s.unit for s in signatures)]))
    return [_place(unit.name, given.get(unit.pk)) for unit in units]


def _place(unit: str, signature: Signature | None) -> tuple[str, str, str, str]:
    if signature is None:
        return unit, "", "", ""
    return (
        unit,
        signature.office_name,
        signature.person_name,
        f"Đã ký lúc {moment(signature.signed_at)}",
    )
