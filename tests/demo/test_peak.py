"""The illustration cluster's movement of 2025 with a table of its own, as its visitors find it."""

from __future__ import annotations

import pytest

from demo.world import World
from tests.demo.conftest import Page
from thidua.emulation.movements.models import CycleMovement
from thidua.emulation.scoring.models import Ranking
from thidua.emulation.scoring.queries import recompute, scorecard_of

YEAR = "/cum-thi-dua/cum-trung-tam-y-te-mau/2025/"
pytestmark = pytest.mark.django_db


def test_a_member_finds_the_ranking_of_the_movement_with_what_was_changed_and_why(
    world: World, page: Page
) -> None:
    of = CycleMovement.objects.get(cycle__cluster__address="cum-trung-tam-y-te-mau", cycle__name="2025")
    told = page("ttkvmot.cv", f"/phong-trao/{of.movement_id}/")
    assert "Cả 3 đơn vị đã hưởng ứng" in told
    assert "Xem bảng điểm, xếp hạng của phong trào" in told
    assert "Đã công bố 20/11/2025" in page("ttkvmot.cv", f"{YEAR}phong-trao/{of.pk}/xep-hang/tom-tat/")
    places = page("ttkvmot.cv", f"{YEAR}phong-trao/{of.pk}/xep-hang/").split("xếp theo tổng điểm")[1]
    first, second, third = (places.index(f"khu vực {name} (minh họa)") for name in ("Một", "Hai", "Ba"))
    assert first < second < third
    assert "Xuất sắc" in places
    assert "minh họa" in places
    sheet = page("ttkvba.cv", f"{YEAR}phong-trao/{of.pk}/cham-diem/{world.units['ttkvba'].pk}/")
    assert "Trừ hồ sơ cập nhật sau ngày 31/10/2025." in sheet
    card = scorecard_of(of.cycle, of)
    assert card is not None
    assert card.is_demonstration
    stored = Ranking.objects.get(scorecard=card)
    assert recompute(stored).is_same
    assert "Bảng điểm chuyên đề" in page("bn_snv.cv", f"{YEAR}cham-diem/")
