"""Delegates vote within the same ten seconds through the server: `python -m benchmarks.voting_load`.

It makes a database of its own on the embedded server, an electronic ballot with six hundred lines and the
ballots of all delegates, starts granian as `make run` does, then sends each delegate's two messages (the
encrypted ballot, the decision to cast) over one connection, at a moment spread over ten seconds. First sixty
delegates vote twenty times over, each time anew; then all six hundred. Everything, client and server, shares
the machine. Afterwards the box is closed and opened, and the package must pass V01–V20.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from typing import Any

DATABASE = "voting_load"
OPTIONS = 11
PORT = 8129
FEW, TIMES = 60, 20  # delegates of a meeting, and how often they vote again


@dataclass
class Delegate:
    """What one phone sends, and with which session: each pair is a ballot and the decision to cast it."""

    cookie: str
    votes: list[tuple[bytes, bytes]]


def prepare(delegates: int, times: int) -> tuple[int, list[Delegate]]:
    """A fresh database with the ballot open; every delegate's messages made beforehand, as phones do."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from django.db import connections

    from config.database import connection
    from tests.databases import copy_database, migrated, url_of

    copy_database(migrated(), DATABASE)
    connections["default"].settings_dict.update(connection(url_of(DATABASE)))
    return _ballot(delegates, times)


def _ballot(delegates: int, times: int) -> tuple[int, list[Delegate]]:
    from tests.story import add_person, tell_story
    from tests.voting import devices
    from tests.voting.world import new_ballot, with_committee
    from thidua.base.periods import now
    from thidua.voting import actions

    year = tell_story()
    plain = year.actor
    # the server's clock is the real one, so the story's people act now and not on their own day
    year.actor = lambda name, at=None: plain(name, at or now())  # type: ignore[method-assign]
    units = [year.units[key] for key in ("van_hoa", "y_te", "giao_duc")]
    ballot = new_ballot(
        year,
        mode="electronic",
        roll=[(units[n % 3], f"Đại biểu {n}", "") for n in range(delegates)],
        options=[(None, f"Phương án {n + 1}") for n in range(OPTIONS)],
        choices_max=3,
        seats=3,
    )
    ballot = with_committee(year, ballot)
    binh = year.actor("binh")
    actions.seal_roll(ballot=ballot, by=binh)
    devices.hold_ceremony(year, ballot)
    entries = list(ballot.roll.select_related("unit"))
    actions.mark_roll(ballot=ballot, entries=[e.pk for e in entries], mark="present", value=True, by=binh)
    actions.open_ballot(ballot=ballot, by=binh)
    chance = random.Random(1)
    made = []
    for n, entry in enumerate(entries):
        key = next(key for key, unit in year.units.items() if unit.pk == entry.unit_id)
        add_person(year, f"dai-bieu-{n}", entry.person_name, key, "unit_officer", "Đại biểu")
        votes = []
        for counter in range(1, 2 + (times if n < FEW else 0)):
            chosen = chance.sample(range(OPTIONS), chance.randint(0, 3))
            data, _ = devices.fill(ballot, entry, *chosen, counter=counter)
            votes.append((data, devices.decide(ballot, entry, data)))
        made.append(Delegate(_session(year, f"dai-bieu-{n}"), votes))
    return ballot.pk, made


def _session(year: Any, name: str) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    user = year.people[name].user
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


CSRF = "a" * 32


def send(line: http.client.HTTPConnection, pk: int, path: str, body: bytes, cookie: str) -> tuple[int, float]:
    """One message; its status and how long the answer took."""
    began = time.perf_counter()
    headers = {
        "Cookie": f"sessionid={cookie}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/octet-stream",
    }
    line.request("POST", f"/bo-phieu/{pk}/dien-tu/{path}/", body, headers)
    answer = line.getresponse()
    answer.read()
    return answer.status, time.perf_counter() - began


def connect() -> http.client.HTTPConnection:
    """A phone's connection to the server."""
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)


@dataclass
class Sent:
    """What became of one delegate's two messages: the last status, the seconds each answer took."""

    status: int
    taken: float
    accepted: float = 0.0


def burst(pk: int, delegates: list[Delegate], seconds: float) -> list[Sent]:
    """Every delegate at a moment of their own within `seconds`, with their next vote."""
    chance, found = random.Random(len(delegates[0].votes)), []
    moments = sorted(chance.uniform(0, seconds) for _ in delegates)
    began = time.perf_counter()

    def vote(delegate: Delegate) -> None:
        ballot, decision = delegate.votes.pop(0)
        line = connect()
        sent = Sent(*send(line, pk, "phieu", ballot, delegate.cookie))
        if sent.status == http.client.OK:
            sent.status, sent.accepted = send(line, pk, "quyet-dinh", decision, delegate.cookie)
        line.close()
        found.append(sent)

    threads = []
    for moment, delegate in zip(moments, delegates, strict=True):
        time.sleep(max(0.0, began + moment - time.perf_counter()))
        threads.append(threading.Thread(target=vote, args=(delegate,)))
        threads[-1].start()
    for thread in threads:
        thread.join()
    return found


def serve(threads: int) -> subprocess.Popen[bytes]:
    """Granian with two workers, as `make run` starts it, save the threads."""
    from pathlib import Path

    from tests.databases import environment

    words = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(PORT), "--workers", "2"]
    words += ["--blocking-threads", str(threads), "--backpressure", "256", "--log-level", "error"]
    granian = str(Path(sys.executable).parent / "granian")
    server = subprocess.Popen(
        [granian, *words, "config.wsgi:application"], env=environment(DATABASE, DEMO="0")
    )
    for _ in range(300):
        try:
            http.client.HTTPConnection("127.0.0.1", PORT, timeout=2).request("GET", "/")
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise TimeoutError


def count(pk: int) -> tuple[int, bool]:
    """Close, open with two trustees, check: lines that count, and whether V01–V20 hold."""
    from django.db import connection

    from tests.voting import devices
    from thidua.base.accounts.models import User
    from thidua.base.periods import now
    from thidua.organisations.queries import actor
    from thidua.voting import actions
    from thidua.voting.ballot_box.checks import verify
    from thidua.voting.models import Ballot
    from thidua.voting.modes.writing import ledger_of, package_of

    connection.close()
    ballot = Ballot.objects.get(pk=pk)

    def by(name: str) -> Any:
        return actor(User.objects.get(username=name), at=now())

    actions.close_ballot(ballot=ballot, by=by("binh"))
    for index, name in ((1, "an"), (3, "dung")):
        actions.give_share(ballot=ballot, payload=devices.share_of(ballot, index), by=by(name))
    election = devices.election_of(ballot)
    return len(ledger_of(election).counted), verify(package_of(election)).accepted


def share(times: list[float], part: float) -> float:
    """The time below which this part of them lies, in milliseconds."""
    ordered = sorted(times)
    return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def tell(title: str, found: list[Sent]) -> int:
    """Answers and their times; how many were accepted."""
    good = [sent for sent in found if sent.status == http.client.OK]
    others = sorted({sent.status for sent in found} - {http.client.OK})
    print(f"{title}: receipts {len(good)} of {len(found)}, other answers {others}")
    taken, accepted = [sent.taken for sent in good], [sent.accepted for sent in good]
    for name, times in (("ballot taken", taken), ("vote accepted", accepted)):
        median, late, last = (share(times, part) for part in (0.5, 0.95, 1))
        print(f"{title}, {name}: median {median:.0f} ms, p95 {late:.0f} ms, max {last:.0f} ms")
    return len(good)


def main() -> None:
    """Prepare, send, count, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delegates", type=int, default=600)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--times", type=int, default=TIMES, help="how often the sixty vote before all do")
    parser.add_argument("--threads", type=int, default=4, help="of each worker; `make run` has four")
    asked = parser.parse_args()
    pk, delegates = prepare(asked.delegates, asked.times)
    server = serve(asked.threads)
    try:
        for delegate in delegates[:8]:  # both workers have read the code
            send(connect(), pk, "toi", b"{}", delegate.cookie)
        again = [sent for _ in range(asked.times) for sent in burst(pk, delegates[:FEW], asked.seconds)]
        began = time.perf_counter()
        everybody = burst(pk, delegates, asked.seconds)
        lasted = time.perf_counter() - began
    finally:
        server.terminate()
        server.wait(20)
    if again:
        tell(f"{FEW} delegates in {asked.seconds:.0f} s, {asked.times} times", again)
    accepted = tell(f"{asked.delegates} delegates in {asked.seconds:.0f} s", everybody)
    counted, sound = count(pk)
    print(f"until the last answer {lasted:.1f} s; lost {accepted - counted}, V01–V20 hold: {sound}")


if __name__ == "__main__":
    main()
