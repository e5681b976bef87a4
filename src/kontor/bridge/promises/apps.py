from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "kontor.bridge.promises"
    label = "promises"
