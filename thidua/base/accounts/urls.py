"""Addresses of accounts."""

from django.urls import path

from thidua.base.accounts import views

app_name = "accounts"
urlpatterns = [
    path("tai-khoan/ho-so/", views.profile, name="profile"),
    path("tai-khoan/phien/<int:pk>/dang-xuat/", views.end_session, name="end_session"),
    path("tai-khoan/phien/dang-xuat-het/", views.end_other_sessions, name="end_other_sessions"),
    path("quan-tri/tai-khoan/", views.accounts, name="accounts"),
    path("quan-tri/tai-khoan/<int:pk>/", views.account, name="account"),
    path("quan-tri/tai-khoan/<int:pk>/mat-khau/", views.reset_password, name="reset_password"),
    path("quan-tri/tai-khoan/<int:pk>/khoa-mo/", views.switch_account, name="switch_account"),
]
