"""Which law a verdict followed: two side by side, one chosen, and none changed by a text that comes later."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.commendation.eligibility.world import deserving
from tests.story import Story, moment
from thidua.base.audit.refusals import Refused
from thidua.commendation.eligibility.actions import keep_verdict
from thidua.commendation.eligibility.asking import ask, readings
from thidua.commendation.eligibility.models import Verdict
from thidua.organisations.queries import actor
from thidua.records import actions as records
from thidua.rulebook.engine import judging, standards, texts
from thidua.rulebook.engine.facts import Facts

LATE = date(2026, 10, 15)  # under the amended law, whose transitional rule nobody could read
BEFORE = date(2026, 9, 30)
STRICTER = """
code: L99
name: Luật 99/2019/QH14
layer: national
from: 2019-12-01
to: 2024-01-01
source: làm ra để thử
confidence: text

provisions:
  - code: HAI_CSTDCS
    kinds: [LDTT]
    article: "1"
    says: đã ba mươi lần liên tục đạt
    run: {of: [CSTD_CS], years: 30}
"""


@pytest.fixture
def further_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The texts with one more, as if a jurist had added a file."""
    folder = tmp_path / "texts"
    shutil.copytree(texts.FOLDER, folder)
    (folder / "luat-99-2019.yaml").write_text(STRICTER, encoding="utf-8")
    yield folder
    monkeypatch.undo()
    forget()


def forget() -> None:
    for kept in (texts.book, standards.standard, judging.suits, judging.texts_digest):
        kept.cache_clear()


def test_a_stored_verdict_prints_the_same_after_a_new_text(
    year: Story, as_user, further_text: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an, y_te = deserving(year), year.units["y_te"]
    kept = keep_verdict(unit=y_te, person=an, kind="LDTT", by=year.actor("an"))
    address = f"/xet-khen/ket-luan/{kept.pk}/"
    before = as_user("an").get(address).text.split("<main")[1].split("</main>")[0]
    monkeypatch.setattr(texts.book.__wrapped__, "__defaults__", (further_text,))
    monkeypatch.setattr(judging, "FOLDER", further_text)
    forget()
    later = keep_verdict(unit=y_te, person=an, kind="LDTT", by=year.actor("an"))
    assert (kept.answer, later.answer) == ("needs_review", "not_yet"), "the new text decides otherwise"
    assert later.text_version != kept.text_version
    after = as_user("an").get(address).text.split("<main")[1].split("</main>")[0]
    assert after == before
    assert "Luật 99/2019/QH14" in as_user("an").get(f"/xet-khen/ket-luan/{later.pk}/").text


def test_what_a_transitional_rule_leaves_open() -> None:
    assert [one.law for one in readings(LATE)] == [LATE, BEFORE]
    assert readings(LATE)[1].doubt
    assert [one.law for one in readings(LATE, received=date(2026, 9, 20))] == [LATE, BEFORE]
    assert [one.law for one in readings(LATE, received=date(2026, 10, 2))] == [LATE]
    assert [one.law for one in readings(BEFORE)] == [BEFORE]
    settled = readings(date(2025, 8, 1), received=date(2025, 6, 15))
    assert [one.law for one in settled] == [date(2025, 6, 30)], "nothing to choose: the decree says so"
    assert [one.law for one in readings(date(2025, 8, 1))] == [date(2025, 8, 1)]


def test_the_law_chosen_is_the_law_followed() -> None:
    facts = Facts(recipient="ca_nhan", ratings={2025: "HTXSNV", 2024: "HTTNV"}, pending=(), discipline=())
    new, old = ask(facts, "CSTD_CS", LATE, LATE), ask(facts, "CSTD_CS", LATE, BEFORE)
    assert (new.answer, old.answer) == ("needs_review", "eligible")
    assert (old.verdict.on, old.verdict.followed, old.verdict.year) == (LATE, BEFORE, 2025)


def excellent(year: Story) -> None:
    an = deserving(year)
    for at in (2024, 2025):
        records.record_rating(
            unit=year.units["y_te"],
            person=an,
            year=at,
            level="excellent",
            decision_symbol=f"{at}/QĐ",
            decision_date=date(at, 12, 1),
            by=year.actor("dung", moment(date(2026, 1, 5))),
        )


def test_an_sees_both_readings_and_keeps_one(year: Story, as_user) -> None:
    excellent(year)
    person, y_te = year.people["an"], year.units["y_te"]
    an = as_user("an", on=LATE)
    address = f"/xet-khen/ca-nhan/{person.pk}/"
    page = an.get(address).text
    assert "Xem cả hai cách, cạnh nhau" in page
    assert "so=30/09/2026" in page
    both = an.get(address, {"so": "30/09/2026"}).text
    assert "Luật của ngày 15/10/2026" in both
    assert "Luật của ngày 30/09/2026" in both
    assert "Chọn cách xem này và lưu kết luận" in both
    told = {"person": person.pk, "kind": "CSTD_CS", "on": "15/10/2026", "law": "30/09/2026"}
    made = an.post(f"/xet-khen/don-vi/{y_te.pk}/luu/", told)
    kept = Verdict.objects.get()
    assert made.headers["Location"] == f"/xet-khen/ket-luan/{kept.pk}/"
    assert (kept.answer, kept.on) == ("eligible", LATE)
    shown = an.get(made.headers["Location"]).text
    assert "Cách xem đã chọn: Hồ sơ nhận trước 01/10/2026 xem theo luật trước ngày đó" in shown
    assert "Hồ sơ nhận trước 01/10/2026" in an.get(address).text, "among the verdicts kept"
    assert as_user("chi", on=LATE).post(f"/xet-khen/don-vi/{y_te.pk}/luu/", told).status_code == 404


def test_no_law_is_chosen_that_the_texts_do_not_leave_open(year: Story, as_user) -> None:
    deserving(year)
    person, y_te = year.people["an"], year.units["y_te"]
    by = actor(person.user, at=moment(LATE))
    for law in (date(2024, 1, 1), date(2025, 6, 30)):
        with pytest.raises(Refused, match="chuyển tiếp"):
            keep_verdict(unit=y_te, person=person, kind="LDTT", law=law, by=by)
    with pytest.raises(Refused, match="sau hôm nay"):
        keep_verdict(unit=y_te, person=person, kind="LDTT", on=date(2027, 1, 1), by=by)
    an = as_user("an", on=LATE)
    for odd in ({"kind": "LA", "on": "1/1/2026"}, {"kind": "LDTT", "on": "hôm nay"}, {}):
        assert an.post(f"/xet-khen/don-vi/{y_te.pk}/luu/", odd).status_code == 302
    assert not Verdict.objects.exists()


def test_a_collective_and_any_two_days_stand_side_by_side(year: Story, as_user) -> None:
    deserving(year)
    y_te = year.units["y_te"]
    page = as_user("dung").get(f"/xet-khen/tap-the/{y_te.pk}/", {"ngay": "31/12/2023", "so": "1/1/2024"})
    assert "Luật của ngày 01/01/2024" in page.text
    assert "Chọn cách xem này" not in page.text, "no rule leaves this open"
    for odd in ("99/99/9999", "01/01/1900", "chiều qua", ""):
        assert as_user("dung").get(f"/xet-khen/tap-the/{y_te.pk}/", {"so": odd}).status_code == 200
