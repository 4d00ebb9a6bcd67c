"""From the database to the answers of a province: ten years of records, all annual titles and forms.

    python -m benchmarks.eligibility --people 300000

Fills a scratch database, then times reading it into arrays and judging everybody, in one process.
Figures are seconds of one machine in one run, never a test.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from datetime import date

KINDS = ("LDTT", "CSTD_CS", "CSTD_TINH", "CSTD_TQ", "BK_TINH", "BK_TTG")
ON, YEAR = date(2025, 12, 1), 2025
FILL = """
    INSERT INTO organisations_person (full_name, revision, search, "order")
        SELECT 'Người ' || n, 0, 'nguoi ' || n, 'nguoi ' || n FROM generate_series(1, {people}) AS n;
    INSERT INTO records_rating
        (unit_id, person_id, year, level, decision_symbol, decision_date, recorded_at)
        SELECT {unit}, p.id, y, (ARRAY['excellent', 'good', 'good', 'completed'])[1 + (p.id * 7 + y * 3) % 4],
            y || '/QĐ', make_date(y, 12, 1), now()
        FROM organisations_person AS p, generate_series(2016, 2025) AS y;
    INSERT INTO honours_honour
        (person_id, recipient_name, kind, year, achievement, ground, decision_symbol, decision_date, issuer,
         reason, era, writing, is_correction, recorded_at, search, "order")
        SELECT p.id, p.full_name, k.kind, y, daterange(make_date(y, 1, 1), make_date(y + 1, 1, 1)), 'merit',
            k.kind || y, make_date(y, 11, 27), 'Giám đốc', '', '', 0, false, now(), p.search, p."order"
        FROM organisations_person AS p, generate_series(2016, 2025) AS y,
            (VALUES ('LDTT', 2), ('CSTD_CS', 5), ('CSTD_TINH', 40), ('BK_TINH', 30)) AS k(kind, every)
        WHERE (p.id * 13 + CASE WHEN k.every > 9 THEN y * 5 ELSE 0 END) % k.every = 0;
    INSERT INTO records_initiative
        (unit_id, title, kind, scope, recognised_by, decision_symbol, decision_date, recorded_at, search)
        SELECT {unit}, 'Sáng kiến ' || p.id, 'initiative', (ARRAY['unit', 'province'])[1 + p.id % 2],
            'Giám đốc', p.id || '/QĐ', make_date(2023 + (p.id % 3)::int, 6, 1), now(), 'sang kien'
        FROM organisations_person AS p WHERE p.id % 4 = 0;
    INSERT INTO records_authorship (initiative_id, person_id)
        SELECT i.id, split_part(i.decision_symbol, '/', 1)::bigint FROM records_initiative AS i;
    ANALYZE;
"""


def main() -> None:
    """Fill, read, judge, print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=30_000)
    people = asked.parse_args().people
    os.environ |= {"DATABASE_NAME": "benchmark_eligibility", "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="thidua-bench-"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _fill(people)
    from thidua.commendation.eligibility.registers import people_of_register, register_of_people
    from thidua.rulebook.engine.outcomes import OUTCOMES
    from thidua.rulebook.engine.scanning import scan

    began = time.perf_counter()
    ids = people_of_register()
    register = register_of_people(ids, ON, YEAR)
    read = time.perf_counter()
    found = scan(register, KINDS)
    done = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(ids):,} people × 10 years, {len(KINDS)} kinds, {os.cpu_count()} cores")
    print(
        f"read {read - began:.2f} s, judged {done - read:.3f} s, together {done - began:.2f} s; {peak:.0f} MB"
    )
    for kind, codes in found.items():
        counts = dict.fromkeys(dict.fromkeys(OUTCOMES), 0)
        for code, word in enumerate(OUTCOMES):
            counts[word] += int((codes == code).sum())
        print(kind, counts)


def _fill(people: int) -> None:
    """The rows, without the triggers that write history beside them."""
    from django.db import connection

    from thidua.base.periods import Term
    from thidua.organisations.models import Person, Unit

    if Person.objects.exists():
        return
    unit = Unit.objects.create(
        kind="province", name="Tỉnh Mẫu", short_name="Tỉnh Mẫu", existence=Term(date(2010, 1, 1))
    )
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(FILL.format(people=people, unit=unit.pk))
        cursor.execute("SET session_replication_role = origin")
    print(f"filled in {time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
