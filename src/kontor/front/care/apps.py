from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "kontor.front.care"
    label = "care"
