from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "thidua.emulation.results"
    verbose_name = "Báo cáo kết quả"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.emulation.results import permissions  # noqa: F401
