"""Every measure is refused in place of every other, with what it comes to, through the table of figures."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from tests.emulation.results.catalogue import START
from thidua.base.text import decimal_text
from thidua.base.text.measures import KNOWN, MULTIPLES, converted, read_measure, same_measure
from thidua.emulation.clusters.actions import IndicatorText, define_indicator
from thidua.emulation.clusters.models import Indicator
from thidua.emulation.results.models import Result
from thidua.emulation.results.wording import rounded

MEASURES = [*KNOWN, *(f"{word} đồng" for word in MULTIPLES), "nghìn ha", "nghìn người", "người", "hợp tác xã"]
TYPED = Decimal("7.5")


def test_every_pair_is_kept_refused_or_offered(year, as_user):
    """7,5 of each measure typed where each other is asked; the offer, taken, is what is kept."""
    made = [_define(year, number, measure) for number, measure in enumerate(MEASURES)]
    an, unit = as_user("an"), year.units["y_te"].pk
    page, seen = year.address("so-lieu", "6-thang", "luu"), defaultdict(int)
    for written in MEASURES:
        sent = {f"r-{unit}-{one.pk}": f"7,5 {written}" for one in made}
        told = an.post(page, sent | _seen(unit, seen)).json()
        for one in made:
            name = f"r-{unit}-{one.pk}"
            if same_measure(written, one.measure):
                assert told["cells"][name]["text"] == "7,5", (written, one.measure)
                seen[one.pk] = told["cells"][name]["version"]
                continue
            assert name not in told["cells"], (written, one.measure)
            assert told["faults"][name]["offer"] == _offer(written, one.measure), (written, one.measure)


def _define(year, number: int, measure: str) -> Indicator:
    text = IndicatorText(name=f"Chỉ tiêu số {number}", decimals=4)
    return define_indicator(
        cluster=year.bloc, text=text, measure=measure, starts=START, by=year.actor("binh")
    )


def _seen(unit: int, seen: dict[int, int]) -> dict[str, str]:
    return {f"seen-r-{unit}-{pk}": str(version) for pk, version in seen.items()}


def _offer(written: str, asked: str) -> str:
    value = converted(TYPED, written, asked)
    if value is None or not rounded(value, 4):
        return ""
    return decimal_text(rounded(value, 4))


def test_an_offer_taken_is_kept(year, as_user):
    one = _define(year, 1, "tỷ đồng")
    an, name = as_user("an"), f"r-{year.units['y_te'].pk}-{one.pk}"
    page = year.address("so-lieu", "6-thang", "luu")
    for typed, kept in (
        ("trên 1.500 triệu", "trên 1,5"),
        ("khoảng 900.000 nghìn đồng", "khoảng 0,9"),
        ("800–1.200 triệu đồng", "0,8–1,2"),
        ("≥ 2.000 triệu đồng", "từ 2"),
    ):
        version = {f"seen-{name}": str(Result.objects.values_list("version", flat=True).first() or 0)}
        offer = an.post(page, {name: typed} | version).json()["faults"][name]["offer"]
        assert an.post(page, {name: offer} | version).json()["cells"][name]["text"] == kept
    assert read_measure("tỷ") == read_measure("tỷ đồng")
