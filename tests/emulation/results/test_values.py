"""Targets and results: An writes cell by cell, is told at the cell, and nothing of anybody is overwritten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import Http404

from tests.base.files.samples import pdf
from tests.emulation.results.catalogue import define, put, the_year
from tests.story import moment
from thidua.base.audit.models import Entry as LogEntry
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.emulation.clusters import actions as clusters
from thidua.emulation.clusters.actions import TargetText
from thidua.emulation.clusters.models import Qualifier
from thidua.emulation.results.actions import Kind
from thidua.emulation.results.models import Origin, Period, Result, Said, Target
from thidua.emulation.results.queries import history_of, table_of


def _page(year, *words, period="6-thang"):
    return year.address("so-lieu", period, *map(str, words))


def _names(year, indicator, unit="y_te"):
    place = f"{year.units[unit].pk}-{indicator.pk}"
    return f"t-{place}", f"r-{place}", f"n-{place}"


def _covenant(year, *targets):
    binh = year.actor("binh")
    draft = clusters.draft_covenant(cycle=year.cycle, by=binh)
    draft = clusters.edit_covenant(
        covenant=draft, text="Thi đua", targets=targets, revision=draft.revision, by=binh
    )
    clusters.open_covenant(covenant=draft, by=binh)


def test_an_writes_a_cell_and_it_is_kept_with_what_follows_from_it(year, as_user):
    one = define(year, "revenue")["revenue"]
    target, result, note = _names(year, one)
    an = as_user("an")
    told = an.post(_page(year, "luu"), {target: "200", result: "208,4", note: "Số ước"}).json()
    assert told["cells"][result] == {"text": "208,4", "version": 1}
    assert told["computed"][f"percent-{result[2:]}"] == "104,2"
    assert told["computed"][f"met-{result[2:]}"] == "đạt"
    assert told["saved"]
    text = an.get(_page(year, year.units["y_te"].pk)).content.decode()
    assert 'value="208,4"' in text
    assert 'value="Số ước"' in text
    assert "Đơn vị tự đặt" in text
    assert LogEntry.objects.filter(verb="results.enter_values").count() == 1, "one line a batch, not a cell"


def test_another_measure_is_refused_at_its_cell_with_the_conversion(year, as_user):
    made = define(year, "budget", "cooperatives")
    _, share, _ = _names(year, made["budget"])
    _, count, _ = _names(year, made["cooperatives"])
    told = as_user("an").post(_page(year, "luu"), {share: "9/10", count: "26 hợp tác xã"}).json()
    assert told["faults"][share]["offer"] == "90"
    assert "tính bằng %" in told["faults"][share]["reason"]
    assert told["cells"][count]["text"] == "26", "the sound cell is kept"
    assert not Result.objects.filter(indicator=made["budget"]).exists()


def test_without_scripts_the_whole_form_is_sent_and_nothing_typed_is_lost(year, as_user):
    made = define(year, "budget", "cooperatives")
    _, share, _ = _names(year, made["budget"])
    _, count, _ = _names(year, made["cooperatives"])
    page = _page(year, year.units["y_te"].pk)
    an = as_user("an")
    text = an.post(page, {share: "0,9/1", count: "26"}).content.decode()
    assert 'value="0,9/1"' in text
    assert "Ghi 90" in text
    assert "1 ô chưa lưu được" in text
    assert an.post(page, {share: "trên 50%", count: "26", f"seen-{count}": "1"}).url == page
    assert Result.objects.get(indicator=made["budget"]).told == "trên 50%"
    assert Result.objects.get(indicator=made["cooperatives"]).version == 1, "unchanged is not written again"


def test_two_who_write_the_same_cell_are_told(year, as_user):
    one = define(year, "cooperatives")["cooperatives"]
    _, result, _ = _names(year, one)
    as_user("lan").post(_page(year, "luu"), {result: "26", f"seen-{result}": "0"})
    told = as_user("an").post(_page(year, "luu"), {result: "30", f"seen-{result}": "0"}).json()
    assert "Trần Thị Lan vừa ghi: 26" in told["faults"][result]["reason"]
    assert told["faults"][result]["version"] == 1
    assert told["saved"] == ""
    assert Result.objects.get().value == 26
    again = as_user("an").post(_page(year, "luu"), {result: "30", f"seen-{result}": "1"}).json()
    assert again["cells"][result]["version"] == 2


def test_every_version_keeps_its_author(year, as_user):
    one = define(year, "cooperatives")["cooperatives"]
    put(year, "an", "y_te", one, "26")
    put(year, "lan", "y_te", one, "27", seen=1)
    put(year, "an", "y_te", one, Said(), seen=2)
    told = [(v.number, v.said, v.author) for v in history_of(Result.objects.get())]
    assert told == [(3, "để trống", "Nguyễn Văn An"), (2, "27", "Trần Thị Lan"), (1, "26", "Nguyễn Văn An")]
    with pytest.raises(DatabaseError), transaction.atomic():
        Result.objects.all().delete()
    text = as_user("an").get(_page(year, year.units["y_te"].pk, one.pk)).content.decode()
    assert "Trần Thị Lan" in text


def test_source_and_evidence_stand_beside_a_result(year, as_user):
    one = define(year, "cooperatives")["cooperatives"]
    page = _page(year, year.units["y_te"].pk, one.pk)
    upload = SimpleUploadedFile("quyet-dinh.pdf", pdf(), "application/pdf")
    an = as_user("an")
    nothing = an.post(page, {"version": "0", "upload": upload})
    assert "rồi thêm minh chứng" in nothing.content.decode()
    put(year, "an", "y_te", one, "26")
    upload.seek(0)
    told = {"version": "1", "source": "Liên minh Hợp tác xã", "note": "", "upload": upload}
    assert an.post(page, told).status_code == 302
    result = Result.objects.get()
    assert (result.source, result.evidence.name, result.version) == (
        "Liên minh Hợp tác xã",
        "quyet-dinh.pdf",
        3,
    )
    sent = as_user("binh").get(f"/tep/{result.evidence_id}/")
    assert b"".join(sent.streaming_content)[:4] == b"%PDF"
    assert as_user("giang").get(f"/tep/{result.evidence_id}/").status_code in {403, 404}
    assert as_user("binh").post(page, {"version": "3", "source": "Tự ý"}).status_code == 403


def test_who_may_write_what(year):
    one = define(year, "cooperatives")["cooperatives"]
    for who in ("giang", "binh", "phuc", "son", "tam"):
        with pytest.raises(NotAllowed):
            put(year, who, "y_te", one, "1")
    with pytest.raises(Http404):
        put(year, "chi", "y_te", one, "1")
    assert not Result.objects.exists()
    assert put(year, "dung", "y_te", one, "1").saved, "the standing body in the unit's stead"
    with pytest.raises(NotAllowed):
        put(year, "giang", "y_te", one, "1", kind=Kind.TARGET)
    assert put(year, "binh", "y_te", one, "30", kind=Kind.TARGET, origin=Origin.PLAN).saved


def test_members_read_their_own_and_the_head_all(year, as_user):
    one = define(year, "cooperatives")["cooperatives"]
    put(year, "an", "y_te", one, "26")
    own, board = _page(year, year.units["y_te"].pk), _page(year)
    assert as_user("giang").get(own).status_code == 404
    theirs = as_user("giang").get(board).content.decode()
    assert 'value="26"' not in theirs
    assert ">26<" not in theirs
    for who in ("binh", "dung", "son", "phuc"):
        assert 'value="26"' in (text := as_user(who).get(board).content.decode()) or ">26<" in text, who
        assert as_user(who).get(own).status_code == 200
    for page in (own, board, year.address("so-lieu"), _page(year, "excel")):
        assert as_user("chi").get(page).status_code == 404
    assert as_user("an").get(year.address("so-lieu")).url == _page(
        year, year.units["y_te"].pk, period="ca-nam"
    )
    assert as_user("binh").get(year.address("so-lieu")).url == _page(year, period="ca-nam")


def test_the_covenant_s_word_stands_until_the_plan_says_otherwise(year, as_user):
    one = define(year, "budget")["budget"]
    _covenant(
        year,
        TargetText(indicator=one.name, value=Decimal(95), measure="%"),
        TargetText(indicator=one.name, unit=year.units["y_te"], value=Decimal(98), measure="%"),
    )

    def goal(unit):
        units = [year.units[unit]]
        cell = table_of(the_year(year), Period.YEAR_END, units).cells[units[0].pk, one.pk]
        return cell.goal.said.text, cell.goal.origin

    assert goal("giao_duc") == ("từ 95", Origin.COVENANT)
    assert goal("y_te") == ("từ 98", Origin.COVENANT), "a unit's own target goes before the common one"
    target, _, _ = _names(year, one)
    told = as_user("an").post(_page(year, "luu", period="ca-nam"), {target: "90"}).json()
    assert "Giao ước đã ghi từ 98" in told["faults"][target]["reason"]
    assert not Target.objects.exists()
    as_user("binh").post(_page(year, "luu", period="ca-nam"), {target: "99"})
    assert goal("y_te") == ("99", Origin.PLAN)
    told = as_user("an").post(_page(year, "luu", period="ca-nam"), {target: "90", f"seen-{target}": "1"})
    assert "Kế hoạch đã giao 99" in told.json()["faults"][target]["reason"]
    own = as_user("an").get(_page(year, year.units["y_te"].pk, period="ca-nam")).content.decode()
    assert f'name="{target}"' not in own, "what is given is only read"


def test_a_registration_s_target_is_the_unit_s_own(year):
    one = define(year, "cooperatives")["cooperatives"]
    registration = clusters.save_registration(
        registration=_registration(year), content=_asked(one.name), revision=0, by=year.actor("an")
    )
    assert registration.targets.get().catalogued == one
    units = [year.units["y_te"]]
    goal = table_of(the_year(year), Period.YEAR_END, units).cells[units[0].pk, one.pk].goal
    assert (goal.said.text, goal.origin) == ("từ 12", Origin.OWN)


def _registration(year):
    from thidua.emulation.clusters.queries import registration_of

    return registration_of(the_year(year), year.units["y_te"])


def _asked(name):
    from thidua.emulation.clusters.queries import AskedTarget, RegistrationContent

    return RegistrationContent((), (AskedTarget(name, Qualifier.AT_LEAST, Decimal(12), "hợp tác xã"),))


@pytest.mark.parametrize(
    ("key", "goal", "said", "met"),
    [
        ("cooperatives", "26", Said(value=Decimal(26)), True),
        ("cooperatives", "26", Said(value=Decimal(25)), False),
        ("cooperatives", "26", Said("gt", Decimal(30)), True),
        ("cooperatives", "26", Said("gt", Decimal(10)), None),
        ("cooperatives", "26", Said("hundreds"), None),
        ("debt", "1", Said(value=Decimal("0.78")), True),
        ("debt", "1", Said("le", Decimal(1)), True),
        ("debt", "1", Said(value=Decimal("1.5")), False),
        ("disbursed", None, Said("range", Decimal("97.7"), Decimal("139.5")), True),
        ("disbursed", None, Said(value=Decimal(200)), False),
        ("disbursed", None, Said("gt", Decimal(100)), None),
    ],
)
def test_a_goal_is_met_only_when_that_is_certain(year, key, goal, said, met):
    one = define(year, key)[key]
    if goal:
        put(year, "an", "y_te", one, goal, kind=Kind.TARGET)
    put(year, "an", "y_te", one, said)
    units = [year.units["y_te"]]
    assert table_of(the_year(year), Period.MID_YEAR, units).cells[units[0].pk, one.pk].met is met


def test_all_units_together_are_summed_averaged_or_listed(year, as_user):
    made = define(year)
    for who, unit, count, share in (("an", "y_te", "10", "60"), ("giang", "giao_duc", "16", "50")):
        put(year, who, unit, made["cooperatives"], count)
        put(year, who, unit, made["budget"], share)
        put(year, who, unit, made["debt"], "0,78".replace(",", "."))
    put(year, "hai", "van_hoa", made["budget"], Said("gt", Decimal(50)))
    table = table_of(
        the_year(year), Period.MID_YEAR, [year.units[k] for k in ("van_hoa", "y_te", "giao_duc")]
    )
    assert table.total(made["cooperatives"]) == Said(value=Decimal(26))
    assert table.total(made["debt"]) == Said(value=Decimal("0.78"))
    assert table.total(made["budget"]).is_empty, "percentages are not summed"
    assert [unit.short_name for unit in table.over(made["budget"])] == ["Sở VH, TT và DL", "Sở Y tế"]
    put(year, "hai", "van_hoa", made["cooperatives"], Said("gt", Decimal(4)))
    again = table_of(the_year(year), Period.MID_YEAR, table.units)
    assert again.total(made["cooperatives"]) == Said("gt", Decimal(30))
    assert ">trên 30<" in as_user("binh").get(_page(year)).content.decode()


def test_nothing_is_written_in_a_closed_year(year, as_user):
    one = define(year, "cooperatives")["cooperatives"]
    year.cycle.closed_at = moment(date(2020, 3, 1))
    year.cycle.save()
    with pytest.raises(Refused, match="khép lại"):
        put(year, "an", "y_te", one, "1")
    text = as_user("an").get(_page(year, year.units["y_te"].pk)).content.decode()
    assert "khép lại" in text
    assert 'name="r-' not in text


@pytest.mark.parametrize(
    "data", [{}, {"r-1-1": "x"}, {"r-999999999999999999-1": "1"}, {"seen-r-1-1": "abc", "t-0-0": "9"}]
)
def test_a_mangled_post_is_no_fault(year, as_user, data):
    one = define(year, "cooperatives")["cooperatives"]
    _, result, _ = _names(year, one)
    an = as_user("an")
    assert an.post(_page(year, "luu"), data).status_code < 500
    assert an.post(_page(year, year.units["y_te"].pk), {**data, f"seen-{result}": "-1"}).status_code < 500
    stranger = f"r-{year.units['dan_toc'].pk}-{one.pk}"
    assert an.post(_page(year, "luu"), {stranger: "1"}).status_code == 409


def test_tables_ask_as_much_for_one_as_for_three(
    year, as_user, django_assert_num_queries, django_assert_max_num_queries
):
    one = define(year, "cooperatives")["cooperatives"]
    put(year, "an", "y_te", one, "1")
    binh, an = as_user("binh"), as_user("an")
    pages = [
        (binh, _page(year)),
        (binh, _page(year) + "?loai=chi-tieu"),
        (an, _page(year, year.units["y_te"].pk)),
        (binh, _page(year, "excel")),
        (an, _page(year, year.units["y_te"].pk, one.pk)),
    ]
    before = []
    for who, page in pages:
        who.get(page)
        with django_assert_max_num_queries(32) as asked:
            who.get(page)
        before.append(len(asked.captured_queries))
    made = define(year, "budget", "debt", "revenue")
    for who, unit in (("an", "y_te"), ("giang", "giao_duc"), ("hai", "van_hoa")):
        for line in made.values():
            put(year, who, unit, line, "1")
            put(year, who, unit, line, "2", kind=Kind.TARGET)
    put(year, "lan", "y_te", one, "5", seen=1)
    for (who, page), count in zip(pages, before, strict=True):
        with django_assert_num_queries(count):
            who.get(page)
