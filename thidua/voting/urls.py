"""Addresses of ballots."""

from __future__ import annotations

from django.urls import path

from thidua.voting import views

app_name = "voting"

urlpatterns = [
    path("bo-phieu/<int:pk>/", views.ballot_page, name="ballot"),
    path("bo-phieu/<int:pk>/sua/", views.revise, name="revise"),
    path("bo-phieu/<int:pk>/ban-kiem-phieu/", views.committee, name="committee"),
    path("bo-phieu/<int:pk>/chot-danh-sach/", views.seal, name="seal"),
    path("bo-phieu/<int:pk>/mo/", views.open_vote, name="open"),
    path("bo-phieu/<int:pk>/danh-dau/", views.mark, name="mark"),
    path("bo-phieu/<int:pk>/dong/", views.close, name="close"),
    path("bo-phieu/<int:pk>/kiem-phieu/", views.count, name="count"),
    path("bo-phieu/<int:pk>/kiem-phieu/doi-chieu/", views.check, name="check"),
    path("bo-phieu/<int:pk>/kiem-phieu/khong-khop/", views.disagreement, name="disagreement"),
    path("bo-phieu/<int:pk>/kiem-phieu/kiem-lai/", views.recount, name="recount"),
    path("bo-phieu/<int:pk>/kiem-phieu/xac-nhan/", views.confirm, name="confirm"),
    path("bo-phieu/<int:pk>/ket-qua/", views.result, name="result"),
    path("bo-phieu/<int:pk>/ky/", views.sign, name="sign"),
    path("bo-phieu/<int:pk>/luot-sau/", views.second_ballot, name="second_ballot"),
    path("bo-phieu/<int:pk>/quyet-dinh/", views.ruling, name="ruling"),
    path("bo-phieu/<int:pk>/huy/", views.void, name="void"),
    path("bo-phieu/<int:pk>/lam-lai/", views.repeat, name="repeat"),
    path("bo-phieu/<int:pk>/man-chieu/", views.room, name="room"),
    path("bo-phieu/<int:pk>/in/<slug:paper>.<slug:fmt>", views.print_paper, name="print"),
]
