"""Addresses of the records."""

from django.urls import path

from thidua.records.views import equivalences, initiatives, matters, statements, units

app_name = "records"
urlpatterns = [
    path("ho-so/", units.index, name="index"),
    path("ho-so/sang-kien/<int:pk>/", initiatives.initiative, name="initiative"),
    path("ho-so/sang-kien/<int:pk>/bo/", initiatives.remove, name="remove_initiative"),
    path("ho-so/sang-kien/<int:pk>/da-dung/<int:use>/bo/", initiatives.remove_use, name="remove_use"),
    path("ho-so/<int:pk>/", units.unit, name="unit"),
    path("ho-so/<int:pk>/xep-loai/", units.rating, name="rating"),
    path("ho-so/<int:pk>/xep-loai/<int:rating>/bo/", units.remove_rating, name="remove_rating"),
    path("ho-so/<int:pk>/sang-kien/", initiatives.add, name="add_initiative"),
    path("ho-so/<int:pk>/hoan-canh/", units.describe_unit, name="describe_unit"),
    path("ho-so/<int:pk>/ca-nhan/<int:person>/", units.describe_person, name="describe_person"),
    path("ho-so/<int:pk>/nghi/", units.leave, name="leave"),
    path("ho-so/<int:pk>/nghi/<int:leave>/bo/", units.remove_leave, name="remove_leave"),
    path("ho-so/<int:pk>/chuc-vu/<int:tenure>/tuong-duong/", equivalences.state, name="state_equivalence"),
    path("ho-so/<int:pk>/tuong-duong/<int:equivalence>/", equivalences.correct, name="correct_equivalence"),
    path("ho-so/<int:pk>/tuong-duong/<int:equivalence>/bo/", equivalences.remove, name="remove_equivalence"),
    path("ho-so/<int:pk>/xac-nhan/", statements.state, name="state_of_unit"),
    path("ho-so/<int:pk>/ca-nhan/<int:person>/xac-nhan/", statements.state, name="state_of_person"),
    path("ho-so/<int:pk>/xac-nhan/<int:statement>/bo/", statements.remove, name="remove_statement"),
    path("ho-so/<int:pk>/ky-luat/", matters.discipline, name="discipline"),
    path("ho-so/<int:pk>/ky-luat/<int:discipline>/", matters.end_discipline, name="end_discipline"),
    path("ho-so/<int:pk>/ky-luat/<int:discipline>/bo/", matters.remove_discipline, name="remove_discipline"),
    path("ho-so/<int:pk>/viec-dang-xem-xet/", matters.matter, name="matter"),
    path("ho-so/<int:pk>/viec-dang-xem-xet/<int:matter>/", matters.conclude, name="conclude"),
    path("ho-so/<int:pk>/viec-dang-xem-xet/<int:matter>/bo/", matters.remove_matter, name="remove_matter"),
]
