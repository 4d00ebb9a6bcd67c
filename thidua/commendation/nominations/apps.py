from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "thidua.commendation.nominations"
    verbose_name = "Đề nghị khen thưởng"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.commendation.nominations import permissions  # noqa: F401
