"""What hands do on a page: press, answer the question that is asked, go by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

SHOWS = (
    "node => getComputedStyle(node).outlineStyle !== 'none' || getComputedStyle(node).boxShadow !== 'none'"
)
FARTHEST = 200  # presses of Tab in which everything on a page must be reached


def press(page: Page, name: str) -> None:
    """Press a button, agree when asked, and wait for the page that follows."""
    button = page.get_by_role("button", name=name, exact=True).first
    asks = bool(button.get_attribute("data-confirm"))
    button.click()
    dialog = page.locator("dialog.confirm")
    if asks and dialog.count():
        dialog.get_by_role("button").last.click()
    page.wait_for_load_state()


def reach(page: Page, target: Locator) -> None:
    """Go to something with Tab alone; where it is reached the focus must show."""
    for _ in range(FARTHEST):
        if target.evaluate("node => node === document.activeElement"):
            assert target.evaluate(SHOWS), "không thấy tiêu điểm"
            return
        page.keyboard.press("Tab")
    raise AssertionError("không tới được bằng bàn phím")


def press_by_keyboard(page: Page, name: str) -> None:
    """Reach a button, press it and agree, never touching a pointer."""
    button = page.get_by_role("button", name=name, exact=True).first
    asks = bool(button.get_attribute("data-confirm"))
    reach(page, button)
    page.keyboard.press("Enter")
    if asks:
        agree = page.locator("dialog.confirm").get_by_role("button").last
        expect(agree).to_be_visible()
        reach(page, agree)
        page.keyboard.press("Enter")
    page.wait_for_load_state()


def said(page: Page, sentence: str) -> None:
    """The page says this, somewhere in its main part."""
    expect(page.locator("main")).to_contain_text(sentence)
