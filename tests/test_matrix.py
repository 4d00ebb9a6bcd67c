"""Closed world: every address and every verb, as every kind of user, on own and on others' things.

What belongs to a member belongs to Sở Y tế. So An and Lan meet their own, Giang, Bình and Hải the same
cluster's, Chi and Khang another cluster's. An address or a verb that no table names fails.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rules
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.matrix.addresses import ADDRESSES, OF_THE_SIGN_IN_LIBRARY
from tests.matrix.people import NOBODY, PEOPLE, who
from tests.matrix.routes import address_of, posted, routes
from tests.matrix.verbs import VERBS, elsewhere, subject_of
from tests.matrix.world import World, build
from thidua.base.audit.acts import ACTS

Users = Callable[..., Client]
NOT_OFFERED = 405
FAULT = 500
DENIED = {403, 404}
FREE = {  # concern no cluster: an upload, a directive to cite, rows that each ask about their own unit
    "audit.hand_out",
    "files.store",
    "documents.register_reference",
    "records.record_ratings",
    "records.remove_ratings",
    "eligibility.keep_verdict",
    "eligibility.begin_check",
}
LISTED = [route for route in routes() if route.key in ADDRESSES]


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build()


def answer(client: Client, method: str, address: str, data: dict[str, Any]) -> HttpResponseBase:
    """What the server says, with everything it did undone."""
    with transaction.atomic():
        response: HttpResponseBase = getattr(client, method)(address, data)
        if response.streaming:
            b"".join(response.streaming_content)  # type: ignore[attr-defined]
        transaction.set_rollback(True)
    return response


def is_let_in(response: HttpResponseBase) -> bool:
    """Not refused as a right. What is unfit or comes at the wrong time is answered, not denied."""
    return response.status_code not in DENIED and not response.headers.get("Location", "").startswith(
        reverse("account_login")
    )


def test_every_address_stands_in_a_table() -> None:
    keys = {route.key for route in routes()}
    assert keys == set(ADDRESSES) | set(OF_THE_SIGN_IN_LIBRARY)


@pytest.mark.parametrize("name", PEOPLE)
def test_addresses_let_in_whom_the_table_names(name: str, world: World, as_user: Users) -> None:
    client = Client() if name == NOBODY else as_user(name)
    client.raise_request_exception = False
    wrong = []
    for route in LISTED:
        for method, told in zip(("get", "post"), ADDRESSES[route.key], strict=True):
            data = posted(route, world) if method == "post" else {}
            response = answer(client, method, address_of(route, world), data)
            offered = response.status_code != NOT_OFFERED
            expected = name in who(told)
            if response.status_code >= FAULT or (offered and is_let_in(response)) != expected:
                wrong.append(f"{method} {route.key}: {response.status_code}, bảng ghi “{told}”")
    assert wrong == []


@pytest.mark.parametrize("name", ["an", "binh", "hai"])
def test_members_meet_a_closed_door_at_another_cluster(name: str, world: World, as_user: Users) -> None:
    client = as_user(name)
    other = {"cluster": world.story.other_bloc.address, "cycle": world.story.other_cycle.address}
    open_doors = [
        route.key
        for route in LISTED
        if "cluster" in route.parameters
        for method in ("get", "post")
        if answer(client, method, address_of(route, world, **other), {}).status_code not in {404, 405}
    ]
    assert open_doors == []


def test_every_verb_stands_in_the_table() -> None:
    assert set(VERBS) == set(ACTS)


def test_verbs_are_for_whom_the_table_names(world: World) -> None:
    signed_in = [name for name in PEOPLE if name != NOBODY]
    wrong = []
    for verb, (told,) in VERBS.items():
        subject = subject_of(verb, world)
        may = {name for name in signed_in if rules.has_perm(verb, world.story.actor(name), subject)}
        if may != who(told):
            wrong.append(f"{verb}: {' '.join(sorted(may))}, bảng ghi “{told}”")
    assert wrong == []


def test_no_member_does_anything_to_another_cluster(world: World) -> None:
    done = [
        f"{name} {verb}"
        for verb in VERBS
        for name in ("an", "lan", "giang", "binh", "hai")
        if (subject := elsewhere(verb, world)) is not None
        and verb not in FREE
        and rules.has_perm(verb, world.story.actor(name), subject)
    ]
    assert done == []


def test_another_cluster_does_nothing_here() -> None:
    """Chi and Khang."""
    assert {verb for verb, (told,) in VERBS.items() if who(told) & who("other")} == FREE
