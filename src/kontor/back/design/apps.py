from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "kontor.back.design"
    label = "design"
