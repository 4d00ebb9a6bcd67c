from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "thidua.base.accounts"
    verbose_name = "Tài khoản"

    def ready(self) -> None:
        """Register the permissions of accounts."""
        from thidua.base.accounts import permissions  # noqa: F401
