"""Exemplars: An keeps those of Sở Y tế, Bình and Dung read all, Giang only her own unit's, Chi nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests.base.sheets.workbooks import upload
from tests.emulation.movements.test_movements import _pdf
from tests.story import Story, set_due
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.base.duties import State
from thidua.base.sheets.actions import confirm_import, preview_import, undo_import
from thidua.emulation.clusters.queries import visible_cycle
from thidua.emulation.exemplars import actions, queries
from thidua.emulation.exemplars.duties import acts
from thidua.emulation.exemplars.models import Consent, Exemplar, ExemplarCategory, FollowUp

DAY = date(2019, 10, 1)
UNCLE = "Học tập và làm theo Bác"
PUBLICISED = {"step": 4, "day": DAY, "text": "Bài trên cổng thông tin của Sở."}


def cycle(year: Story, by: str = "binh"):
    return visible_cycle(year.actor(by), year.bloc.address, "2019")


def category(year: Story, name: str = UNCLE) -> ExemplarCategory:
    return actions.add_category(cycle=cycle(year), name=name, by=year.actor("binh"))


def enter(
    year: Story, name: str = "Tổ tiêm chủng minh họa", who: str = "an", unit: str = "y_te", **more: Any
) -> Exemplar:
    told = {"kind": "collective", "field": "society", "deeds": "Tiêm đủ mũi cho trẻ vùng xa."}
    beside = {key: more.pop(key) for key in ("day", "step", "consent", "categories") if key in more}
    exemplar = Exemplar(cycle=cycle(year, who), unit=year.units[unit], name=name, **{**told, **more})
    entry = actions.Entry(**{"day": DAY, **beside})
    return actions.enter_exemplar(exemplar=exemplar, entry=entry, by=year.actor(who))


def form(year: Story, **more: Any) -> dict[str, Any]:
    told = {
        "unit": year.units["y_te"].pk,
        "kind": "individual",
        "name": "Nguyễn Thị  Mẫu",
        "field": "society",
        "level": "unit",
        "locality": "border",
        "occupation": "worker",
        "sex": "female",
        "deeds": "Mười năm ở trạm y tế xã biên giới.",
        "followed_by": "Công đoàn Sở",
        "step": "3",
        "day": "1/10/2019",
    }
    return told | more


def test_an_registers_with_consent_follows_and_the_head_counts(year, as_user):
    uncle = category(year)
    an, binh = as_user("an"), as_user("binh")
    told = form(year, categories=[uncle.pk], consent="given", consent_day="2/10/2019")
    sent = an.post(year.address("dien-hinh", "moi"), told)
    assert sent.status_code == 302, sent.context["form"].errors
    made = Exemplar.objects.get()
    assert made.name == "Nguyễn Thị Mẫu"
    page = year.address("dien-hinh", str(made.pk))
    step = {"step": "4", "day": "5/10/2019", "text": "Bài trên cổng thông tin của Sở."}
    assert an.post(page + "theo-doi/", step).status_code == 302
    text = binh.get(page).content.decode()
    assert "Bài trên cổng thông tin" in text
    assert "Nguyễn Văn An" in text  # each step tells who wrote it
    listed = binh.get(year.address("dien-hinh")).content.decode()
    assert "Nguyễn Thị Mẫu" in listed
    assert f"trong đó 1: {UNCLE}" in listed
    assert "Tuyên truyền" in listed


def test_nobody_is_made_public_without_a_yes(year, as_user):
    made = enter(year)
    page = year.address("dien-hinh", str(made.pk)) + "theo-doi/"
    sent = as_user("an").post(page, {"step": "4", "day": "5/10/2019", "text": "Bài báo."})
    assert "Chưa hỏi ý kiến" in sent.content.decode()
    assert "Bài báo." in sent.content.decode()  # nothing typed is lost
    an = year.actor("an")
    for state in ("asked", "refused", "given", "withdrawn"):
        actions.record_consent(exemplar=made, state=state, day=DAY, by=an)
        if state == "given":
            actions.follow_exemplar(exemplar=made, **PUBLICISED, by=an)
        else:
            with pytest.raises(Refused, match="chưa công khai được"):
                actions.follow_exemplar(exemplar=made, **PUBLICISED, by=an)
    assert queries.obstacles_to_publicising(made)
    assert "Đơn vị gỡ những nội dung" in as_user("an").get(page.removesuffix("theo-doi/")).content.decode()


def test_the_database_knows_it_too(year):
    made = enter(year)
    with pytest.raises(ProgrammingError, match="only with consent"), transaction.atomic():
        FollowUp.objects.create(exemplar=made, **PUBLICISED, recorded_at=made.recorded_at)
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        made.follow_ups.update(day=date(2019, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Exemplar.objects.filter(pk=made.pk).update(sex="female")  # of a collective


def test_chi_sees_nothing_and_giang_only_her_own_units(year, as_user):
    made = enter(year)
    page = year.address("dien-hinh", str(made.pk))
    assert as_user("chi").get(page).status_code == 404
    assert as_user("chi").get(year.address("dien-hinh")).status_code == 404
    assert as_user("giang").get(page).status_code == 404
    assert made.name not in as_user("giang").get(year.address("dien-hinh")).content.decode()
    for who in ("an", "binh", "dung"):
        assert as_user(who).get(page).status_code == 200
    with pytest.raises(NotAllowed):
        actions.follow_exemplar(exemplar=made, step=2, day=DAY, text="", by=year.actor("binh"))
    file = actions.attach_evidence(
        exemplar=made, upload=SimpleUploadedFile("a.pdf", _pdf()), by=year.actor("an")
    )
    assert as_user("giang").get(f"/tep/{file.pk}/").status_code == 404
    assert b"".join(as_user("dung").get(f"/tep/{file.pk}/").streaming_content)[:4] == b"%PDF"


def test_search_is_folded_and_filters_narrow(year, as_user):
    uncle = category(year)
    enter(year, categories=[uncle])
    enter(year, "Hộ ông Minh Họa", kind="household", field="economy", step=1)
    binh = as_user("binh")

    def names(query: str) -> list[str]:
        page = binh.get(year.address("dien-hinh") + "?" + query).context["page"]
        return [row.name for row in page]

    assert names("words=to tiem CHUNG") == ["Tổ tiêm chủng minh họa"]
    assert names("kind=household") == names("step=1") == names("field=economy") == ["Hộ ông Minh Họa"]
    assert names(f"category={uncle.pk}") == ["Tổ tiêm chủng minh họa"]
    assert len(names(f"unit={year.units['y_te'].pk}")) == 2
    assert len(names("category=abc&unit=-1&step=99&kind=x")) == 2  # odd questions narrow nothing


def test_counts_tell_the_whole_and_its_parts(year):
    uncle, village = category(year), category(year, "Nông thôn mới")
    for n in range(3):
        enter(year, f"Tập thể minh họa {n}", categories=[uncle, village][: n % 3])
    enter(year, "Cá nhân minh họa", kind="individual", categories=[uncle])
    enter(year, "Tổ của ngành giáo dục", who="giang", unit="giao_duc", day=date(2019, 11, 1))
    enter(year, "Mới phát hiện", step=1)
    found = queries.counts(cycle(year))
    assert [(row.measure, row.count) for row in found] == [("tập thể", 4), ("cá nhân", 1)]
    assert [(part.category, part.count) for part in found[0].parts] == [(UNCLE, 2), ("Nông thôn mới", 1)]
    assert [(part.category, part.count) for part in found[1].parts] == [(UNCLE, 1)]
    assert queries.counts(cycle(year), units=[year.units["giao_duc"].pk])[0].count == 1
    assert queries.counts(cycle(year), through=DAY)[0].count == 3
    assert queries.told(found) == (
        "04 tập thể và 01 cá nhân, trong đó 02 tập thể và 01 cá nhân: Học tập và làm theo Bác; "
        "01 tập thể: Nông thôn mới"
    )
    with CaptureQueriesContext(connection) as asked:
        queries.counts(year.cycle)
    assert len(asked) == 2


def test_likely_doubles_are_shown_and_merged(year, as_user):
    uncle = category(year)
    kept = enter(year, "Bà Nguyễn Thị Mẫu", kind="individual")
    twice = enter(year, "nguyen thi mau", kind="individual", who="giang", unit="giao_duc", categories=[uncle])
    giang, binh = year.actor("giang"), as_user("binh")
    actions.record_consent(exemplar=twice, state="given", day=DAY, by=giang)
    assert binh.get(year.address("dien-hinh")).content.decode().count("Có thể trùng") == 2
    assert queries.like(kept, year.actor("an")) == []  # An does not read the other unit's
    with pytest.raises(NotAllowed):
        actions.merge_exemplars(exemplar=kept, duplicate=twice, by=year.actor("an"))
    page = year.address("dien-hinh", str(kept.pk))
    assert "nguyen thi mau" in binh.get(page).content.decode()
    assert binh.post(page + "gop/", {"duplicate": twice.pk}).status_code == 302
    assert queries.counts(cycle(year))[0].count == 1
    assert queries.counts(cycle(year))[0].parts[0].category == UNCLE
    assert queries.obstacles_to_publicising(kept) == []
    assert kept.follow_ups.count() == 2
    assert as_user("giang").get(year.address("dien-hinh", str(twice.pk))).status_code == 404
    with pytest.raises(Refused, match="đã được gộp"):
        actions.merge_exemplars(
            exemplar=kept, duplicate=Exemplar.objects.get(pk=twice.pk), by=year.actor("dung")
        )


def test_a_step_is_struck_with_a_reason_and_stays_to_be_read(year, as_user):
    made, an = enter(year), as_user("an")
    only = made.follow_ups.get()
    with pytest.raises(Refused, match="bước duy nhất"):
        actions.strike_step(follow_up=only, reason="Nhầm", by=year.actor("an"))
    wrong = actions.follow_exemplar(exemplar=made, step=5, day=DAY, text="Giấy khen", by=year.actor("an"))
    page = year.address("dien-hinh", str(made.pk))
    assert an.post(f"{page}theo-doi/{wrong.pk}/gach-bo/", {"reason": "Của đơn vị khác"}).status_code == 302
    assert "Của đơn vị khác" in an.get(page).content.decode()
    assert an.get(page).context["exemplar"].step == 3


def test_what_does_not_fit_is_told_beside_its_field(year, as_user):
    an, page = as_user("an"), year.address("dien-hinh", "moi")
    wrong = {  # what is typed where, beside which field it is told, in which words of ours
        "name": ("", "name", "Anh/chị ghi tên"),
        "deeds": (" ", "deeds", ""),
        "day": ("1/1/2021", "day", "sau hôm nay"),
        "consent_day": ("1/10/2019", "consent", "chọn ý kiến"),
        "step": ("5", "step", ""),
        "kind": ("robot", "kind", ""),
    }
    for name, (typed, place, words) in wrong.items():
        sent = an.post(page, form(year, **{name: typed}))
        assert sent.status_code == 200, name
        assert words in str(sent.context["form"].errors[place]), name
    assert Exemplar.objects.count() == 0
    household = an.post(page, form(year, kind="household", name="Hộ minh họa"))
    assert household.status_code == 302
    assert Exemplar.objects.get().sex == ""  # what is asked of persons is not kept of a household
    assert "đã ghi" in an.post(page, form(year, kind="household", name="Hộ minh họa")).content.decode()


def test_revising_tells_of_somebody_elses_change_and_removing_stops_at_what_was_done(year, as_user):
    made, an = enter(year), as_user("an")
    page = year.address("dien-hinh", str(made.pk))
    told = form(year, kind="collective", name="Tổ tiêm chủng", revision="1")
    assert an.post(page + "sua/", told).status_code == 302
    assert "vừa sửa" in an.post(page + "sua/", told | {"name": "Tổ khác"}).content.decode()
    made.refresh_from_db()
    assert (made.name, made.revision) == ("Tổ tiêm chủng", 2)
    with pytest.raises(Stale):
        actions.revise_exemplar(exemplar=made, categories=[], revision=1, by=year.actor("an"))
    step = actions.follow_exemplar(exemplar=made, step=5, day=DAY, text="Giấy khen", by=year.actor("an"))
    with pytest.raises(Refused, match="không bỏ khỏi sổ"):
        actions.remove_exemplar(exemplar=made, by=year.actor("an"))
    FollowUp.objects.filter(pk=step.pk).delete()
    assert an.post(page + "bo/").status_code == 302
    assert Exemplar.objects.count() == Consent.objects.count() == 0


def test_headings_are_the_heads_to_name(year, as_user):
    binh, page = as_user("binh"), year.address("dien-hinh", "nhom")
    assert as_user("an").get(page).status_code == 403
    assert binh.post(page, {"name": "Sản xuất giỏi"}).status_code == 302
    assert "Đã có nhóm" in binh.post(page, {"name": "SẢN XUẤT  GIỎI"}).content.decode()
    made = ExemplarCategory.objects.get()
    enter(year, categories=[made])
    assert "không bỏ được" in binh.post(f"{page}{made.pk}/bo/").content.decode()
    other = ExemplarCategory.objects.create(cluster=year.other_bloc, name="Của khối khác")
    with pytest.raises(Refused, match="không phải của cụm"):
        enter(year, "Tổ khác", categories=[other])


def test_a_year_with_a_due_date_asks_its_members(year):
    an = year.actor("an")
    assert acts(cycle(year), by=an) == []
    set_due(year.cycle, "exemplars", date(2019, 11, 15))
    enter(year)
    (act,) = acts(cycle(year), by=an)
    states = {duty.unit_id: duty.state for duty in act.duties}
    assert states[year.units["y_te"].pk] is State.DONE
    assert states[year.units["giao_duc"].pk] is State.OVERDUE
    assert act.fact == "1/3 đơn vị, 1 điển hình"
    assert act.head_duties[0].title == "Đôn đốc 2 đơn vị đăng ký điển hình tiên tiến"


def test_a_closed_year_takes_no_entry_but_still_what_became_of_it(year):
    made = enter(year)
    year.cycle.closed_at = made.recorded_at
    year.cycle.save()
    with pytest.raises(Refused, match="đã khép lại"):
        enter(year, "Tổ khác")
    actions.follow_exemplar(exemplar=made, step=6, day=DAY, text="Ba huyện làm theo.", by=year.actor("an"))


def test_a_merging_is_taken_back_with_all_it_gave(year, as_user):
    uncle, village = category(year), category(year, "Nông thôn mới")
    kept = enter(year, "Bà Nguyễn Thị Mẫu", kind="individual", categories=[village])
    twice = enter(year, "nguyen thi mau", "giang", "giao_duc", kind="individual", categories=[uncle, village])
    actions.record_consent(exemplar=twice, state="given", day=DAY, by=year.actor("giang"))
    binh, page = as_user("binh"), year.address("dien-hinh", str(kept.pk))
    binh.post(page + "gop/", {"duplicate": twice.pk})
    merging = kept.mergings.get()
    assert "Lê Văn Bình gộp lúc" in binh.get(page).content.decode()
    assert as_user("giang").post(f"{page}gop/{merging.pk}/tach/").status_code == 404
    assert binh.post(f"{page}gop/{merging.pk}/tach/").status_code == 302
    assert queries.counts(cycle(year))[0].count == 2
    assert [(kept.follow_ups.count(), kept.consents.count()), (twice.follow_ups.count(),)] == [(1, 0), (1,)]
    assert [one.name for one in kept.categories.all()] == ["Nông thôn mới"], "what it had itself stays"
    assert queries.obstacles_to_publicising(twice) == []
    assert as_user("giang").get(year.address("dien-hinh", str(twice.pk))).status_code == 200


def test_publicity_that_rests_on_the_merged_consent_keeps_them_together(year):
    kept, twice = enter(year, "Tổ Một", kind="household"), enter(year, "to mot", kind="household")
    an = year.actor("an")
    actions.record_consent(exemplar=twice, state="given", day=DAY, by=an)
    actions.merge_exemplars(exemplar=kept, duplicate=twice, by=an)
    actions.follow_exemplar(exemplar=kept, **PUBLICISED, by=an)
    with pytest.raises(Refused, match="nhờ ý kiến đồng ý ghi ở dòng đã gộp"):
        actions.unmerge_exemplars(merging=kept.mergings.get(), by=an)


def test_of_two_mergings_the_later_is_taken_back_first(year):
    first, second, third = (enter(year, name, kind="household") for name in ("Tổ Một", "to mot", "TO MOT"))
    an = year.actor("an")
    actions.merge_exemplars(exemplar=second, duplicate=third, by=an)
    actions.merge_exemplars(exemplar=first, duplicate=second, by=an)
    inner = Exemplar.objects.get(pk=second.pk).mergings.get()
    with pytest.raises(Refused, match="tách lần gộp sau trước"):
        actions.unmerge_exemplars(merging=inner, by=an)
    actions.unmerge_exemplars(merging=first.mergings.get(), by=an)
    assert Exemplar.objects.get(pk=third.pk).merged_into == second
    assert [row.follow_ups.count() for row in (first, second, third)] == [1, 2, 0]
    actions.unmerge_exemplars(merging=Exemplar.objects.get(pk=second.pk).mergings.get(), by=an)
    assert [row.follow_ups.count() for row in (first, second, third)] == [1, 1, 1]


def test_evidence_brought_by_mistake_is_taken_off(year, as_user):
    made, an = enter(year), as_user("an")
    page = year.address("dien-hinh", str(made.pk))
    for name in ("dung.pdf", "nham.pdf"):
        an.post(page + "minh-chung/", {"upload": SimpleUploadedFile(name, _pdf())})
    wrong = queries.evidence_of(made).get(name="nham.pdf")
    assert as_user("binh").post(f"{page}minh-chung/{wrong.pk}/go/").status_code == 403
    assert an.post(f"{page}minh-chung/{wrong.pk}/go/").status_code == 302
    assert [file.name for file in queries.evidence_of(made)] == ["dung.pdf"]
    assert "nham.pdf" not in as_user("binh").get(page).content.decode()
    assert an.post(f"{page}minh-chung/{wrong.pk}/go/").status_code == 404


def test_having_nothing_to_register_is_an_answer(year, as_user):
    set_due(year.cycle, "exemplars", date(2019, 11, 15))
    an, unit = as_user("an"), year.units["y_te"].pk
    page = year.address("dien-hinh", "khong-co", str(unit))
    assert page in an.get(year.address("dien-hinh")).content.decode()
    assert an.post(page, {"reason": " "}).status_code == 200
    assert an.post(page, {"reason": "Điển hình còn đang bồi dưỡng"}).status_code == 302
    assert as_user("giang").get(page).status_code == 403

    def duty():
        (act,) = acts(cycle(year), by=year.actor("an"))
        return next(one for one in act.duties if one.unit_id == unit), act.fact

    assert (duty()[0].state, duty()[0].fact, duty()[1]) == (State.DONE, "không có", "1/3 đơn vị, 0 điển hình")
    assert "Điển hình còn đang bồi dưỡng" in as_user("binh").get(year.address("dien-hinh")).content.decode()
    assert "bồi dưỡng" not in as_user("giang").get(year.address("dien-hinh")).context["nothing"]
    assert an.post(page + "rut/").status_code == 302
    assert duty()[0].state is State.OVERDUE
    an.post(page, {"reason": "Chưa có"})
    enter(year)
    assert duty()[0].fact == "1", "an exemplar entered later outweighs the answer"
    assert "đã đăng ký điển hình" in an.get(page).content.decode()


HEAD = ["Năm thi đua", "Đơn vị", "Loại", "Họ và tên", "Lĩnh vực", "Nhóm", "Việc làm, thành tích", "Ngày"]
TELLS = ["Tiêm đủ mũi.", date(2019, 10, 1)]
GOOD = [
    HEAD,
    ["2019", "Sở Y tế", "Cá nhân", "Nguyễn Văn An", "Văn hóa – xã hội", UNCLE, *TELLS],
    ["2019", "Sở Y tế", "Tập thể", "Tổ minh họa", "Kinh tế", "", *TELLS],
]
BAD = [
    HEAD,
    ["2019", "Sở Giáo dục và Đào tạo", "Cá nhân", "Một", "Kinh tế", "", *TELLS],
    ["2031", "Sở Y tế", "Cá nhân", "Hai", "Kinh tế", "", *TELLS],
    ["2019", "Sở Y tế", "Cá nhân", "Ba", "Kinh tế", "Nhóm lạ", *TELLS],
    ["2019", "Sở Y tế", "Cá nhân", "Bốn", "Kinh tế", "", "Tốt.", date(2020, 10, 1)],
    ["2019", "Sở Y tế", "Cá nhân", "Năm", "Kinh tế", "", *TELLS],
    ["2019", "Sở Y tế", "Cá nhân", "nam", "Kinh tế", "", *TELLS],
]


def test_a_file_is_looked_at_taken_in_and_taken_back(year, as_user):
    category(year)
    an = year.actor("an")
    told = [error["message"] for error in preview_import(kind="exemplars", upload=upload(BAD), by=an).errors]
    assert len(told) == 5, told
    words = ("không ghi điển hình", "không là thành viên", "không có nhóm", "sau hôm nay", "đã ghi “nam”")
    assert all(word in text for word, text in zip(words, told, strict=True)), told
    batch = confirm_import(batch=preview_import(kind="exemplars", upload=upload(GOOD), by=an), by=an)
    person = Exemplar.objects.get(kind="individual")
    assert person.person == year.people["an"]
    assert [one.name for one in person.categories.all()] == [UNCLE]
    sent = as_user("an").get(year.address("dien-hinh", "excel"))
    rows = CalamineWorkbook.from_filelike(BytesIO(sent.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 3
    undo_import(batch=batch, by=an)
    assert Exemplar.objects.count() == 0
    again = confirm_import(batch=preview_import(kind="exemplars", upload=upload(rows), by=an), by=an)
    assert len(again.effects["exemplars"]) == 2  # what was written out is taken in as it is


def test_the_list_costs_the_same_with_one_row_and_three(year, as_user):
    uncle, client = category(year), as_user("binh")
    client.get(year.address("dien-hinh"))  # the session remembers the year it stands in
    costs = []
    for n in range(3):
        enter(year, f"Tổ minh họa {n}", categories=[uncle])
        if n in {0, 2}:
            with CaptureQueriesContext(connection) as asked:
                client.get(year.address("dien-hinh"))
            costs.append(len(asked))
    assert costs[0] == costs[1]
