from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "thidua.base.ui"
    verbose_name = "Giao diện"
