from django.apps import AppConfig
from django.contrib.admin import apps as admin


class HaveringOfstedConfig(AppConfig):
    name = "havering_ofsted"
    verbose_name = "People"


class AdministrationConfig(admin.AdminConfig):
    """Django admin on a site of our own. Named in the settings, never picked by itself."""

    default = False
    default_site = "havering_ofsted.admin_site.AdministrationSite"
