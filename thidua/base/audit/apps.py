from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "thidua.base.audit"
    verbose_name = "Nhật ký"
