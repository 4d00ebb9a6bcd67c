from django.apps import AppConfig


class MovementsConfig(AppConfig):
    name = "thidua.emulation.movements"
    verbose_name = "Phong trào thi đua"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.emulation.movements import permissions  # noqa: F401
