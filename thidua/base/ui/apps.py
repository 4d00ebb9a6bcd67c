from django.apps import AppConfig
from django.forms import Field


class UiConfig(AppConfig):
    name = "thidua.base.ui"
    verbose_name = "Giao diện"

    def ready(self) -> None:
        """An empty field is answered in our own words, in every form of the house."""
        Field.default_error_messages = {"required": "Anh/chị ghi mục này."}
