from django.apps import AppConfig


class HaveringOfstedConfig(AppConfig):
    name = "havering_ofsted"
    verbose_name = "People"
