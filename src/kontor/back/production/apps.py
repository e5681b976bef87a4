from django.apps import AppConfig


class ProductionConfig(AppConfig):
    name = "kontor.back.production"
    label = "production"
