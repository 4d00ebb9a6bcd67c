"""A list is pasted, then checked some rows at a time, so that progress can be seen and the page left."""

from __future__ import annotations

from datetime import date

from thidua.base.accounts.actors import Actor
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused
from thidua.commendation.eligibility.models import CheckState, ListCheck
from thidua.commendation.eligibility.pasting import Recogniser, read_list
from thidua.commendation.eligibility.queries import check_rows, notes_of_list
from thidua.records.queries import sensitive_unit_ids, visible_units

AT_ONCE = 200


@act("eligibility.begin_check", on="", keeps=("title", "on"))
def begin_check(*, title: str, text: str, on: date, by: Actor) -> ListCheck:
    """Read a pasted list and find whom each row means; the rows are judged afterwards."""
    if by.user is None:
        raise Refused("Danh sách phải có người kiểm.")
    try:
        lines = read_list(text)
    except ValueError as fault:
        raise Refused(str(fault), field="text") from fault
    found = Recogniser(lines, set(visible_units(by).values_list("pk", flat=True)))
    told = sensitive_unit_ids(by)
    rows = [found.find_twin(found.find(line)).as_json() for line in lines]
    for row in rows:
        row["sees_sensitive"] = row["unit_id"] in told
    check = ListCheck.objects.create(
        title=title.strip() or f"Danh sách ngày {by.on:%d/%m/%Y}",
        on=on,
        rows=rows,
        total=len(rows),
        made_by=by.user,
        made_at=by.at,
    )
    if len(rows) > AT_ONCE:
        from thidua.commendation.eligibility.jobs import check_list

        check_list.defer(check=check.pk)
        return check
    return _judge_next(check)


@act("eligibility.check_some", on="check")
def check_some(*, check: ListCheck, by: Actor) -> ListCheck:
    """Judge the next rows; the last of them closes the list with what is to be said of the whole."""
    row = ListCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    return row if row.state == CheckState.DONE else _judge_next(row)


def _judge_next(row: ListCheck) -> ListCheck:
    row.results += check_rows(row.rows[row.done : row.done + AT_ONCE], row.on)
    row.done, row.state = len(row.results), CheckState.RUNNING
    if row.done == row.total:
        row.state, row.notes = CheckState.DONE, notes_of_list(row.rows, row.results, row.on)
    row.save(update_fields=["results", "done", "state", "notes"])
    return row


@act("eligibility.remove_check", on="check")
def remove_check(*, check: ListCheck, by: Actor) -> None:
    """Throw a list away; nothing else rests on it."""
    ListCheck.objects.filter(pk=check.pk).delete()
