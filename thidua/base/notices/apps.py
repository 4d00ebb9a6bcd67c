from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "thidua.base.notices"
    verbose_name = "Thông báo"
