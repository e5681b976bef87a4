from django.apps import AppConfig


class LogisticsConfig(AppConfig):
    name = "kontor.back.logistics"
    label = "logistics"
