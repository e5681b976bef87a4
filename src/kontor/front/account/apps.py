from django.apps import AppConfig


class AccountConfig(AppConfig):
    name = "kontor.front.account"
    label = "account"
