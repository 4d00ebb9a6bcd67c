from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "thidua.emulation.results"
    verbose_name = "Báo cáo kết quả"

    def ready(self) -> None:
        """Register who may do what, and offer the import of figures."""
        from thidua.emulation.results import permissions  # noqa: F401
        from thidua.emulation.results.sheets import offer_imports

        offer_imports()
