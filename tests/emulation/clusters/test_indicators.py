"""The catalogue: one unit of measure an indicator, kept by the head and the standing body."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from tests.emulation.results.catalogue import LINES, define
from tests.story import add_bloc
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.emulation.clusters import actions
from thidua.emulation.clusters.actions import IndicatorText, TargetText
from thidua.emulation.clusters.models import CovenantTarget, Indicator
from thidua.emulation.clusters.queries import indicators_in

NEW = {
    "name": "Tỷ lệ tuyển quân",
    "measure": "%",
    "direction": "more",
    "decimals": "1",
    "gathering": "list",
    "threshold": "50",
    "starts": "1/1/2019",
}


def _page(year, *words):
    return "/".join(["/cum-thi-dua", year.bloc.address, "chi-tieu", *words]) + "/"


def test_binh_adds_an_indicator_and_an_reads_it(year, as_user):
    assert as_user("binh").post(_page(year, "them"), NEW).status_code == 302
    text = as_user("an").get(_page(year)).content.decode()
    assert "Tỷ lệ tuyển quân" in text
    assert "trên 50" in text
    assert as_user("an").get(_page(year, "them")).status_code == 403
    assert as_user("chi").get(_page(year)).status_code == 404


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"name": ""}, "errorlist"),
        ({"measure": ""}, "errorlist"),
        ({"decimals": "7"}, "errorlist"),
        ({"starts": "31/2/2019"}, "Ghi ngày theo dạng"),
        ({"direction": "range"}, "ghi mức thấp nhất"),
        ({"direction": "range", "lowest": "9", "highest": "3"}, "phải lớn hơn"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(year, as_user, change, told):
    text = as_user("binh").post(_page(year, "them"), NEW | change).content.decode()
    assert told in text
    assert not Indicator.objects.exists()


def test_a_name_stands_once_whoever_defined_it(year):
    define(year, "budget")
    with pytest.raises(Refused, match="đã có chỉ tiêu tên này"):
        define(year, "budget", by="dung")
    second = Indicator.objects.get()
    second.pk = None
    with pytest.raises(DatabaseError), transaction.atomic():
        second.save(force_insert=True)


def test_the_measure_is_never_changed_but_ended_and_defined_anew(year, as_user):
    one = define(year, "budget")["budget"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Indicator.objects.update(measure="tỷ đồng")
    binh = as_user("binh")
    assert (
        "phải sau ngày đó"
        in binh.post(_page(year, str(one.pk), "thoi-dung"), {"ends": "1/1/2010"}).content.decode()
    )
    assert binh.post(_page(year, str(one.pk), "thoi-dung"), {"ends": "1/1/2019"}).status_code == 302
    assert indicators_in(year.cycle) == []
    text = IndicatorText(name=one.name)
    actions.define_indicator(
        cluster=year.bloc, text=text, measure="tỷ đồng", starts=date(2019, 1, 1), by=year.actor("binh")
    )
    assert [line.measure for line in indicators_in(year.cycle)] == ["tỷ đồng"]


def test_what_the_standing_body_defines_for_all_is_its_own_to_change(year):
    _, cycle = add_bloc(year, "Khối thi đua Kinh tế tỉnh Mẫu", "khoi-kinh-te", ("dan_toc",))
    with pytest.raises(NotAllowed):
        actions.define_indicator(
            cluster=year.bloc,
            text=IndicatorText(name="Chung"),
            measure="%",
            starts=date(2019, 1, 1),
            shared=True,
            by=year.actor("binh"),
        )
    shared = actions.define_indicator(
        cluster=year.bloc,
        text=IndicatorText(name="Chung"),
        measure="%",
        starts=date(2019, 1, 1),
        shared=True,
        by=year.actor("dung"),
    )
    assert [one.pk for one in indicators_in(cycle)] == [shared.pk]
    with pytest.raises(NotAllowed):
        actions.end_indicator(indicator=shared, ends=date(2020, 1, 1), by=year.actor("binh"))


def test_two_who_edit_at_once(year, as_user):
    one = define(year, "budget")["budget"]
    told = {"name": one.name, "direction": "more", "decimals": "1", "gathering": "list", "revision": "1"}
    assert as_user("binh").post(_page(year, str(one.pk)), told).status_code == 302
    assert "Người khác vừa sửa" in as_user("dung").post(_page(year, str(one.pk)), told).content.decode()
    with pytest.raises(Stale):
        actions.describe_indicator(
            indicator=one,
            cluster=year.bloc,
            text=IndicatorText(name="X"),
            revision=1,
            by=year.actor("binh"),
        )


def test_a_covenant_s_target_takes_the_catalogue_s_measure_and_is_tied(year, as_user):
    one = define(year, "budget")["budget"]
    binh = year.actor("binh")
    draft = actions.draft_covenant(cycle=year.cycle, by=binh)
    form = {
        "text": "Thi đua",
        "revision": str(draft.revision),
        "chi-tieu-TOTAL_FORMS": "1",
        "chi-tieu-INITIAL_FORMS": "0",
        "chi-tieu-0-indicator": LINES["budget"]["name"].upper(),
        "chi-tieu-0-qualifier": "ge",
        "chi-tieu-0-value": "0,95",
        "chi-tieu-0-measure": "tỷ lệ",
    }
    page = year.address("giao-uoc", "1", "sua")
    text = as_user("binh").post(page, form).content.decode()
    assert "Anh/chị ghi 95 %." in text
    assert not CovenantTarget.objects.exists()
    sound = form | {"chi-tieu-0-value": "95", "chi-tieu-0-measure": ""}
    assert as_user("binh").post(page, sound).status_code == 302
    target = CovenantTarget.objects.get()
    assert (target.catalogued, target.measure) == (one, "%")


def test_a_target_of_other_words_stays_free(year):
    define(year, "budget")
    draft = actions.draft_covenant(cycle=year.cycle, by=year.actor("binh"))
    actions.edit_covenant(
        covenant=draft,
        text="Thi đua",
        targets=[TargetText(indicator="Tuyển quân", value=Decimal(100), measure="%")],
        revision=draft.revision,
        by=year.actor("binh"),
    )
    assert CovenantTarget.objects.get().catalogued is None


def test_a_registration_refuses_another_measure(year, as_user):
    define(year, "revenue")
    form = {
        "revision": "0",
        "dong-TOTAL_FORMS": "0",
        "dong-INITIAL_FORMS": "0",
        "chi-tieu-TOTAL_FORMS": "1",
        "chi-tieu-INITIAL_FORMS": "0",
        "chi-tieu-0-indicator": "Thu ngân sách",
        "chi-tieu-0-qualifier": "ge",
        "chi-tieu-0-value": "1500",
        "chi-tieu-0-measure": "triệu đồng",
    }
    page = year.address("dang-ky", str(year.units["y_te"].pk))
    assert "Anh/chị ghi 1,5 tỷ đồng." in as_user("an").post(page, form).content.decode()


def test_the_list_asks_as_much_for_one_as_for_three(
    year, as_user, django_assert_num_queries, django_assert_max_num_queries
):
    binh = as_user("binh")
    define(year, "budget")
    binh.get(_page(year))
    with django_assert_max_num_queries(25) as asked:
        binh.get(_page(year))
    define(year, "revenue", "debt")
    with django_assert_num_queries(len(asked.captured_queries)):
        binh.get(_page(year))


def test_two_clusters_may_measure_the_same_thing(year):
    """A name is taken within a cluster, not in the whole system."""
    for cluster, who in ((year.bloc, "binh"), (year.other_bloc, "dung")):
        actions.define_indicator(
            cluster=cluster,
            text=IndicatorText(name="Sáng kiến được công nhận", decimals=0),
            measure="sáng kiến",
            starts=date(2019, 1, 1),
            by=year.actor(who),
        )
    assert Indicator.objects.count() == 2
