from django.apps import AppConfig


class InvoicingConfig(AppConfig):
    name = "kontor.back.invoicing"
    label = "invoicing"
