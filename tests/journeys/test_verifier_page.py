"""The verifier as one file: opened from a disk without a network, by a delegate at home."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.voting.ballot_box.browser import ask
from tests.voting.ballot_box.forgeries import FORGERIES, voted
from tests.voting.ballot_box.world import Meeting, convene, question, threshold
from thidua.voting.ballot_box.package import Package, write_package
from tools import front

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page as it is downloaded."""
    folder = tmp_path_factory.mktemp("voting")
    front.node(str(ROOT / "thidua/voting/frontend/build.mjs"), str(folder))
    return folder / "kiem-phieu.html"


@pytest.fixture(params=[(1366, 900), (390, 844)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
    page, complaints = context.new_page(), list[str]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    yield page
    assert complaints == []
    context.close()


def put(folder: Path, name: str, package: Package) -> str:
    (folder / name).write_bytes(write_package(package))
    return str(folder / name)


def counted() -> Meeting:
    meeting = convene(6, [question(3, 0, 1, threshold=threshold(2, 3, 6))])
    for voter in range(6):
        meeting.vote(voter, [[1, 0, 0]])
    meeting.count()
    return meeting


def test_a_delegate_opens_the_package_at_home(page: Page, tmp_path: Path) -> None:
    meeting = counted()
    verdict, button = page.locator("#verdict"), page.get_by_role("button", name="Kiểm gói này")
    page.get_by_label("Gói chứng cứ (tệp .zip)").set_input_files(put(tmp_path, "goi.zip", meeting.package))
    button.click()
    expect(verdict).to_contain_text("Qua đủ 20 kiểm tra trên")
    expect(page.get_by_role("row", name="Đơn vị 1 6 đạt")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    forged = FORGERIES["chuyển phiếu"].package
    page.get_by_label("Gói chứng cứ (tệp .zip)").set_input_files(put(tmp_path, "sai.zip", forged))
    button.click()
    expect(verdict).to_contain_text("SAI ở V18")
    expect(page.locator("li.passed")).to_have_count(17)
    (tmp_path / "anh.zip").write_bytes(b"PK nothing")
    page.get_by_label("Gói chứng cứ (tệp .zip)").set_input_files(str(tmp_path / "anh.zip"))
    button.click()
    expect(verdict).to_contain_text("Không đọc được gói chứng cứ")


def test_she_brings_her_receipt_and_the_mark_she_saw(page: Page, tmp_path: Path) -> None:
    meeting, other = voted(), voted(2)
    receipts = [one.vote(0, [[0, 1]], counter=2) for one in (meeting, other)]
    for name, data in zip(("cua-toi.json", "khac.json"), receipts, strict=True):
        (tmp_path / name).write_bytes(data)
    page.locator("#package").set_input_files(put(tmp_path, "goi.zip", meeting.package))
    page.get_by_text("Biên nhận của tôi, dấu trên màn chiếu").click()
    page.locator("#receipts").set_input_files(str(tmp_path / "cua-toi.json"))
    page.locator("#marks").fill(f"{meeting.entries[-1].k}={meeting.mark.lower()}")
    page.get_by_role("button", name="Kiểm gói này").click()
    expect(page.locator("#verdict")).to_contain_text("ĐÚNG")
    page.locator("#receipts").set_input_files(str(tmp_path / "khac.json"))
    page.get_by_role("button", name="Kiểm gói này").click()
    expect(page.locator("#verdict")).to_contain_text("SAI ở V09")


def test_two_packages_and_an_audited_device(page: Page, tmp_path: Path) -> None:
    one, two = voted(), voted()
    ballot, opening = one.fill(0, [[0, 1]], counter=2)
    two.vote(1, [[1, 0]], counter=2)
    one.put(0, ballot, "audited")
    first, second = put(tmp_path, "mot.zip", one.package), put(tmp_path, "hai.zip", two.package)
    page.get_by_label("Gói lấy trước").set_input_files(first)
    page.get_by_label("Gói lấy sau").set_input_files(second)
    page.get_by_role("button", name="So hai gói").click()
    expect(page.locator("#compared")).to_contain_text("hai bảng khác nhau")
    told = {"manifest": one.manifest.data.hex(), "ballot": ballot.hex(), "seed": opening.seed.hex()}
    honest = ask("opening", **told, choices=[[0, 1]])["text"]
    page.get_by_label("Gói chứng cứ có phiếu thử").set_input_files(first)
    page.get_by_label("Nội dung mã QR của phiếu thử").fill(honest)
    page.get_by_role("button", name="Kiểm phiếu thử").click()
    expect(page.locator("#checked")).to_contain_text("Suy tôn đơn vị dẫn đầu: Đơn vị 2.")
    lying = json.dumps(json.loads(honest) | {"choices": [[1, 0]]}, sort_keys=True, separators=(",", ":"))
    page.get_by_label("Nội dung mã QR của phiếu thử").fill(lying)
    page.get_by_role("button", name="Kiểm phiếu thử").click()
    expect(page.locator("#checked")).to_contain_text("Máy đã mã hóa khác với lựa chọn này")
