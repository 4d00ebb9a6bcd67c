from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "thidua.base.files"
    verbose_name = "Tệp"

    def ready(self) -> None:
        """Register the permissions of files."""
        from thidua.base.files import permissions  # noqa: F401
