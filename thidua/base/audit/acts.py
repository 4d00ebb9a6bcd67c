"""What makes a function an action.

    @act("clusters.sign_covenant", on="covenant")
    def sign(*, covenant: Covenant, by: Actor) -> Signature: ...

One name serves as the verb of the audit log and as the permission that `rules` is asked for,
with the actor and the object the parameter `on` names. The action runs in one transaction and
leaves one entry. `ACTS` is the closed list that the matrix test walks.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

import rules
from django.db import transaction

from thidua.base.accounts.actors import Actor
from thidua.base.audit.actions import record
from thidua.base.audit.refusals import NotAllowed

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class RegisteredAct:
    """An action of the system: its verb, the parameter its permission looks at, the function."""

    verb: str
    on: str
    run: Callable[..., Any]


ACTS: dict[str, RegisteredAct] = {}


def allow(by: Actor, permission: str, subject: object = None) -> None:
    """Refuse unless `by` has `permission` over `subject`. The system itself may do what it is asked."""
    if by.is_system:
        return
    if not rules.perm_exists(permission):
        raise LookupError(f"Không có quyền nào tên {permission}")
    if not rules.has_perm(permission, by, subject):
        raise NotAllowed


def act(verb: str, *, on: str, keeps: tuple[str, ...] = ()) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make an action; `keeps` names the plain parameters whose values the log remembers."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by, subject = kwargs["by"], kwargs.get(on)
            if not isinstance(by, Actor):
                raise TypeError(f"{verb}: by= phải là Actor")
            with transaction.atomic():
                allow(by, verb, subject)
                result = function(*args, **kwargs)
                record(
                    by=by,
                    verb=verb,
                    subject=result if _is_row(result) else subject,
                    detail={key: str(kwargs[key]) for key in keeps if key in kwargs},
                )
            return result

        if verb in ACTS:
            raise LookupError(f"Hai hành động cùng tên {verb}")
        ACTS[verb] = RegisteredAct(verb, on, run)
        return run

    return decorate


def _is_row(result: object) -> bool:
    return getattr(result, "pk", None) is not None
