"""Every address of the system, and the objects its parameters name in the story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.matrix.world import World


@dataclass(frozen=True)
class Route:
    """A name and where it lies: a congress has the pages of a conference at addresses of its own."""

    name: str
    address: str

    @property
    def is_of_a_congress(self) -> bool:
        return self.address.startswith("dai-hoi/<")

    @property
    def key(self) -> str:
        """As the tables write it."""
        return f"{self.name} (đại hội)" if self.is_of_a_congress else self.name

    @property
    def parameters(self) -> list[str]:
        """Names of what the address asks for, in order."""
        return [part.split(">")[0].split(":")[-1] for part in self.address.split("<")[1:]]


def routes(resolver: URLResolver | None = None, prefix: str = "", space: str = "") -> Iterator[Route]:
    """All of them, as the resolver knows them."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern), entry.namespace or space)
        elif isinstance(entry, URLPattern):
            name = f"{space}:{entry.name}" if space else str(entry.name)
            yield Route(name, prefix + str(entry.pattern))


# What a parameter means: by area, or for one route where an object in another state is needed.
BY_AREA = {
    "clusters": {
        "indicator": "indicator",
        "version": 1,
        "unit": "unit",
        "membership": "membership",
        "oversight": "oversight",
    },
    "movements": {"pk": "movement", "expected": "expected", "unit": "unit", "review": "review"},
    "exemplars": {
        "pk": "exemplar",
        "step": "follow_up",
        "category": "category",
        "file": "deed_shown",
        "merging": "merging",
        "unit": "unit",
    },
    "results": {"period": "6-thang", "unit": "unit", "file": "attached", "indicator": "indicator"},
    "scoring": {
        "unit": "unit",
        "layer": "self",
        "owner": "unit",
        "criterion": "criterion",
        "evidence": "evidence",
        "explanation": "explanation",
    },
    "conferences": {
        "pk": "planned",
        "handout": "handout",
        "invitation": "invitation",
        "attendance": "attendance",
        "item": "item",
        "opinion": "opinion",
        "task": "task",
        "document": "giay-moi",
    },
    "nominations": {"number": 2, "nomination": "nomination"},
    "organisations": {"pk": "unit"},
    "accounts": {"pk": "account"},
    "sheets": {"pk": "batch", "address": "don-vi"},
    "files": {"pk": "file"},
    "honours": {"pk": "honour"},
    "eligibility": {"pk": "unit"},
    "rulebook": {"code": "CSTD_CS"},
    "records": {
        "pk": "unit",
        "rating": "rating",
        "person": "person",
        "leave": "leave",
        "discipline": "discipline",
        "matter": "matter",
        "tenure": "led_office",
        "equivalence": "equivalence",
        "statement": "statement",
    },
    "documents": {"pk": "draft_paper"},
    "voting": {"pk": "draft_ballot", "paper": "bien-ban"},
}
BY_ROUTE: dict[str, dict[str, Any]] = {
    "accounts:end_session": {"pk": "session"},
    "organisations:person": {"pk": "person"},
    "organisations:edit_person": {"pk": "person"},
    "organisations:give_account": {"pk": "person"},
    "organisations:end_tenure": {"pk": "tenure"},
    "organisations:end_appointment": {"pk": "appointment"},
    "rulebook:code": {"code": "CSTDCS_SANG_KIEN"},
    "eligibility:person": {"pk": "person"},
    "eligibility:verdict": {"pk": "verdict"},
    "eligibility:check": {"pk": "list_check"},
    "eligibility:remove_check": {"pk": "list_check"},
    "records:initiative": {"pk": "initiative"},
    "records:remove_initiative": {"pk": "initiative"},
    "records:remove_use": {"pk": "initiative", "use": "use"},
    "documents:edit_reference": {"pk": "reference"},
    "documents:seal": {"pk": "numbered_paper"},
    "documents:void": {"pk": "numbered_paper"},
    "clusters:edit_covenant": {"version": 2},
    "clusters:open_covenant": {"version": 2},
    "clusters:drop_covenant": {"version": 2},
    "clusters:edit_regulation": {"version": 2},
    "clusters:adopt_regulation": {"version": 2},
    "clusters:drop_regulation": {"version": 2},
    "voting:mark": {"pk": "open_ballot"},
    "voting:close": {"pk": "open_ballot"},
    "voting:room": {"pk": "open_ballot"},
    "voting:count": {"pk": "closed_ballot"},
    "voting:check": {"pk": "closed_ballot"},
    "voting:disagreement": {"pk": "closed_ballot"},
    "voting:recount": {"pk": "closed_ballot"},
    "voting:confirm": {"pk": "closed_ballot"},
    "voting:result": {"pk": "counted_ballot"},
    "voting:sign": {"pk": "counted_ballot"},
    "voting:print": {"pk": "counted_ballot"},
    "voting:second_ballot": {"pk": "counted_ballot"},
    "voting:ruling": {"pk": "counted_ballot"},
    "voting:ceremony": {"pk": "ceremony_ballot"},
    "voting:trustees": {"pk": "ceremony_ballot"},
    "voting:restart": {"pk": "ceremony_ballot"},
    "voting:seal_manifest": {"pk": "ceremony_ballot"},
    "voting:confirm_lines": {"pk": "ceremony_ballot"},
    "voting:rehearse": {"pk": "ceremony_ballot"},
    "voting:open_poll": {"pk": "ceremony_ballot"},
    "voting:purge": {"pk": "ceremony_ballot"},
    "voting:credential": {"pk": "ceremony_ballot"},
    "voting:key": {"pk": "ceremony_ballot"},
    "voting:slips_page": {"pk": "ceremony_ballot"},
    "voting:committee_key_page": {"pk": "ceremony_ballot"},
    "voting:key_state": {"pk": "ceremony_ballot"},
    "voting:commit_key": {"pk": "ceremony_ballot"},
    "voting:reveal_key": {"pk": "ceremony_ballot"},
    "voting:pass_shares": {"pk": "ceremony_ballot"},
    "voting:confirm_key": {"pk": "ceremony_ballot"},
    "voting:compare_manifest": {"pk": "ceremony_ballot"},
    "voting:destroy_share": {"pk": "ceremony_ballot"},
    "voting:slips": {"pk": "ceremony_ballot"},
    "voting:device": {"pk": "ceremony_ballot"},
    "voting:committee_key": {"pk": "ceremony_ballot"},
    "voting:vote": {"pk": "voting_ballot"},
    "voting:check_device": {"pk": "voting_ballot"},
    "voting:manifest": {"pk": "voting_ballot"},
    "voting:me": {"pk": "voting_ballot"},
    "voting:send_ballot": {"pk": "voting_ballot"},
    "voting:decide": {"pk": "voting_ballot"},
    "voting:replace": {"pk": "voting_ballot"},
    "voting:board_page": {"pk": "opening_ballot"},
    "voting:board": {"pk": "opening_ballot"},
    "voting:package": {"pk": "opening_ballot"},
    "voting:give_share": {"pk": "opening_ballot"},
    "voting:audited": {"pk": "voting_ballot", "ballot_hash": "00"},
    "conferences:minutes": {"pk": "sealed"},
    "conferences:paper": {"pk": "sealed", "document": "danh-sach"},
    "results:edit": {"period": "ca-nam"},
    "results:autosave": {"period": "ca-nam"},
    "results:attach": {"period": "ca-nam"},
    "results:detach": {"period": "ca-nam"},
    "results:cluster_detach": {"file": "cluster_attached"},
    "results:cluster_report": {"period": "ca-nam"},
    "results:cluster_paper": {"period": "ca-nam"},
    "results:cluster_withdraw": {"period": "ca-nam"},
    "results:cluster_return": {"period": "ca-nam"},
    "results:cluster_accept": {"period": "ca-nam"},
    "scoring:drop_scorecard": {"version": 2},
    "scoring:set_rule": {"code": "1.1"},
    "scoring:visit_paper": {"unit": "visited"},
    "nominations:receive": {"number": 1},
    "nominations:return": {"number": 1},
    "nominations:appraise": {"number": 1},
    "nominations:decide": {"number": 1},
}

# What a button sends; everything else is posted empty, and is then allowed if it is not refused as a right.
POSTED: dict[str, dict[str, Any]] = {
    "clusters:sign_covenant": {"don_vi": "unit", "dong_y": "1"},
    "voting:mark": {"mark": "present:all:1"},
}


def address_of(route: Route, world: World, **instead: Any) -> str:
    """The route in the bloc's year, with the story's objects; `instead` puts others in."""
    area = route.name.split(":")[0]
    told = {
        "cluster": world.story.bloc.address,
        "cycle": world.story.cycle.address,
        "fmt": "pdf",
        "code": world["attendance"].code,
        **BY_AREA.get(area, {}),
        **BY_ROUTE.get(route.key, {}),
        **(_of_the_congress(world) if route.is_of_a_congress else {}),
        **instead,
    }
    values = {name: _value(world, told[name]) for name in route.parameters}
    if route.is_of_a_congress:
        return "/" + _filled(route.address, values)
    return reverse(route.name, kwargs=values)


def _of_the_congress(world: World) -> dict[str, Any]:
    own = {name: world.things.get(f"congress_{name}") for name in BY_AREA["conferences"]}
    return {**{name: thing.pk for name, thing in own.items() if thing}, "pk": "congress"}


def _filled(address: str, values: dict[str, Any]) -> str:
    first, *rest = address.split("<")
    return first + "".join(
        f"{values[part.split('>')[0].split(':')[-1]]}{part.split('>', 1)[1]}" for part in rest
    )


def _value(world: World, told: Any) -> Any:
    thing = world.things.get(told) if isinstance(told, str) else None
    return getattr(thing, "pk", told)


def posted(route: Route, world: World) -> dict[str, Any]:
    """What the page's button sends."""
    return {name: _value(world, told) for name, told in POSTED.get(route.key, {}).items()}
