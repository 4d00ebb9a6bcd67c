from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "thidua.base.sheets"
    verbose_name = "Bảng Excel"
