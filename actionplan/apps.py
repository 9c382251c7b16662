from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ActionplanConfig(AppConfig):
    name = "actionplan"
    verbose_name = "Action plan"

    def ready(self):
        # The models are there only once every app is loaded.
        from actionplan.unchangeable import keep_unchangeable  # noqa: PLC0415

        post_migrate.connect(keep_unchangeable, sender=self)
