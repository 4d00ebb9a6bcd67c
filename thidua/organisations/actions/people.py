"""People, and the accounts they sign in with."""

from __future__ import annotations

from django.db.models import ProtectedError

from thidua.base.accounts.actions import create_account
from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.audit.acts import act
from thidua.base.audit.refusals import Refused, Stale
from thidua.base.text import normalise
from thidua.organisations.models import Person


@act("organisations.create_person", on="", keeps=("full_name",))
def create_person(*, full_name: str, user: User | None = None, by: Actor) -> Person:
    """A person known by name; two people may share one."""
    return Person.objects.create(full_name=normalise(full_name), user=user)


@act("organisations.edit_person", on="person", keeps=("full_name",))
def edit_person(*, person: Person, full_name: str, revision: int, by: Actor) -> Person:
    """Correct a name; the account shows it too."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.revision != revision:
        raise Stale
    person.full_name = normalise(full_name)
    person.revision += 1
    person.save(update_fields=["full_name", "search", "order", "revision"])
    if person.user_id is not None:
        User.objects.filter(pk=person.user_id).update(full_name=person.full_name)
    return person


@act("organisations.give_account", on="person", keeps=("username",))
def give_account(*, person: Person, username: str, email: str = "", password: str, by: Actor) -> User:
    """An account for this person, opened with a password that only serves for the first sign-in."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.user_id is not None:
        raise Refused(f"{person} đã có tài khoản.")
    user = create_account(
        full_name=person.full_name, username=username, email=email, password=password, by=by
    )
    person.user = user
    person.save(update_fields=["user"])
    return user


@act("organisations.remove_person", on="person")
def remove_person(*, person: Person, by: Actor) -> None:
    """Take back a person entered by mistake; refused once anything stands with them."""
    try:
        Person.objects.filter(pk=person.pk).delete()  # the log still needs the person in hand
    except ProtectedError as fault:
        raise Refused(f"{person} đã được dùng ở nơi khác nên không lấy lại được.") from fault
