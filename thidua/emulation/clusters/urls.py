"""Addresses of clusters and their years."""

from __future__ import annotations

from django.urls import path

from thidua.emulation.clusters.views import (
    clusters,
    covenant,
    cycles,
    indicators,
    members,
    registration,
    regulation,
)

app_name = "clusters"

CLUSTER = "cum-thi-dua/<slug:cluster>"
YEAR = f"{CLUSTER}/<slug:cycle>"
REGISTRATION = f"{YEAR}/dang-ky"
REGULATION = f"{YEAR}/quy-che"
VERSION = f"{REGULATION}/<int:version>"
COVENANT = f"{YEAR}/giao-uoc"
SIGNED = f"{COVENANT}/<int:version>"

urlpatterns = [
    path("cum-thi-dua/", clusters.cluster_list, name="list"),
    path("cum-thi-dua/tao-moi/", clusters.create_cluster, name="create"),
    path(f"{CLUSTER}/", clusters.cluster_page, name="cluster"),
    path(f"{CLUSTER}/sua/", clusters.edit_cluster, name="edit"),
    path(f"{CLUSTER}/thanh-vien/", members.members_page, name="members"),
    path(f"{CLUSTER}/thanh-vien/thu-tu/", members.order_members, name="order_members"),
    path(f"{CLUSTER}/thanh-vien/<int:membership>/ket-thuc/", members.end_membership, name="end_membership"),
    path(f"{CLUSTER}/theo-doi/", members.oversight_page, name="oversight"),
    path(f"{CLUSTER}/theo-doi/<int:oversight>/ket-thuc/", members.end_oversight, name="end_oversight"),
    path(f"{CLUSTER}/van-ban-chi-dao/", members.guidance_page, name="guidance"),
    path(f"{CLUSTER}/chi-tieu/", indicators.catalogue, name="indicators"),
    path(f"{CLUSTER}/chi-tieu/them/", indicators.add_indicator, name="add_indicator"),
    path(f"{CLUSTER}/chi-tieu/<int:indicator>/", indicators.edit_indicator, name="edit_indicator"),
    path(f"{CLUSTER}/chi-tieu/<int:indicator>/thoi-dung/", indicators.end_indicator, name="end_indicator"),
    path(f"{CLUSTER}/mo-nam/", cycles.open_cycle, name="open_cycle"),
    path(f"{YEAR}/thiet-lap/", cycles.settings_page, name="settings"),
    path(f"{YEAR}/thiet-lap/truong/", cycles.choose_heads, name="choose_heads"),
    path(f"{YEAR}/thiet-lap/han/", cycles.set_due_dates, name="set_due_dates"),
    path(f"{YEAR}/thiet-lap/han-theo-quy-che/", cycles.take_regulation_dates, name="take_regulation_dates"),
    path(f"{YEAR}/thiet-lap/khep-lai/", cycles.close_cycle, name="close_cycle"),
    path(f"{YEAR}/thiet-lap/mo-lai/", cycles.reopen_cycle, name="reopen_cycle"),
    path(f"{REGULATION}/", regulation.regulation_page, name="regulation"),
    path(f"{REGULATION}/soan/", regulation.draft_regulation, name="draft_regulation"),
    path(f"{VERSION}/", regulation.regulation_version, name="regulation_version"),
    path(f"{VERSION}/sua/", regulation.edit_regulation, name="edit_regulation"),
    path(f"{VERSION}/thong-qua/", regulation.adopt_regulation, name="adopt_regulation"),
    path(f"{VERSION}/bo/", regulation.drop_regulation, name="drop_regulation"),
    path(f"{VERSION}/tai/<str:fmt>/", regulation.regulation_file, name="regulation_file"),
    path(f"{COVENANT}/", covenant.covenant_page, name="covenant"),
    path(f"{COVENANT}/soan/", covenant.draft_covenant, name="draft_covenant"),
    path(f"{SIGNED}/", covenant.covenant_version, name="covenant_version"),
    path(f"{SIGNED}/sua/", covenant.edit_covenant, name="edit_covenant"),
    path(f"{SIGNED}/mo-ky/", covenant.open_covenant, name="open_covenant"),
    path(f"{SIGNED}/ky/", covenant.sign_covenant, name="sign_covenant"),
    path(f"{SIGNED}/bo/", covenant.drop_covenant, name="drop_covenant"),
    path(f"{SIGNED}/tai/<str:fmt>/", covenant.covenant_file, name="covenant_file"),
    path(f"{REGISTRATION}/", registration.own_registration, name="own_registration"),
    path(f"{REGISTRATION}/tong-hop/", registration.registration_list, name="registrations"),
    path(f"{REGISTRATION}/tong-hop/excel/", registration.registrations_excel, name="registrations_excel"),
    path(
        f"{REGISTRATION}/tong-hop/van-ban/<str:fmt>/",
        registration.registrations_file,
        name="registrations_paper",
    ),
    path(
        f"{REGISTRATION}/tong-hop/chuyen/", registration.forward_registrations, name="forward_registrations"
    ),
    path(f"{REGISTRATION}/<int:unit>/", registration.registration, name="registration"),
    path(f"{REGISTRATION}/<int:unit>/luu/", registration.autosave_registration, name="autosave_registration"),
    path(f"{REGISTRATION}/<int:unit>/rut/", registration.withdraw_registration, name="withdraw_registration"),
    path(f"{REGISTRATION}/<int:unit>/tra-lai/", registration.return_registration, name="return_registration"),
]
