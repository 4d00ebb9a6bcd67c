from django.apps import AppConfig


class NominationsConfig(AppConfig):
    name = "thidua.commendation.nominations"
    verbose_name = "Đề nghị khen thưởng"
