from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "kontor.bridge.parties"
    label = "parties"
