"""What stands in the reports is kept as it was said; another unit of measure is refused with an offer."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thidua.base.text import decimal_text
from thidua.emulation.clusters.models import Indicator, Qualifier
from thidua.emulation.results.models import Said, figure_text
from thidua.emulation.results.wording import Unfit, read_said


def _of(measure="%", decimals=2):
    return Indicator(name="Chỉ tiêu", measure=measure, decimals=decimals)


@pytest.mark.parametrize(
    ("text", "measure", "said", "told"),
    [
        ("trên 50%", "%", Said("gt", Decimal(50)), "trên 50%"),
        ("> 400 tỷ", "tỷ đồng", Said("gt", Decimal(400)), "trên 400 tỷ đồng"),
        ("hàng trăm", "lượt cán bộ", Said("hundreds"), "hàng trăm lượt cán bộ"),
        ("hàng trăm lượt cán bộ", "lượt cán bộ", Said("hundreds"), "hàng trăm lượt cán bộ"),
        ("97,7–139,5 %", "%", Said("range", Decimal("97.7"), Decimal("139.5")), "97,7–139,5%"),
        ("từ 97,7% đến 139,5%", "%", Said("range", Decimal("97.7"), Decimal("139.5")), "97,7–139,5%"),
        ("26 hợp tác xã", "hợp tác xã", Said("eq", Decimal(26)), "26 hợp tác xã"),
        ("72,25", "%", Said("eq", Decimal("72.25")), "72,25%"),
        ("≥ 95", "%", Said("ge", Decimal(95)), "từ 95%"),
        ("không quá 2", "vụ", Said("le", Decimal(2)), "không quá 2 vụ"),
        ("834.900", "tỷ đồng", Said("eq", Decimal(834900)), "834.900 tỷ đồng"),
        ("0", "vụ", Said("eq", Decimal(0)), "0 vụ"),
        ("đạt trên 50%", "%", Said("gt", Decimal(50)), "trên 50%"),
        ("đạt 72,25%", "%", Said("eq", Decimal("72.25")), "72,25%"),
        ("ước đạt 400 tỷ", "tỷ đồng", Said("about", Decimal(400)), "khoảng 400 tỷ đồng"),
        ("gần 400 tỷ", "tỷ đồng", Said("about", Decimal(400)), "khoảng 400 tỷ đồng"),
        ("xấp xỉ 3", "ha", Said("about", Decimal(3)), "khoảng 3 ha"),
        ("95% trở lên", "%", Said("ge", Decimal(95)), "từ 95%"),
        ("2 vụ trở xuống", "vụ", Said("le", Decimal(2)), "không quá 2 vụ"),
        ("", "%", Said(), "–"),
    ],
)
def test_the_reports_own_figures(text, measure, said, told):
    assert read_said(text, _of(measure)) == said
    assert figure_text(said.qualifier, said.value, measure, said.upper) == told


@pytest.mark.parametrize("text", ["0,9/1", "9/10", "90/100", "9 / 10"])
def test_one_share_typed_three_ways_is_offered_in_percent(text):
    with pytest.raises(Unfit, match="tính bằng %") as fault:
        read_said(text, _of())
    assert fault.value.offer == "90"
    assert read_said(fault.value.offer, _of()) == Said(value=Decimal(90))


@pytest.mark.parametrize(
    ("text", "measure", "offer"),
    [
        ("1.500 triệu đồng", "tỷ đồng", "1,5"),
        ("trên 1500 triệu", "tỷ đồng", "trên 1,5"),
        ("3 tấn", "tạ", "30"),
        ("12,345", "%", "12,35"),
        ("97,777–98,888", "%", "97,78–98,89"),
        ("26 nghìn", "người", "26.000"),
        ("trên 26 nghìn", "nghìn lượt người", "trên 26"),
        ("1,2 triệu", "nghìn người", "1.200"),
        ("5 m2", "km2", ""),
        ("5 nghìn", "%", ""),
        ("5 ha", "%", ""),
        ("9/10", "ha", ""),
    ],
)
def test_what_is_refused_says_what_could_stand_there(text, measure, offer):
    with pytest.raises(Unfit) as fault:
        read_said(text, _of(measure))
    assert fault.value.offer == offer


@pytest.mark.parametrize(
    "text", ["abc", "1.2.3,4", "9" * 30, "x" * 500, "5–3", "trên 5–7", "--5", "1/0", "="]
)
def test_what_is_no_figure_is_refused_in_words(text):
    with pytest.raises(Unfit) as fault:
        read_said(text, _of())
    assert fault.value.reason


@given(
    st.sampled_from([q.value for q in Qualifier if q not in {"hundreds", "thousands", "range"}]),
    st.decimals(min_value=0, max_value=10**9, places=2),
)
def test_what_is_shown_can_be_typed_again(qualifier, number):
    said = Said(qualifier, number)
    assert read_said(said.text, _of()) == said


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(Unfit):
        said = read_said(text, _of())
        assert said.is_empty or said.value is not None or said.qualifier in {"hundreds", "thousands"}


def test_the_words_of_a_range_can_be_typed_again():
    said = Said(Qualifier.RANGE, Decimal("97.7"), Decimal("139.5"))
    assert said.text == f"{decimal_text(Decimal('97.7'))}–139,5"
    assert read_said(said.text, _of()) == said
