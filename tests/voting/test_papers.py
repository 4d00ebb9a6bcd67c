"""What is printed: papers all alike, a roll to sign, minutes with every number."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from pypdf import PdfReader

from tests.story import Story
from tests.voting.world import by_option, closed, counted, enter, new_ballot, papers, ready_to_open
from thidua.documents.engine import Ballot as BallotBlock
from thidua.documents.engine import PaperText, render_pdf
from thidua.voting import actions
from thidua.voting.counting import Share
from thidua.voting.models import Ballot
from thidua.voting.papers import ballot_papers, count_minutes, roll_sheet, tally_sheet


def words(paper: PaperText) -> str:
    """Everything printed, on one line."""
    pages = PdfReader(io.BytesIO(render_pdf(paper))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_ballot_papers_are_one_for_each_voter_and_name_nobody(year: Story) -> None:
    ballot = new_ballot(year, own_unit_allowed=False, question="Mỗi đại biểu một phiếu")
    (block,) = ballot_papers(ballot).body
    assert isinstance(block, BallotBlock)
    assert block.count == 11
    assert list(block.options) == ["Sở VH, TT và DL", "Sở Y tế", "Sở GD và ĐT"]
    assert "Không chọn đơn vị mình" in block.instruction
    printed = words(ballot_papers(ballot))
    assert "Đại biểu" not in printed
    assert printed.count("Sở Y tế") == 11


def test_every_ballot_paper_carries_the_same_words(year: Story) -> None:
    pages = PdfReader(io.BytesIO(render_pdf(ballot_papers(new_ballot(year))))).pages
    full = {" ".join(page.extract_text().split()) for page in pages[:-1]}
    assert len(full) == 1


def test_the_roll_sheet_names_everybody_and_leaves_room_to_sign(year: Story) -> None:
    ballot = ready_to_open(year)
    printed = words(roll_sheet(ballot))
    assert all(f"Đại biểu {n}" in printed for n in range(1, 12))
    assert "Ký nhận phiếu" in printed
    assert "Ngô Thị Dung" in printed
    assert "Ký nhận phiếu" not in words(roll_sheet(new_ballot(year, mode="show_of_hands")))


def test_the_tally_sheet_has_a_row_for_each_number_and_option(year: Story) -> None:
    printed = words(tally_sheet(new_ballot(year)))
    assert "Số phiếu không nộp lại" in printed
    assert "Sở GD và ĐT" in printed


def test_the_minutes_carry_every_number_the_sums_and_the_names(year: Story) -> None:
    ballot = counted(year, (9, 1, 1), held_by="Khối thi đua Văn hóa – Xã hội tỉnh Mẫu")
    for member in ballot.committee.all():
        actions.sign_count(ballot=ballot, member=member, by=year.actor(member.user.username))
    printed = words(count_minutes(ballot))
    for told in (
        "BIÊN BẢN KIỂM PHIẾU",
        "Ngô Thị Dung",
        "Nguyễn Văn An",
        "Số phiếu in ra",
        "Phải có mặt từ 8/11 cử tri (2/3 danh sách)",
        "có mặt 11",
        "9/11 phiếu = 81,8%, cần từ 8 phiếu (2/3 của 11)",
        "Được chọn",
        "nhập số liệu độc lập, hai lần nhập khớp nhau",
        "Nếu kết quả là 0 hoặc 11 phiếu",
        "Đã ký lúc",
    ):
        assert told in printed, told


def test_the_minutes_tell_of_a_recount_and_of_who_decided(year: Story) -> None:
    ballot = closed(year, threshold=Share(1, 3), max_rounds=1)
    enter(year, ballot, "an", 5, 5, 1)
    enter(year, ballot, "dung", 5, 4, 1)
    third = actions.recount(
        ballot=ballot, numbers=papers(ballot), votes=by_option(ballot, 5, 5, 1), by=year.actor("an")
    )
    actions.confirm_recount(ballot=ballot, entry=third, by=year.actor("dung"))
    first = ballot.options.all()[0]
    actions.decide_tie(
        ballot=ballot,
        options=[first.pk],
        deciders="Trưởng khối",
        reason="Tổng điểm cao hơn",
        by=year.actor("binh"),
    )
    printed = words(count_minutes(ballot))
    assert "nhập số liệu khác nhau nên đã kiểm lại" in printed
    assert "Ngô Thị Dung xác nhận" in printed
    assert "Trưởng khối quyết định chọn Sở VH, TT và DL. Lý do: Tổng điểm cao hơn" in printed


def test_minutes_before_the_count_are_blank_and_tell_nothing(year: Story) -> None:
    ballot = closed(year)
    enter(year, ballot, "an", 9, 1, 1)
    assert "81,8%" not in words(count_minutes(ballot))


@pytest.mark.parametrize("paper", ["phieu", "danh-sach", "bang-kiem", "bien-ban"])
@pytest.mark.parametrize("fmt", ["pdf", "docx"])
def test_papers_are_downloaded_by_those_who_hold_the_vote(
    year: Story, as_user: Callable[[str], Client], paper: str, fmt: str
) -> None:
    ballot: Ballot = counted(year)
    address = f"/bo-phieu/{ballot.pk}/in/{paper}.{fmt}"
    answer = as_user("binh").get(address)
    assert answer.status_code == 200
    assert answer.content[:4] in {b"%PDF", b"PK\x03\x04"}
    assert as_user("chi").get(address).status_code == 404
    assert as_user("lan").get(address).status_code == (200 if paper == "bien-ban" else 403)


def test_unknown_papers_are_not_found(year: Story, as_user: Callable[[str], Client]) -> None:
    ballot = new_ballot(year)
    assert as_user("binh").get(f"/bo-phieu/{ballot.pk}/in/phieu.exe").status_code == 404
    assert as_user("binh").get(f"/bo-phieu/{ballot.pk}/in/khac.pdf").status_code == 404
