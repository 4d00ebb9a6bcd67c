from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "thidua.records"
    verbose_name = "Hồ sơ theo dõi"

    def ready(self) -> None:
        """Register permissions, and what can be taken in from Excel."""
        from thidua.records import permissions, sheets  # noqa: F401

        sheets.offer_imports()
