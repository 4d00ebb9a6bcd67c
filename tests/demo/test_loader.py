"""Loading stops at a day, never loads twice, and its logins work nowhere but in a demonstration."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.management import call_command

from demo.loader import is_loaded, load
from demo.world import PASSWORD
from thidua.base.accounts.models import User
from thidua.emulation.clusters.models import Cluster, Signature
from thidua.emulation.scoring.models import Scorecard

pytestmark = pytest.mark.django_db


def test_loading_stops_at_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert not is_loaded()
    load(until=date(2019, 3, 1), say=lambda _: None)
    assert Signature.objects.count() == 11
    assert not Scorecard.objects.exists()
    clusters = Cluster.objects.count()
    call_command("load_demo")
    assert "không nạp lại" in capsys.readouterr().out
    assert Cluster.objects.count() == clusters


def test_demonstration_logins_open_nothing_real(client, settings) -> None:
    user = User.objects.create_user("minhhoa", PASSWORD, full_name="Minh họa", is_demo=True)
    typed = {"login": user.username, "password": PASSWORD}
    settings.DEMO = False
    assert "_auth_user_id" not in client.session
    client.post("/tai-khoan/dang-nhap/", typed)
    assert "_auth_user_id" not in client.session
    settings.DEMO = True
    client.post("/tai-khoan/dang-nhap/", typed)
    assert client.session["_auth_user_id"] == str(user.pk)
