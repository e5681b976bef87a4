from django.apps import AppConfig


class ChargesConfig(AppConfig):
    name = "kontor.bridge.charges"
    label = "charges"
