"""Addresses of the register of exemplars."""

from django.urls import path

from thidua.emulation.exemplars import views

app_name = "exemplars"
YEAR = "cum-thi-dua/<slug:cluster>/<slug:cycle>/dien-hinh/"
urlpatterns = [
    path(YEAR, views.register, name="register"),
    path(YEAR + "excel/", views.register_excel, name="register_excel"),
    path(YEAR + "nhom/", views.categories, name="categories"),
    path(YEAR + "nhom/<int:category>/bo/", views.remove_category, name="remove_category"),
    path(YEAR + "khong-co/<int:unit>/", views.nothing, name="nothing"),
    path(YEAR + "khong-co/<int:unit>/rut/", views.withdraw_nothing, name="withdraw_nothing"),
    path(YEAR + "moi/", views.enter, name="enter"),
    path(YEAR + "<int:pk>/", views.exemplar, name="exemplar"),
    path(YEAR + "<int:pk>/sua/", views.revise, name="revise"),
    path(YEAR + "<int:pk>/bo/", views.remove, name="remove"),
    path(YEAR + "<int:pk>/theo-doi/", views.follow, name="follow"),
    path(YEAR + "<int:pk>/theo-doi/<int:step>/gach-bo/", views.strike, name="strike"),
    path(YEAR + "<int:pk>/y-kien/", views.consent, name="consent"),
    path(YEAR + "<int:pk>/minh-chung/", views.attach, name="attach"),
    path(YEAR + "<int:pk>/minh-chung/<int:file>/go/", views.detach, name="detach"),
    path(YEAR + "<int:pk>/gop/", views.merge, name="merge"),
    path(YEAR + "<int:pk>/gop/<int:merging>/tach/", views.unmerge, name="unmerge"),
]
