"""Addresses of units and people."""

from django.urls import path

from thidua.organisations.views import people, units

app_name = "organisations"
urlpatterns = [
    path("don-vi/", units.units, name="units"),
    path("don-vi/them/", units.create, name="create_unit"),
    path("don-vi/<int:pk>/", units.unit, name="unit"),
    path("don-vi/<int:pk>/sua/", units.edit, name="edit_unit"),
    path("don-vi/<int:pk>/doi-ten/", units.rename, name="rename_unit"),
    path("don-vi/<int:pk>/chuyen-cap-tren/", units.move, name="move_unit"),
    path("don-vi/<int:pk>/ket-thuc/", units.end, name="end_unit"),
    path("don-vi/<int:pk>/sap-nhap-chia-tach/", units.succession, name="succession"),
    path("don-vi/co-quan-thuong-truc/", people.create_standing_body, name="create_standing_body"),
    path("ca-nhan/", people.people, name="people"),
    path("ca-nhan/goi-y/", people.suggest, name="suggest_people"),
    path("ca-nhan/them/", people.create, name="create_person"),
    path("ca-nhan/chuc-vu/", people.hold_office, name="hold_office"),
    path("ca-nhan/giao-quyen/", people.appoint, name="appoint"),
    path("ca-nhan/<int:pk>/", people.person, name="person"),
    path("ca-nhan/<int:pk>/sua/", people.edit, name="edit_person"),
    path("ca-nhan/<int:pk>/tai-khoan/", people.give_account, name="give_account"),
    path("ca-nhan/chuc-vu/<int:pk>/thoi-giu/", people.end_tenure, name="end_tenure"),
    path("ca-nhan/giao-quyen/<int:pk>/thoi/", people.end_appointment, name="end_appointment"),
]
