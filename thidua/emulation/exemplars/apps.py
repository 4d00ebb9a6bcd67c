from django.apps import AppConfig


class ExemplarsConfig(AppConfig):
    name = "thidua.emulation.exemplars"
    verbose_name = "Điển hình tiên tiến"

    def ready(self) -> None:
        """Register who may do what, and what can be taken in from Excel."""
        from thidua.emulation.exemplars import permissions, sheets  # noqa: F401

        sheets.offer_imports()
