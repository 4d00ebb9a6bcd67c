"""Pages whose work is done on the device: the voter's, the trustee's, the committee's."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.voting import queries
from thidua.voting.ballot_box.credentials import credential_fingerprint
from thidua.voting.models import Ballot, BallotState, CommitteeKey, Election, Replacement
from thidua.voting.modes.client import client_hash, short_hash
from thidua.voting.modes.sealing import SIGNERS
from thidua.voting.modes.writing import manifest_of
from thidua.voting.views.ceremony import electronic

# Nothing from anywhere but this server, nothing inline, no frame: what the page may do stands in one header.
STRICT = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}
strict: Any = csp(STRICT)  # its type knows only plain requests


def addresses(ballot: Ballot, **names: str) -> dict[str, str]:
    """Where the page's script sends what it made."""
    return {key: reverse(f"voting:{name}", args=[ballot.pk]) for key, name in names.items()}


def on_device(
    request: Request, template: str, script: str, ballot: Ballot, told: dict[str, Any]
) -> HttpResponse:
    """A page that hands its script the facts as JSON."""
    shown = {"ballot": ballot, "script": f"dist/voting/{script}.js", **told}
    shown["on_device"] = shown.pop("facts")  # the frame of a page has facts of its own
    return render(request, template, shown)


@require_safe
@never_cache
@strict
def vote(request: Request, pk: int) -> HttpResponse:
    """The voting page: choose, seal, cast or check, receipt."""
    ballot, election = electronic(request, pk)
    allow(request.actor, "voting.cast_ballot", ballot)
    sealed = client_hash() if election.eh is None else bytes.fromhex(manifest_of(election).told["client"])
    facts = {
        **addresses(
            ballot,
            manifest="manifest",
            me="me",
            send="send_ballot",
            decide="decide",
            board="board_page",
        ),
        "ballot": ballot.get_absolute_url(),
        "login": reverse("account_login"),
        "mode": ballot.mode,
        "question": ballot.question,
        "check": request.build_absolute_uri(reverse("voting:check_device", args=[ballot.pk])),
        "meeting": election.meeting,
        "state": ballot.state,
        "sealed": election.eh is not None,
        "revote": election.revote,
    }
    told = {
        "facts": facts,
        "warnings": queries.told_to_voters(ballot),
        "program": short_hash(sealed) if sealed else "",
        "program_full": sealed.hex() if sealed else "",
        "other_program": sealed not in {None, client_hash()} and ballot.is_votable,
        "election": election,
        "held_by": ballot.held_by or ballot.owner_unit.name,
        "styles": static("voting/vote.css"),
    }
    return on_device(request, "voting/vote.html", "voter", ballot, told)


@require_safe
@never_cache
@strict
def check_device(request: Request, pk: int) -> HttpResponse:
    """The second device: what a checked ballot really holds."""
    ballot, _ = electronic(request, pk)
    facts = {
        **addresses(ballot, manifest="manifest"),
        "audited": reverse("voting:audited", args=[ballot.pk, "0"]).removesuffix("0.bin"),
    }
    return on_device(request, "voting/check_device.html", "audit", ballot, {"facts": facts})


@require_safe
@never_cache
def credential(request: Request, pk: int) -> HttpResponse:
    """Nhận thẻ trên máy: the voter's device makes a key for a line of their unit."""
    ballot, election = electronic(request, pk)
    allow(request.actor, "voting.enroll_device", ballot)
    mine = {entry.pk for entry in queries.lines_of(ballot, request.actor)}
    lines = [line for line in queries.credential_lines(election) if line.entry.pk in mine]
    facts = {**addresses(ballot, device="device", vote="vote"), "meeting": election.meeting}
    told = {"facts": facts, "lines": lines, "election": election, "open": election.eh is None}
    return on_device(request, "voting/credential.html", "credential", ballot, told)


@require_safe
@never_cache
def key(request: Request, pk: int) -> HttpResponse:
    """Giữ khóa: the trustee's one screen, from the first key to its destruction."""
    ballot, election = electronic(request, pk)
    mine = queries.trustee_of(election, request.actor)
    if mine is None:
        raise Http404
    facts = {
        **addresses(
            ballot,
            state="key_state",
            commit="commit_key",
            reveal="reveal_key",
            share="pass_shares",
            confirm="confirm_key",
            compare="compare_manifest",
            give="give_share",
            destroy="destroy_share",
            manifest="manifest",
            board="board",
        ),
        "login": f"{reverse('account_login')}?next={request.path}",
        "title": f"{ballot}, {ballot.held_by or ballot.owner_unit.name}",
        "meeting": election.meeting,
    }
    told = {"facts": facts, "mine": mine, "election": election, "steps": queries.trustee_steps(election)}
    return on_device(request, "voting/key.html", "trustee", ballot, told)


@require_safe
@never_cache
def slips_page(request: Request, pk: int) -> HttpResponse:
    """Slips made and printed in the committee's browser; the server learns only public keys."""
    ballot, election = electronic(request, pk)
    allow(request.actor, "voting.issue_slips", ballot)
    lines = queries.credential_lines(election)
    facts = {
        **addresses(ballot, slips="slips"),
        "vote": request.build_absolute_uri(reverse("voting:vote", args=[ballot.pk])),
        "meeting": election.meeting,
        "title": str(ballot),
        "held_by": ballot.held_by or ballot.owner_unit.name,
        "lines": [_line(line) for line in lines],
    }
    told = {"facts": facts, "lines": lines, "election": election, "open": _may_issue(ballot, election)}
    return on_device(request, "voting/slips.html", "slips", ballot, told)


def _line(line: queries.CredentialLine) -> dict[str, Any]:
    entry = line.entry
    return {
        "entry": entry.pk,
        "position": entry.position,
        "name": entry.person_name or entry.unit.short_name,
        "unit": entry.unit.short_name,
        "key": bytes(line.credential.key).hex() if line.credential else None,
    }


def _may_issue(ballot: Ballot, election: Election) -> bool:
    return ballot.state == BallotState.SEALED and election.eh is None


@require_safe
@never_cache
def committee_key_page(request: Request, pk: int) -> HttpResponse:
    """Khóa ký của ban kiểm phiếu: made before sealing, used when a slip is lost."""
    ballot, election = electronic(request, pk)
    allow(request.actor, "voting.keep_committee_key", ballot)
    own = CommitteeKey.objects.filter(member__ballot=ballot, member__user=request.actor.user).first()
    waiting = Replacement.objects.filter(election=election, done_at=None).select_related("old__entry__unit")
    facts = {
        **addresses(ballot, keep="committee_key", replace="replace"),
        "vote": request.build_absolute_uri(reverse("voting:vote", args=[ballot.pk])),
        "meeting": election.meeting,
        "title": str(ballot),
        "held_by": ballot.held_by or ballot.owner_unit.name,
        "eh": bytes(election.eh).hex() if election.eh else None,
        "own": bytes(own.key).hex() if own else None,
        "lines": [_line(line) for line in queries.credential_lines(election) if line.credential],
        "waiting": [_waiting(one, request) for one in waiting],
        "signers": SIGNERS,
    }
    told: dict[str, Any] = {"facts": facts, "own": own, "election": election}
    told |= {
        "open": _may_issue(ballot, election),
        "waiting": waiting,
        "running": ballot.is_votable,
    }
    return on_device(request, "voting/committee_key.html", "committee", ballot, told)


def _waiting(asked: Replacement, request: Request) -> dict[str, Any]:
    return {
        "entry": asked.old.entry_id,
        "name": str(asked.old.entry),
        "reason": asked.reason,
        "old": bytes(asked.old.key).hex(),
        "new": bytes(asked.key).hex(),
        "fingerprint": credential_fingerprint(bytes(asked.key)),
        "signed": asked.signatures.count(),
        "mine": asked.signatures.filter(member__user=request.actor.user).exists(),
    }


@require_safe
@never_cache
def board_page(request: Request, pk: int) -> HttpResponse:
    """Bảng kê: before the close its head and length; afterwards every line, to find one's own in."""
    ballot, election = electronic(request, pk)
    sees = queries.may_see_board(request.actor, ballot)
    shown = {
        "ballot": ballot,
        "election": election,
        "now": queries.board_now(election),
        "sees_board": sees,
        "rows": queries.board_rows(election) if sees else [],
    }
    return render(request, "voting/board.html", shown)
