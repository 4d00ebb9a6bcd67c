"""The register: numbers without gaps or doubles, and what stays once it is issued."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.documents import samples
from tests.story import Story, moment, tell_story
from thidua.base.accounts.actors import Actor
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.documents import actions
from thidua.documents.engine import render_pdf
from thidua.documents.models import NumberSeries, Paper
from thidua.documents.queries import visible_papers

SYSTEM = Actor(None, moment(date(2019, 12, 16)))


def draft(year: Story, **facts: object) -> Paper:
    """A tờ trình of the bloc, kept by the head's unit, to be read by An's unit."""
    told = {
        "issuer": year.units["van_hoa"],
        "text": samples.LETTER,
        "owner": f"cluster:{year.bloc.pk}",
        "readers": [year.units["y_te"].pk],
        "by": year.actor("binh"),
    }
    return actions.register_paper(**(told | facts))  # type: ignore[arg-type]


def numbered(year: Story, **facts: object) -> Paper:
    """The same with its number."""
    return actions.number_paper(paper=draft(year, **facts), by=year.actor("binh"))


def test_numbers_begin_at_one_each_year_kind_and_owner(year: Story) -> None:
    binh = year.actor("binh")
    first, second = numbered(year), numbered(year)
    minutes = numbered(year, text=samples.MINUTES)
    own = numbered(year, owner="")
    next_year = actions.number_paper(paper=draft(year), by=year.actor("binh", at=moment(date(2020, 1, 2))))

    assert [p.symbol for p in (first, second)] == ["01/TTr-KTĐ", "02/TTr-KTĐ"]
    assert minutes.symbol == "01/BB-KTĐ"
    assert own.number == 1
    assert (next_year.number, next_year.year) == (1, 2020)
    assert first.dated == binh.on
    assert first.text is not None
    assert first.text.number == "01/TTr-KTĐ"


def test_a_draft_has_no_number_even_if_its_words_claim_one(year: Story) -> None:
    paper = draft(year, text=replace(samples.LETTER, number="99/TTr-KTĐ", dated=date(2019, 1, 1)))
    assert (paper.number, paper.symbol, paper.dated) == (None, "", None)
    assert paper.text is not None
    assert paper.text.number is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(number=7)


def test_asking_twice_gives_one_number_and_one_draft(year: Story) -> None:
    about = {"about_type": "conferences.minutes", "about_id": 5}
    first, again = draft(year, **about), draft(year, **about)
    assert first.pk == again.pk

    once = actions.number_paper(paper=first, by=year.actor("binh"))
    twice = actions.number_paper(paper=first, by=year.actor("binh"))
    assert once.symbol == twice.symbol
    assert NumberSeries.objects.get().last == 1
    assert draft(year, **about).pk != first.pk  # the numbered one is left alone


def test_a_number_is_not_given_to_tomorrow(year: Story) -> None:
    with pytest.raises(Refused, match="không được sau hôm nay"):
        actions.number_paper(paper=draft(year), dated=date(2019, 12, 17), by=year.actor("binh"))


def test_a_covenant_takes_no_number(year: Story) -> None:
    with pytest.raises(Refused, match="không lấy số riêng"):
        numbered(year, text=samples.COVENANT)


def test_a_voided_number_stays_with_its_reason_and_is_never_given_again(year: Story) -> None:
    binh = year.actor("binh")
    mistaken = numbered(year)
    with pytest.raises(Refused, match="lý do"):
        actions.void_number(paper=mistaken, reason="  ", by=binh)
    actions.void_number(paper=mistaken, reason="Ghi nhầm năm", by=binh)

    assert numbered(year).number == 2
    mistaken.refresh_from_db()
    assert (mistaken.symbol, mistaken.remark) == ("01/TTr-KTĐ", "Đã hủy số: Ghi nhầm năm")
    with pytest.raises(Refused):
        actions.seal_paper(paper=mistaken, by=binh)
    with pytest.raises(Refused):
        actions.number_paper(paper=mistaken, by=binh)


def test_words_may_change_until_the_paper_is_issued(year: Story) -> None:
    binh = year.actor("binh")
    paper = numbered(year)
    changed = actions.rewrite_paper(
        paper=paper, text=replace(samples.LETTER, subject="Sửa trích yếu"), by=binh
    )
    assert (changed.subject, changed.symbol) == ("Sửa trích yếu", "01/TTr-KTĐ")

    actions.seal_paper(paper=paper, by=binh)
    with pytest.raises(Refused, match="không sửa được nữa"):
        actions.rewrite_paper(paper=paper, text=samples.LETTER, by=binh)
    with pytest.raises(Refused, match="văn bản khác"):
        actions.void_number(paper=paper, reason="Nhầm", by=binh)
    assert actions.seal_paper(paper=paper, by=binh).state == "sealed"


def test_the_database_itself_keeps_issued_and_numbered_papers(year: Story) -> None:
    paper = numbered(year)
    for change in (
        lambda: Paper.objects.filter(pk=paper.pk).delete(),
        lambda: Paper.objects.filter(pk=paper.pk).update(number=9),
        lambda: Paper.objects.filter(pk=paper.pk).update(symbol="09/TTr-KTĐ"),
        lambda: Paper.objects.filter(pk=paper.pk).update(dated=date(2019, 1, 1)),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    actions.seal_paper(paper=paper, by=year.actor("binh"))
    with pytest.raises(DatabaseError), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(subject="Khác")


def test_a_draft_may_be_thrown_away_a_number_may_not(year: Story) -> None:
    binh = year.actor("binh")
    actions.discard_draft(paper=draft(year), by=binh)
    kept = numbered(year)
    assert kept.number == 1
    with pytest.raises(Refused, match="hủy số"):
        actions.discard_draft(paper=kept, by=binh)


def test_only_the_issuing_units_people_keep_its_papers(year: Story) -> None:
    paper = draft(year)
    for name in ("an", "chi", "dung", "son", "tam", "phuc"):
        for act in (
            lambda by: actions.register_paper(issuer=year.units["van_hoa"], text=samples.LETTER, by=by),
            lambda by: actions.number_paper(paper=paper, by=by),
            lambda by: actions.seal_paper(paper=paper, by=by),
            lambda by: actions.void_number(paper=paper, reason="x", by=by),
            lambda by: actions.rewrite_paper(paper=paper, text=samples.LETTER, by=by),
            lambda by: actions.discard_draft(paper=paper, by=by),
        ):
            with pytest.raises(NotAllowed):
                act(year.actor(name))
    assert actions.number_paper(paper=paper, by=year.actor("hai")).number == 1


def test_readers_see_a_paper_once_it_has_a_number(year: Story) -> None:
    paper = draft(year)
    assert not visible_papers(year.actor("an")).exists()
    assert visible_papers(year.actor("binh")).get() == paper
    actions.number_paper(paper=paper, by=year.actor("binh"))
    assert visible_papers(year.actor("an")).get() == paper
    assert not visible_papers(year.actor("chi")).exists()
    assert not visible_papers(year.actor("giang")).exists()


def reference(by: Actor, **facts: object) -> Paper:
    """Directive 34-CT/TW."""
    told = {
        "kind": "CT",
        "symbol": "34-CT/TW",
        "dated": date(2014, 4, 7),
        "issuer_name": "Bộ Chính trị",
        "subject": "Về tiếp tục đổi mới công tác thi đua, khen thưởng",
        "by": by,
    }
    return actions.register_reference(**(told | facts))  # type: ignore[arg-type]


def test_a_directive_can_be_cited_by_everyone_and_stands_once(year: Story) -> None:
    directive = reference(year.actor("dung"))
    assert directive.title == "Chỉ thị số 34-CT/TW"
    assert visible_papers(year.actor("chi")).get() == directive
    with pytest.raises(Refused, match="đã có"):
        reference(year.actor("an"))
    with pytest.raises(NotAllowed):
        reference(year.actor("phuc"), symbol="35-CT/TW")


def test_a_stale_correction_is_refused(year: Story) -> None:
    dung = year.actor("dung")
    directive = reference(dung)
    told = {
        "kind": "CT",
        "symbol": "34-CT/TW",
        "dated": date(2014, 4, 7),
        "issuer_name": "Bộ Chính trị",
        "subject": "Đã sửa",
    }
    actions.edit_reference(paper=directive, revision=1, by=dung, **told)  # type: ignore[arg-type]
    with pytest.raises(Stale):
        actions.edit_reference(paper=directive, revision=1, by=dung, **told)  # type: ignore[arg-type]


# --- Numbers under many hands --------------------------------------------------------------------


def _take(paper: Paper, *, fails: bool, start: threading.Barrier) -> None:
    """One worker: takes a number; one that fails undoes its transaction after taking it."""
    try:
        start.wait(timeout=20)
        with transaction.atomic():
            actions.number_paper(paper=paper, by=SYSTEM)
            if fails:
                raise Refused("Bỏ dở")
    except Refused:
        pass
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failing", [set(), {0, 3, 4, 11, 19}, set(range(0, 20, 2))])
def test_twenty_workers_leave_no_gap_and_no_double(failing: set[int]) -> None:
    year = tell_story()
    papers = [draft(year) for _ in range(20)]
    start = threading.Barrier(20)
    with ThreadPoolExecutor(20) as workers:
        for done in [
            workers.submit(_take, paper, fails=place in failing, start=start)
            for place, paper in enumerate(papers)
        ]:
            done.result(timeout=60)

    given_out = sorted(Paper.objects.filter(number__isnull=False).values_list("number", flat=True))
    assert given_out == list(range(1, 21 - len(failing)))
    assert NumberSeries.objects.get().last == 20 - len(failing)


steps = st.lists(
    st.tuples(st.sampled_from(["give", "fail", "void"]), st.sampled_from([2019, 2020])), max_size=12
)


@given(steps)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_fails_or_is_voided_a_year_counts_one_two_three(
    year: Story, steps: list[tuple[str, int]]
) -> None:
    savepoint = transaction.savepoint()
    for what, of_year in steps:
        by = Actor(None, moment(date(of_year, 6, 1)))
        with pytest.raises(Refused) if what == "fail" else transaction.atomic(), transaction.atomic():
            paper = actions.number_paper(paper=draft(year), by=by)
            if what == "void":
                actions.void_number(paper=paper, reason="Nhầm", by=by)
            if what == "fail":
                raise Refused("Bỏ dở")
    for of_year in (2019, 2020):
        found = list(Paper.objects.filter(year=of_year).order_by("number").values_list("number", flat=True))
        given_out = sum(1 for what, asked in steps if what != "fail" and asked == of_year)
        assert found == list(range(1, given_out + 1))
    transaction.savepoint_rollback(savepoint)


# --- Pages ---------------------------------------------------------------------------------------


def test_binh_numbers_and_issues_a_letter_on_its_page(
    year: Story, as_user: Callable[..., Client], fonts: object
) -> None:
    paper, binh = draft(year), as_user("binh")
    page = binh.get(f"/van-ban/{paper.pk}/")
    assert "Cấp số văn bản" in page.content.decode()

    binh.post(f"/van-ban/{paper.pk}/cap-so/", {"dated": "16/12/2019"})
    page = binh.get(f"/van-ban/{paper.pk}/")
    assert "01/TTr-KTĐ" in page.content.decode()
    assert "Ban hành văn bản" in page.content.decode()

    binh.post(f"/van-ban/{paper.pk}/ban-hanh/")
    page = binh.get(f"/van-ban/{paper.pk}/")
    assert "Đã ban hành" in page.content.decode()
    assert "Hủy số văn bản" not in page.content.decode()

    pdf, word = (binh.get(f"/van-ban/{paper.pk}/tai-ve/{fmt}/") for fmt in ("pdf", "docx"))
    assert pdf.content.startswith(b"%PDF")
    assert word.content.startswith(b"PK")
    assert "attachment" in word["Content-Disposition"]


def test_the_signed_copy_is_kept_and_read_by_those_who_see_the_paper(
    year: Story, as_user: Callable[..., Client], fonts: object, settings: object, tmp_path: object
) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]
    paper, address = numbered(year), "/van-ban/{}/ban-hanh/"
    false = SimpleUploadedFile("ban-ky.pdf", b"PK not a pdf")
    answer = as_user("binh").post(address.format(paper.pk), {"scan": false})
    assert answer.status_code == 200
    assert Paper.objects.get(pk=paper.pk).state == "numbered"

    real = SimpleUploadedFile("ban-ky.pdf", render_pdf(samples.LETTER))
    assert as_user("binh").post(address.format(paper.pk), {"scan": real}).status_code == 302
    paper.refresh_from_db()
    assert paper.state == "sealed"
    assert paper.scan_id
    read = as_user("an").get(f"/tep/{paper.scan_id}/")
    assert b"".join(read.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert as_user("chi").get(f"/tep/{paper.scan_id}/").status_code in (403, 404)


def test_chi_and_strangers_find_no_paper(year: Story, as_user: Callable[..., Client], client: Client) -> None:
    paper = numbered(year)
    for address in (f"/van-ban/{paper.pk}/", f"/van-ban/{paper.pk}/tai-ve/pdf/"):
        assert as_user("chi").get(address).status_code == 404
        assert client.get(address).status_code == 302
    assert as_user("binh").get(f"/van-ban/{'9' * 30}/").status_code == 404
    assert as_user("binh").get(f"/van-ban/{paper.pk}/tai-ve/exe/").status_code == 404
    assert as_user("chi").post(f"/van-ban/{paper.pk}/huy-so/", {"reason": "x"}).status_code == 404
    assert as_user("an").post(f"/van-ban/{paper.pk}/huy-so/", {"reason": "x"}).status_code == 403
    assert paper.symbol not in as_user("chi").get("/van-ban/").content.decode()


@pytest.mark.parametrize(
    ("address", "sent", "said"),
    [
        ("cap-so", {"dated": "31/02/2019"}, "Ghi ngày theo dạng"),
        ("cap-so", {"dated": "17/12/2019"}, "không được sau hôm nay"),
        ("cap-so", {"dated": "16/12/0019"}, "không phải năm của văn bản"),
        ("cap-so", {}, ""),
        ("ban-hanh", {}, "Anh/chị cấp số trước"),
        ("huy-so", {"reason": "Nhầm"}, "chưa có số để hủy"),
    ],
)
def test_unfit_input_is_answered_beside_the_form(
    address: str, sent: dict[str, str], said: str, year: Story, as_user: Callable[..., Client]
) -> None:
    paper = draft(year)
    answer = as_user("binh").post(f"/van-ban/{paper.pk}/{address}/", sent)
    assert answer.status_code == 200
    assert said in answer.content.decode() or address in ("ban-hanh", "huy-so")
    paper.refresh_from_db()
    assert paper.state == "draft"


def test_the_register_is_found_by_words_without_marks_year_and_kind(
    year: Story, as_user: Callable[..., Client]
) -> None:
    numbered(year)
    numbered(year, text=samples.MINUTES)
    binh = as_user("binh")
    for asked, letter, minutes in (
        ("tu=co+thi+dua", True, False),
        ("tu=01/BB", False, True),
        ("loai=BB", False, True),
        ("nam=2019", True, True),
        ("nam=1999", True, True),  # not among the years: asks nothing
        ("tinh_trang=sealed", False, False),
        ("sap_xep=cu", True, True),
        ("sap_xep=x&loai=%00&tu=%F0&trang=-1", True, True),
    ):
        page = binh.get(f"/van-ban/?{asked}").content.decode()
        assert ("01/TTr-KTĐ" in page, "01/BB-KTĐ" in page) == (letter, minutes), asked


def test_the_register_in_excel_has_the_ten_columns_of_the_decree(
    year: Story, as_user: Callable[..., Client]
) -> None:
    paper = numbered(year)
    actions.void_number(paper=paper, reason="=HYPERLINK(1)", by=year.actor("binh"))
    answer = as_user("binh").get("/van-ban/?xuat=excel")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    header = next(row for row in rows if "Số, ký hiệu văn bản" in row)
    assert len(header) == 10
    assert any("01/TTr-KTĐ" in row for row in rows)


def test_a_list_asks_the_same_of_the_database_for_one_and_for_three(
    year: Story, as_user: Callable[..., Client]
) -> None:
    binh, counts = as_user("binh"), []
    numbered(year)
    binh.get("/van-ban/")
    for more in (0, 2):
        for _ in range(more):
            numbered(year)
        with CaptureQueriesContext(connection) as asked:
            binh.get("/van-ban/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_dung_adds_and_corrects_a_directive(year: Story, as_user: Callable[..., Client]) -> None:
    dung = as_user("dung")
    told = {
        "kind": "CT",
        "symbol": "34-CT/TW",
        "dated": "7/4/2014",
        "issuer_name": "Bộ Chính trị",
        "subject": "Tiếp tục đổi mới công tác thi đua, khen thưởng",
    }
    assert dung.post("/van-ban/chi-dao/them/", told).status_code == 302
    again = dung.post("/van-ban/chi-dao/them/", told)
    assert again.status_code == 200
    assert "đã có trong danh sách" in again.content.decode()

    directive = Paper.objects.get()
    assert "34-CT/TW" in as_user("an").get("/van-ban/chi-dao/").content.decode()
    address = f"/van-ban/chi-dao/{directive.pk}/sua/"
    assert as_user("an").get(address).status_code == 403
    assert dung.post(address, {**told, "subject": "Sửa", "revision": "1"}).status_code == 302
    stale = dung.post(address, {**told, "subject": "Sửa nữa", "revision": "1"})
    assert "mở lại trang" in stale.content.decode()
    assert dung.post(address, {**told, "revision": "x", "dated": "hôm qua"}).status_code == 200
    assert as_user("phuc").get("/van-ban/chi-dao/them/").status_code == 403
