from django.apps import AppConfig


class BankingConfig(AppConfig):
    name = "kontor.back.banking"
    label = "banking"
