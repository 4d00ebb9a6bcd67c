from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "thidua.documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.documents import permissions  # noqa: F401
