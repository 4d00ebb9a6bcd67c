"""A province's year scored: from the database, by the engine alone, as arrays, and by LibreOffice.

    python -m benchmarks.scoring

Prints the table that stands in benchmarks/scoring.md. The same input goes every way, and the totals are
compared. LibreOffice is left out, and said to be, where Debian's libreoffice-calc is not installed.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from benchmarks import office, province
from benchmarks.province import Cluster
from thidua.emulation.scoring.engine import compute, digest, read_filings

TIMES = 5


def seconds(work: Callable[[], object], times: int = TIMES) -> float:
    """The median of some runs."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def by_engine(year: list[Cluster]) -> tuple[list[list[float]], dict[str, float]]:
    """The totals, and the seconds of the engine alone with what is filed already read."""
    table = province.table()
    told = [read_filings({"units": [{"unit": u, "values": v} for u, v in c.items()]}) for c in year]
    results = [compute(table, filings) for filings in told]
    totals = [[float(sheet["final"].total) for sheet in one.sheets.values()] for one in results]
    return totals, {
        "engine, province": seconds(lambda: [compute(table, filings) for filings in told]),
        "engine, one cluster": seconds(lambda: compute(table, told[0])),
        "engine, one cluster with its digest": seconds(
            lambda: digest(table, told[0], compute(table, told[0]))
        ),
    }


def by_database(year: list[Cluster]) -> dict[str, float]:
    """Seconds from the rows in PostgreSQL to the rankings, and of one filing until its cluster's ranking."""
    from benchmarks.scored_year import write_year
    from thidua.emulation.scoring.models import LayerKind, Mark
    from thidua.emulation.scoring.queries import board_of, ranked

    cards = write_year(year)

    def recompute() -> list[Any]:
        return [ranked(board_of(card), LayerKind.SELF) for card in cards]

    last = Mark.objects.filter(layer__sheet__scorecard=cards[0]).order_by("-pk").first()
    assert last is not None

    def file_one() -> Any:
        Mark.objects.create(
            layer=last.layer,
            criterion=last.criterion,
            filed="1",
            reason="đo",
            corrects=Mark.objects.filter(layer=last.layer, criterion=last.criterion).latest("pk"),
            at=last.at,
        )
        return ranked(board_of(cards[0]), LayerKind.SELF)

    return {
        "database to rankings, province": seconds(recompute),
        "one filing written, its cluster ranked anew": seconds(file_one),
    }


def by_office(year: list[Cluster], totals: list[list[float]]) -> dict[str, float]:
    """Seconds of LibreOffice; raises when its totals are not those of the engine."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        province.workbook(year, folder / "year.xlsx")
        with xlsxwriter.Workbook(str(folder / "empty.xlsx")) as book:
            book.add_worksheet()
        found = {}
        for mode, word in ((office.ALWAYS, "computed"), (office.NEVER, "not computed")):
            office.convert(folder / "empty.xlsx", folder, mode)
            found[f"start, {word}"] = seconds(
                lambda m=mode: office.convert(folder / "empty.xlsx", folder, m), 3
            )
            found[f"year, {word}"] = seconds(
                lambda m=mode: office.convert(folder / "year.xlsx", folder, m), 3
            )
        written = CalamineWorkbook.from_path(str(folder / f"out-{office.ALWAYS}" / "year.ods"))
        for at, cluster in enumerate(totals):
            rows = written.get_sheet_by_name(f"D{at + 1}").to_python()
            told = [float(row[province.CRITERIA + 1]) for row in rows]
            if any(abs(mine - other) > 0.02 for mine, other in zip(cluster, told, strict=True)):
                raise AssertionError(f"cluster {at + 1}: {cluster} against {told}")
    return found


def main() -> None:
    """Measure each way and print the figures."""
    os.environ |= {"DATABASE_NAME": "benchmark_scoring", "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="thidua-bench-"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    year = province.clusters()
    totals, figures = by_engine(year)
    arrays = province.arrays(year)
    figures["NumPy, province"] = seconds(lambda: province.by_numpy(arrays))
    figures |= by_database(year)
    if office.available():
        figures |= {f"LibreOffice {name}": value for name, value in by_office(year, totals).items()}
    else:
        print("LibreOffice is not installed: not measured")
    sizes = (province.CLUSTERS, province.UNITS, province.CRITERIA, province.RELATIVE)
    print("{} clusters, {} units, {} criteria, {} relative".format(*sizes))
    for name, value in figures.items():
        print(f"{name}: {value * 1000:,.1f} ms")
    print_ratios(figures)


def print_ratios(figures: dict[str, float]) -> None:
    """What the engine costs against the floor, and what LibreOffice costs against it."""
    engine, whole = figures["engine, province"], figures["database to rankings, province"]
    print(f"engine / NumPy: {engine / figures['NumPy, province']:,.0f} ×")
    if "LibreOffice year, computed" in figures:
        start = figures["LibreOffice start, computed"]
        opened = figures["LibreOffice year, computed"] - start
        alone = figures["LibreOffice year, computed"] - figures["LibreOffice year, not computed"]
        print("LibreOffice opening, computing, writing, without its start:")
        print(f"  / database to rankings: {opened / whole:.1f} ×")
        print(f"  / engine: {opened / engine:.1f} ×")
        print(f"LibreOffice computing alone (computed less not computed) / engine: {alone / engine:.2f} ×")


if __name__ == "__main__":
    main()
