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

KINDS = ("LDTT", "CSTD_CS", "CSTD_TINH", "CSTD_TQ", "BK_TINH", "BK_TTG", "HC_LD_3")
ON, YEAR = date(2025, 12, 1), 2025
# Nine careers, by the number of a person: most are good workers, some climb every step, a few are stopped.
FILL = """
    INSERT INTO organisations_person (full_name, revision, search, "order")
        SELECT 'Người ' || n, 0, 'nguoi ' || n, 'nguoi ' || n FROM generate_series(1, {people}) AS n;
    CREATE TEMPORARY TABLE walk AS
        SELECT id, full_name, search, "order", (id % 9)::int AS career, (id % 41)::int AS lot
        FROM organisations_person;
    INSERT INTO organisations_office (unit_id, name, is_leader) VALUES
        ({unit}, 'Chuyên viên', false), ({unit}, 'Phó Chủ tịch UBND', true), ({unit}, 'Chánh Văn phòng', true);
    INSERT INTO organisations_tenure (person_id, office_id, term)
        SELECT walk.id, office.id, daterange('2010-01-01', NULL) FROM walk JOIN organisations_office AS office
            ON office.name = CASE walk.id % 50
                WHEN 0 THEN 'Phó Chủ tịch UBND' WHEN 1 THEN 'Chánh Văn phòng' ELSE 'Chuyên viên' END;
    INSERT INTO records_equivalence
        (tenure_id, post, term, decided_by, decision_symbol, decision_date, recorded_at)
        SELECT tenure.id, 'vu_truong', term, 'Ban Thường vụ Tỉnh ủy', '45-KL/TU', '2019-03-05', now()
        FROM organisations_tenure AS tenure WHERE person_id % 100 = 1;
    INSERT INTO records_rating
        (unit_id, person_id, year, level, decision_symbol, decision_date, recorded_at)
        SELECT {unit}, id, y,
            CASE
                WHEN career IN (0, 1) THEN 'excellent'
                WHEN career = 2 AND y >= 2021 THEN 'excellent'
                WHEN career = 8 THEN (ARRAY['completed', 'good', 'not_completed'])[1 + (id + y) % 3]
                ELSE (ARRAY['good', 'good', 'excellent', 'good', 'completed'])[1 + (id * 7 + y * 3) % 5]
            END,
            y || '/QĐ', make_date(y, 12, 1), now()
        FROM walk, generate_series(2016, 2025) AS y;
    INSERT INTO honours_honour
        (person_id, recipient_name, kind, year, achievement, ground, decision_symbol, decision_date, issuer,
         reason, era, writing, is_correction, recorded_at, search, "order")
        SELECT id, full_name, kind, y, daterange(make_date(y, 1, 1), make_date(y + 1, 1, 1)), 'merit',
            kind || y, make_date(y, 11, 27), 'Giám đốc', '', '', 0, false, now(), search, "order"
        FROM walk, generate_series(2016, 2025) AS y,
            unnest(ARRAY['LDTT', 'CSTD_CS', 'CSTD_TINH', 'BK_TINH']) AS kind
        WHERE CASE kind
            WHEN 'LDTT' THEN career < 8 AND y < 2025
            WHEN 'CSTD_CS'
                THEN career IN (0, 1) OR career = 2 AND y >= 2022 OR career = 3 AND (id + y) % 3 = 0
            WHEN 'CSTD_TINH' THEN career = 0 AND y IN (2024, 2025)
            WHEN 'BK_TINH' THEN career IN (0, 1, 4) AND y = 2018 + lot % 4
        END;
    INSERT INTO records_initiative
        (unit_id, title, kind, scope, recognised_by, decision_symbol, decision_date, recorded_at, search)
        SELECT {unit}, 'Sáng kiến ' || id || '/' || y, 'initiative',
            CASE WHEN career = 0 THEN 'nation' WHEN career < 3 THEN 'province' ELSE 'unit' END,
            'Giám đốc', id || '/' || y, make_date(y, 6, 1), now(), 'sang kien'
        FROM walk, generate_series(2024, 2025) AS y WHERE career < 5 AND lot % 2 = y % 2 OR career < 3;
    INSERT INTO records_authorship (initiative_id, person_id)
        SELECT i.id, split_part(i.decision_symbol, '/', 1)::bigint FROM records_initiative AS i;
    INSERT INTO records_pendingmatter
        (unit_id, person_id, kind, since, told_by, document, conclusion, recorded_at)
        SELECT {unit}, id, 'complaint', date '2025-10-15', 'Thanh tra', '', '', now() FROM walk WHERE lot = 7;
    INSERT INTO records_discipline
        (unit_id, person_id, form, decision_symbol, decision_date, starts, ends, annulled_by, recorded_at)
        SELECT {unit}, id, 'warning', '7/QĐ', day, day, day + 365, '', now()
        FROM walk, (VALUES (date '2025-03-01')) AS days (day) WHERE lot = 11;
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
