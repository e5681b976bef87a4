from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "kontor.kernel.rules"
    label = "rules"
