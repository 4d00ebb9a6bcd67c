"""What delegates and key holders of a demonstration ballot hold in their hands, made up and told to all.

Real codes come from the browsers of those who hold them. Here they follow from words, so that
`load_demo --logins` can print them and anybody may play every part; nothing of this exists elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
import random
from collections.abc import Sequence

from thidua.base.accounts.actors import Actor
from thidua.voting import actions
from thidua.voting.ballot_box.ballots import make_ballot
from thidua.voting.ballot_box.board import make_decision
from thidua.voting.ballot_box.credentials import new_slip, slip_seed
from thidua.voting.ballot_box.group import group, scalar_bytes
from thidua.voting.ballot_box.hashing import ballot_hash, grouped, h32, letters
from thidua.voting.ballot_box.tally import trustee_share
from thidua.voting.ballot_box.trustees import (
    Round1,
    TrusteeSecret,
    begin,
    commitment_to,
    key_share,
    seal_shares,
)
from thidua.voting.models import Ballot, Election, RollEntry
from thidua.voting.modes.receiving import unit_word
from thidua.voting.modes.writing import ledger_of, manifest_of
from thidua.voting.queries import close_mark

NEEDED = 2
PASSPHRASE = "0000-0000-0000-MH{index:02}"  # noqa: S105  printed with the logins
VERSION, SALT, TAG = b"\x01", 16, 16
BACKUP_LETTERS = 106


def _random(words: str) -> random.Random:
    return random.Random(f"minh họa {words}")  # noqa: S311  made up on purpose, and printed


def slip_of(position: int) -> str:
    """The code on the slip of a line of the roll."""
    return new_slip(_random(f"phiếu mã {position}").randbytes)


def secret_of(election: Election, index: int, holders: int) -> tuple[TrusteeSecret, bytes]:
    """A key holder's secret and what they reveal."""
    draw = _random(f"người giữ khóa {index}").randbytes
    return begin(election.meeting, index, holders, NEEDED, draw)


def paper_of(election: Election, index: int, holders: int) -> tuple[str, str]:
    """Bản giấy of a key holder's part, and the passphrase that opens it (specification, section 5.7)."""
    secret, _ = secret_of(election, index, holders)
    phrase, salt = PASSPHRASE.format(index=index), _random(f"muối {index}").randbytes(SALT)
    named = h32("backup", election.meeting.encode(), bytes([index]), salt)
    keys = hashlib.scrypt(phrase.encode(), salt=named, n=2**15, r=8, p=1, maxmem=2**26, dklen=64)
    plain = scalar_bytes(secret.transport)
    body = VERSION + bytes([index]) + salt + bytes(a ^ b for a, b in zip(plain, keys, strict=False))
    tag = hmac.digest(keys[32:], body, "sha256")[:TAG]
    return grouped(letters(body + tag + b"\0", BACKUP_LETTERS)), phrase  # 528 bits in 106 letters


def make_key(ballot: Ballot, *, holders: Sequence[Actor], chair: Actor) -> None:
    """The key ceremony: every holder commits, reveals, shares and confirms."""
    people = [(by.user, str(by.user), None) for by in holders if by.user]
    election = actions.name_trustees(ballot=ballot, people=people, needed=NEEDED, by=chair)
    begun = [secret_of(election, n, len(holders)) for n in range(1, len(holders) + 1)]
    for by, (_, first) in zip(holders, begun, strict=True):
        actions.commit_key(ballot=ballot, commit=commitment_to(election.meeting, first), by=by)
    for by, (_, first) in zip(holders, begun, strict=True):
        actions.reveal_key(ballot=ballot, round1=first, by=by)
    revealed = tuple(Round1(data) for data in (bytes(election.server_round1), *(data for _, data in begun)))
    for by, (secret, _) in zip(holders, begun, strict=True):
        actions.pass_shares(ballot=ballot, sealed=seal_shares(secret, revealed), by=by)
    for by in holders:
        actions.confirm_key(ballot=ballot, by=by)


def give_slips(ballot: Ballot, by: Actor) -> None:
    """A slip for every line of the roll."""
    election = Election.objects.get(ballot=ballot)
    keys = {entry.pk: group().public_key(_seed(election, entry)) for entry in ballot.roll.all()}
    actions.issue_slips(ballot=ballot, keys=keys, by=by)


def signing_code(position: int) -> str:
    """The code of the signing key that a member of the committee holds on paper."""
    return new_slip(_random(f"khóa ký {position}").randbytes)


def keep_signing_keys(ballot: Ballot, members: Sequence[Actor]) -> None:
    """Members of the committee make their signing keys, with which lost slips are replaced."""
    election = Election.objects.get(ballot=ballot)
    for position, by in enumerate(members, start=1):
        key = group().public_key(slip_seed(election.meeting, signing_code(position)))
        actions.keep_committee_key(ballot=ballot, key=key, by=by)


def _seed(election: Election, entry: RollEntry) -> bytes:
    return slip_seed(election.meeting, slip_of(entry.position))


def vote(ballot: Ballot, entry: RollEntry, chosen: int | None, by: Actor) -> None:
    """One delegate seals a ballot for the option with this id, or a blank one, and casts it."""
    election = Election.objects.get(ballot=ballot)
    manifest, seed = manifest_of(election), _seed(election, entry)
    choices = [[int(option.pk == chosen) for option in ballot.options.all()]]
    sealed, _ = make_ballot(manifest, seed, 1, choices, unit=unit_word(ballot, entry.unit_id))
    actions.cast(ballot=ballot, vote=sealed, by=by)
    decision = make_decision(manifest, seed, "cast", ballot_hash(sealed))
    actions.cast(ballot=ballot, vote=decision, by=by)


def open_count(ballot: Ballot, holders: Sequence[Actor]) -> None:
    """As many key holders as are needed compare the mark of the close and give their share."""
    election = Election.objects.get(ballot=ballot)
    for index, by in enumerate(holders[:NEEDED], start=1):
        secret, _ = secret_of(election, index, len(holders))
        share = key_share(secret, manifest_of(election).trustees)
        payload = trustee_share(ledger_of(election), index, share, close_mark(election))
        actions.give_share(ballot=ballot, payload=payload, by=by)
