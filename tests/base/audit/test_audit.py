"""The log: whoever changes it is found out, whoever may not act is refused, entries queue up in one chain."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from tests.story import Story, moment
from thidua.base.accounts.actors import Actor
from thidua.base.accounts.models import User
from thidua.base.audit.actions import FIRST, record
from thidua.base.audit.acts import ACTS, act, allow
from thidua.base.audit.models import Entry
from thidua.base.audit.queries import entries_of_cycle, first_broken_entry
from thidua.base.audit.refusals import NotAllowed, Refused, refuse_if
from thidua.organisations.actions import create_person, hold_office

AT = moment(date(2019, 12, 16))


def tell(year: Story, words: str) -> Entry:
    return record(by=year.actor("an"), verb="test.say", subject=year.cycle, detail={"words": words})


def as_superuser(statement: str) -> None:
    """What nobody but the owner of the server can do: switch the trigger off and edit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER USER")


def test_entries_hang_on_one_another(year: Story) -> None:
    first, second = tell(year, "một"), tell(year, "hai")
    assert first.previous_hash == FIRST
    assert second.previous_hash == first.hash
    assert first_broken_entry() is None
    assert list(entries_of_cycle(year.cycle.pk)) == [second, first]
    assert str(first) == "Nguyễn Văn An: test.say – " + str(year.cycle)


def test_the_log_refuses_changes(year: Story) -> None:
    tell(year, "một")
    for change in (lambda: Entry.objects.update(actor_name="khác"), lambda: Entry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor_name = 'Khác' WHERE id = {}",
        "UPDATE audit_entry SET at = at + interval '1 day' WHERE id = {}",
        "UPDATE audit_entry SET detail = '{{}}' WHERE id = {}",
        "UPDATE audit_entry SET verb = 'test.other' WHERE id = {}",
        "UPDATE audit_entry SET subject_id = '0' WHERE id = {}",
        "DELETE FROM audit_entry WHERE id = {}",
    ],
)
def test_an_edit_by_the_owner_of_the_server_is_found(year: Story, statement: str) -> None:
    tell(year, "một")
    edited, after = tell(year, "hai"), tell(year, "ba")
    as_superuser(statement.format(edited.pk))
    broken = first_broken_entry()
    assert broken is not None
    assert broken.pk == (after.pk if statement.startswith("DELETE") else edited.pk)


def test_an_act_asks_permission_and_leaves_one_entry(year: Story) -> None:
    with pytest.raises(NotAllowed):
        create_person(full_name="Người Mới", by=year.actor("an"))
    assert not Entry.objects.filter(verb="organisations.create_person").exists()
    create_person(full_name="Người Mới", by=year.actor("dung"))
    entry = Entry.objects.get(verb="organisations.create_person")
    assert entry.actor_name == "Ngô Thị Dung"
    assert entry.detail == {"full_name": "Người Mới"}


def test_a_refused_act_changes_nothing_and_is_not_logged(year: Story) -> None:
    told = {"unit": year.units["y_te"], "name": "Giám đốc", "by": year.actor("dung")}
    with pytest.raises(Refused, match="đã giữ chức vụ"):
        hold_office(person=year.people["lan"], starts=date(2015, 1, 1), **told)
    assert not Entry.objects.exists()


def test_the_system_may_do_what_it_is_asked(year: Story) -> None:
    create_person(full_name="Người Mới", by=Actor(None, AT))
    assert Entry.objects.get().actor_name == "Hệ thống"


def test_acts_are_named_once_and_take_an_actor(year: Story) -> None:
    with pytest.raises(LookupError, match="cùng tên"):
        act("organisations.create_person", on="")(lambda *, by: None)
    with pytest.raises(TypeError, match="Actor"):
        create_person(full_name="Người Mới", by=year.people["dung"].user)  # type: ignore[arg-type]
    with pytest.raises(LookupError, match="Không có quyền"):
        allow(year.actor("dung"), "organisations.no_such_thing")
    assert all(registered.verb == verb for verb, registered in ACTS.items())


def test_obstacles_are_what_the_act_refuses_with() -> None:
    refuse_if([])
    with pytest.raises(Refused) as refusal:
        refuse_if(["Một.", "Hai."], field="name")
    assert refusal.value.reasons == ("Một.", "Hai.")
    assert refusal.value.field == "name"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_still_make_one_chain() -> None:
    user = User.objects.create_user("an", None, full_name="An")
    ready = threading.Barrier(8)

    def work() -> None:
        ready.wait()
        for _ in range(5):
            with transaction.atomic():
                record(by=Actor(user, AT), verb="test.say", subject=user)
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Entry.objects.count() == 40
    assert first_broken_entry() is None
    assert Entry.objects.values("previous_hash").distinct().count() == 40, "no two hang on the same entry"
