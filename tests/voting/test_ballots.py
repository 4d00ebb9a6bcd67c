"""The ballot from draft to signed minutes, and everything that stands in its way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.utils import ProgrammingError

from tests.story import Story
from tests.voting.world import (
    by_option,
    closed,
    counted,
    enter,
    new_ballot,
    opened,
    papers,
    ready_to_open,
    voters,
    with_committee,
)
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused, Stale
from thidua.voting import actions, queries
from thidua.voting.counting import Next, Share, Verdict
from thidua.voting.models import Ballot, CommitteeMember, CountEntry, RollEntry


def reasons(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(refusal.value.reasons)


def test_the_bloc_chooses_its_leading_unit(year: Story) -> None:
    ballot = counted(year, (9, 1, 1))
    found = queries.outcome(ballot)
    assert found is not None
    assert found.verdict == Verdict.DECIDED
    assert [option.unit for option in queries.elected_options(ballot)] == [year.units["van_hoa"]]
    assert found.lines[0].sum == "9/11 phiếu = 81,8%, cần từ 8 phiếu (2/3 của 11)"
    for member in ballot.committee.all():
        actions.sign_count(ballot=ballot, member=member, by=year.actor(member.user.username))
    assert ballot.state == "signed"
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {
        "voting.create_ballot",
        "voting.seal_roll",
        "voting.enter_count",
        "voting.sign_count",
    } <= verbs


def test_nothing_is_told_before_the_count_agrees(year: Story) -> None:
    ballot = closed(year)
    enter(year, ballot, "an", 9, 1, 1)
    assert queries.outcome(ballot) is None
    assert queries.elected_options(ballot) == []
    seen = queries.counting_stands(ballot, year.actor("dung"))
    assert seen.first_entries == 1
    assert seen.entries == ()
    assert seen.may_enter


def test_a_draft_is_revised_and_a_stale_page_is_refused(year: Story) -> None:
    ballot = new_ballot(year)
    told: dict[str, Any] = {
        "ballot": ballot,
        "title": "Tên mới",
        "question": "",
        "options": [(None, "Đồng ý"), (None, "Không đồng ý")],
        "roll": [(year.units["y_te"], "Trần Thị Lan", "Giám đốc")],
        "by": year.actor("binh"),
    }
    actions.revise_ballot(revision=1, **told)
    assert ballot.options.count() == 2
    with pytest.raises(Stale):
        actions.revise_ballot(revision=1, **told)
    with pytest.raises(Refused, match="hai lần"):
        actions.revise_ballot(revision=2, **{**told, "options": [(None, "Đồng ý"), (None, "đồng ý ")]})
    with pytest.raises(Refused, match="hai lần"):
        actions.revise_ballot(revision=2, **{**told, "roll": told["roll"] * 2})


def test_sealing_says_what_is_missing(year: Story) -> None:
    ballot = new_ballot(year, options=[], roll=[])
    with pytest.raises(Refused) as refusal:
        actions.seal_roll(ballot=ballot, by=year.actor("binh"))
    assert "Chưa có phương án" in reasons(refusal)
    assert "cử tri còn trống" in reasons(refusal)
    assert queries.obstacles_to_sealing(new_ballot(year, seats=4, choices_max=5)) == [
        "Cần chọn 4 nhưng chỉ có 3 phương án.",
        "Mỗi phiếu được chọn 5 nhưng chỉ có 3 phương án.",
    ]
    assert (
        "mỗi đơn vị chỉ có một phiếu"
        in queries.obstacles_to_sealing(new_ballot(year, threshold_base="units"))[0]
    )


def test_opening_waits_for_committee_and_quorum(year: Story) -> None:
    binh = year.actor("binh")
    ballot = actions.seal_roll(ballot=new_ballot(year), by=binh)
    with pytest.raises(Refused) as refusal:
        actions.open_ballot(ballot=ballot, by=binh)
    told = reasons(refusal)
    assert "Ban kiểm phiếu gồm 3 hoặc 5 người, hiện có 0." in told
    assert "chưa có trưởng ban" in told
    assert "Có mặt 0/11 cử tri, cần từ 8 (2/3 của 11)." in told
    with_committee(year, ballot)
    actions.mark_roll(ballot=ballot, entries=voters(ballot)[:7], mark="present", value=True, by=binh)
    assert queries.obstacles_to_opening(ballot) == ["Có mặt 7/11 cử tri, cần từ 8 (2/3 của 11)."]
    actions.mark_roll(ballot=ballot, entries=voters(ballot)[7:8], mark="present", value=True, by=binh)
    assert actions.open_ballot(ballot=ballot, by=binh).state == "open"


def test_a_committee_is_three_or_five_with_one_chair_and_no_candidate(
    year: Story,
) -> None:
    binh = year.actor("binh")
    ballot = new_ballot(year, options=[(None, "Ngô Thị Dung"), (None, "Nguyễn Văn An")])
    plain: list[Any] = [("Một", None, None, "chair"), ("Hai", None, None, "member")]
    with pytest.raises(Refused, match="3 hoặc 5 người, đang ghi 2"):
        actions.name_committee(ballot=ballot, members=plain, by=binh)
    with pytest.raises(Refused, match="đúng một trưởng ban"):
        actions.name_committee(ballot=ballot, members=[*plain, ("Ba", None, None, "chair")], by=binh)
    an = year.people["an"].user
    with pytest.raises(Refused, match="Một tài khoản"):
        actions.name_committee(
            ballot=ballot,
            members=[plain[0], ("Hai", None, an, "member"), ("Ba", None, an, "member")],
            by=binh,
        )
    actions.name_committee(ballot=ballot, members=[*plain, ("Ba", None, None, "secretary")], by=binh)
    actions.seal_roll(ballot=ballot, by=binh)
    assert any("mới có 0 người có tài khoản" in told for told in queries.obstacles_to_opening(ballot))
    with_committee(year, ballot)
    assert "Ngô Thị Dung có tên trong phiếu nên không thể kiểm phiếu." in queries.obstacles_to_opening(ballot)


def test_the_sealed_roll_and_question_refuse_every_change(year: Story) -> None:
    ballot = ready_to_open(year)
    entry = ballot.roll.first()
    assert entry is not None
    unit = year.units["dan_toc"]
    for change in (
        lambda: ballot.roll.filter(pk=entry.pk).update(person_name="Người khác"),
        lambda: ballot.roll.filter(pk=entry.pk).update(unit=unit),
        lambda: ballot.roll.filter(pk=entry.pk).delete(),
        lambda: RollEntry.objects.create(ballot=ballot, unit=unit, position=99),
        lambda: ballot.options.all().delete(),
        lambda: ballot.options.update(label="Khác"),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(seats=2),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(threshold_numerator=1),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(base_count=3),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(state="draft"),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(state="counted"),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(state="void"),
        lambda: Ballot.objects.filter(pk=ballot.pk).delete(),
    ):
        with (
            pytest.raises((InternalError, IntegrityError, ProgrammingError)),
            transaction.atomic(),
        ):
            change()
    with pytest.raises(Refused, match="Danh sách đã chốt"):
        actions.revise_ballot(
            ballot=ballot,
            revision=1,
            title="x",
            question="",
            options=[],
            roll=[],
            by=year.actor("binh"),
        )


def test_marks_are_taken_back_only_while_they_may(year: Story) -> None:
    binh = year.actor("binh")
    ballot = opened(year)
    one = voters(ballot)[:1]
    with pytest.raises(Refused, match="bỏ dấu nhận phiếu trước"):
        actions.mark_roll(ballot=ballot, entries=one, mark="present", value=False, by=binh)
    actions.mark_roll(ballot=ballot, entries=one, mark="received", value=False, by=binh)
    actions.mark_roll(ballot=ballot, entries=one, mark="present", value=False, by=binh)
    assert queries.roll_numbers(ballot) == queries.RollNumbers(11, 10, 10)
    actions.mark_roll(ballot=ballot, entries=one, mark="received", value=True, by=binh)
    assert queries.roll_numbers(ballot) == queries.RollNumbers(11, 11, 11)
    with pytest.raises(Refused, match="Không có dấu này"):
        actions.mark_roll(ballot=ballot, entries=one, mark="choice", value=True, by=binh)
    actions.close_ballot(ballot=ballot, by=binh)
    enter(year, ballot, "an", 9, 1, 1)
    with pytest.raises(Refused, match="danh sách không đổi"):
        actions.mark_roll(ballot=ballot, entries=one, mark="received", value=False, by=binh)


def test_a_mark_belongs_to_its_own_ballot(year: Story) -> None:
    other = ready_to_open(year)
    ballot = ready_to_open(year)
    actions.mark_roll(
        ballot=ballot,
        entries=voters(other),
        mark="present",
        value=False,
        by=year.actor("binh"),
    )
    assert queries.roll_numbers(other).present == 11


def test_a_box_is_closed_only_after_papers_were_given(year: Story) -> None:
    binh = year.actor("binh")
    ballot = actions.open_ballot(ballot=ready_to_open(year), by=binh)
    with pytest.raises(Refused, match="Chưa ghi ai nhận phiếu"):
        actions.close_ballot(ballot=ballot, by=binh)


def test_unequal_entries_demand_a_recount_under_both_names(year: Story) -> None:
    ballot = closed(year)
    enter(year, ballot, "an", 9, 1, 1)
    enter(year, ballot, "dung", 8, 2, 1)
    assert ballot.state == "closed"
    stands = queries.counting_stands(ballot, year.actor("an"))
    assert stands.differs
    assert stands.may_recount
    assert [entry.number for entry in stands.entries] == [1, 2]
    with pytest.raises(Refused, match="Đã đủ hai lần"):
        enter(year, ballot, "giang", 9, 1, 1)
    with pytest.raises(Refused, match="Chỉ hai người"):
        _recount(year, ballot, "giang", 9, 1, 1)
    third = _recount(year, ballot, "an", 8, 2, 1)
    assert ballot.state == "closed"
    for name in ("an", "giang"):
        with pytest.raises(Refused, match="người còn lại"):
            actions.confirm_recount(ballot=ballot, entry=third, by=year.actor(name))
    actions.confirm_recount(ballot=ballot, entry=third, by=year.actor("dung"))
    assert ballot.state == "counted"
    assert ballot.agreed_entry == third
    assert CountEntry.objects.filter(ballot=ballot).count() == 3


def _recount(year: Story, ballot: Ballot, name: str, *votes: int) -> CountEntry:
    return actions.recount(
        ballot=ballot,
        numbers=papers(ballot),
        votes=by_option(ballot, *votes),
        by=year.actor(name),
    )


def test_an_older_recount_cannot_be_confirmed_after_a_newer(year: Story) -> None:
    ballot = closed(year)
    enter(year, ballot, "an", 9, 1, 1)
    enter(year, ballot, "dung", 8, 2, 1)
    third = _recount(year, ballot, "an", 8, 2, 1)
    assert _recount(year, ballot, "an", 8, 2, 1) == third
    fourth = _recount(year, ballot, "an", 7, 3, 1)
    with pytest.raises(Refused, match="mới hơn"):
        actions.confirm_recount(ballot=ballot, entry=third, by=year.actor("dung"))
    actions.confirm_recount(ballot=ballot, entry=fourth, by=year.actor("dung"))
    assert ballot.agreed_entry == fourth


def test_sending_the_same_count_twice_is_harmless_and_another_one_refused(
    year: Story,
) -> None:
    ballot = closed(year)
    first = enter(year, ballot, "an", 9, 1, 1)
    assert enter(year, ballot, "an", 9, 1, 1) == first
    with pytest.raises(Refused, match="giữ nguyên"):
        enter(year, ballot, "an", 8, 2, 1)
    enter(year, ballot, "dung", 9, 1, 1)
    assert enter(year, ballot, "dung", 9, 1, 1).number == 2
    assert CountEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("votes", "numbers", "told"),
    [
        ((9, 1, 1), {"printed": 12}, "In ra 12 phiếu"),
        ((9, 1, 1), {"kept": 1}, "không nộp lại 1"),
        ((9, 1, 1), {"valid": 10}, "hợp lệ 10"),
        ((9, 1, 0), {"valid": 8, "invalid": 3}, "có 9 phiếu, nhiều hơn 8 phiếu hợp lệ"),
        ((9, 2, 1), {}, "Cộng phiếu của các phương án là 12"),
        (
            (9, 1, 1),
            {"printed": 12, "issued": 12, "returned": 12, "blank": 1},
            "nhiều hơn 11 người có mặt",
        ),
        (
            (8, 1, 1),
            {"printed": 10, "issued": 10, "returned": 10, "valid": 10},
            "11 người đã nhận phiếu",
        ),
        ((-1, 1, 1), {}, "không thể âm"),
        ((9, 1, 200_000), {}, "lớn hơn 100000"),
    ],
)
def test_a_count_that_does_not_add_up_is_not_kept(
    year: Story, votes: tuple[int, ...], numbers: dict[str, int], told: str
) -> None:
    ballot = closed(year)
    with pytest.raises(Refused) as refusal:
        enter(year, ballot, "an", *votes, **numbers)
    assert told in reasons(refusal)
    assert not CountEntry.objects.exists()


def test_a_forgotten_mark_is_mended_before_the_first_entry(year: Story) -> None:
    binh = year.actor("binh")
    ballot = opened(year)
    actions.mark_roll(ballot=ballot, entries=voters(ballot)[:1], mark="received", value=False, by=binh)
    actions.close_ballot(ballot=ballot, by=binh)
    with pytest.raises(Refused, match="10 người đã nhận phiếu"):
        enter(year, ballot, "an", 9, 1, 1)
    actions.mark_roll(ballot=ballot, entries=voters(ballot)[:1], mark="received", value=True, by=binh)
    assert enter(year, ballot, "an", 9, 1, 1).number == 1


def test_what_was_counted_and_signed_is_never_rewritten(year: Story) -> None:
    ballot = counted(year)
    member = ballot.committee.first()
    assert member is not None
    actions.sign_count(ballot=ballot, member=member, by=year.actor("dung"))
    entry = ballot.agreed_entry
    assert entry is not None
    for change in (
        lambda: CountEntry.objects.filter(pk=entry.pk).update(valid=0, invalid=11),
        lambda: entry.votes.update(votes=0),
        lambda: CountEntry.objects.filter(pk=entry.pk).delete(),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(agreed_entry=None),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(base_count=3),
        lambda: ballot.roll.update(present=False, received=False),
        lambda: CommitteeMember.objects.filter(pk=member.pk).update(person_name="Khác"),
        member.signature.delete,
    ):
        with (
            pytest.raises((InternalError, IntegrityError, ProgrammingError)),
            transaction.atomic(),
        ):
            change()


def test_the_base_present_is_frozen_with_the_count(year: Story) -> None:
    binh = year.actor("binh")
    ballot = opened(year, threshold_base="present", threshold=Share(1, 2, strict=True))
    late = voters(ballot)[:1]
    actions.mark_roll(ballot=ballot, entries=late, mark="received", value=False, by=binh)
    actions.mark_roll(ballot=ballot, entries=late, mark="present", value=False, by=binh)
    actions.close_ballot(ballot=ballot, by=binh)
    ten = {"printed": 10, "issued": 10, "returned": 10, "valid": 10}
    for name in ("an", "dung"):
        enter(year, ballot, name, 5, 4, 1, **ten)
    found = queries.outcome(ballot)
    assert found is not None
    assert ballot.base_count == 10
    assert found.lines[0].sum == "5/10 phiếu = 50%, cần từ 6 phiếu (trên 50% của 10)"
    assert found.verdict == Verdict.BELOW


def test_a_second_ballot_over_the_equals_then_the_head_decides(year: Story) -> None:
    binh = year.actor("binh")
    ballot = counted(year, (5, 5, 1), threshold=Share(1, 3))
    assert queries.what_comes_next(ballot) == "Lập lượt bỏ phiếu thứ 2 để chọn tiếp 1."
    with pytest.raises(Refused, match="không cần quyết định thêm"):
        _decide(year, ballot, [])
    second = actions.open_second_ballot(ballot=ballot, by=binh)
    assert [option.label for option in second.options.all()] == [
        "Sở VH, TT và DL",
        "Sở Y tế",
    ]
    assert (second.round, second.previous, second.seats) == (2, ballot, 1)
    assert second.roll.count() == 11
    assert second.committee.count() == 3
    with pytest.raises(Refused, match="đã được lập"):
        actions.open_second_ballot(ballot=ballot, by=binh)
    with pytest.raises(Refused, match="hủy lượt sau trước"):
        actions.void_ballot(ballot=ballot, reason="Nhầm", by=binh)
    actions.seal_roll(ballot=second, by=binh)
    actions.mark_roll(ballot=second, entries=voters(second), mark="present", value=True, by=binh)
    actions.open_ballot(ballot=second, by=binh)
    actions.mark_roll(ballot=second, entries=voters(second), mark="received", value=True, by=binh)
    actions.close_ballot(ballot=second, by=binh)
    for name in ("an", "giang"):
        enter(year, second, name, 5, 5, valid=10, blank=1)
    found = queries.outcome(second)
    assert found is not None
    assert found.next == Next.TIE_BREAK
    with pytest.raises(Refused, match="không cần bỏ phiếu thêm"):
        actions.open_second_ballot(ballot=second, by=binh)
    both = [option.pk for option in second.options.all()]
    with pytest.raises(Refused, match="Chọn từ 1 đến 1"):
        _decide(year, second, both)
    with pytest.raises(Refused, match="ai quyết định và vì sao"):
        _decide(year, second, both[1:], reason=" ")
    _decide(year, second, both[1:])
    with pytest.raises(Refused, match="Đã ghi quyết định"):
        _decide(year, second, both[:1])
    assert [option.unit for option in queries.elected_options(second)] == [year.units["y_te"]]
    assert queries.what_comes_next(second) == ""


def _decide(year: Story, ballot: Ballot, options: list[int], reason: str = "Điểm cao hơn") -> Ballot:
    return actions.decide_tie(
        ballot=ballot,
        options=options,
        deciders="Trưởng khối và phó trưởng khối",
        reason=reason,
        by=year.actor("binh"),
    )


def test_seats_filled_in_two_rounds_are_told_together(year: Story) -> None:
    binh = year.actor("binh")
    ballot = counted(year, (9, 5, 4), seats=2, choices_max=2)
    second = actions.open_second_ballot(ballot=ballot, by=binh)
    assert second.seats == 1
    assert second.choices_max == 1
    assert [option.label for option in queries.elected_options(second)] == ["Sở VH, TT và DL"]
    with pytest.raises(Refused):
        actions.open_second_ballot(ballot=second, by=binh)


def test_a_void_ballot_says_why_and_is_repeated_whole(year: Story) -> None:
    binh = year.actor("binh")
    ballot = opened(year)
    with pytest.raises(Refused, match="lý do hủy"):
        actions.void_ballot(ballot=ballot, reason="  ", by=binh)
    with pytest.raises(Refused, match="Chỉ làm lại"):
        actions.repeat_ballot(ballot=ballot, by=binh)
    actions.void_ballot(ballot=ballot, reason="Mất điện, hòm phiếu bị mở", by=binh)
    with pytest.raises(Refused, match="đã hủy"):
        actions.void_ballot(ballot=ballot, reason="Lần nữa", by=binh)
    again = actions.repeat_ballot(ballot=ballot, by=binh)
    assert actions.repeat_ballot(ballot=ballot, by=binh) == again
    assert again.state == "draft"
    assert again.roll.filter(present=True).count() == 0
    assert [o.label for o in again.options.all()] == [o.label for o in ballot.options.all()]


def test_a_member_without_account_signs_on_paper_and_nobody_signs_for_another(
    year: Story,
) -> None:
    binh = year.actor("binh")
    ballot = new_ballot(year)
    members = [
        ("Ngô Thị Dung", None, year.people["dung"].user, "chair"),
        ("Nguyễn Văn An", None, year.people["an"].user, "secretary"),
        ("Người Ngoài", None, None, "member"),
    ]
    actions.name_committee(ballot=ballot, members=members, by=binh)
    actions.seal_roll(ballot=ballot, by=binh)
    actions.mark_roll(ballot=ballot, entries=voters(ballot), mark="present", value=True, by=binh)
    actions.open_ballot(ballot=ballot, by=binh)
    actions.mark_roll(ballot=ballot, entries=voters(ballot), mark="received", value=True, by=binh)
    actions.close_ballot(ballot=ballot, by=binh)
    dung, an, outsider = ballot.committee.all()
    with pytest.raises(Refused, match="Đã kiểm phiếu"):
        actions.sign_count(ballot=ballot, member=dung, by=year.actor("dung"))
    for name in ("an", "dung"):
        enter(year, ballot, name, 9, 1, 1)
    with pytest.raises(Refused, match="phải tự ký"):
        actions.sign_count(ballot=ballot, member=an, by=binh)
    first = actions.sign_count(ballot=ballot, member=an, by=year.actor("an"))
    assert actions.sign_count(ballot=ballot, member=an, by=year.actor("an")) == first
    assert actions.sign_count(ballot=ballot, member=outsider, by=binh).on_paper
    assert ballot.state == "counted"
    actions.sign_count(ballot=ballot, member=dung, by=year.actor("dung"))
    assert ballot.state == "signed"


@pytest.mark.parametrize("name", ["an", "lan", "giang", "chi", "dung", "phuc", "quan", "son", "tam"])
def test_only_the_managers_run_a_ballot(year: Story, name: str) -> None:
    ballot = new_ballot(year)
    by = year.actor(name)
    for run in (
        lambda: actions.seal_roll(ballot=ballot, by=by),
        lambda: actions.open_ballot(ballot=ballot, by=by),
        lambda: actions.void_ballot(ballot=ballot, reason="Phá", by=by),
        lambda: actions.mark_roll(ballot=ballot, entries=[], mark="present", value=True, by=by),
        lambda: new_ballot(year, by=by),
    ):
        with pytest.raises(NotAllowed):
            run()


def test_only_the_committee_counts(year: Story) -> None:
    ballot = closed(year)
    for name in ("binh", "hai", "chi", "tam"):
        with pytest.raises(NotAllowed):
            enter(year, ballot, name, 9, 1, 1)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("binh", True),
        ("hai", True),
        ("an", True),
        ("mai", True),
        ("dung", True),
        ("chi", False),
        ("tam", False),
    ],
)
def test_the_filter_and_the_predicate_agree(year: Story, name: str, sees: bool) -> None:
    ballot = new_ballot(year)
    by = year.actor(name)
    assert queries.may_see(by, ballot) is sees
    assert queries.visible_ballots(by).filter(pk=ballot.pk).exists() is sees


def test_the_limits_of_secrecy_are_told(year: Story) -> None:
    ballot = new_ballot(year, threshold=Share(9, 10), roll=new_ballot_roll(year, 9))
    told = " ".join(queries.told_to_voters(ballot))
    assert "Có 9 người bỏ phiếu. Nếu kết quả là 0 hoặc 9 phiếu" in told
    assert "Với 9 cử tri và ngưỡng 90%, mục này chỉ đạt khi tất cả đồng ý" in told
    assert "Với" not in " ".join(queries.told_to_voters(new_ballot(year)))
    hands = queries.told_to_voters(new_ballot(year, mode="show_of_hands"))
    assert len(hands) == 1
    assert "công khai" in hands[0]


def new_ballot_roll(year: Story, voters: int) -> list[Any]:
    return [(year.units["y_te"], f"Đại biểu {n}", "") for n in range(voters)]


def test_an_unreachable_threshold_is_pointed_out(year: Story) -> None:
    ballot = with_committee(year, new_ballot(year, own_unit_allowed=False, threshold=Share(9, 10)))
    told = queries.cautions(ballot)
    assert told[0].startswith("Không được bầu cho đơn vị mình nên Sở VH, TT và DL, Sở Y tế")
    assert "không kiểm tra được từng phiếu" in told[1]
    actions.name_committee(
        ballot=ballot,
        members=[
            ("Một", year.units["y_te"], None, "chair"),
            ("Hai", None, None, "member"),
            ("Ba", None, None, "member"),
        ],
        by=year.actor("binh"),
    )
    assert queries.cautions(ballot)[2].startswith("Một trong ban kiểm phiếu thuộc đơn vị được bầu")


def test_other_areas_find_their_ballots_and_where_they_stand(year: Story) -> None:
    ballot = new_ballot(year)
    new_ballot(year, about_id=8)
    assert list(queries.ballots_about("conference", [7])) == [ballot]
    stands = queries.ballot_state(ballot)
    assert (stands.state, stands.word, stands.finished, stands.void) == (
        "draft",
        "Đang chuẩn bị",
        False,
        False,
    )
    assert stands.url == f"/bo-phieu/{ballot.pk}/"
