"""A register judged at once gives what each of its people would be given alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from thidua.rulebook.__main__ import main
from thidua.rulebook.catalogue import kinds
from thidua.rulebook.engine import Discipline, Facts, Honour, Initiative, Members, Pending, Position, judge
from thidua.rulebook.engine.facts import DISCIPLINES, GROUNDS, OCCUPATIONS, PENDING, RATINGS, REACHES, WORKS
from thidua.rulebook.engine.outcomes import OUTCOMES
from thidua.rulebook.engine.reading import statement_keys
from thidua.rulebook.engine.register import families, register_of
from thidua.rulebook.engine.scanning import scan

YEAR = 2024
TEXTS = "2019-06-01 2023-12-31 2024-01-01 2024-12-20 2025-07-01 2026-02-01 2026-10-01 2027-03-01"
DAYS = [date.fromisoformat(one) for one in TEXTS.split()]
years = st.integers(YEAR - 13, YEAR + 1)
KEPT = sorted(
    families() - set(RATINGS) - {"DANG_KY"} - {name for name in families() if name[:3] in {"SK_", "DT_"}}
)
days = st.dates(date(2010, 1, 1), date(2025, 12, 31))


def maybe(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), values)


def some(values: st.SearchStrategy, most: int = 4) -> st.SearchStrategy:
    return maybe(st.lists(values, max_size=most).map(tuple))


honours = st.builds(
    Honour,
    kind=st.sampled_from(KEPT),
    year=years,
    ground=maybe(st.sampled_from(["cong_trang", "cong_trang", *GROUNDS])),
)
initiatives = st.builds(
    Initiative, year=years, reach=st.sampled_from(list(REACHES)), work=st.sampled_from(list(WORKS)),
    used_for=st.sampled_from([(), (), ("CSTD_CS",), ("BK_TINH",)]),
)  # fmt: skip
disciplines = st.builds(Discipline, form=st.sampled_from(list(DISCIPLINES)), on=days, ends=maybe(days))
matters = st.builds(
    Pending,
    matter=st.sampled_from(list(PENDING)),
    since=maybe(days),
    until=maybe(days),
    cleared=st.booleans(),
)
counts = maybe(st.integers(0, 10))
members = st.builds(
    Members, total=maybe(st.just(10)), advanced=counts, completed=counts, fighters=counts, warned=counts
)
long_run = st.integers(0, 13).map(lambda n: {YEAR - at: "HTXSNV" for at in range(n)})
people = st.builds(
    Facts,
    recipient=st.just("ca_nhan"),
    sex=maybe(st.sampled_from(["nam", "nu"])),
    occupation=maybe(st.sampled_from(list(OCCUPATIONS))),
    recruited=maybe(days),
    founded=maybe(st.dates(date(1980, 1, 1), date(2020, 1, 1))),
    ratings=st.one_of(long_run, st.dictionaries(years, st.sampled_from(list(RATINGS)), max_size=6)),
    registered=some(years),
    honours=some(honours, 30),
    initiatives=some(initiatives, 8),
    discipline=some(disciplines, 1),
    pending=some(matters, 1),
    positions=some(
        st.builds(
            Position,
            post=st.sampled_from(["bo_truong", "vu_truong", "pho_vu_truong"]),
            starts=days,
            ends=maybe(days),
        ),
        3,
    ),
    members=st.dictionaries(st.just(YEAR), members, max_size=1),
    statements=st.dictionaries(st.sampled_from(sorted(statement_keys())), st.booleans(), max_size=5),
)


@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.lists(people, min_size=1, max_size=4),
    st.sampled_from(DAYS),
    st.sampled_from(["ca_nhan", "tap_the", "ho_gia_dinh"]),
)
def test_both_ways_agree(group: list[Facts], on: date, recipient: str) -> None:
    group = [Facts(**{**vars(one), "recipient": recipient, "year": YEAR}) for one in group]
    codes = sorted({one.code for one in kinds(date(2025, 8, 6))})
    register = register_of(group, year=YEAR, on=on)
    plain, readings = scan(register, codes), scan(register, codes, readings=True)
    for at, one in enumerate(group):
        for kind in codes:
            verdict = judge(one, kind=kind, on=on)
            assert OUTCOMES[plain[kind][at]] == verdict.outcome, (kind, verdict.lines())
            assert OUTCOMES[readings[kind][at]] == verdict.reading, (kind, verdict.lines())


def test_a_register_in_parquet_is_judged_row_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = pa.table(
        {
            "id": ["an", "binh", "chi", "to 1"],
            "recipient": ["ca_nhan", "ca_nhan", "ca_nhan", "tap_the"],
            "rating_2024": ["HTXSNV", "HTTNV", None, "HTXSNV"],
            "rating_2025": ["HTXSNV", "HTTNV", "HTXSNV", "HTXSNV"],
            "CSTD_CS": [[2023, 2024, 2025], [2024, 2025], None, []],
            "SK_TINH": [[2025], [2025, 2025], [2024], []],
            "recruited": [date(2010, 1, 1), date(2010, 1, 1), date(2025, 9, 1), None],
            "pending": [[], ["ky_luat"], [], []],
            "discipline_form": ["", "", "", ""],
            "discipline_date": pa.array([None] * 4, pa.date32()),
            "discipline_ends": pa.array([None] * 4, pa.date32()),
            "total": pa.array([None, None, None, 10], pa.int32()),
            "advanced": pa.array([None, None, None, 7], pa.int32()),
            "warned": pa.array([None, None, None, 0], pa.int32()),
        }
    )
    source, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    pq.write_table(rows, source)
    asked = ["LDTT", "CSTD_TINH", "TT_LDTT"]
    assert (
        main(
            [
                "scan",
                str(source),
                "--on",
                "2025-12-01",
                "--out",
                str(out),
                *(w for k in asked for w in ("--kind", k)),
            ]
        )
        == 0
    )
    assert "100%" in capsys.readouterr().err
    found = pq.read_table(out).to_pydict()
    assert found["LDTT"] == ["eligible", "excluded", "needs_review", "excluded"]
    assert found["CSTD_TINH"] == ["eligible", "excluded", "needs_review", "excluded"]
    assert found["TT_LDTT"] == ["excluded", "excluded", "excluded", "eligible"]
    pq.write_table(rows.append_column("lạ", pa.array([1, 2, 3, 4])), source)
    assert main(["scan", str(source), "--on", "2025-12-01", "--out", str(out)]) == 2
