"""Every row of the five reports' traceability, shown on a page to the person it concerns.

A row is (what the report says, who looks, where, the words that must stand there). `where` is an
address, or `conference:…` / `minutes:…` with the beginning of a conference's title, or
`movement:…` with a movement's.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from demo.loader import is_loaded
from demo.world import World
from tests.demo.conftest import Page
from thidua.base.audit.models import Entry
from thidua.base.audit.queries import first_broken_entry
from thidua.emulation.clusters.models import Signature
from thidua.emulation.conferences.models import Conference
from thidua.emulation.movements.models import Movement
from thidua.emulation.scoring.models import Scorecard

BK, BK19 = (f"/cum-thi-dua/cum-huyen-thanh-pho-bac-kan/{year}/" for year in (2020, 2019))
BN = "/cum-thi-dua/cum-huyen-thi-xa-thanh-pho-bac-ninh/2020/"
VP = "/cum-thi-dua/cum-huyen-thanh-pho-vinh-phuc/2020/"
TD = "/cum-thi-dua/cum-trung-du-mien-nui-phia-bac/2023/"
VH, VH20 = (f"/cum-thi-dua/khoi-van-hoa-xa-hoi-bac-kan/{year}/" for year in (2019, 2020))
BK_HALF = "Hội nghị sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm 2020"
BN_SIGN = "Hội nghị ký kết giao ước thi đua và triển khai nhiệm vụ năm 2020"
VP_HALF = "Hội nghị sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm và triển khai"
TD_HALF = "Hội nghị sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm, triển khai nhiệm vụ"
VH_END = "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2019"
BODY, BN_BODY, VP_BODY, TW = "bk_tdkt.cv", "bn_snv.cv", "vp_snv.cv", "ban_tdkt_tw.cv"
Row = tuple[str, str, str, tuple[str, ...]]

BAC_KAN: list[Row] = [
    ("named cluster", BODY, BK, ("Cụm thi đua các huyện, thành phố tỉnh Bắc Kạn",)),
    ("day, session, place", BODY, f"conference:{BK_HALF}", ("Sáng 29/07/2020", "Huyện Chợ Đồn")),
    ("posted apart from held", BODY, f"conference:{BK_HALF}", ("06/08/2020",)),
    ("half-year review", BODY, f"{BK}hoi-nghi/", ("Hội nghị sơ kết",)),
    ("head of Ban TĐKT attends", BODY, f"conference:{BK_HALF}", ("Trưởng Ban",)),
    (
        "leaders, offices, specialists of 8",
        BODY,
        f"conference:{BK_HALF}",
        ("Lãnh đạo UBND", "Lãnh đạo Phòng Nội vụ", "Chuyên viên phụ trách", "25/25"),
    ),
    ("difficulties told", BODY, f"{BK}bao-cao/6-thang/tong-hop/", ("dịch Covid-19",)),
    ("units launched early", BODY, f"{BK}phong-trao/", ("20/01/2020", "8/8")),
    (
        "seven movements",
        BODY,
        f"{BK}phong-trao/",
        (
            "Bắc Kạn chung sức xây dựng nông thôn mới",
            "Cả nước chung tay vì người nghèo",
            "Doanh nghiệp Việt Nam hội nhập và phát triển",
            "Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh",
            "Học tập và làm theo tấm gương đạo đức Hồ Chí Minh",
            "Đền ơn đáp nghĩa",
            "thi đua thực hiện văn hóa công sở",
            "7 phong trào",
        ),
    ),
    ("innovations", BODY, f"{BK}bao-cao/6-thang/tong-hop/", ("sáng kiến, cải tiến kỹ thuật",)),
    ("hundreds awarded", BODY, f"{BK}bao-cao/6-thang/tong-hop/", ("hàng trăm người",)),
    ("26 cooperatives", BODY, f"{BK}bao-cao/6-thang/tong-hop/", ("26 hợp tác xã",)),
    (
        "forest by unit",
        BODY,
        f"{BK}bao-cao/6-thang/tong-hop/",
        ("Diện tích trồng rừng", "Ba Bể, Chợ Đồn, Pác Nặm"),
    ),
    (
        "budget above half",
        BODY,
        f"{BK}bao-cao/6-thang/tong-hop/",
        ("trên 50%", "Bạch Thông, Na Rì, Ngân Sơn, Pác Nặm"),
    ),
    ("conscription with target", BODY, f"{BK}bao-cao/6-thang/tong-hop/", ("Tuyển quân", "100 100%")),
    ("discussion", BODY, f"minutes:{BK_HALF}", ("những hạn chế, tồn tại",)),
    ("directive 34 cited", BODY, f"{BK}bao-cao/6-thang/tong-hop/", ("34-CT/TW",)),
    ("action items", BODY, f"conference:{BK_HALF}", ("Phát hiện, bồi dưỡng các điển hình tiên tiến",)),
    ("source instead of an author", BODY, f"conference:{BK_HALF}", ("Cổng thông tin điện tử tỉnh Bắc Kạn",)),
    (
        "exemplar conference of Chợ Mới",
        "chomoi.cv",
        "/dai-hoi/",
        ("huyện Chợ Mới giai đoạn 2015–2020", "25/06/2020"),
    ),
    ("covenant event", BODY, f"{BK}hoi-nghi/", ("Hội nghị ký giao ước thi đua năm 2020", "30/03/2020")),
    ("multi-year movement summed up", BODY, "movement:Bắc Kạn chung sức", ("2011–2020", "11/12/2019")),
    ("exemplars honoured 2019", BODY, "/dai-hoi/", ("Lễ Tuyên dương điển hình tiên tiến", "30/10/2019")),
    ("peak campaign", BODY, "movement:100 ngày đêm", ("Đợt cao điểm", "24/08/2019", "03/09/2019")),
    ("congress planned", BODY, "/dai-hoi/", ("Đại hội Thi đua yêu nước tỉnh Bắc Kạn lần thứ V",)),
    (
        "congress plan",
        BODY,
        "/van-ban/chi-dao/",
        ("05/08/2019", "tiến tới Đại hội Thi đua yêu nước tỉnh Bắc Kạn"),
    ),
    ("half-year 2019", BODY, f"{BK19}hoi-nghi/", ("6 tháng đầu năm 2019", "31/07/2019")),
    ("office culture 2019–2025", BODY, "/phong-trao/", ("văn hóa công sở", "2019–2025")),
    ("badge guide", BODY, "/van-ban/chi-dao/", ("Vì sự nghiệp phát triển tỉnh Bắc Kạn", "05/06/2019")),
    (
        "guide on clusters",
        BODY,
        "/cum-thi-dua/cum-huyen-thanh-pho-bac-kan/",
        ("Hướng dẫn hoạt động và tổ chức bình xét", "04/05/2019"),
    ),
]
BAC_NINH: list[Row] = [
    (
        "event and post date",
        BN_BODY,
        f"conference:{BN_SIGN}",
        ("Chiều 11/03/2020", "UBND huyện Yên Phong", "13/03/2020"),
    ),
    ("mixed kinds of unit", BN_BODY, BN, ("Từ Sơn", "TP Bắc Ninh", "Yên Phong")),
    (
        "a person with several offices",
        BN_BODY,
        f"conference:{BN_SIGN}",
        ("Phó Chủ tịch UBND tỉnh, Chủ tịch Hội đồng Thi đua – Khen thưởng tỉnh",),
    ),
    ("registration tracked", BN_BODY, f"{BN}dang-ky/tong-hop/", ("8",)),
    ("movements answered", BN_BODY, f"{BN}phong-trao/", ("8/8", "Bắc Ninh hành động vì môi trường sạch")),
    (
        "launch day, document, variant",
        BN_BODY,
        "movement:Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở tỉnh",
        ("04/06/2019", "311/KH-UBND"),
    ),
    (
        "local variant of a national one",
        BN_BODY,
        "/phong-trao/",
        ("Doanh nghiệp Bắc Ninh hội nhập và phát triển",),
    ),
    ("members sign", BN_BODY, f"{BN}giao-uoc/", ("8/8", "11/03/2020")),
    ("praise of 2019", BN_BODY, f"conference:{BN_SIGN}", ("thành tích năm 2019",)),
    ("political events", BN_BODY, f"conference:{BN_SIGN}", ("đại hội Đảng các cấp",)),
    ("targets of the five-year plan", BN_BODY, f"conference:{BN_SIGN}", ("kế hoạch 5 năm 2016–2020",)),
    ("congress under KH 348", BN_BODY, "/van-ban/chi-dao/", ("348/KH-UBND", "02/10/2019")),
    (
        "theme by four bodies",
        BN_BODY,
        "movement:Bắc Ninh Đoàn kết",
        ("Tỉnh ủy Bắc Ninh", "Hội đồng nhân dân", "UBND tỉnh Bắc Ninh", "Mặt trận Tổ quốc"),
    ),
    ("theme of the year", BN_BODY, BN, ("Bắc Ninh Đoàn kết – Đổi mới",)),
    ("plan due per unit", BN_BODY, f"{BN}phong-trao/", ("kế hoạch",)),
    ("source", BN_BODY, f"conference:{BN_SIGN}", ("Cổng thông tin điện tử tỉnh Bắc Ninh",)),
]
BLOC: list[Row] = [
    (
        "assessed year is not the event's",
        BODY,
        f"conference:{VH_END}",
        ("08/01/2020", "năm 2019", "09/01/2020"),
    ),
    ("vice-chair directs", BODY, f"conference:{VH_END}", ("Phó Chủ tịch UBND tỉnh",)),
    (
        "11 units and an observer",
        BODY,
        VH,
        ("11 đơn vị", "Trường CĐ Cộng đồng", "Ban Dân tộc", "Đài PT và TH tỉnh"),
    ),
    ("observer", BODY, f"conference:{VH_END}", ("Ban Thi đua – Khen thưởng tỉnh Bắc Kạn",)),
    ("four movements", BODY, f"{VH}phong-trao/", ("4 phong trào", "11/11")),
    (
        "concretised",
        BODY,
        "movement:Bắc Kạn chung sức",
        ("cụ thể hóa mục tiêu, nội dung, giải pháp", "Ban Chỉ đạo xây dựng nông thôn mới"),
    ),
    (
        "three thematic movements",
        BODY,
        f"{VH}bao-cao/ca-nam/tong-hop/",
        ("Phong trào thi đua chuyên đề", "3 phong trào", "không nói rõ"),
    ),
    (
        "exemplars 8 and 27, of which 5 and 14",
        BODY,
        f"{VH}bao-cao/ca-nam/tong-hop/",
        ("8 tập thể", "27 cá nhân", "5 tập thể", "14 cá nhân"),
    ),
    ("criteria fitting each unit", BODY, f"conference:{VH_END}", ("tiêu chí thi đua cụ thể, hấp dẫn",)),
    ("ballot for the leading unit", BODY, f"minutes:{VH_END}", ("Sở Thông tin và Truyền thông",)),
    ("flag proposed", BODY, f"{VH}de-nghi/", ("Sở Thông tin và Truyền thông", "Cờ thi đua")),
    (
        "three certificates proposed",
        BODY,
        f"{VH}de-nghi/",
        ("Sở Y tế", "Sở Giáo dục và Đào tạo", "Trường Cao đẳng Nghề Dân tộc Nội trú tỉnh", "Bằng khen"),
    ),
    ("covenant 2020 the same day", BODY, f"{VH20}giao-uoc/", ("08/01/2020", "11/11")),
    (
        "several acts in one conference",
        BODY,
        f"conference:{VH_END}",
        ("Suy tôn đơn vị dẫn đầu", "Bàn giao", "giao ước"),
    ),
    (
        "headship handed over",
        BODY,
        f"{VH}ban-giao/",
        ("Bảo hiểm Xã hội tỉnh", "Trường Cao đẳng Nghề Dân tộc Nội trú tỉnh"),
    ),
    (
        "next head is not the leading unit",
        BODY,
        VH20,
        ("Trưởng khối: Trường Cao đẳng Nghề Dân tộc Nội trú tỉnh",),
    ),
]
VINH_PHUC: list[Row] = [
    ("event and post date", VP_BODY, f"conference:{VP_HALF}", ("Chiều 17/07/2020", "24/07/2020")),
    ("report passed", VP_BODY, f"{VP}bao-cao/6-thang/tong-hop/", ("Thông qua tại Hội nghị sơ kết",)),
    ("local context", VP_BODY, f"{VP}bao-cao/6-thang/tong-hop/", ("Bình Xuyên", "Tam Dương")),
    (
        "movements for the congress",
        VP_BODY,
        f"{VP}phong-trao/",
        ("Đại hội thi đua yêu nước tỉnh Vĩnh Phúc lần thứ V",),
    ),
    (
        "head, with several offices",
        VP_BODY,
        f"conference:{VP_HALF}",
        ("Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Tam Dương, Trưởng Cụm thi đua",),
    ),
    ("the head unit", VP_BODY, VP, ("Trưởng cụm: Huyện Tam Dương",)),
    (
        "chairs of district councils",
        VP_BODY,
        f"conference:{VP_HALF}",
        ("Chủ tịch Hội đồng Thi đua – Khen thưởng",),
    ),
    ("model communes", VP_BODY, f"conference:{VP_HALF}", ("xã nông thôn mới kiểu mẫu",)),
    ("regulation agreed upon", VP_BODY, f"conference:{VP_HALF}", ("Xây dựng quy chế làm việc của Cụm",)),
    ("regulation drafted mid-year", "tamduong.gv", f"{VP}quy-che/", ("Dự thảo",)),
    ("farmers commended", VP_BODY, f"conference:{VP_HALF}", ("Khen thưởng nông dân trực tiếp lao động",)),
    ("covenant in July", VP_BODY, f"{VP}giao-uoc/", ("17/07/2020", "9/9", "đẩy mạnh sản xuất, kinh doanh")),
    ("a body as source", VP_BODY, f"conference:{VP_HALF}", ("Ban Thi đua – Khen thưởng, Sở Nội vụ",)),
]
MIDLANDS: list[Row] = [
    ("place is not the head's", TW, f"conference:{TD_HALF}", ("Sáng 28/07/2023", "Tỉnh Tuyên Quang")),
    ("seven provinces", TW, TD, ("7 đơn vị", "Phú Thọ", "Thái Nguyên", "Bắc Giang", "Hòa Bình", "Yên Bái")),
    ("head and deputy", TW, TD, ("Trưởng cụm: UBND tỉnh Bắc Kạn", "Phó cụm: UBND tỉnh Tuyên Quang")),
    (
        "three chairs together",
        TW,
        f"conference:{TD_HALF}",
        ("Phó Trưởng ban", "đơn vị Cụm trưởng năm 2023", "đơn vị Cụm phó năm 2023"),
    ),
    ("attendees", TW, f"conference:{TD_HALF}", ("Lãnh đạo UBND tỉnh", "Lãnh đạo Ban Thi đua – Khen thưởng")),
    (
        "report",
        TW,
        f"{TD}bao-cao/6-thang/tong-hop/",
        ("tiếp tục phát huy hiệu quả", "gương người tốt, việc tốt"),
    ),
    ("discussion", TW, f"conference:{TD_HALF}", ("từ nay đến hết năm 2023",)),
    ("delegates meet exemplars", TW, f"conference:{TD_HALF}", ("iển hình",)),
    ("directive 05", TW, f"conference:{TD_HALF}", ("Chỉ thị 05",)),
    ("principles of award", TW, f"conference:{TD_HALF}", ("chính xác, kịp thời, công khai, minh bạch",)),
    ("attention to the grassroots", TW, f"conference:{TD_HALF}", ("vùng sâu, vùng xa",)),
]
WAITING = {
    "statistics of awards by occupation and area": "the statistical forms belong to a later area, publication",
    "source of the 2023 report": "a publication is recorded with its day, which that report does not give",
    "view counters, ribbon words, calendar, audio": "page furniture of the news sites; the public portal is a later area",
}


def address(where: str) -> str:
    """The address of a row's place."""
    kind, _, words = where.partition(":")
    if kind in {"conference", "minutes"}:
        return Conference.objects.get(title__startswith=words).page(kind)
    if kind == "movement":
        return f"/phong-trao/{Movement.objects.get(title__startswith=words).pk}/"
    return where


@pytest.mark.parametrize(
    ("says", "login", "where", "words"),
    [*BAC_KAN, *BAC_NINH, *BLOC, *VINH_PHUC, *MIDLANDS],
    ids=lambda value: value if isinstance(value, str) and " " in value and "/" not in value else "",
)
def test_the_report_is_shown(page: Page, says: str, login: str, where: str, words: tuple[str, ...]) -> None:
    text = page(login, address(where))
    missing = [word for word in words if word not in text]
    assert missing == [], f"{says}: {where}"


def test_what_waits_is_said() -> None:
    assert all(WAITING.values())


def test_the_log_holds_and_names_every_signature(world: World) -> None:
    assert first_broken_entry() is None
    signed = Entry.objects.filter(verb="clusters.sign_covenant")
    assert signed.count() == Signature.objects.count() > 0


def test_the_log_tells_no_code(world: World) -> None:
    said = "\n".join(Entry.objects.values_list("subject", flat=True))
    assert re.findall(r"\b[A-Z]+_[A-Z_]+\b|\b[a-z]+_[a-z_]+\b", said) == []


def test_marks_and_counts_are_marked_as_made_up(world: World, page: Page) -> None:
    assert set(Scorecard.objects.filter(state="adopted").values_list("is_demonstration", flat=True)) == {True}
    assert "Số liệu minh họa" in page("tttt.cv", VH)
    assert is_loaded()


def test_nobody_of_the_reports_is_named() -> None:
    """People appear by their office: no name of two capital words follows “đồng chí” or stands as an author."""
    for path in Path("demo/data").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "đồng chí" not in text.casefold()
        authors = re.findall(r"byline: (.+)", text)
        assert all(re.match(r"(Cổng|Ban|Sở) ", author) for author in authors), authors
