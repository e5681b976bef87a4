from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "kontor.bridge.cases"
    label = "cases"
