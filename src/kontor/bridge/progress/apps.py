from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "kontor.bridge.progress"
    label = "progress"
