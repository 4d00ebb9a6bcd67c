from django.apps import AppConfig


class ConferencesConfig(AppConfig):
    name = "thidua.emulation.conferences"
    verbose_name = "Hội nghị"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.emulation.conferences import permissions  # noqa: F401
