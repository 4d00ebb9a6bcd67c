"""Movements are launched, expected of a year, answered by members with their own plans."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tests.story import moment, set_due
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.duties import State
from thidua.base.periods import Term
from thidua.emulation.clusters.queries import visible_cycle
from thidua.emulation.movements import actions
from thidua.emulation.movements.duties import acts
from thidua.emulation.movements.models import Adoption, CycleMovement, Movement, MovementReview
from thidua.emulation.movements.queries import (
    Filter,
    adoption_of,
    answers_to,
    catalogue,
    length_of,
    statistics,
    tree_of,
)


def _pdf():
    """A page without a word."""
    made = BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page()
        book.save(made)
    return made.getvalue()


def _lines(prefix, *rows):
    """Lines of a table of figures, as a browser sends them."""
    names = ("indicator", "qualifier", "value", "measure")
    sent = {f"{prefix}-{at}-{name}": row[n] for at, row in enumerate(rows) for n, name in enumerate(names)}
    return {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0", **sent}


def _cycle(year, by="binh"):
    return visible_cycle(year.actor(by), year.bloc.address, "2019")


def _launch(year, title="Cả nước chung sức xây dựng nông thôn mới", level="province", who="dung", **facts):
    facts.setdefault("authority", year.units["tinh"] if level in {"province", "sector"} else None)
    movement = Movement(title=title, level=level, **facts)
    return actions.launch_movement(movement=movement, launchers=[year.units["tinh"]], by=year.actor(who))


def _expect(year, movement=None, **facts):
    return actions.apply_movement(
        cycle=_cycle(year), movement=movement or _launch(year), by=year.actor("binh"), **facts
    )


def _adopt(year, expected, who="an", unit="y_te", plan="12/KH-SYT", **facts):
    facts = {"adopted_on": date(2019, 3, 1), "plan_symbol": plan} | facts
    adoption = Adoption(expected=expected, unit=year.units[unit], **facts)
    return actions.adopt_movement(adoption=adoption, by=year.actor(who))


def test_the_bloc_launches_an_answers_with_its_plan(year, as_user):
    binh, an = as_user("binh"), as_user("an")
    launch = {
        "title": "Thi đua cải cách hành chính",
        "kind": "thematic",
        "launchers": [year.units["van_hoa"].pk],
        "starts": "1/2/2019",
        "ends": "31/12/2019",
        "launched_on": "01.02.2019",
    }
    sent = binh.post(year.address("phong-trao", "phat-dong"), launch)
    assert sent.status_code == 302, sent.context["form"].errors
    expected = CycleMovement.objects.get()
    assert expected.movement.level == "cluster"
    assert expected.movement.term == Term.through(date(2019, 2, 1), date(2019, 12, 31))

    page = year.address("phong-trao", str(expected.pk), str(year.units["y_te"].pk))
    assert an.get(page).status_code == 200
    plan = SimpleUploadedFile("ke-hoach.pdf", _pdf(), "application/pdf")
    answer = an.post(
        page,
        {
            "adopted_on": "05/03/2019",
            "plan_symbol": "12/KH-SYT",
            "plan_dated": "05/03/2019",
            "plan_upload": plan,
            **_lines(
                "chi-tieu",
                ("Thủ tục rút ngắn thời gian", "ge", "30", "%"),
                ("Lượt khảo sát", "hundreds", "", ""),
            ),
        },
    )
    assert answer.status_code == 302
    adoption = Adoption.objects.get()
    assert adoption.plan == "Kế hoạch 12/KH-SYT ngày 05/03/2019"
    board = binh.get(year.address("phong-trao")).content.decode()
    assert "12/KH-SYT" in board
    assert "1/3" in board
    sent = binh.get(f"/tep/{adoption.plan_file_id}/")
    assert b"".join(sent.streaming_content)[:4] == b"%PDF"
    assert as_user("chi").get(f"/tep/{adoption.plan_file_id}/").status_code in {403, 404}


def test_chi_of_another_bloc_sees_neither_board_nor_the_blocs_movement(year, as_user):
    movement = _launch(year, level="cluster", who="binh", cycle=year.cycle)
    chi = as_user("chi")
    assert chi.get(year.address("phong-trao")).status_code == 404
    assert chi.get(f"/phong-trao/{movement.pk}/").status_code == 404
    assert movement.title not in chi.get("/phong-trao/").content.decode()
    assert as_user("an").get(f"/phong-trao/{movement.pk}/").status_code == 200


def test_movements_of_the_country_and_the_province_are_seen_by_all_members(year, as_user):
    national = _launch(year, "Chung tay vì người nghèo", level="national")
    province = _launch(year, "Tỉnh Mẫu chung sức")
    for who in ("an", "chi", "dung", "phuc", "son", "tam"):
        text = as_user(who).get("/phong-trao/").content.decode()
        assert national.title in text, who
        assert province.title in text, who


@pytest.mark.parametrize(
    ("level", "who"),
    [("national", "an"), ("province", "binh"), ("sector", "an"), ("cluster", "an"), ("cluster", "giang")],
)
def test_who_may_not_launch(year, level, who):
    facts = {"cycle": year.cycle} if level == "cluster" else {}
    with pytest.raises(NotAllowed):
        _launch(year, level=level, who=who, **facts)


def test_a_unit_launches_its_own(year, as_user):
    where = f"unit:{year.units['y_te'].pk}"
    form = {
        "title": "Bệnh viện xanh",
        "where": where,
        "kind": "thematic",
        "other_launchers": "Công đoàn ngành",
    }
    assert as_user("an").post("/phong-trao/moi/", form).status_code == 302
    assert Movement.objects.get().launched_by == "Công đoàn ngành"
    assert as_user("giang").get("/phong-trao/").content.decode().count("Bệnh viện xanh") == 1
    assert "Bệnh viện xanh" not in as_user("chi").get("/phong-trao/").content.decode()


def test_several_bodies_launch_the_theme_of_the_year(year):
    movement = Movement(
        title="Phong trào thi đua yêu nước năm 2020",
        level="province",
        authority=year.units["tinh"],
        is_theme_of_year=True,
        theme="Đoàn kết – Đổi mới – Tổ chức thành công Đại hội Đảng các cấp",
        other_launchers="Tỉnh ủy; HĐND tỉnh; Ủy ban MTTQ tỉnh",
        term=Term(date(2020, 1, 1), date(2021, 1, 1)),
    )
    actions.launch_movement(movement=movement, launchers=[year.units["tinh"]], by=year.actor("dung"))
    assert movement.launched_by == "UBND tỉnh Mẫu; Tỉnh ủy; HĐND tỉnh; Ủy ban MTTQ tỉnh"
    assert movement.period == "năm 2020"


def test_a_plan_may_be_dated_after_the_launch_and_run_for_years(year):
    movement = _launch(
        year,
        "Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở",
        launched_on=date(2019, 6, 4),
        document_symbol="311/KH-UBND",
        document_dated=date(2019, 8, 27),
        term=Term(date(2019, 1, 1), date(2026, 1, 1)),
    )
    assert movement.document == "311/KH-UBND ngày 27/08/2019"
    assert movement.period == "2019–2025"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (Term(date(2011, 1, 1), date(2021, 1, 1)), "2011–2020"),
        (Term.through(date(2019, 5, 17), date(2019, 8, 24)), "17/05/2019 đến 24/08/2019"),
        (Term(date(2019, 5, 17)), "từ 17/05/2019"),
        (None, ""),
    ],
)
def test_periods_as_they_are_announced(term, said):
    assert Movement(term=term).period == said


def test_what_a_report_does_not_say_stays_empty(year):
    movement = _launch(year, "Đền ơn đáp nghĩa", kind="front")
    assert (movement.document, movement.period, movement.launched_on) == ("", "", None)


def test_a_theme_needs_its_words_and_a_movement_its_launcher(year, as_user):
    where = f"province:{year.units['tinh'].pk}"
    form = {"title": "Phong trào", "where": where, "kind": "regular", "is_theme_of_year": "on"}
    dung = as_user("dung")
    assert "Anh/chị ghi chủ đề của năm." in dung.post("/phong-trao/moi/", form).content.decode()
    form["theme"] = "Đoàn kết"
    text = dung.post("/phong-trao/moi/", form).content.decode()
    assert "chọn ít nhất một đơn vị phát động" in text
    assert 'value="Đoàn kết"' in text
    assert not Movement.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 5000),
        ("aims", "dài " * 20_000),
        ("starts", "31/02/2019"),
        ("starts", "ngày mai"),
        ("ends", "01/01/2019"),
        ("ends", "31/12/9999"),
        ("kind", "không có"),
        ("parent", "999999"),
        ("launchers", "abc"),
        ("where", "province:abc"),
    ],
)
def test_bad_input_is_told_and_kept(year, as_user, field, value):
    where = f"province:{year.units['tinh'].pk}"
    form = {
        "title": "Phong trào giữ lại",
        "where": where,
        "kind": "regular",
        "other_launchers": "Tỉnh ủy",
        "starts": "01/06/2019",
        field: value,
    }
    answer = as_user("dung").post("/phong-trao/moi/", form)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Movement.objects.exists()


def test_a_stale_correction_is_refused_with_what_was_typed(year, as_user):
    movement = _launch(year)
    actions.revise_movement(
        movement=movement, launchers=[year.units["tinh"]], revision=1, by=year.actor("dung")
    )
    form = {"title": "Tên sửa muộn", "kind": "regular", "other_launchers": "Tỉnh ủy", "revision": "1"}
    text = as_user("dung").post(f"/phong-trao/{movement.pk}/sua/", form).content.decode()
    assert "Người khác vừa sửa" in text
    assert "Tên sửa muộn" in text
    form["revision"] = "x"
    assert as_user("dung").post(f"/phong-trao/{movement.pk}/sua/", form).status_code == 200


def test_a_movement_does_not_concretise_itself_in_a_circle(year):
    above = _launch(year, "Trên")
    below = _launch(year, "Dưới", parent=above)
    above.parent = below
    with pytest.raises(Refused):
        actions.revise_movement(
            movement=above, launchers=[year.units["tinh"]], revision=1, by=year.actor("dung")
        )


def test_the_database_keeps_a_movement_in_one_catalogue(year):
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.create(title="Lạc", level="cluster")


def test_answering_twice_answers_once_and_a_stale_page_is_refused(year):
    expected = _expect(year)
    _adopt(year, expected)
    _adopt(year, expected)
    assert Adoption.objects.get().revision == 1
    with pytest.raises(Stale):
        _adopt(year, expected, plan="99/KH-SYT")


@pytest.mark.parametrize(
    ("facts", "who", "unit"),
    [
        ({"adopted_on": date(2020, 1, 1)}, "an", "y_te"),
        ({"plan": "", "plan_dated": date(2019, 3, 1)}, "an", "y_te"),
        ({}, "khang", "dan_toc"),
    ],
)
def test_answers_that_cannot_be(year, facts, who, unit):
    with pytest.raises(Refused):
        _adopt(year, _expect(year), who=who, unit=unit, **facts)


def test_giang_does_not_answer_for_an(year, as_user):
    expected = _expect(year)
    with pytest.raises(NotAllowed):
        _adopt(year, expected, who="giang")
    page = year.address("phong-trao", str(expected.pk), str(year.units["y_te"].pk))
    assert as_user("giang").get(page).status_code == 403
    assert as_user("an").get(year.address("phong-trao", str(expected.pk), "999999")).status_code == 404


def test_last_years_plan_is_offered_again(year):
    movement = _launch(year)
    _adopt(year, _expect(year, movement), plan="07/KH-SYT")
    next_year = year.bloc.cycles.create(
        name="2020", address="2020", term=Term(date(2020, 1, 1), date(2021, 1, 1))
    )
    expected = CycleMovement.objects.create(cycle=next_year, movement=movement)
    assert adoption_of(expected, year.units["y_te"]).plan_symbol == "07/KH-SYT"


def test_a_movement_answered_is_not_dropped(year, as_user):
    expected = _expect(year)
    adoption = _adopt(year, expected)
    with pytest.raises(Refused):
        actions.drop_movement(cycle=_cycle(year), expected=expected, by=year.actor("binh"))
    with pytest.raises(Refused):
        actions.remove_movement(movement=expected.movement, by=year.actor("dung"))
    actions.withdraw_adoption(adoption=adoption, by=year.actor("an"))
    assert as_user("binh").post(year.address("phong-trao", str(expected.pk), "bo")).status_code == 302
    assert not CycleMovement.objects.exists()


def test_a_review_written_by_mistake_is_taken_back_and_the_head_is_asked_for_the_last(year, as_user):
    term = Term(date(2019, 2, 1), date(2019, 12, 1))
    made = _launch(year, level="cluster", who="binh", cycle=_cycle(year), term=term)
    binh = as_user("binh")

    def asked():
        (act,) = acts(_cycle(year), by=year.actor("binh"))
        return [duty.title for duty in act.head_duties if duty.title.startswith("Tổng kết")]

    assert asked() == [f"Tổng kết phong trào “{made}”"]
    told = {"stage": "final", "held_on": "2/12/2019", "text": "Của phong trào khác."} | _lines("so-lieu")
    assert binh.post(f"/phong-trao/{made.pk}/danh-gia/", told).status_code == 302
    assert asked() == []
    review = MovementReview.objects.get()
    assert as_user("an").post(f"/phong-trao/{made.pk}/danh-gia/{review.pk}/bo/").status_code == 403
    assert binh.post(f"/phong-trao/{made.pk}/danh-gia/{review.pk}/bo/").status_code == 302
    assert len(asked()) == 1, "it may be summed up again"


def test_a_unit_makes_a_movement_concrete_from_its_page(year, as_user):
    made, an = _launch(year), as_user("an")
    page = an.get(f"/phong-trao/{made.pk}/").content.decode()
    assert f"/phong-trao/moi/?cu-the-hoa={made.pk}" in page
    form = an.get(f"/phong-trao/moi/?cu-the-hoa={made.pk}").content.decode()
    assert f'<option value="{made.pk}" selected>' in form
    assert an.get("/phong-trao/moi/?cu-the-hoa=abc").status_code == 200


def test_reviews_and_one_summing_up(year, as_user):
    movement = _launch(year)
    page = f"/phong-trao/{movement.pk}/danh-gia/"
    form = {
        "stage": "final",
        "held_on": "11/12/2019",
        "text": "Hoàn thành mục tiêu",
        "turnout": "98,5",
        "collectives_commended": "3",
        "individuals_commended": "12",
        **_lines(
            "so-lieu", ("Xã đạt chuẩn nông thôn mới", "eq", "66", "xã"), ("Ngày công", "thousands", "", "")
        ),
    }
    assert as_user("dung").post(page, form).status_code == 302
    assert "Phong trào này đã được tổng kết." in as_user("dung").post(page, form).content.decode()
    review = MovementReview.objects.get()
    assert [str(figure) for figure in review.figures.all()] == [
        "Xã đạt chuẩn nông thôn mới: 66 xã",
        "Ngày công: hàng nghìn",
    ]
    told = as_user("an").get(f"/phong-trao/{movement.pk}/").content.decode()
    for words in ("Hoàn thành mục tiêu", "98,5%", "3 tập thể, 12 cá nhân", "66 xã"):
        assert words in told
    assert as_user("an").get(page).status_code == 403


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"turnout": "140"}, "Ghi số không quá 100."),
        ({"collectives_commended": "-1"}, "errorlist"),
        (_lines("so-lieu", ("", "eq", "66", "xã")), "Anh/chị ghi tên chỉ tiêu, hoặc xóa cả dòng."),
        (_lines("so-lieu", ("Ngày công", "thousands", "5", "")), "Đã chọn mức ước chừng thì để trống số."),
        (_lines("so-lieu", ("Ngày công", "eq", "nhiều", "")), "Ghi một số"),
        ({"so-lieu-TOTAL_FORMS": "x"}, "ManagementForm"),
    ],
)
def test_a_review_that_cannot_be_is_told_and_kept(year, as_user, facts, told):
    page = f"/phong-trao/{_launch(year).pk}/danh-gia/"
    form = {"stage": "interim", "held_on": "11/12/2019", "text": "Giữ lại", **_lines("so-lieu"), **facts}
    answer = as_user("dung").post(page, form)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert told in text
    assert "Giữ lại" in text
    assert not MovementReview.objects.exists()


def test_what_reaches_the_province_is_agreed_to_before_it_is_launched(year, as_user):
    where = f"province:{year.units['tinh'].pk}"
    form = {
        "title": "Thi đua chuyển đổi số",
        "where": where,
        "kind": "thematic",
        "other_launchers": "Ủy ban nhân dân tỉnh",
        "criteria": "Hồ sơ trực tuyến đạt 80%\nKhông hồ sơ quá hạn",
        "quota_collectives": "5",
        "quota_individuals": "5",
        "needs_consent": "on",
    }
    refused = as_user("dung").post("/phong-trao/moi/", form).content.decode()
    assert "Anh/chị ghi văn bản đồng ý cho phát động phong trào này." in refused
    assert not Movement.objects.exists()
    form["consent"] = "Công văn 45/HĐTĐKT"
    assert as_user("dung").post("/phong-trao/moi/", form).status_code == 302
    movement = Movement.objects.get()
    assert (movement.quota, len(movement.criteria_lines)) == ("5 tập thể, 5 cá nhân", 2)
    told = as_user("an").get(f"/phong-trao/{movement.pk}/").content.decode()
    assert "Không hồ sơ quá hạn" in told
    assert "Công văn 45/HĐTĐKT" in told


def test_a_members_targets_are_kept_and_corrected_with_its_answer(year, as_user):
    expected = _expect(year)
    page = year.address("phong-trao", str(expected.pk), str(year.units["y_te"].pk))
    an = as_user("an")
    form = {"adopted_on": "01/03/2019", "plan_symbol": "12/KH-SYT", "revision": "0"}
    first = form | _lines("chi-tieu", ("Xã đạt chuẩn", "ge", "4", "xã"), ("", "eq", "", ""))
    assert an.post(page, first).status_code == 302
    assert an.post(page, first).status_code == 302, "the same answer sent twice is one answer"
    assert 'value="Xã đạt chuẩn"' in an.get(page).content.decode()
    second = form | {"revision": "1"} | _lines("chi-tieu", ("Xã đạt chuẩn", "ge", "5", "xã"))
    assert an.post(page, second).status_code == 302
    adoption = Adoption.objects.get()
    assert [str(target) for target in adoption.targets.all()] == ["Xã đạt chuẩn: từ 5 xã"]
    assert "Người khác vừa sửa" in an.post(page, first).content.decode()
    assert "từ 5 xã" in as_user("dung").get(f"/phong-trao/{expected.movement_id}/").content.decode()


def test_another_file_of_the_same_size_is_not_the_same_answer(year):
    expected, page = _expect(year), _pdf()

    def answer(letter):
        adoption = Adoption(
            expected=expected, unit=year.units["y_te"], adopted_on=date(2019, 3, 1), plan_symbol="12/KH-SYT"
        )
        upload = SimpleUploadedFile("ke-hoach.pdf", page + b"%" + letter, "application/pdf")
        return actions.adopt_movement(adoption=adoption, plan_upload=upload, by=year.actor("an"))

    answer(b"a")
    answer(b"a")
    assert Adoption.objects.get().revision == 1
    with pytest.raises(Stale):
        answer(b"b")


def test_the_tree_runs_from_the_country_to_the_unit(year, as_user):
    top = _launch(year, "Cả nước", level="national")
    province = _launch(year, "Tỉnh", parent=top)
    own = Movement(title="Sở Y tế", level="unit", authority=year.units["y_te"], parent=province)
    actions.launch_movement(movement=own, launchers=[year.units["y_te"]], by=year.actor("an"))
    told = [(branch.movement.title, branch.depth) for branch in tree_of(province, year.actor("an"))]
    assert told == [("Cả nước", 0), ("Tỉnh", 1), ("Sở Y tế", 2)]
    assert tree_of(own, year.actor("an"))[0].movement == top
    seen = [branch.movement.title for branch in tree_of(top, year.actor("chi"))]
    assert seen == ["Cả nước", "Tỉnh"], "Chi's unit follows the province, not An's"
    assert "Từ trên xuống dưới" in as_user("an").get(f"/phong-trao/{own.pk}/").content.decode()


@pytest.mark.parametrize(
    ("first", "end", "length"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), "under_one"),
        (date(2019, 1, 1), date(2020, 1, 1), "one"),
        (date(2019, 1, 1), date(2020, 1, 2), "one_to_three"),
        (date(2019, 1, 1), date(2021, 12, 31), "one_to_three"),
        (date(2019, 1, 1), date(2022, 1, 1), "three_to_five"),
        (date(2019, 1, 1), date(2024, 1, 1), "five"),
        (date(2020, 2, 29), date(2021, 3, 1), "one"),
        (date(2019, 1, 1), None, "unknown"),
        (None, None, "unknown"),
    ],
)
def test_lengths_are_those_of_the_statistical_form(first, end, length):
    term = Term(first, end) if first else None
    assert length_of(Movement(title="Phong trào", term=term)) == length


def test_a_years_movements_are_counted_as_the_form_asks(year, as_user):
    of_2019 = Term(date(2019, 1, 1), date(2020, 1, 1))
    _launch(year, "Thường xuyên", term=of_2019)
    _launch(year, "Cao điểm", kind="peak", term=Term(date(2019, 3, 1), date(2019, 6, 1)))
    _launch(year, "Cuộc vận động", kind="front", term=of_2019)
    _launch(year, "Chưa định ngày")
    _launch(year, "Năm khác", term=Term(date(2021, 1, 1), date(2022, 1, 1)))
    counted = statistics(year.actor("dung"), 2019)
    rows = {row.code: row.count for row in counted.rows}
    assert (rows["01"], rows["03"], rows["06"], rows["07"], rows["11"], rows["12"]) == (3, 3, 1, 1, 1, 2)
    assert (counted.endless, counted.campaigns) == (1, 1)
    assert sum(rows[code] for code in ("02", "03", "04", "05")) == rows["01"]
    page = as_user("dung").get("/phong-trao/thong-ke/?year=2019").content.decode()
    assert "1 phong trào chưa ghi ngày kết thúc" in page
    assert as_user("dung").get("/phong-trao/thong-ke/excel/?year=2019").content[:2] == b"PK"
    assert as_user("dung").get("/phong-trao/thong-ke/?year=abc").status_code == 200


def test_a_movements_page_says_whose_plan_is_missing_and_who_is_silent(year, as_user):
    expected = _expect(year)
    _adopt(year, expected, plan="")
    text = as_user("dung").get(f"/phong-trao/{expected.movement_id}/").content.decode()
    assert "Thiếu kế hoạch" in text
    [answers] = answers_to(expected.movement, year.actor("dung"))
    assert {membership.unit.short_name for membership in answers.silent} == {"Sở VH, TT và DL", "Sở GD và ĐT"}


def test_duties_count_n_of_m(year):
    set_due(year.cycle, "movements", date(2019, 3, 31))
    first, second = _expect(year), _expect(year, _launch(year, "Vì người nghèo"), plan_required=False)
    _adopt(year, first)
    _adopt(year, second, plan="")
    _adopt(year, first, who="giang", unit="giao_duc", plan="")
    [act] = acts(_cycle(year), by=year.actor("binh", moment(date(2019, 3, 28))))
    by_unit = {duty.unit_id: duty for duty in act.duties}
    assert (by_unit[year.units["y_te"].pk].state, by_unit[year.units["y_te"].pk].fact) == (State.DONE, "2/2")
    assert by_unit[year.units["giao_duc"].pk].fact == "0/2"
    assert by_unit[year.units["giao_duc"].pk].state is State.SOON
    [act] = acts(_cycle(year), by=year.actor("binh", moment(date(2019, 4, 2))))
    assert act.state is State.OVERDUE
    assert [duty.title for duty in act.head_duties] == ["Đôn đốc 2 đơn vị gửi kế hoạch phong trào"]


def test_without_movements_the_head_is_asked_to_choose(year):
    [act] = acts(_cycle(year), by=year.actor("binh"))
    assert {duty.state for duty in act.duties} == {State.NOT_APPLICABLE}
    assert act.head_duties[0].verb == "Chọn phong trào"


def test_the_catalogue_is_searched_without_marks_and_filtered_by_year(year):
    _launch(year, "Đền ơn đáp nghĩa")
    _launch(year, "Chung sức xây dựng nông thôn mới", term=Term(date(2011, 1, 1), date(2021, 1, 1)))
    by = year.actor("an")
    assert [m.title for m in catalogue(by, Filter(words="den on"))] == ["Đền ơn đáp nghĩa"]
    assert catalogue(by, Filter(year=2015)).count() == 2, "a term not known may be any year"
    assert [m.title for m in catalogue(by, Filter(year=2022))] == ["Đền ơn đáp nghĩa"]


@pytest.mark.parametrize(
    "query", ["?year=abc", "?level=x&kind=y", "?year=99999999999", "?trang=abc", "?words=" + "a" * 500]
)
def test_odd_questions_are_no_fault(year, as_user, query):
    assert as_user("an").get(f"/phong-trao/{query}").status_code == 200
    assert as_user("an").get(f"/phong-trao/excel/{query}").status_code == 200


def test_lists_ask_as_much_for_one_as_for_three(
    year, as_user, django_assert_num_queries, django_assert_max_num_queries
):
    an = as_user("an")
    expected = _expect(year)
    _adopt(year, expected)
    shown = f"/phong-trao/{expected.movement_id}/"
    pages = [year.address("phong-trao"), "/phong-trao/", shown, "/phong-trao/thong-ke/"]
    before = []
    for page in pages:
        an.get(page)
        with django_assert_max_num_queries(40) as asked:
            an.get(page)
        before.append(len(asked.captured_queries))
    for number in range(2):
        more = _expect(year, _launch(year, f"Phong trào {number}"))
        _adopt(year, more)
    _adopt(year, expected, who="giang", unit="giao_duc")
    _adopt(year, expected, who="hai", unit="van_hoa")
    for page, count in zip(pages, before, strict=True):
        with django_assert_num_queries(count):
            an.get(page)


def test_excel_of_board(year, as_user):
    _adopt(year, _expect(year))
    assert as_user("an").get(year.address("phong-trao", "excel")).content[:2] == b"PK"
