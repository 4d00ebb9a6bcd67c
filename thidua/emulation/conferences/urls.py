"""Addresses of conferences: under a cluster's year, or, for a unit's own congress, under “dai-hoi”."""

from django.urls import include, path

from thidua.emulation.conferences import views

app_name = "conferences"
YEAR = "cum-thi-dua/<slug:cluster>/<slug:cycle>/"
ITEM = "noi-dung/<int:item>/"

PAGES = [
    path("", views.conference, name="conference"),
    path("sua/", views.edit, name="edit"),
    path("chu-tri/", views.chairs, name="chairs"),
    path("chuong-trinh/", views.agenda, name="agenda"),
    path("thanh-phan/", views.invite, name="invite"),
    path("moi/", views.send_invitations, name="send_invitations"),
    path("xoa/", views.cancel, name="cancel"),
    path("tai-lieu/", views.handout, name="handout"),
    path("tai-lieu/<int:handout>/bo/", views.remove_handout, name="remove_handout"),
    path("dang-tin/", views.publication, name="publication"),
    path("tra-loi/<int:invitation>/", views.answer, name="answer"),
    path("diem-danh/", views.attendance, name="attendance"),
    path("diem-danh/them/", views.guest, name="guest"),
    path("diem-danh/<int:attendance>/bo/", views.remove_guest, name="remove_guest"),
    path("van-ban/<slug:document>/<slug:fmt>/", views.paper, name="paper"),
    path("khai-mac/", views.start, name="start"),
    path("be-mac/", views.end, name="end"),
    path(ITEM, views.notes, name="notes"),
    path(f"{ITEM}bat-dau/", views.begin_item, name="begin_item"),
    path(f"{ITEM}xong/", views.end_item, name="end_item"),
    path(f"{ITEM}bo-phieu/", views.ballot, name="ballot"),
    path(f"{ITEM}suy-ton/", views.acclaim, name="acclaim"),
    path(f"{ITEM}cu-tri/", views.mark_roll, name="mark_roll"),
    path("man-chieu/", views.screen, name="screen"),
    path("bien-ban/", views.minutes, name="minutes"),
    path("bien-ban/lap/", views.compose, name="compose"),
    path("bien-ban/chot/", views.seal, name="seal"),
    path("y-kien/", views.add_opinion, name="add_opinion"),
    path("y-kien/<int:opinion>/bo/", views.remove_opinion, name="remove_opinion"),
    path("viec/", views.add_task, name="add_task"),
    path("viec/<int:task>/", views.settle_task, name="settle_task"),
]

urlpatterns = [
    path(f"{YEAR}hoi-nghi/", views.conferences, name="conferences"),
    path(f"{YEAR}hoi-nghi/lap/", views.plan, name="plan"),
    path(f"{YEAR}hoi-nghi/<int:pk>/", include(PAGES)),
    path(f"{YEAR}ban-giao/", views.handover, name="handover"),
    path(f"{YEAR}ban-giao/soan/", views.edit_handover, name="edit_handover"),
    path(f"{YEAR}ban-giao/ky/", views.sign_handover, name="sign_handover"),
    path(f"{YEAR}ban-giao/mo-nam/", views.open_next_year, name="open_next_year"),
    path(f"{YEAR}ban-giao/van-ban/<slug:fmt>/", views.handover_paper, name="handover_paper"),
    path("dai-hoi/", views.congresses, name="congresses"),
    path("dai-hoi/lap/", views.plan_congress, name="plan_congress"),
    path("dai-hoi/<int:pk>/", include(PAGES)),
    path("diem-danh/<slug:code>/", views.check_in, name="check_in"),
]
