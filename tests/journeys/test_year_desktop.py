"""The bloc's whole year on a desktop."""

from __future__ import annotations

import pytest

from tests.journeys.the_year import STAND_ON, STEPS, Walk

__all__ = ["STAND_ON"]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.__name__)
def test_the_blocs_year(step, page_as, site) -> None:
    step(Walk(page_as, site, "desktop"))
