"""Preview, confirm and undo an import."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.core.files.base import File

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.base.files.actions import store
from thidua.base.files.inspection.kinds import EXCEL_IMPORT_LIMIT, XLSX
from thidua.base.sheets.imports import IMPORTERS
from thidua.base.sheets.models import ImportBatch, ImportState
from thidua.base.sheets.reading import from_json, read_pasted, read_rows, to_json


@act("sheets.preview_import", on="kind")
def preview_import(*, kind: str, by: Actor, upload: File[Any] | None = None, pasted: str = "") -> ImportBatch:
    """Read a file, or a block pasted from Excel, and keep its rows and faults to be looked at.

    Nothing else is changed.
    """
    importer = IMPORTERS[kind]
    read = read_pasted(pasted, importer.columns) if upload is None else read_rows(upload, importer.columns)
    errors = [*read.errors, *importer.check(read.rows, by)]
    return ImportBatch.objects.create(
        kind=kind,
        file=store(upload, by=by, kinds=(XLSX,), limit=EXCEL_IMPORT_LIMIT) if upload is not None else None,
        pasted=pasted if upload is None else "",
        rows=to_json(read.rows),
        errors=[asdict(error) for error in sorted(errors, key=lambda error: error.row)],
        made_by=by.user,
        made_at=by.at,
    )


@act("sheets.confirm_import", on="batch")
def confirm_import(*, batch: ImportBatch, by: Actor) -> ImportBatch:
    """Take in all rows, or none. Refused while a row is faulty, and when the data has changed meanwhile."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    importer = IMPORTERS[batch.kind]
    if batch.state != ImportState.PREVIEW:
        raise Refused("Tệp này đã được nhập rồi.")
    if batch.errors:
        raise Refused("Tệp còn dòng lỗi. Anh/chị sửa trong Excel rồi tải lên lại.")
    rows = from_json(batch.rows, importer.columns)
    if changed := importer.check(rows, by):
        raise Refused(
            "Dữ liệu đã thay đổi sau khi xem trước. Anh/chị tải tệp lên lại.", *map(str, changed[:3])
        )
    batch.effects = importer.apply(rows, by)
    batch.state, batch.confirmed_at = ImportState.CONFIRMED, by.at
    batch.save(update_fields=["effects", "state", "confirmed_at"])
    return batch


@act("sheets.undo_import", on="batch")
def undo_import(*, batch: ImportBatch, by: Actor) -> ImportBatch:
    """Take back what confirming made. Refused when it is already used elsewhere."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.CONFIRMED:
        raise Refused("Chỉ hoàn tác được lượt đã nhập.")
    IMPORTERS[batch.kind].undo(batch.effects, by)
    batch.state, batch.undone_at = ImportState.UNDONE, by.at
    batch.save(update_fields=["state", "undone_at"])
    return batch
