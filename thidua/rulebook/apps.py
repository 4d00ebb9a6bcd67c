from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "thidua.rulebook"
    verbose_name = "Quy định"
