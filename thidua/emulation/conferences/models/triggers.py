"""What the database itself refuses: nothing of a conference changes once its minutes are sealed."""

from __future__ import annotations

import pgtrigger


def append_only(name: str = "append_only") -> pgtrigger.Protect:
    """Rows are written once."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


def until_sealed(name: str) -> pgtrigger.Trigger:
    """Rows of a conference are written, changed and removed only before its minutes are sealed."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF EXISTS (
                SELECT 1 FROM conferences_conference
                WHERE id = COALESCE(NEW.conference_id, OLD.conference_id) AND state = 'sealed'
            ) THEN
                RAISE EXCEPTION 'the minutes of this conference are sealed';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )
