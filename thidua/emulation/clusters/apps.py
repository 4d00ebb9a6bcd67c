from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "thidua.emulation.clusters"
    verbose_name = "Cụm, khối thi đua"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.emulation.clusters import permissions  # noqa: F401
