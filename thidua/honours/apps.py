from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "thidua.honours"
    verbose_name = "Sổ khen thưởng"

    def ready(self) -> None:
        """Register the permissions of the ledger."""
        from thidua.honours import permissions  # noqa: F401
