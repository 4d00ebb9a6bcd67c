"""What devices send and ask: octets and JSON, never a page. A refusal is told as JSON too."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from thidua.base.accounts.requests import Request
from thidua.base.audit.acts import allow
from thidua.base.audit.handing import handed_out
from thidua.base.audit.refusals import Refused
from thidua.voting import actions, queries
from thidua.voting.ballot_box.board import write_receipt
from thidua.voting.ballot_box.package import write_package
from thidua.voting.ballot_box.trustees import commitment_to
from thidua.voting.models import Ballot, BoardEntry, Election, Replacement, Trustee
from thidua.voting.modes.receiving import credential_in_force, election_of, last_counter, unit_word
from thidua.voting.modes.sealing import shares_of
from thidua.voting.modes.writing import manifest_of, milliseconds, package_of, told
from thidua.voting.views.messages import hex_of, in_json, message, octets, told_by
from thidua.voting.views.shared import seen

KEY, SIGNATURE, SEALED = 32, 64, 64


def may(request: Request, pk: int, verb: str) -> Ballot:
    """The ballot, if the person sees it and may do this; asked before what they sent is read."""
    ballot = seen(request, pk)
    allow(request.actor, f"voting.{verb}", ballot)
    return ballot


# --- Everybody ---------------------------------------------------------------------------------------


@require_safe
@in_json
def manifest(request: Request, pk: int) -> HttpResponse:
    """The bytes that were sealed."""
    election = election_of(seen(request, pk))
    return HttpResponse(manifest_of(election).data, content_type="application/json")


@require_safe
@in_json
def board(request: Request, pk: int) -> HttpResponse:
    """The whole board, after the close."""
    ballot = may(request, pk, "view_board")
    return HttpResponse(package_of(election_of(ballot)).board, content_type="application/json")


@require_safe
@in_json
def package(request: Request, pk: int) -> HttpResponse:
    """Gói chứng cứ to take home."""
    ballot = may(request, pk, "view_board")
    response = HttpResponse(write_package(package_of(election_of(ballot))), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="goi-chung-cu-{ballot.pk}.zip"'
    return handed_out(request, response, about=ballot)


# --- Voters ------------------------------------------------------------------------------------------


def _receipt(election: Election, row: BoardEntry) -> Any:
    tracker = queries.tracker_text(bytes(row.ballot_hash or b""))
    return json.loads(write_receipt(manifest_of(election), told(row), tracker))


@require_POST
@in_json
def me(request: Request, pk: int) -> HttpResponse:
    """Whose line this credential is, what it sent last, and whether ballots are taken now."""
    ballot = may(request, pk, "cast_ballot")
    election = election_of(ballot)
    credential = credential_in_force(election, told_by(request).octets("credential", KEY))
    entry = credential.entry
    if not queries.may_vote_with(request.actor, credential):
        raise Refused("Thẻ bỏ phiếu này của đơn vị khác với đơn vị của tài khoản đang đăng nhập.")
    lines = BoardEntry.objects.filter(election=election, voter=credential).order_by("-k")
    newest, cast = lines.filter(type="pending").first(), lines.filter(type="cast").first()
    return JsonResponse(
        {
            "name": str(entry),
            "unit": unit_word(ballot, entry.unit_id),
            "next_counter": 1 + (last_counter(newest) if newest else 0),
            "pending": bytes(newest.ballot_hash or b"").hex() if newest else None,
            "receipt": _receipt(election, cast) if cast else None,
            "receipt_ms": cast.ms if cast else None,
            **_hours(ballot, election, request),
        }
    )


def _hours(ballot: Ballot, election: Election, request: Request) -> dict[str, Any]:
    assert election.opens_at is not None
    assert election.closes_at is not None
    return {
        "opens_ms": milliseconds(election.opens_at),
        "closes_ms": milliseconds(election.closes_at),
        "now_ms": milliseconds(request.actor.at),
        "state": ballot.state,
    }


@require_POST
@in_json
def send_ballot(request: Request, pk: int) -> HttpResponse:
    """An encrypted ballot, which then waits for the voter's decision."""
    ballot = queries.voted_on(request.actor, pk)
    row = actions.cast(ballot=ballot, vote=octets(request), by=request.actor)
    ballot_hash = bytes(row.ballot_hash or b"")
    return JsonResponse(
        {
            "hash": ballot_hash.hex(),
            "tracker": queries.tracker_text(ballot_hash),
            "k": row.k,
            "head": bytes(row.head).hex(),
            "signature": bytes(row.signature).hex(),
            "ms": row.ms,
        }
    )


@require_POST
@in_json
def decide(request: Request, pk: int) -> HttpResponse:
    """Cast, or check the device; the receipt."""
    ballot = queries.voted_on(request.actor, pk)
    row = actions.cast(ballot=ballot, vote=octets(request), by=request.actor)
    return JsonResponse({"kind": row.type, "receipt": _receipt(row.election, row), "ms": row.ms})


@require_safe
@in_json
def audited(request: Request, pk: int, ballot_hash: str) -> HttpResponse:
    """The octets of a ballot under check, for the second device; no other ballot is given."""
    election = election_of(seen(request, pk))
    digest = hex_of(ballot_hash, KEY)
    rows = BoardEntry.objects.filter(election=election, ballot_hash=digest)
    row = rows.filter(type="pending").first()
    if row is None or row.payload is None or not rows.filter(type="audited").exists():
        raise Http404
    return HttpResponse(bytes(row.payload), content_type="application/octet-stream")


# --- Trustees ----------------------------------------------------------------------------------------


@require_safe
@in_json
def key_state(request: Request, pk: int) -> HttpResponse:
    """The key ceremony as a trustee's device needs it; nobody's part is shown before all committed."""
    ballot = seen(request, pk)
    election = election_of(ballot)
    steps = queries.trustee_steps(election)
    mine = queries.trustee_of(election, request.actor)
    people = [step.trustee for step in steps]
    committed = all(one.commit is not None for one in people)
    return JsonResponse(
        {
            "meeting": election.meeting,
            "me": mine.index if mine else None,
            "needed": election.needed,
            "names": [one.person_name for one in people],
            "commits": [_server_commit(election), *(_text(one.commit) for one in people)],
            "round1": [
                bytes(election.server_round1).hex(),
                *(_text(one.round1) if committed else None for one in people),
            ],
            "sealed": [[s.hex() for s in shares_of(one)] if one.sealed else None for one in people],
            "confirmed": [one.confirmed_at is not None for one in people],
            "compared": [step.compared for step in steps],
            "shared": [step.shared for step in steps],
            "destroyed": [one.destroyed_at is not None for one in people],
            "done": [step.done for step in steps],
            "is_sealed": election.eh is not None,
            "state": ballot.state,
        }
    )


def _text(data: bytes | memoryview | None) -> str | None:
    return None if data is None else bytes(data).hex()


def _server_commit(election: Election) -> str:
    return commitment_to(election.meeting, bytes(election.server_round1)).hex()


def _kept(trustee: Trustee) -> HttpResponse:
    return JsonResponse({"index": trustee.index})


@require_POST
@in_json
def commit_key(request: Request, pk: int) -> HttpResponse:
    """Step 0."""
    ballot = may(request, pk, "commit_key")
    commit = told_by(request).octets("commit", KEY)
    return _kept(actions.commit_key(ballot=ballot, commit=commit, by=request.actor))


@require_POST
@in_json
def reveal_key(request: Request, pk: int) -> HttpResponse:
    """Step 1."""
    ballot = may(request, pk, "reveal_key")
    round1 = told_by(request).octets("round1")
    return _kept(actions.reveal_key(ballot=ballot, round1=round1, by=request.actor))


@require_POST
@in_json
def pass_shares(request: Request, pk: int) -> HttpResponse:
    """Step 2."""
    ballot = may(request, pk, "pass_shares")
    sealed = [hex_of(share, SEALED) for share in told_by(request).rows("sealed")]
    return _kept(actions.pass_shares(ballot=ballot, sealed=sealed, by=request.actor))


@require_POST
@in_json
def confirm_key(request: Request, pk: int) -> HttpResponse:
    """Step 3."""
    ballot = may(request, pk, "confirm_key")
    return _kept(actions.confirm_key(ballot=ballot, by=request.actor))


@require_POST
@in_json
def compare_manifest(request: Request, pk: int) -> HttpResponse:
    """The mark of the sealed manifest agrees with the screen in the room."""
    ballot = may(request, pk, "compare_manifest")
    eh = told_by(request).octets("eh", KEY)
    return _kept(actions.compare_manifest(ballot=ballot, eh=eh, by=request.actor))


@require_POST
@in_json
def give_share(request: Request, pk: int) -> HttpResponse:
    """A decryption share, as its bytes stand on the board."""
    ballot = may(request, pk, "give_share")
    actions.give_share(ballot=ballot, payload=octets(request), by=request.actor)
    ballot.refresh_from_db()
    return JsonResponse({"state": ballot.state})


@require_POST
@in_json
def destroy_share(request: Request, pk: int) -> HttpResponse:
    """The part of the key and its copies are gone."""
    ballot = may(request, pk, "destroy_own_share")
    return _kept(actions.destroy_own_share(ballot=ballot, by=request.actor))


# --- Credentials -------------------------------------------------------------------------------------


@require_POST
@in_json
def slips(request: Request, pk: int) -> HttpResponse:
    """Public keys of slips the committee made in the browser."""
    ballot = may(request, pk, "issue_slips")
    lines = [message(row) for row in told_by(request).rows("keys")]
    keys = {line.number("entry"): line.octets("key", KEY) for line in lines}
    actions.issue_slips(ballot=ballot, keys=keys, by=request.actor)
    return JsonResponse({"kept": len(keys)})


@require_POST
@in_json
def device(request: Request, pk: int) -> HttpResponse:
    """The public key of a voter's own device."""
    ballot = may(request, pk, "enroll_device")
    line = told_by(request)
    key = line.octets("key", KEY)
    kept = actions.enroll_device(ballot=ballot, entry=line.number("entry"), key=key, by=request.actor)
    return JsonResponse({"entry": kept.entry_id})


@require_POST
@in_json
def committee_key(request: Request, pk: int) -> HttpResponse:
    """The public signing key of a member of the committee."""
    ballot = may(request, pk, "keep_committee_key")
    key = told_by(request).octets("key", KEY)
    kept = actions.keep_committee_key(ballot=ballot, key=key, by=request.actor)
    return JsonResponse({"member": kept.member_id})


@require_POST
@in_json
def replace(request: Request, pk: int) -> HttpResponse:
    """A new credential for a lost one: proposed and signed, or signed by another member."""
    ballot = may(request, pk, "replace_credential")
    line = told_by(request)
    signature, key = line.octets("signature", SIGNATURE), line.octets("new", KEY)
    waiting = Replacement.objects.filter(election__ballot=ballot, key=key, done_at=None).first()
    if waiting is not None:
        done = actions.sign_replacement(
            ballot=ballot, replacement=waiting, signature=signature, by=request.actor
        )
    else:
        done = actions.replace_credential(
            ballot=ballot,
            entry=line.number("entry"),
            key=key,
            reason=line.text("reason")[:200],
            signature=signature,
            by=request.actor,
        )
    return JsonResponse({"done": done.done_at is not None, "signatures": done.signatures.count()})
