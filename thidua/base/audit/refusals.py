"""How an action says no, in words a page can show."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.forms.forms import BaseForm


class Refused(Exception):
    """An action that will not be done; `reasons` are sentences in Vietnamese that say what would mend it."""

    status = 409

    def __init__(self, *reasons: str, field: str | None = None) -> None:
        super().__init__(*reasons)
        self.reasons = reasons
        self.field = field  # the form's field beside which the reason belongs


class NotAllowed(Refused):
    """The actor may not do this."""

    status = 403

    def __init__(self, *reasons: str) -> None:
        super().__init__(*(reasons or ("Anh/chị không được giao quyền làm việc này.",)))


class Stale(Refused):
    """Somebody changed the record after the page was opened."""

    def __init__(self) -> None:
        super().__init__("Người khác vừa sửa nội dung này. Anh/chị mở lại trang rồi làm tiếp.")


def refuse_if(obstacles: Iterable[str], *, field: str | None = None) -> None:
    """Refuse when anything stands in the way: the page lists the same sentences beforehand."""
    standing = tuple(obstacles)
    if standing:
        raise Refused(*standing, field=field)


def attempt(form: BaseForm, run: Callable[[], object]) -> bool:
    """Run an action for a form: True when done; else its reasons stand beside the field."""
    try:
        run()
    except NotAllowed:
        raise
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        for reason in refusal.reasons:
            form.add_error(field, reason)
        return False
    return True
