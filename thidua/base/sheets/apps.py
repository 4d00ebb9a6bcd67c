from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "thidua.base.sheets"
    verbose_name = "Bảng Excel"

    def ready(self) -> None:
        """Register the permissions of imports."""
        from thidua.base.sheets import permissions  # noqa: F401
