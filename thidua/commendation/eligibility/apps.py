from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "thidua.commendation.eligibility"
    verbose_name = "Xét điều kiện khen thưởng"

    def ready(self) -> None:
        """Register the permissions of verdicts."""
        from thidua.commendation.eligibility import permissions  # noqa: F401
