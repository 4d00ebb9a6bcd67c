"""Pages under load: one user in the process, then 50 at once against the server.

    python -m benchmarks.pages

Prints the table that stands in benchmarks/README.md. Figures are ratios and milliseconds of one
machine in one run, never a test.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PORT = "8190"
USERS, EACH, ALONE = 50, 12, 60
PAGES = {
    "trang năm của cụm": "/cum-thi-dua/cum-1/2020/",
    "danh sách đơn vị (hơn 500)": "/don-vi/",
    "việc của tôi": "/",
    "trang công khai": "/gioi-thieu/",
}


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[-1]


def main() -> None:
    """Seed a scratch database, measure, print."""
    os.environ |= {"DEMO": "1", "DEMO_DAY": "2020-12-16", "DATABASE_NAME": "benchmark"}
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="thidua-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from benchmarks.seed import CLUSTERS, MEMBERS, YEARS, seed
    from thidua.emulation.clusters.models import Cluster

    if not Cluster.objects.exists():
        began = time.perf_counter()
        seed()
        print(f"seeded in {time.perf_counter() - began:.0f} s")
    print(f"{CLUSTERS} clusters × {MEMBERS} members × {len(YEARS)} years, {os.cpu_count()} cores\n")
    cookie = _cookie()
    alone = {name: _alone(address, cookie) for name, address in PAGES.items()}
    crowd = _crowd(cookie)
    print("| page | queries | one user p50 / p95, ms | 50 users p50 / p95, ms | requests/s |")
    print("|---|---|---|---|---|")
    for name in PAGES:
        queries, times = alone[name]
        many, seconds = crowd[name]
        print(
            f"| {name} | {queries} | {statistics.median(times):.0f} / {p95(times):.0f} "
            f"| {statistics.median(many):.0f} / {p95(many):.0f} | {len(many) / seconds:.0f} |"
        )


def _cookie() -> str:
    from django.test import Client

    from benchmarks.seed import HEAD_LOGIN
    from thidua.base.accounts.models import User

    client = Client()
    user = User.objects.get(username=HEAD_LOGIN)
    User.objects.filter(pk=user.pk).update(is_demo=True)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


def _alone(address: str, cookie: str) -> tuple[int, list[float]]:
    from django.db import connection
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.cookies["sessionid"] = cookie
    client.get(address)
    asked: list[str] = []

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    times = []
    for _ in range(ALONE):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return len(asked), times


def _crowd(cookie: str) -> dict[str, tuple[list[float], float]]:
    server = subprocess.Popen(
        [
            str(Path(sys.executable).parent / "granian"),
            *("--interface", "wsgi", "--host", "127.0.0.1", "--port", PORT, "--workers", "2"),
            *("--blocking-threads", "4", "--backpressure", "64", "--log-level", "error"),
            "config.wsgi:application",
        ],
        cwd=ROOT,
    )
    try:
        _await_server()
        return {name: _together(address, cookie) for name, address in PAGES.items()}
    finally:
        server.terminate()
        server.wait(10)


def _await_server() -> None:
    for _ in range(60):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/gioi-thieu/", timeout=5).read()
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise TimeoutError("server did not start")


def _together(address: str, cookie: str) -> tuple[list[float], float]:
    times: list[float] = []
    faults: list[int] = []

    def walk() -> None:
        for _ in range(EACH):
            request = urllib.request.Request(
                f"http://127.0.0.1:{PORT}{address}", headers={"Cookie": f"sessionid={cookie}"}
            )
            began = time.perf_counter()
            with urllib.request.urlopen(request, timeout=120) as answer:
                answer.read()
                if answer.status != 200:
                    faults.append(answer.status)
            times.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=walk) for _ in range(USERS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults
    return times, time.perf_counter() - began


if __name__ == "__main__":
    main()
