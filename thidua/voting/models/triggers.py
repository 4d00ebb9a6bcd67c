"""What the database itself refuses: rows of a ballot change only in the states that allow it."""

from __future__ import annotations

import functools
import operator

import pgtrigger

ANY = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def changed(*fields: str) -> pgtrigger.Q:
    """Any of these columns changes; joins with other conditions by & and |."""
    each = (pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in fields)
    return functools.reduce(operator.or_, each)


def append_only(name: str = "append_only") -> pgtrigger.Protect:
    """Rows are written once."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def only_while(
    name: str,
    *states: str,
    operation: pgtrigger.Operation = ANY,
    condition: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    """Rows change only while their ballot is in one of `states`."""
    allowed = ", ".join(f"'{state}'" for state in states)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=f"""
            IF NOT EXISTS (
                SELECT 1 FROM voting_ballot
                WHERE id = COALESCE(NEW.ballot_id, OLD.ballot_id) AND state IN ({allowed})
            ) THEN
                RAISE EXCEPTION 'The ballot is not in a state that lets % change', TG_TABLE_NAME;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,  # noqa: S608  the states are ours
    )


def written_once(name: str, *fields: str, when: pgtrigger.Q | None = None) -> pgtrigger.Protect:
    """These columns do not change any more, from the moment `when` holds of the old row."""
    condition = changed(*fields)
    return pgtrigger.Protect(
        name=name, operation=pgtrigger.Update, condition=condition if when is None else condition & when
    )
