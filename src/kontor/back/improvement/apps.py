from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "kontor.back.improvement"
    label = "improvement"
