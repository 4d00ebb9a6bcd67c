"""Addresses of papers."""

from django.urls import path

from thidua.documents import views

app_name = "documents"
urlpatterns = [
    path("van-ban/", views.outgoing, name="index"),
    path("van-ban/chi-dao/", views.references, name="references"),
    path("van-ban/chi-dao/them/", views.add_reference, name="add_reference"),
    path("van-ban/chi-dao/<int:pk>/sua/", views.edit_reference, name="edit_reference"),
    path("van-ban/<int:pk>/", views.paper, name="paper"),
    path("van-ban/<int:pk>/tai-ve/<slug:fmt>/", views.download, name="download"),
    path("van-ban/<int:pk>/cap-so/", views.number, name="number"),
    path("van-ban/<int:pk>/ban-hanh/", views.seal, name="seal"),
    path("van-ban/<int:pk>/huy-so/", views.void, name="void"),
    path("van-ban/<int:pk>/bo-du-thao/", views.discard, name="discard"),
]
