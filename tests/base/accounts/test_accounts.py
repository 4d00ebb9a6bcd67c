"""Accounts: given, not made; second factor first; demonstration logins stay in the demonstration."""

from __future__ import annotations

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from tests.story import Story
from thidua.base.accounts.actions import create_account, one_time_password, reset_password, switch_account
from thidua.base.accounts.models import User
from thidua.base.accounts.sessions import device
from thidua.base.audit.models import Entry
from thidua.base.audit.refusals import NotAllowed, Refused
from thidua.organisations.actions import end_appointment

LOGIN = "/tai-khoan/dang-nhap/"
PASSWORD = "mot-mat-khau-dai-2020"


@pytest.fixture(autouse=True)
def forget_failed_sign_ins() -> None:
    cache.clear()


def set_password(name: str, **fields: object) -> User:
    user = User.objects.get(username=name)
    user.set_password(PASSWORD)
    for field, value in fields.items():
        setattr(user, field, value)
    user.save()
    return user


def sign_in(name: str, password: str = PASSWORD, **more: str) -> tuple[Client, bool]:
    client = Client(**more)
    client.post(LOGIN, {"login": name, "password": password})
    return client, "_auth_user_id" in client.session


def test_a_person_signs_in_with_their_password(year: Story) -> None:
    set_password("an")
    assert sign_in("an")[1]
    assert not sign_in("an", "sai-mat-khau")[1]
    assert not sign_in("khong-co")[1]


def test_nobody_signs_up(year: Story, client: Client) -> None:
    before = User.objects.count()
    told = {"username": "moi", "password1": PASSWORD, "password2": PASSWORD}
    for address in ("/tai-khoan/signup/", "/tai-khoan/dang-ky/"):
        assert client.post(address, told).status_code in {302, 404}
    assert User.objects.count() == before


def test_a_demonstration_login_is_refused_in_a_real_system(year: Story, settings) -> None:
    set_password("an", is_demo=True)
    settings.DEMO = False
    assert not sign_in("an")[1]
    settings.DEMO = True
    client, is_in = sign_in("an")
    assert is_in
    settings.DEMO = False
    assert client.get("/don-vi/").status_code == 302, "a session from the demonstration ends too"


def test_a_closed_account_cannot_sign_in(year: Story) -> None:
    user = set_password("an")
    client, _ = sign_in("an")
    switch_account(user=user, is_active=False, by=year.actor("tam"))
    assert client.get("/don-vi/").status_code == 302
    assert not sign_in("an")[1]
    switch_account(user=user, is_active=True, by=year.actor("tam"))
    assert sign_in("an")[1]


def test_guessing_is_slowed_down(year: Story) -> None:
    set_password("an")
    for _ in range(5):
        sign_in("an", "sai-mat-khau")
    assert not sign_in("an")[1], "even the right password waits now"


@pytest.mark.parametrize(
    ("name", "must"),
    [("lan", True), ("quan", True), ("phuc", True), ("tam", True), ("an", False), ("dung", False)],
)
def test_those_who_sign_or_administer_set_a_second_factor_first(year: Story, name: str, must: bool) -> None:
    set_password(name)
    client, _ = sign_in(name)
    answer = client.get("/don-vi/")
    assert (answer.status_code == 302 and answer["Location"] == "/tai-khoan/lop-thu-hai/") is must


def test_with_a_second_factor_the_password_alone_is_not_enough(year: Story) -> None:
    user = set_password("lan")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    client, is_in = sign_in("lan")
    assert not is_in
    assert client.get("/don-vi/").status_code == 302


def test_a_given_password_is_changed_before_anything_else(year: Story) -> None:
    user = create_account(
        full_name="Người Mới", username="Nguoi.Moi", password=PASSWORD, email="", by=year.actor("tam")
    )
    assert user.username == "nguoi.moi"
    client, is_in = sign_in("nguoi.moi")
    assert is_in
    assert client.get("/don-vi/")["Location"] == "/tai-khoan/doi-mat-khau/"
    changed = {"oldpassword": PASSWORD, "password1": "con-meo-tam-the-79", "password2": "con-meo-tam-the-79"}
    client.post("/tai-khoan/doi-mat-khau/", changed)
    user.refresh_from_db()
    assert not user.must_change_password
    assert client.get("/tai-khoan/ho-so/").status_code == 200


def test_what_an_typed_is_not_taken_from_binh(year: Story) -> None:
    """An's page still sends what she typed after Bình has signed in on the same machine."""
    an, binh = year.people["an"].user, year.people["binh"].user
    assert an is not None
    assert binh is not None
    client = Client()
    client.force_login(binh)
    refused = client.post("/don-vi/", headers={"X-Typed-By": str(an.pk)})
    assert refused.status_code == 403
    assert "Người khác vừa đăng nhập" in refused.json()["error"]
    assert client.post("/don-vi/", headers={"X-Typed-By": str(binh.pk)}).status_code != 403


def test_only_the_administrator_makes_accounts(year: Story) -> None:
    for name in ("an", "dung", "quan", "son"):
        with pytest.raises(NotAllowed):
            create_account(full_name="A", username="a", password=PASSWORD, by=year.actor(name))
    tam = year.actor("tam")
    for username, word in [("an", "đã có người dùng"), ("AN", "đã có người dùng"), ("có dấu", "không dấu")]:
        with pytest.raises(Refused, match=word):
            create_account(full_name="A", username=username, password=PASSWORD, by=tam)
    with pytest.raises(Refused, match="thư điện tử"):
        create_account(full_name="A", username="a", email="khong phai", password=PASSWORD, by=tam)


def test_passwords_stay_out_of_the_log(year: Story) -> None:
    create_account(full_name="A", username="a", password=PASSWORD, by=year.actor("tam"))
    assert PASSWORD not in str(list(Entry.objects.values()))
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(password) == 19 for password in made)


def test_resetting_signs_out_and_clears_the_second_factor(year: Story) -> None:
    user = set_password("an")
    client, _ = sign_in("an")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    reset_password(user=user, password=one_time_password(), by=year.actor("tam"))
    assert client.get("/don-vi/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    with pytest.raises(NotAllowed):
        reset_password(user=User.objects.get(username="tam"), password="x", by=year.actor("tam"))


def test_the_first_password_is_shown_once(year: Story, as_user) -> None:
    user = User.objects.get(username="an")
    tam = as_user("tam")
    answer = tam.post(f"/quan-tri/tai-khoan/{user.pk}/mat-khau/")
    assert answer["Cache-Control"] == "no-store"
    assert "Mật khẩu lần đầu" in answer.text
    assert tam.get(f"/quan-tri/tai-khoan/{user.pk}/").status_code == 200
    assert tam.get("/quan-tri/tai-khoan/?q=an").status_code == 200
    assert as_user("dung").get("/quan-tri/tai-khoan/").status_code == 403
    assert as_user("dung").post(f"/quan-tri/tai-khoan/{user.pk}/mat-khau/").status_code == 403


def test_i_see_where_i_am_signed_in_and_end_the_others(year: Story) -> None:
    set_password("an")
    here, _ = sign_in("an", headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537"})
    there, _ = sign_in("an", headers={"User-Agent": "Mozilla/5.0 (iPhone) Safari/605"})
    page = here.get("/tai-khoan/ho-so/").text
    assert "Chrome trên Windows (phiên này)" in page
    assert "Safari trên iPhone" in page
    other = UserSession.objects.exclude(session_key=here.session.session_key).get()
    here.post(f"/tai-khoan/phien/{other.pk}/dang-xuat/")
    assert there.get("/don-vi/").status_code == 302
    assert here.get("/don-vi/").status_code == 200
    third, _ = sign_in("an")
    here.post("/tai-khoan/phien/dang-xuat-het/")
    assert third.get("/don-vi/").status_code == 302
    assert here.get("/don-vi/").status_code == 200


def test_nobody_ends_another_persons_session(year: Story) -> None:
    set_password("an")
    set_password("giang")
    an, _ = sign_in("an")
    giang, _ = sign_in("giang")
    theirs = UserSession.objects.get(user__username="an")
    giang.post(f"/tai-khoan/phien/{theirs.pk}/dang-xuat/")
    assert an.get("/don-vi/").status_code == 200


def test_an_ended_appointment_ends_the_sessions(year: Story) -> None:
    set_password("an")
    client, _ = sign_in("an")
    appointment = year.people["an"].appointments.get()
    end_appointment(appointment=appointment, ends=date(2019, 12, 16), by=year.actor("dung"))
    assert client.get("/don-vi/").status_code == 302


def test_devices_in_words() -> None:
    assert device("") == "Trình duyệt khác trên thiết bị khác"
    assert device("Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0") == "Firefox trên Linux"
