"""Addresses of movements."""

from django.urls import path

from thidua.emulation.movements import views

app_name = "movements"
YEAR = "cum-thi-dua/<slug:cluster>/<slug:cycle>/phong-trao/"
urlpatterns = [
    path("phong-trao/", views.catalogue, name="catalogue"),
    path("phong-trao/excel/", views.catalogue_excel, name="catalogue_excel"),
    path("phong-trao/thong-ke/", views.statistics, name="statistics"),
    path("phong-trao/thong-ke/excel/", views.statistics_excel, name="statistics_excel"),
    path("phong-trao/moi/", views.add, name="add"),
    path("phong-trao/<int:pk>/", views.movement, name="movement"),
    path("phong-trao/<int:pk>/sua/", views.revise, name="revise"),
    path("phong-trao/<int:pk>/xoa/", views.remove, name="remove"),
    path("phong-trao/<int:pk>/danh-gia/", views.review, name="review"),
    path("phong-trao/<int:pk>/danh-gia/<int:review>/bo/", views.remove_review, name="remove_review"),
    path(YEAR, views.board, name="board"),
    path(YEAR + "excel/", views.board_excel, name="board_excel"),
    path(YEAR + "phat-dong/", views.launch, name="launch"),
    path(YEAR + "ap-dung/", views.apply, name="apply"),
    path(YEAR + "<int:expected>/bo/", views.drop, name="drop"),
    path(YEAR + "<int:expected>/<int:unit>/", views.adopt, name="adopt"),
    path(YEAR + "<int:expected>/<int:unit>/rut/", views.withdraw, name="withdraw"),
]
