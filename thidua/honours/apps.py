from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "thidua.honours"
    verbose_name = "Sổ khen thưởng"

    def ready(self) -> None:
        """Register the permissions of the ledger, and that its history comes from Excel."""
        from thidua.honours import permissions, sheets  # noqa: F401

        sheets.offer_import()
