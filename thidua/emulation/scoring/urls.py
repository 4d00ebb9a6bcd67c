"""Addresses of scoring."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from thidua.emulation.scoring import views


class ScopeConverter(StringConverter):
    """What follows the cluster: “2019”, or “2019/phong-trao/17” for a movement that is scored by itself."""

    regex = r"[-a-zA-Z0-9_]+(?:/phong-trao/[0-9]{1,9})?"


register_converter(ScopeConverter, "scope")

app_name = "scoring"
YEAR = "cum-thi-dua/<slug:cluster>/<scope:cycle>/"
SHEET = f"{YEAR}cham-diem/<int:unit>/"

urlpatterns = [
    path(f"{YEAR}cham-diem/", views.overview, name="overview"),
    path(f"{YEAR}cham-diem/phan-cong/", views.assign, name="assign"),
    path(f"{YEAR}cham-diem/kiem-tra-cheo/", views.plan, name="plan"),
    path(f"{SHEET}kiem-tra/", views.visit, name="visit"),
    path(f"{SHEET}kiem-tra/<slug:fmt>/", views.visit_paper, name="visit_paper"),
    path(f"{YEAR}cham-diem/lap-phieu/", views.open_missing_sheets, name="open_sheets"),
    path(f"{YEAR}bang-diem/", views.scorecard, name="scorecard"),
    path(f"{YEAR}bang-diem/nhap/", views.import_table, name="import_table"),
    path(f"{YEAR}bang-diem/lay-lai/", views.undo_table, name="undo_table"),
    path(f"{YEAR}bang-diem/sap-xep/", views.arrange, name="arrange"),
    path(f"{YEAR}bang-diem/quy-dinh/", views.table_settings, name="table_settings"),
    path(f"{YEAR}bang-diem/soan/", views.edit_scorecard, name="edit_scorecard"),
    path(f"{YEAR}bang-diem/soan/<path:code>/", views.set_rule, name="set_rule"),
    path(f"{YEAR}bang-diem/ban-hanh/", views.adopt_scorecard, name="adopt_scorecard"),
    path(f"{YEAR}bang-diem/<int:version>/bo/", views.drop_scorecard, name="drop_scorecard"),
    path(f"{YEAR}bang-diem/van-ban/<slug:fmt>/", views.scorecard_paper, name="scorecard_paper"),
    path(SHEET, views.sheet, name="sheet"),
    path(f"{SHEET}luu/<slug:layer>/", views.save_marks, name="save_marks"),
    path(f"{SHEET}gui/<slug:layer>/", views.send, name="send"),
    path(f"{SHEET}gui-phan/<int:owner>/", views.send_part, name="send_part"),
    path(f"{SHEET}lay-diem/<slug:layer>/", views.copy, name="copy"),
    path(f"{SHEET}dinh-chinh/<slug:layer>/<int:criterion>/", views.correct, name="correct"),
    path(f"{SHEET}giai-trinh/<int:criterion>/", views.explain, name="explain"),
    path(f"{SHEET}giai-trinh/tra-loi/<int:explanation>/", views.answer, name="answer"),
    path(f"{SHEET}van-ban/<slug:fmt>/", views.sheet_paper, name="sheet_paper"),
    path(f"{SHEET}de-xuat/<slug:layer>/", views.accept, name="accept"),
    path(f"{SHEET}khong-che/<slug:layer>/", views.flags, name="flags"),
    path(f"{SHEET}khong-che/<slug:layer>/dinh-chinh/", views.correct_flags, name="correct_flags"),
    path(f"{SHEET}minh-chung/<int:criterion>/", views.attach, name="attach"),
    path(f"{SHEET}minh-chung/bo/<int:evidence>/", views.detach, name="detach"),
    path(f"{YEAR}xep-hang/", views.ranking, name="ranking"),
    path(f"{YEAR}xep-hang/tom-tat/", views.summary, name="summary"),
    path(f"{YEAR}xep-hang/trinh-chieu/", views.projection, name="projection"),
    path(f"{YEAR}xep-hang/don-vi/<int:unit>/", views.picture, name="picture"),
    path(f"{YEAR}xep-hang/cong-bo/", views.publish, name="publish"),
    path(f"{YEAR}xep-hang/tep-kiem/", views.ranking_files, name="ranking_files"),
    path(f"{YEAR}xep-hang/van-ban/<slug:fmt>/", views.ranking_paper, name="ranking_paper"),
]
