from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "thidua.emulation.scoring"
    verbose_name = "Chấm điểm"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.emulation.scoring import permissions  # noqa: F401
