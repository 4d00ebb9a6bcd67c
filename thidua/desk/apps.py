from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "thidua.desk"
    verbose_name = "Bàn làm việc"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.desk import permissions  # noqa: F401
