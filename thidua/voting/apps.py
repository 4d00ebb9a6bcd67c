from django.apps import AppConfig


class VotingConfig(AppConfig):
    name = "thidua.voting"
    verbose_name = "Bỏ phiếu"

    def ready(self) -> None:
        """Register who may do what."""
        from thidua.voting import permissions  # noqa: F401
