"""Load the demonstration's years once, or print who may sign in."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from demo import devices, votes
from demo.loader import is_loaded, load
from demo.world import PASSWORD, read
from thidua.voting.models import Ballot, Election

LOGINS = (
    ("tttt.cv", "chuyên viên Sở Thông tin và Truyền thông: điền, đăng ký, báo cáo, tự chấm"),
    ("tttt.ld", "lãnh đạo Sở Thông tin và Truyền thông: ký giao ước"),
    ("bhxh.gv", "giúp việc trưởng khối năm 2019 (Bảo hiểm Xã hội tỉnh)"),
    ("cdndt.gv", "giúp việc trưởng khối năm 2020 (Trường Cao đẳng Nghề Dân tộc Nội trú)"),
    ("bk_tdkt.cv", "chuyên viên cơ quan thường trực tỉnh Bắc Kạn"),
    ("bk_pct", "thành viên Hội đồng Thi đua – Khen thưởng"),
    ("bk.ld", "người phê duyệt"),
    ("bk.tt", "người kiểm tra, giám sát"),
    ("quantri", "quản trị hệ thống"),
    ("tamduong.gv", "giúp việc trưởng cụm huyện, thành phố Vĩnh Phúc"),
    ("bk.gv", "giúp việc cụm trưởng các tỉnh trung du và miền núi phía Bắc năm 2023"),
    ("ttyt.snv", "cơ quan thường trực Bắc Ninh, 01/12/2025: xét điều kiện, sổ khen thưởng, quy định"),
    ("ttyt.cv", "chuyên viên Trung tâm Y tế khu vực Mẫu, 01/12/2025: hồ sơ theo dõi"),
    ("ttkvmot.cv", "chuyên viên một trung tâm sáp nhập năm 2023, 01/12/2025: số liệu qua các năm"),
    (
        "ttkvhai.ld",
        "cụm trưởng cụm minh họa, 01/12/2025: đợt cao điểm có bảng điểm riêng",
    ),
)


def told_of_ready() -> list[str]:
    """How to walk through the ballot that stands ready: who does what, with which made-up code."""
    ballot = Ballot.objects.filter(about_type=votes.ABOUT).first()
    if ballot is None:
        return []
    election = Election.objects.get(ballot=ballot)
    holders = len(votes.COMMITTEE)
    papers = [
        (code, *devices.paper_of(election, n, holders)) for n, code in enumerate(votes.COMMITTEE, start=1)
    ]
    codes = read(votes.FILE)["cluster"]["members"]
    return [
        "",
        f"Bỏ phiếu điện tử sẵn sàng mở, mã bịa: {settings.SITE_ADDRESS}{ballot.get_absolute_url()}",
        "  1. cdndt.gv bấm “Mở bỏ phiếu”.",
        "  2. Ít nhất tám đơn vị bỏ phiếu: đăng nhập, “Mở phiếu của tôi”, gõ mã trên phiếu mã:",
        *(f"     {code + '.cv':<11}{devices.slip_of(n)}" for n, code in enumerate(codes, start=1)),
        "  3. cdndt.gv bấm “Đóng bỏ phiếu”, mở “Màn chiếu”.",
        "  4. Hai người giữ khóa mở “Giữ khóa của tôi”, gõ bản giấy, mật khẩu và dấu trên màn chiếu:",
        *(f"     {code + '.cv':<11}{paper}\n{'':16}mật khẩu {phrase}" for code, paper, phrase in papers),
        "  Mất phiếu mã: hai người trong ban ký thay ở “Khóa ký của ban kiểm phiếu”, gõ mã khóa ký:",
        *(
            f"     {code + '.cv':<11}{devices.signing_code(n)}"
            for n, code in enumerate(votes.COMMITTEE, start=1)
        ),
    ]


class Command(BaseCommand):
    """`load_demo`, `load_demo --until 2019-12-16`, `load_demo --vote electronic`, `load_demo --logins`."""

    help = "Nạp các năm minh họa một lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A day to stop at; how the bloc votes; or only the logins."""
        parser.add_argument("--until", type=date.fromisoformat, default=None)
        parser.add_argument("--vote", choices=["paper", "electronic"], default="paper")
        parser.add_argument("--logins", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load unless something is there."""
        if options["logins"]:
            self._print_logins()
        elif is_loaded():
            self.stdout.write("Đã có dữ liệu, không nạp lại.")
        else:
            self.stdout.write("Nạp các năm minh họa …")
            load(until=options["until"], vote=options["vote"], say=lambda _: None)

    def _print_logins(self) -> None:
        self.stdout.write(f"Đăng nhập minh họa, mật khẩu chung: {PASSWORD}")
        for login, role in LOGINS:
            self.stdout.write(f"  {login:<14}{role}")
        for line in told_of_ready():
            self.stdout.write(line)
