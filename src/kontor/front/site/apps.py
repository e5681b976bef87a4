from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kontor.front.site"
    label = "site"
