"""What each test found, in words: what was counted, what is missing, how far from the edge.

The words stand in told.txt: found | counted | missing | how far from the edge.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from thidua.rulebook.engine import careers, telling
from thidua.rulebook.engine import conditions as c
from thidua.rulebook.engine.reading import read_facts
from thidua.rulebook.engine.sight import Sight

K = {"code": "X", "says": "x"}


def had(kind: str, *years: int) -> list[dict[str, Any]]:
    """Awards for merit."""
    return [{"kind": kind, "year": year, "ground": "cong_trang"} for year in years]


def rated(grade: str, first: int, last: int) -> dict[str, str]:
    """Ratings of some years."""
    return {str(year): grade for year in range(first, last + 1)}


def run(*of: str, **named: Any) -> c.Run:
    """A run of one of these."""
    return c.Run(**K, of=of, **named)


def count(*of: str, **named: Any) -> c.Count:
    """A count of these."""
    return c.Count(**K, of=of, **named)


def post(name: str, since: str, until: str | None = None) -> dict[str, str | None]:
    """A post held."""
    return {"post": name, "from": since, "to": until}


LED = (("thu_truong", 5, 9999), ("vu_truong", 15, 9999))
SERVED = (("luc_luong_vu_trang", 1), ("luc_luong_vu_trang_bien_dao", 2))
ASKED: dict[str, tuple[c.Test, dict[str, Any]]] = {
    "run": (run("CSTD_CS", years=3), {"honours": had("CSTD_CS", 2021, 2023, 2025)}),
    "run whole": (run("CSTD_CS", years=3), {"honours": had("CSTD_CS", 2022, 2023, 2024, 2025)}),
    "run unknown": (run("HTTNV", years=3), {"ratings": rated("HTTNV", 2024, 2025)}),
    "run unknown sure": (run("HTTNV", years=2), {"ratings": rated("HTTNV", 2024, 2025)}),
    "run honours unknown": (run("CSTD_CS", years=3), {}),
    "run after": (
        run("HTTNV", years=5, after="BK_TTG"),
        {"ratings": rated("HTTNV", 2015, 2025), "honours": had("BK_TTG", 2018)},
    ),
    "run after short": (
        run("HTTNV", years=5, after="BK_TTG"),
        {"ratings": rated("HTTNV", 2015, 2025), "honours": had("BK_TTG", 2022)},
    ),
    "run after gap": (
        run("HTTNV", years=5, after="BK_TTG"),
        {"ratings": {**rated("HTTNV", 2015, 2025), "2023": "HTNV"}, "honours": had("BK_TTG", 2018)},
    ),
    "run after unknown honours": (
        run("HTTNV", years=5, after="BK_TTG"),
        {"ratings": rated("HTTNV", 2015, 2025)},
    ),
    "run after unknown rating": (
        run("HTTNV", years=5, after="BK_TTG"),
        {"ratings": rated("HTTNV", 2022, 2025), "honours": had("BK_TTG", 2020)},
    ),
    "run after unknown ground": (
        run("HTTNV", years=5, after="BK_TTG"),
        {"ratings": rated("HTTNV", 2015, 2025), "honours": [{"kind": "BK_TTG", "year": 2018}]},
    ),
    "run after nothing known": (run("HTTNV", years=5, after="BK_TTG"), {}),
    "number unknown": (c.Number(**K, of="fighters", bound=1), {"recipient": "tap_the"}),
    "share part unknown": (
        c.Share(**K, of="advanced", num=1, den=2),
        {"recipient": "tap_the", "members": {"2025": {"total": 20}}},
    ),
    "posts of today": (
        careers.Posts(**K, rows=LED, women=(2, 3)),
        {"sex": "nam", "positions": [{**post("vu_truong", "2025-12-01"), "ground": "Kết luận A"}]},
    ),
    "posts of tomorrow": (
        careers.Posts(**K, rows=LED, women=(2, 3)),
        {"sex": "nam", "positions": [{**post("vu_truong", "2025-12-02"), "ground": "Kết luận A"}]},
    ),
    "run anywhere": (
        run("HTXSNV", years=3, after="BK_TINH", anywhere=True, others="HTTNV"),
        {
            "ratings": {**rated("HTXSNV", 2016, 2019), **rated("HTTNV", 2020, 2025)},
            "honours": had("BK_TINH", 2015),
        },
    ),
    "run anywhere short": (
        run("HTXSNV", years=3, after="BK_TINH", anywhere=True, others="HTTNV"),
        {
            "ratings": {**rated("HTTNV", 2016, 2025), "2018": "HTXSNV", "2019": "HTXSNV", "2022": "HTXSNV"},
            "honours": had("BK_TINH", 2015),
        },
    ),
    "run anew": (
        run("CSTD_CS", years=3, anew="CSTD_TINH"),
        {"honours": had("CSTD_CS", 2021, 2022, 2023, 2024, 2025) + had("CSTD_TINH", 2023)},
    ),
    "run anew of the kind": (
        run("HTXSNV", years=2),
        {"ratings": rated("HTXSNV", 2020, 2025), "honours": had("BK_TINH", 2024), "anew": "BK_TINH"},
    ),
    "run two families": (
        run("HTXSNV", "TT_LDXS", years=1),
        {"recipient": "tap_the", "ratings": {"2025": "HTTNV"}, "honours": had("TT_LDXS", 2025)},
    ),
    "run until": (
        run("CSTD_CS", years=3, until="CSTD_TINH"),
        {"honours": had("CSTD_CS", 2021, 2022, 2023) + had("CSTD_TINH", 2023)},
    ),
    "rating": (run("HTTNV", years=1), {"ratings": {"2025": "HTXSNV"}}),
    "rating low": (run("HTTNV", years=1), {"ratings": {"2025": "KHTNV"}}),
    "rating KXL": (run("HTTNV", years=1), {"ratings": {"2025": "KXL"}}),
    "rating none": (run("HTTNV", years=1), {}),
    "rating leave": (
        run("HTTNV", years=1),
        {"leave": [{"reason": "thai_san", "from": "2025-01-01", "to": "2025-07-01"}]},
    ),
    "rating leave open": (run("HTTNV", years=1), {"leave": [{"reason": "thai_san", "from": "2024-11-01"}]}),
    "rating leave before": (
        run("HTTNV", years=1),
        {"leave": [{"reason": "thai_san", "from": "2023-11-01", "to": "2024-05-01"}]},
    ),
    "rating leave other": (
        run("HTTNV", years=1),
        {"leave": [{"reason": "om_dau", "from": "2025-01-01", "to": "2025-07-01"}]},
    ),
    "rating leave two": (
        run("HTTNV", years=3),
        {
            "ratings": rated("HTTNV", 2024, 2025),
            "leave": [
                {"reason": "om_dau", "from": "2023-01-01", "to": "2023-02-01"},
                {"reason": "thai_san", "from": "2022-09-01", "to": "2023-03-01"},
            ],
        },
    ),
    "rating after": (
        run("HTTNV", years=1, after="BK_TTG"),
        {"ratings": {"2025": "HTTNV"}, "honours": had("BK_TTG", 2024)},
    ),
    "count": (count("CSTD_CS", times=2, years=3), {"honours": had("CSTD_CS", 2021, 2022, 2025)}),
    "count all": (count("CSTD_CS", times=2), {"honours": had("CSTD_CS", 2021, 2022, 2025)}),
    "count discipline": (
        count("SK_CO_SO", times=1),
        {
            "initiatives": [
                {"year": 2023, "reach": "tinh"},
                {"year": 2025, "reach": "co_so"},
                {"year": 2025, "reach": "co_so"},
            ],
            "discipline": [{"form": "canh_cao", "date": "2023-01-01", "ends": "2023-12-31"}],
        },
    ),
    "count during": (
        count("SK_CO_SO", times=2, during=("HTXSNV",)),
        {
            "ratings": {**rated("HTXSNV", 2020, 2025), "2023": "HTTNV"},
            "initiatives": [{"year": 2022, "reach": "tinh"}, {"year": 2025, "reach": "co_so"}],
        },
    ),
    "count during unknown": (
        count("SK_CO_SO", times=2, during=("HTXSNV",)),
        {
            "ratings": rated("HTXSNV", 2024, 2025),
            "initiatives": [{"year": 2022, "reach": "tinh"}, {"year": 2025, "reach": "co_so"}],
        },
    ),
    "count during known": (
        count("SK_CO_SO", times=1, during=("HTXSNV",)),
        {
            "ratings": rated("HTXSNV", 2024, 2025),
            "initiatives": [{"year": 2022, "reach": "tinh"}, {"year": 2025, "reach": "co_so"}],
        },
    ),
    "count after unknown": (count("CSTD_CS", times=1, after="BK_TTG", spaced=5), {}),
    "count after ground": (
        count("CSTD_CS", times=1, after="BK_TTG", spaced=5),
        {"honours": [{"kind": "BK_TTG", "year": 2018}, *had("CSTD_CS", 2020)]},
    ),
    "count none": (count("CSTD_CS", times=1, after="BK_TTG", spaced=5), {"honours": had("CSTD_CS", 2020)}),
    "count anew": (
        count("SK_CO_SO", times=2),
        {
            "anew": "BK_TINH",
            "honours": had("BK_TINH", 2023),
            "initiatives": [{"year": 2023, "reach": "co_so"}, {"year": 2025, "reach": "co_so"}],
        },
    ),
    "held": (c.Held(**K, of=("BK_TTG",), before=5), {"honours": had("BK_TTG", 2019, 2024)}),
    "held edge": (c.Held(**K, of=("BK_TTG",), before=5), {"honours": had("BK_TTG", 2020)}),
    "held latest": (
        c.Held(**K, of=("HC_HCM",), before=15, latest=True),
        {"recipient": "tap_the", "honours": had("HC_HCM", 2005, 2015)},
    ),
    "held none": (c.Held(**K, of=("BK_TTG",)), {"honours": []}),
    "held unknown": (c.Held(**K, of=("BK_TTG",)), {}),
    "held ground": (c.Held(**K, of=("BK_TTG",)), {"honours": [{"kind": "BK_TTG", "year": 2020}]}),
    "held spent": (
        c.Held(**K, of=("HC_DL_1",), unspent="HC_HCM"),
        {"recipient": "tap_the", "honours": had("HC_DL_1", 2005) + had("HC_HCM", 2015)},
    ),
    "apart": (
        c.Apart(**K, of="CSTD_TINH", years=3, most=3),
        {"honours": had("CSTD_TINH", 2018, 2022, 2025)},
    ),
    "apart near": (c.Apart(**K, of="CSTD_TINH", years=1, most=5), {"honours": had("CSTD_TINH", 2024, 2025)}),
    "apart far": (c.Apart(**K, of="CSTD_TINH", years=1, most=5), {"honours": had("CSTD_TINH", 2016, 2025)}),
    "apart one": (c.Apart(**K, of="CSTD_TINH", years=1, most=5), {"honours": had("CSTD_TINH", 2025)}),
    "apart none": (c.Apart(**K, of="CSTD_TINH", years=1, most=5), {"honours": []}),
    "apart unknown": (c.Apart(**K, of="CSTD_TINH", years=1, most=5), {}),
    "share": (
        c.Share(**K, of="advanced", num=7, den=10),
        {"recipient": "tap_the", "members": {"2025": {"total": 21, "advanced": 14}}},
    ),
    "share above": (
        c.Share(**K, of="advanced", num=1, den=2, above=True),
        {"recipient": "tap_the", "members": {"2025": {"total": 20, "advanced": 11}}},
    ),
    "share above none": (
        c.Share(**K, of="advanced", num=1, den=2, above=True),
        {"recipient": "tap_the", "members": {"2025": {"total": 20, "advanced": 10}}},
    ),
    "share no total": (
        c.Share(**K, of="advanced", num=1, den=2),
        {"recipient": "tap_the", "members": {"2025": {"advanced": 10}}},
    ),
    "share unknown": (c.Share(**K, of="advanced", num=1, den=2), {"recipient": "tap_the"}),
    "number": (
        c.Number(**K, of="warned", bound=0, most=True),
        {"recipient": "tap_the", "members": {"2025": {"total": 20, "warned": 1}}},
    ),
    "number least": (
        c.Number(**K, of="fighters", bound=1),
        {"recipient": "tap_the", "members": {"2025": {"total": 20, "fighters": 3}}},
    ),
    "age": (c.Age(**K, years=10), {"recipient": "tap_the", "founded": "2015-12-02"}),
    "age unknown": (c.Age(**K, years=10), {"recipient": "tap_the"}),
    "anniversary": (c.Anniversary(**K), {"recipient": "tap_the", "founded": "1945-08-28"}),
    "anniversary not": (c.Anniversary(**K), {"recipient": "tap_the", "founded": "1946-08-28"}),
    "anniversary 11": (c.Anniversary(**K), {"recipient": "tap_the", "founded": "2014-08-28"}),
    "anniversary unknown": (c.Anniversary(**K), {"recipient": "tap_the"}),
    "recruited": (c.Recruited(**K, months=6), {"recruited": "2025-05-01"}),
    "recruited unknown": (c.Recruited(**K, months=6), {}),
    "recruited long": (c.Recruited(**K, months=6), {"ratings": {"2020": "HTTNV"}}),
    "pending": (
        c.NoPending(**K, matters=("khieu_nai", "ky_luat")),
        {
            "pending": [
                {"matter": "khieu_nai"},
                {"matter": "ky_luat", "to": "2025-11-01"},
                {"matter": "dieu_tra"},
                {"matter": "ky_luat", "cleared": True},
            ]
        },
    ),
    "pending cleared": (
        c.NoPending(**K, matters=("khieu_nai", "ky_luat"), clearing=True),
        {"pending": [{"matter": "ky_luat", "cleared": True}]},
    ),
    "pending none": (c.NoPending(**K, matters=("khieu_nai",)), {"pending": []}),
    "pending unknown": (c.NoPending(**K, matters=("khieu_nai",)), {}),
    "discipline": (
        c.NoDiscipline(**K, forms=("canh_cao", "khien_trach")),
        {
            "discipline": [
                {"form": "canh_cao", "date": "2025-03-01"},
                {"form": "khien_trach", "date": "2024-03-01"},
            ]
        },
    ),
    "discipline ever": (
        c.NoDiscipline(**K, forms=("canh_cao", "khien_trach"), ever=True),
        {
            "discipline": [
                {"form": "canh_cao", "date": "2025-03-01"},
                {"form": "khien_trach", "date": "2024-03-01"},
            ]
        },
    ),
    "discipline none": (c.NoDiscipline(**K, forms=("canh_cao",)), {"discipline": []}),
    "counted from": (
        c.CountedFrom(**K),
        {"discipline": [{"form": "canh_cao", "date": "2022-03-01", "ends": "2023-03-01"}]},
    ),
    "counted from open": (c.CountedFrom(**K), {"discipline": [{"form": "canh_cao", "date": "2022-03-01"}]}),
    "counted from none": (c.CountedFrom(**K), {"discipline": []}),
    "counted anew": (c.CountedAnew(**K), {"anew": "BK_TINH", "honours": had("BK_TINH", 2023)}),
    "counted anew none": (c.CountedAnew(**K), {"anew": "BK_TINH", "honours": []}),
    "claimed": (c.Claimed(**K, key="dong_gop"), {}),
    "claimed so": (c.Claimed(**K, key="dong_gop"), {"statements": {"dong_gop": True}}),
    "denied": (c.Denied(**K, key="thanh_tich_da_khen"), {}),
    "denied not": (c.Denied(**K, key="thanh_tich_da_khen"), {"statements": {"thanh_tich_da_khen": False}}),
    "stated": (c.Stated(**K, key="dong_gop"), {}),
    "judged": (c.Judged(**K, key="tieu_bieu"), {}),
    "posts": (
        careers.Posts(**K, rows=LED, women=(2, 3)),
        {
            "sex": "nam",
            "positions": [post("thu_truong", "2021-12-01"), post("vu_truong", "2010-12-01", "2021-11-30")],
        },
    ),
    "posts woman": (
        careers.Posts(**K, rows=LED, women=(2, 3)),
        {"sex": "nu", "positions": [post("vu_truong", "2016-11-01")]},
    ),
    "posts sex": (
        careers.Posts(**K, rows=LED[1:], women=(2, 3)),
        {"positions": [post("vu_truong", "2014-12-01")]},
    ),
    "posts none": (careers.Posts(**K, rows=LED[1:], women=(2, 3)), {"positions": []}),
    "posts unknown": (careers.Posts(**K, rows=LED[1:], women=(2, 3)), {}),
    "service": (
        careers.Service(**K, of=SERVED, years=10, below=15),
        {
            "positions": [
                post("luc_luong_vu_trang", "2018-12-01", "2023-11-30"),
                post("luc_luong_vu_trang_bien_dao", "2023-12-01"),
            ]
        },
    ),
    "service over": (
        careers.Service(**K, of=SERVED[:1], years=10, below=15),
        {"positions": [post("luc_luong_vu_trang", "2010-12-01")]},
    ),
    "service none": (careers.Service(**K, of=SERVED[:1], years=10, below=15), {"positions": []}),
    "clean": (
        c.CleanPosts(**K, forms=("canh_cao",)),
        {
            "discipline": [{"form": "canh_cao", "date": "2022-01-01"}],
            "positions": [post("vu_truong", "2020-01-01")],
        },
    ),
    "clean not": (c.CleanPosts(**K, forms=("canh_cao",)), {"discipline": [], "positions": []}),
    "clean punished": (
        c.CleanPosts(**K, forms=("canh_cao",), punished=True),
        {
            "discipline": [{"form": "canh_cao", "date": "2022-01-01"}],
            "positions": [post("vu_truong", "2020-01-01")],
        },
    ),
    "clean unknown": (c.CleanPosts(**K, forms=("canh_cao",)), {}),
}


def told(test: c.Test, facts: dict[str, Any]) -> str:
    """What is said about one test, in one line."""
    given = {"year": 2025, **facts}
    anew = given.pop("anew", "")
    sight = Sight(
        read_facts(given), 2025, date(2025, 12, 1), purpose="danh_hieu", resets=True, reuse=False, anew=anew
    )
    found = telling.tell(test, sight, test.plainly(sight))
    edge = "" if found.margin is None else str(found.margin)
    return " | ".join((found.found, "; ".join(found.counted), "; ".join(found.missing), edge)).strip()


def test_each_test_is_told_in_its_words() -> None:
    lines = Path("tests/rulebook/told.txt").read_text(encoding="utf-8").splitlines()
    wanted = dict(one.split(": ", 1) for one in lines if one and not one.startswith("#"))
    assert {name: told(*asked) for name, asked in ASKED.items()} == wanted


def test_the_longest_run_of_a_word() -> None:
    assert [telling.longest(word) for word in (0, 1, 0b101, 0b1101, 0b110111)] == [0, 1, 1, 2, 3]


def test_how_old_a_rating_may_be_asked_for() -> None:
    """Ten years back where no rule names a longer term."""
    facts = {"ratings": rated("HTXSNV", 2025, 2025), "initiatives": []}
    asked = told(count("SK_CO_SO", times=0, during=("HTXSNV",)), facts)
    assert asked == "có 0/0 (2025) |  |  | 0"
    facts = {"ratings": rated("HTXSNV", 2025, 2025), "initiatives": [{"year": 2014, "reach": "co_so"}]}
    assert "xếp loại năm 2016–2024" in told(count("SK_CO_SO", times=1, during=("HTXSNV",)), facts)
