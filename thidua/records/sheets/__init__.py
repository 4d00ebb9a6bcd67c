"""Records as Excel: each list out, and in again with preview and undo, under the same columns."""

from collections.abc import Iterable
from typing import Any

from thidua.base.sheets.columns import Sheet
from thidua.base.sheets.imports import Importer, offer
from thidua.organisations.models import Unit
from thidua.records.actions import remove_ratings
from thidua.records.models import Discipline, Equivalence, Initiative, PendingMatter, Rating, Statement
from thidua.records.sheets.equivalences import (
    EQUIVALENCE_COLUMNS,
    check_equivalences,
    equivalences_sheet,
    import_equivalences,
    undo_equivalences,
)
from thidua.records.sheets.initiatives import (
    INITIATIVE_COLUMNS,
    check_initiatives,
    import_initiatives,
    initiatives_sheet,
    read_authors,
    undo_initiatives,
)
from thidua.records.sheets.matters import (
    DISCIPLINE_COLUMNS,
    MATTER_COLUMNS,
    check_discipline,
    check_matters,
    discipline_sheet,
    import_discipline,
    import_matters,
    matters_sheet,
    undo_discipline,
    undo_matters,
)
from thidua.records.sheets.ratings import RATING_COLUMNS, check_ratings, import_ratings, ratings_sheet
from thidua.records.sheets.statements import (
    STATEMENT_COLUMNS,
    check_statements,
    import_statements,
    statements_sheet,
    undo_statements,
)

__all__ = ["LISTS", "SENSITIVE_LISTS", "offer_imports", "read_authors", "sheet_of"]

LISTS = (
    "xep-loai",
    "sang-kien",
    "chuc-vu-tuong-duong",
    "dieu-da-xac-nhan",
)  # the word in the address of a list, and of its import
SENSITIVE_LISTS = ("ky-luat", "viec-dang-xem-xet")


def sheet_of(name: str, units: Iterable[Unit]) -> Sheet:
    """One list of these units."""
    about = {"unit__in": units}
    if name == "xep-loai":
        return ratings_sheet(Rating.objects.filter(**about).select_related("unit", "person"))
    if name == "sang-kien":
        rows = Initiative.objects.filter(**about).select_related("unit")
        return initiatives_sheet(rows.prefetch_related("authors__person", "uses__person"))
    if name == "chuc-vu-tuong-duong":
        stated = Equivalence.objects.filter(tenure__office__unit__in=units)
        return equivalences_sheet(stated.select_related("tenure__person", "tenure__office__unit"))
    if name == "dieu-da-xac-nhan":
        return statements_sheet(Statement.objects.filter(**about).select_related("unit", "person"))
    if name == "ky-luat":
        return discipline_sheet(Discipline.objects.filter(**about).select_related("unit", "person"))
    return matters_sheet(PendingMatter.objects.filter(**about).select_related("unit", "person"))


def offer_imports() -> None:
    """Let the import pages take each list."""
    _offer(
        kind="ratings",
        address="xep-loai",
        what="xếp loại hằng năm",
        noun="xếp loại",
        columns=RATING_COLUMNS,
        permission="records.import_records",
        check=check_ratings,
        apply=import_ratings,
        undo=lambda effects, by: remove_ratings(ids=effects["ratings"], by=by),
    )
    _offer(
        kind="initiatives",
        address="sang-kien",
        what="sáng kiến",
        noun="sáng kiến",
        columns=INITIATIVE_COLUMNS,
        permission="records.import_records",
        check=check_initiatives,
        apply=import_initiatives,
        undo=undo_initiatives,
    )
    _offer(
        kind="equivalences",
        address="chuc-vu-tuong-duong",
        what="chức vụ tương đương",
        noun="chức vụ",
        columns=EQUIVALENCE_COLUMNS,
        permission="records.import_records",
        check=check_equivalences,
        apply=import_equivalences,
        undo=undo_equivalences,
    )
    _offer(
        kind="statements",
        address="dieu-da-xac-nhan",
        what="điều đã xác nhận",
        noun="điều",
        columns=STATEMENT_COLUMNS,
        permission="records.import_records",
        check=check_statements,
        apply=import_statements,
        undo=undo_statements,
    )
    _offer(
        kind="discipline",
        address="ky-luat",
        what="kỷ luật",
        noun="kỷ luật",
        columns=DISCIPLINE_COLUMNS,
        permission="records.import_discipline",
        check=check_discipline,
        apply=import_discipline,
        undo=undo_discipline,
    )
    _offer(
        kind="matters",
        address="viec-dang-xem-xet",
        what="việc đang xem xét",
        noun="việc",
        columns=MATTER_COLUMNS,
        permission="records.import_discipline",
        check=check_matters,
        apply=import_matters,
        undo=undo_matters,
    )


def _offer(*, what: str, **told: Any) -> None:
    """An import of records: a file is seen by whoever brought it alone."""
    offer(Importer(title=f"Nhập {what} từ Excel", list_route="records:index", shared=False, **told))
