"""Reports pass from hand to hand: An writes and sends, Bình returns, An mends, Bình accepts and gathers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from tests.story import moment, set_due
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.duties import State
from thidua.base.notices.models import Notice
from thidua.documents.models import Paper
from thidua.emulation.clusters.models import Covenant, CovenantTarget
from thidua.emulation.clusters.queries import visible_cycle
from thidua.emulation.results import actions
from thidua.emulation.results.duties import acts
from thidua.emulation.results.models import Period, Report, ReportStep
from thidua.emulation.results.permissions import reads_report
from thidua.emulation.results.queries import Figure, figures_of, visible_reports

SECTIONS = {"results": "Thu ngân sách đạt 52%.", "assessment": "Ưu điểm. Hạn chế. Nguyên nhân. Bài học."}


def _cycle(year, by="an"):
    return visible_cycle(year.actor(by), year.bloc.address, "2019")


def _new(year, unit="y_te", period=Period.MID_YEAR):
    return Report(cycle=_cycle(year), unit=year.units[unit] if unit else None, period=period)


def _send(year, who="an", unit="y_te", figures=(), at=None, period=Period.MID_YEAR, **sections):
    draft = actions.Draft(sections=SECTIONS | sections, figures=figures)
    return actions.submit_report(
        report=_new(year, unit, period), draft=draft, revision=0, by=year.actor(who, at)
    )


def _form(revision=0, figures=(), **more):
    data = {"revision": str(revision), **SECTIONS, **more}
    data |= {"so-lieu-TOTAL_FORMS": str(len(figures)), "so-lieu-INITIAL_FORMS": "0"}
    for at, row in enumerate(figures):
        data |= {f"so-lieu-{at}-{name}": value for name, value in row.items()}
    return data


def _page(year, *words, unit="y_te"):
    place = str(year.units[unit].pk) if unit else "tong-hop"
    return year.address("bao-cao", "6-thang", place, *words)


def test_an_writes_and_sends_binh_returns_an_mends_binh_accepts(year, as_user):
    an, binh = as_user("an"), as_user("binh")
    figures = [{"indicator": "Thu ngân sách", "qualifier": "gt", "value": "50", "measure": "%"}]
    assert an.get(_page(year)).url == _page(year, "soan")
    assert an.get(_page(year, "soan")).status_code == 200
    assert an.post(_page(year, "soan"), _form(figures=figures, do="save")).status_code == 302
    assert binh.get(_page(year)).status_code == 404, "a draft is its author's alone"

    assert an.post(_page(year, "gui")).status_code == 302
    report = Report.objects.get()
    assert report.state == "submitted"
    assert Notice.objects.filter(to__username="binh", text__contains="chờ tiếp nhận").count() == 1
    assert "trên 50%" in binh.get(_page(year)).content.decode()

    binh.post(_page(year, "tra-lai"), {"reason": "Mục II thiếu số liệu bảo hiểm y tế."})
    told = Notice.objects.get(to__username="an")
    assert "Mục II thiếu số liệu" in told.text
    assert "Mục II thiếu số liệu" in an.get(told.url).content.decode()

    report.refresh_from_db()
    mended = _form(report.revision, figures, results="Thu 52%. Bảo hiểm y tế 98,5%.", do="submit")
    assert an.post(_page(year, "soan"), mended).status_code == 302
    assert binh.post(_page(year, "tiep-nhan")).status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"
    kinds = list(ReportStep.objects.values_list("kind", flat=True))
    assert kinds == ["submitted", "returned", "submitted", "accepted"]


def test_chi_sees_nothing(year, as_user):
    _send(year)
    chi = as_user("chi")
    pages = [year.address("bao-cao"), _page(year), _page(year, "soan"), _page(year, "van-ban", "pdf")]
    for page in [*pages, _page(year, unit=None), year.address("bao-cao", "6-thang", "so-lieu", "excel")]:
        assert chi.get(page).status_code == 404, page
    for page in (_page(year, "gui"), _page(year, "luu"), _page(year, "tiep-nhan")):
        assert chi.post(page).status_code == 404, page


def test_a_fellow_member_sees_the_state_but_not_the_report(year, as_user):
    _send(year)
    giang = as_user("giang")
    assert "Chờ tiếp nhận" in giang.get(year.address("bao-cao")).content.decode()
    assert giang.get(_page(year)).status_code == 404
    assert giang.get(_page(year, "soan")).status_code == 403
    for act in (actions.withdraw_report, actions.accept_report):
        with pytest.raises(NotAllowed):
            act(report=Report.objects.get(), by=year.actor("giang"))


def test_the_rule_and_its_filter_give_the_same_answer(year):
    _send(year)
    _send(year, "giang", "giao_duc")
    actions.save_report(
        report=_new(year, "van_hoa"), draft=actions.Draft(SECTIONS), revision=0, by=year.actor("hai")
    )
    actions.compile_report(cycle=_cycle(year, "binh"), period=Period.MID_YEAR, by=year.actor("binh"))
    for who in ("an", "lan", "binh", "hai", "giang", "chi", "dung", "phuc", "quan", "son", "tam"):
        by = year.actor(who)
        cycle = _cycle(year)
        seen = {report.pk for report in visible_reports(cycle, by)}
        for report in cycle.reports.all():
            assert reads_report(by, report) == (report.pk in seen), (who, report)
        if who in {"dung", "phuc", "quan", "son", "tam"}:
            assert len(seen) == 2, "what was sent, no draft"


def test_sending_twice_sends_once(year, as_user):
    _send(year)
    _send(year)
    assert as_user("an").post(_page(year, "gui")).status_code == 302
    assert ReportStep.objects.filter(kind="submitted").count() == 1
    assert Notice.objects.filter(to__username="binh").count() == 1


def test_accepting_and_returning_twice_do_it_once(year):
    report = _send(year)
    actions.return_report(report=report, reason="Thiếu", by=year.actor("binh"))
    actions.return_report(report=report, reason="Thiếu", by=year.actor("binh"))
    actions.submit_report(report=report, by=year.actor("an"))
    actions.accept_report(report=report, by=year.actor("binh"))
    actions.accept_report(report=report, by=year.actor("binh"))
    assert ReportStep.objects.count() == 4


def test_a_stale_page_loses_no_word(year, as_user):
    actions.save_report(report=_new(year), draft=actions.Draft(SECTIONS), revision=0, by=year.actor("lan"))
    text = as_user("an").post(_page(year, "soan"), _form(results="Đoạn của An", do="save")).content.decode()
    assert "Người khác vừa sửa" in text
    assert "Đoạn của An" in text
    with pytest.raises(Stale):
        actions.save_report(report=_new(year), draft=actions.Draft(), revision=7, by=year.actor("an"))
    assert as_user("an").post(_page(year, "luu"), _form(results="Đoạn của An")).status_code == 409


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("value", "abc"),
        ("value", "1.2.3,4,5"),
        ("value", "9" * 30),
        ("target", "năm mươi"),
        ("indicator", "x" * 400),
        ("note", "x" * 2000),
        ("qualifier", "gần gần"),
        ("is_part", "on"),
    ],
)
def test_a_wrong_figure_is_told_beside_its_cell_and_nothing_is_lost(year, as_user, name, value):
    figures = [
        {
            "indicator": "Thu ngân sách",
            "value": "1.234,5",
            "measure": "tỷ đồng",
            "note": "Số sơ bộ",
            name: value,
        }
    ]
    answer = as_user("an").post(
        _page(year, "soan"), _form(figures=figures, results="Giữ đoạn này", do="submit")
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "errorlist" in text
    assert "Giữ đoạn này" in text
    assert name in {"note", "qualifier", "is_part"} or value in text
    assert not Report.objects.exists()
    saved = as_user("an").post(_page(year, "luu"), _form(figures=figures))
    assert saved.status_code == 422
    assert saved.json()["error"]


def test_numbers_are_read_as_written(year, as_user):
    figures = [{"indicator": "Thu ngân sách", "value": "1.234,5", "target": "2.000", "measure": "tỷ đồng"}]
    as_user("an").post(_page(year, "soan"), _form(figures=figures, do="save"))
    [figure] = figures_of(Report.objects.get())
    assert (figure.value, figure.target) == (Decimal("1234.5"), Decimal(2000))
    text = as_user("an").get(_page(year)).content.decode()
    assert "1.234,5 tỷ đồng" in text
    assert "61,73" in text


def test_huge_text_is_refused_in_words(year, as_user):
    text = as_user("an").post(_page(year, "soan"), _form(results="dài " * 20_000, do="save")).content.decode()
    assert "errorlist" in text
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    "data", [{}, {"so-lieu-TOTAL_FORMS": "x"}, {"so-lieu-TOTAL_FORMS": "9999999", "revision": "-5"}]
)
def test_a_mangled_post_is_no_fault(year, as_user, data):
    an = as_user("an")
    assert an.post(_page(year, "soan"), data).status_code == 200
    assert an.post(_page(year, "soan"), {**data, "do": "paste", "paste": "a\tb\tc"}).status_code == 200
    assert an.post(_page(year, "luu"), data).status_code == 422


@pytest.mark.parametrize("words", [("quy-4", "1"), ("6-thang", "999999"), ("6-thang", "tong-hop")])
def test_addresses_of_nothing(year, as_user, words):
    assert as_user("an").get(year.address("bao-cao", *words)).status_code == 404


def test_autosave_keeps_lines_that_did_not_change(year, as_user):
    an, figures = as_user("an"), [{"indicator": "Hợp tác xã thành lập mới", "value": "26"}]
    assert an.post(_page(year, "luu"), _form(figures=figures)).json()["revision"] == 1
    assert an.post(_page(year, "luu"), _form(1, figures)).json()["revision"] == 1
    assert an.post(_page(year, "luu"), _form(1, figures, next="Việc tới")).json()["revision"] == 2
    assert len(figures_of(Report.objects.get())) == 1


def test_a_line_taken_out_is_not_kept(year, as_user):
    figures = [{"indicator": "Giữ", "value": "1"}, {"indicator": "Bỏ", "value": "abc", "DELETE": "on"}]
    assert as_user("an").post(_page(year, "soan"), _form(figures=figures, do="save")).status_code == 302
    assert [figure.indicator for figure in figures_of(Report.objects.get())] == ["Giữ"]


def test_a_block_pasted_from_excel_becomes_lines(year, as_user):
    pasted = "Thu ngân sách\t55\ttrên 50%\t%\tsơ bộ\nCán bộ được khen\t\thàng trăm\tngười"
    text = as_user("an").post(_page(year, "soan"), _form(do="paste", paste=pasted)).content.decode()
    assert 'value="Thu ngân sách"' in text
    assert 'value="50"' in text
    assert '<option value="hundreds" selected>' in text
    assert not Report.objects.exists()


def test_sections_that_must_be_told_stand_in_the_way(year, as_user):
    with pytest.raises(Refused, match="bài học"):
        _send(year, assessment=" ")
    answer = as_user("an").post(_page(year, "soan"), _form(assessment="", do="submit"))
    assert "còn trống" in answer.content.decode()
    assert not Report.objects.exists()


def test_withdrawn_before_acceptance_only(year, as_user):
    report = _send(year)
    assert as_user("an").post(_page(year, "rut")).url == _page(year, "soan")
    actions.submit_report(report=report, by=year.actor("an"))
    actions.accept_report(report=report, by=year.actor("binh"))
    with pytest.raises(Refused):
        actions.withdraw_report(report=report, by=year.actor("an"))
    with pytest.raises(Refused):
        actions.save_report(report=report, draft=actions.Draft(), revision=9, by=year.actor("an"))


def test_an_accepted_report_may_still_go_back(year):
    report = _send(year)
    actions.accept_report(report=report, by=year.actor("binh"))
    kept = actions.return_report(report=report, reason="Sai số liệu", by=year.actor("binh"))
    assert (kept.state, kept.accepted_at) == ("returned", None)


def test_nobody_writes_for_a_unit_outside_the_year(year):
    with pytest.raises(Refused):
        _send(year, "khang", "dan_toc")


def test_nothing_is_written_in_a_closed_year(year):
    year.cycle.closed_at = moment(date(2020, 3, 1))
    year.cycle.save()
    with pytest.raises(Refused, match="khép lại"):
        _send(year)


def test_steps_are_never_changed(year):
    _send(year)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportStep.objects.update(reason="khác")


def test_the_covenants_targets_are_the_first_lines(year, as_user):
    covenant = Covenant.objects.create(cycle=year.cycle, text="Giao ước")
    for unit, indicator in (
        (None, "Tuyển quân"),
        (year.units["y_te"], "Bảo hiểm y tế"),
        (year.units["giao_duc"], "Khác"),
    ):
        CovenantTarget.objects.create(
            covenant=covenant, unit=unit, position=1, indicator=indicator, value=Decimal(100), measure="%"
        )
    Covenant.objects.update(state="open", opened_at=moment(date(2019, 2, 26)))
    text = as_user("an").get(_page(year, "soan")).content.decode()
    assert 'value="Tuyển quân"' in text
    assert 'value="Bảo hiểm y tế"' in text
    assert 'value="Khác"' not in text


def test_files_go_with_the_report(year, as_user):
    actions.save_report(report=_new(year), draft=actions.Draft(SECTIONS), revision=0, by=year.actor("an"))
    an = as_user("an")
    an.post(_page(year, "tep"), {"upload": SimpleUploadedFile("so-lieu.pdf", _pdf(), "application/pdf")})
    report = Report.objects.get()
    file = report.attachments.get()
    assert as_user("binh").get(f"/tep/{file.pk}/").status_code in {403, 404}, "a draft's file is not open yet"
    actions.submit_report(report=report, by=year.actor("an"))
    sent = as_user("binh").get(f"/tep/{file.pk}/")
    assert b"".join(sent.streaming_content)[:4] == b"%PDF"
    assert as_user("chi").get(f"/tep/{file.pk}/").status_code in {403, 404}
    assert (
        an.post(_page(year, "tep", str(file.pk), "bo"), headers={"referer": "http://testserver/"}).status_code
        == 302
    )
    assert report.attachments.count() == 1, "a sent report keeps its files"


def test_a_disguised_file_is_refused_in_words(year, as_user):
    actions.save_report(report=_new(year), draft=actions.Draft(SECTIONS), revision=0, by=year.actor("an"))
    upload = SimpleUploadedFile("bao-cao.pdf", b"<script>alert(1)</script>", "application/pdf")
    answer = as_user("an").post(_page(year, "tep"), {"upload": upload}, follow=True)
    assert answer.status_code == 200
    assert not Report.objects.get().attachments.exists()
    assert "notice-error" in answer.content.decode()


def _pdf():
    made = BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page()
        book.save(made)
    return made.getvalue()


def test_a_directive_is_cited(year, as_user):
    paper = Paper.objects.create(
        direction="reference",
        kind="CT",
        issuer_name="Bộ Chính trị",
        symbol="34-CT/TW",
        dated=date(2014, 4, 7),
        year=2014,
        subject="Về tiếp tục đổi mới công tác thi đua, khen thưởng",
        state="sealed",
        registered_at=moment(date(2019, 1, 2)),
        for_everyone=True,
    )
    as_user("an").post(_page(year, "soan"), _form(papers=[paper.pk], do="submit"))
    assert Report.objects.get().papers.get() == paper
    assert "34-CT/TW" in as_user("binh").get(_page(year)).content.decode()


def test_duties_of_members_head_and_standing_body(year):
    set_due(year.cycle, "mid_year_report", date(2019, 7, 5))
    states = _states(year, date(2019, 7, 1))
    assert set(states.values()) == {(State.SOON, "còn 4")}
    first = _send(year, at=moment(date(2019, 7, 2)))
    _send(year, "giang", "giao_duc", at=moment(date(2019, 7, 8)))
    actions.return_report(report=first, reason="Thiếu mục V", by=year.actor("binh"))
    states = _states(year, date(2019, 7, 9))
    assert states["y_te"] == (State.RETURNED, "trả lại")
    assert states["giao_duc"] == (State.WAITING, "chờ")
    assert states["van_hoa"] == (State.OVERDUE, "trễ 4")
    act = _act(year, date(2019, 7, 9))
    assert act.state is State.OVERDUE
    assert act.fact == "1 chưa gửi, 1 bị trả lại, 1 chờ nhận"
    assert [duty.title for duty in act.head_duties] == [
        "Tiếp nhận 1 báo cáo 6 tháng",
        "Đôn đốc 2 đơn vị gửi báo cáo 6 tháng",
    ]


def test_when_all_have_sent_the_head_gathers_and_the_standing_body_accepts(year):
    for who, unit in (("an", "y_te"), ("giang", "giao_duc"), ("hai", "van_hoa")):
        actions.accept_report(report=_send(year, who, unit), by=year.actor("binh"))
    act = _act(year, date(2019, 7, 20))
    assert act.state is State.DONE
    assert [duty.title for duty in act.head_duties] == ["Tổng hợp báo cáo 6 tháng của khối"]
    report = actions.compile_report(cycle=_cycle(year, "binh"), period=Period.MID_YEAR, by=year.actor("binh"))
    actions.submit_report(report=report, by=year.actor("binh"))
    [duty] = _act(year, date(2019, 7, 20)).head_duties
    assert duty.unit_id == year.units["ban_tdkt"].pk
    assert actions.accept_report(report=report, by=year.actor("dung")).state == "accepted"
    assert _act(year, date(2019, 7, 20)).head_duties == ()


def _act(year, on):
    return acts(_cycle(year, "binh"), by=year.actor("binh", moment(on)))[0]


def _states(year, on):
    keys = {unit.pk: key for key, unit in year.units.items()}
    return {keys[duty.unit_id]: (duty.state, duty.fact) for duty in _act(year, on).duties}


def test_lists_ask_as_much_for_one_as_for_three(
    year, as_user, django_assert_num_queries, django_assert_max_num_queries
):
    binh = as_user("binh")
    figures = [Figure("Thu ngân sách", value=Decimal(10), measure="tỷ đồng")]
    _send(year, figures=figures)
    actions.compile_report(cycle=_cycle(year, "binh"), period=Period.MID_YEAR, by=year.actor("binh"))
    pages = [year.address("bao-cao"), _page(year, unit=None)]
    before = []
    for page in pages:
        binh.get(page)
        with django_assert_max_num_queries(40) as asked:
            binh.get(page)
        before.append(len(asked.captured_queries))
    _send(year, "giang", "giao_duc", figures * 1)
    _send(year, "hai", "van_hoa", [*figures, Figure("Hợp tác xã", value=Decimal(3))])
    actions.compile_report(cycle=_cycle(year, "binh"), period=Period.MID_YEAR, by=year.actor("binh"))
    for page, count in zip(pages, before, strict=True):
        with django_assert_num_queries(count):
            binh.get(page)


def test_duties_ask_thrice_whatever_the_number_of_members(year, django_assert_max_num_queries):
    cycle, by = _cycle(year, "binh"), year.actor("binh")
    with django_assert_max_num_queries(3):  # members, reports, indicators with an owner department
        acts(cycle, by=by)


def test_paper_and_excel(year, as_user):
    figures = [Figure("Điển hình tiên tiến", value=Decimal(8), measure="tập thể")]
    _send(year, figures=[*figures, Figure("=HYPERLINK(0)", note="+1")])
    binh = as_user("binh")
    assert binh.get(_page(year, "van-ban", "pdf")).content[:4] == b"%PDF"
    assert binh.get(_page(year, "van-ban", "docx")).content[:2] == b"PK"
    assert binh.get(_page(year, "van-ban", "rtf")).status_code == 404
    assert binh.get(year.address("bao-cao", "6-thang", "so-lieu", "excel")).content[:2] == b"PK"
