from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "kontor.back.ledger"
    label = "ledger"
