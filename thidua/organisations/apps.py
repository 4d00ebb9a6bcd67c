from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "thidua.organisations"
    verbose_name = "Đơn vị"

    def ready(self) -> None:
        """Register permissions and the imports from Excel."""
        from thidua.organisations import permissions, sheets

        sheets.offer_imports()
        del permissions
